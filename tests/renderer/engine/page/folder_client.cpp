// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/engine/page/folder_client.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QMimeDatabase>
#include <QPainter>

namespace bulkhead::engine {

QUrl FolderClient::urlOf(const QString &path) const
{
    QUrl url(QStringLiteral("http://test/"));
    url.setPath(u'/' + QDir(m_root).relativeFilePath(path));
    return url;
}

FetchId FolderClient::fetch(const QUrl &url, ResourceKind, std::function<void(std::optional<Resource>)> done)
{
    m_pending.push_back({m_next, url, std::move(done)});
    return m_next++;
}

void FolderClient::cancel(FetchId id)
{
    std::erase_if(m_pending, [id](const Pending &pending) { return pending.id == id; });
}

std::optional<Resource> FolderClient::read(const QUrl &url) const
{
    if (url.host() != u"test")
        return {};
    const QString path = QDir::cleanPath(m_root + url.path());
    QFile file(path);
    if (!path.startsWith(QDir::cleanPath(m_root)) || QFileInfo(path).isDir() || !file.open(QIODevice::ReadOnly))
        return {};
    const QString suffix = QFileInfo(path).suffix();
    const QString type = suffix == u"css" ? QStringLiteral("text/css")
                         : suffix == u"svg"
                             ? QStringLiteral("image/svg+xml")
                             : QMimeDatabase().mimeTypeForFile(path, QMimeDatabase::MatchExtension).name();
    return Resource{url, type, {}, file.readAll()};
}

bool FolderClient::answerAll()
{
    while (!m_pending.empty()) {
        Pending pending = std::move(m_pending.front());
        m_pending.pop_front();
        pending.done(read(pending.url));
    }
    return isFinished;
}

QString documentType(const QString &path)
{
    return path.endsWith(u".xht") || path.endsWith(u".xhtml") ? QStringLiteral("application/xhtml+xml")
                                                              : QStringLiteral("text/html");
}

bool loadFile(Page &page, FolderClient &client, const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    page.append(file.readAll());
    page.finish();
    QElapsedTimer timer;
    timer.start();
    constexpr int patience = 20'000;
    while (!client.answerAll() && timer.elapsed() < patience)
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return client.isFinished;
}

QImage grab(Page &page, const QRect &area, double scale)
{
    QImage image((QSizeF(area.size()) * scale).toSize(), QImage::Format_RGB32);
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(-area.topLeft());
    painter.setClipRect(area);
    painter.fillRect(area, page.backgroundColor());
    page.paint(painter, area);
    return image;
}

} // namespace bulkhead::engine
