// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/prepare.h"

#include "renderer/process/font_memory.h"

#include <QBuffer>
#include <QCollator>
#include <QDateTime>
#include <QImage>
#include <QImageReader>
#include <QLocale>
#include <QPainter>
#include <QTimeZone>

namespace bulkhead {

namespace {
bool fontsAreMemory = false; ///< in the zygote, and its copies
} // namespace

void prepareFonts(Fonts fonts)
{
    fontsAreMemory = fonts == Fonts::InMemory;
    if (fontsAreMemory)
        holdFontsInMemory();
}

void prepareRenderer()
{
    // Text in several scripts once, so that the font engines a page usually needs exist before the fork.
    QImage scratch(64, 64, QImage::Format_ARGB32_Premultiplied);
    scratch.fill(Qt::white);
    {
        QPainter painter(&scratch);
        for (const char *family : {"serif", "sans-serif", "monospace"}) {
            for (const bool bold : {false, true}) {
                QFont font(QString::fromLatin1(family));
                font.setPixelSize(16);
                font.setBold(bold);
                font.setHintingPreference(QFont::PreferNoHinting);
                painter.setFont(font);
                painter.drawText(0, 20, QStringLiteral("Aa"));
            }
        }
    }
    if (fontsAreMemory && !fontsCameFromMemory())
        qWarning("this Qt opens fonts in its own way: text cannot be drawn in the sandbox");
    // Every image plugin is loaded by asking it once; some complain that there is no image.
    const QtMessageHandler handler =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
    const QByteArrayList formats = QImageReader::supportedImageFormats();
    for (const QByteArray &format : formats) {
        QBuffer nothing;
        nothing.open(QIODevice::ReadOnly);
        QImageReader(&nothing, format).canRead();
    }
    qInstallMessageHandler(handler);
    QLocale::system().toString(QDateTime::currentDateTime());
    QTimeZone::systemTimeZone();
    QCollator().compare(QStringLiteral("a"), QStringLiteral("b"));
}

} // namespace bulkhead
