// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/remote/tab_picture.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QThreadPool>

namespace bulkhead {

namespace {
constexpr std::chrono::seconds Patience{10};
}

TabPicture::TabPicture(Tab &tab, bool isActive, Done done, QObject *parent)
    : QObject(parent), m_tab(&tab), m_done(std::move(done)), m_hideAgain(!isActive)
{
    m_timeout.setSingleShot(true);
    connect(&m_timeout, &QTimer::timeout, this, [this] { finish({}, tr("The page did not paint.")); });
    connect(&tab, &QObject::destroyed, this, [this] { finish({}, tr("The tab was closed.")); });
    connect(&tab, &Tab::crashChanged, this, &TabPicture::take);
    connect(&tab, &Tab::frameChanged, this, &TabPicture::take);
    m_timeout.start(Patience);
    if (m_hideAgain)
        tab.setVisible(true);
    QMetaObject::invokeMethod(this, &TabPicture::take, Qt::QueuedConnection);
}

void TabPicture::take()
{
    if (!m_done || !m_tab)
        return;
    if (m_tab->crash())
        return finish({}, m_tab->crash()->sentence());
    const QImage picture = m_tab->picture();
    if (!picture.isNull())
        finish(picture);
}

void TabPicture::finish(const QImage &picture, const QString &whyNot)
{
    const Done done = std::exchange(m_done, nullptr);
    if (!done)
        return;
    if (m_tab) {
        m_tab->disconnect(this);
        m_tab->frameShown();
        if (m_hideAgain)
            m_tab->setVisible(false);
    }
    done(picture, whyNot);
    deleteLater();
}

void encodePng(const QImage &picture, QObject *context, std::function<void(const QString &)> done)
{
    // An object that lives on this thread and carries the answer back; its parent takes it along.
    auto *carrier = new QObject(context);
    QThreadPool::globalInstance()->start([picture, guard = QPointer<QObject>(carrier), done = std::move(done)] {
        QByteArray png;
        QBuffer buffer(&png);
        buffer.open(QIODevice::WriteOnly);
        picture.save(&buffer, "PNG");
        const QString text = QString::fromLatin1(png.toBase64());
        QMetaObject::invokeMethod(
            qApp,
            [guard, done, text] {
                if (!guard)
                    return;
                done(text);
                guard->deleteLater();
            },
            Qt::QueuedConnection);
    });
}

} // namespace bulkhead
