// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/icons.h"

#include "browser/widgets/color_scheme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPalette>
#include <QPixmapCache>
#include <QStyle>
#include <QSvgRenderer>

static void initializeResources()
{
    Q_INIT_RESOURCE(window_icons);
}

namespace bulkhead {

namespace {

QString pathOf(const QString &name)
{
    static const bool initialized = (initializeResources(), true);
    Q_UNUSED(initialized)
    return QStringLiteral(":/bulkhead/icons/") + name + QStringLiteral(".svg");
}

QPixmap draw(const QString &path, QSize pixels, const QColor &lines, const QColor &accent)
{
    const QString key = path + QStringLiteral("@%1x%2-%3-%4")
                                   .arg(pixels.width())
                                   .arg(pixels.height())
                                   .arg(lines.rgba(), 0, 16)
                                   .arg(accent.rgba(), 0, 16);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", lines.name().toLatin1());
    svg.replace("accentColor", accent.name().toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setOpacity(lines.alphaF());
    renderer.setAspectRatioMode(Qt::KeepAspectRatio);
    renderer.render(&painter);
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

/// Draws one of our icons in the colour that text has in the palette of the moment.
class LineIconEngine : public QIconEngine
{
public:
    LineIconEngine(QString path, QColor color) : m_path(std::move(path)), m_color(color) {}

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State state) override
    {
        const qreal ratio = painter->device()->devicePixelRatioF();
        painter->drawPixmap(rect, scaledPixmap(rect.size() * ratio, mode, state, ratio));
    }

    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return draw(m_path, size, colorFor(mode), colorFor(mode));
    }

    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State state, qreal) override
    {
        return pixmap(size, mode, state);
    }

    QSize actualSize(const QSize &size, QIcon::Mode, QIcon::State) override { return size; }
    bool isNull() override { return false; }
    QString key() const override { return QStringLiteral("bulkhead-line-icon"); }
    QIconEngine *clone() const override { return new LineIconEngine(*this); }

private:
    QColor colorFor(QIcon::Mode mode) const
    {
        const QPalette palette = QApplication::palette();
        switch (mode) {
        case QIcon::Disabled:
            return palette.color(QPalette::Disabled, QPalette::WindowText);
        case QIcon::Selected:
            return palette.color(QPalette::HighlightedText);
        case QIcon::Active:
            // Fusion asks for this in the menu item under the pointer, whose ground it fills with the highlight.
            if (QApplication::style()->name().compare(QLatin1String("fusion"), Qt::CaseInsensitive) == 0)
                return palette.color(QPalette::HighlightedText);
            break;
        case QIcon::Normal:
            break;
        }
        return m_color.isValid() ? m_color : palette.color(QPalette::Active, QPalette::WindowText);
    }

    QString m_path;
    QColor m_color;
};

} // namespace

QIcon standardIcon(const QString &name)
{
    const QString path = pathOf(name);
    return QFile::exists(path) ? QIcon(new LineIconEngine(path, {})) : QIcon();
}

QIcon standardIcon(const QString &name, const QColor &color)
{
    const QString path = pathOf(name);
    return QFile::exists(path) ? QIcon(new LineIconEngine(path, color)) : QIcon();
}

QIcon fallbackIcon(const QUrl &url)
{
    if (url.scheme() == QLatin1String("about") || url.isEmpty())
        return standardIcon(QStringLiteral("emblem-system"));
    if (url.isLocalFile()) {
        const bool isFolder = url.path().endsWith(QLatin1Char('/'));
        return standardIcon(isFolder ? QStringLiteral("folder") : QStringLiteral("text-x-generic"));
    }
    return standardIcon(QStringLiteral("text-html"));
}

QPixmap illustration(const QString &name, QSize size, qreal devicePixelRatio, const QColor &lines, const QColor &accent)
{
    QPixmap pixmap = draw(pathOf(name), (QSizeF(size) * devicePixelRatio).toSize(), lines, accent);
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

} // namespace bulkhead
