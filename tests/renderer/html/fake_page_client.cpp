// SPDX-License-Identifier: BSD-3-Clause
#include "tests/renderer/html/fake_page_client.h"

#include <QDir>
#include <QFile>
#include <QMimeDatabase>
#include <QPainter>
#include <QTest>

namespace bulkhead {

void FakePageClient::serve(const QUrl &url, const QByteArray &data, const QString &mimeType, const QString &charset)
{
    m_served.insert(url, {url, mimeType, charset, data});
}

FetchId FakePageClient::fetch(const QUrl &url, ResourceKind, std::function<void(std::optional<Resource>)> done)
{
    const FetchId id = m_next++;
    fetched.push_back(url);
    m_pending[id] = {url, std::move(done)};
    if (const auto held = m_held.find(url); held != m_held.end())
        held->push_back(id);
    else
        QTimer::singleShot(0, &m_context, [this, id] { answer(id); });
    return id;
}

void FakePageClient::release(const QUrl &url)
{
    const auto ids = m_held.take(url);
    for (FetchId id : ids)
        QTimer::singleShot(0, &m_context, [this, id] { answer(id); });
}

void FakePageClient::answer(FetchId id)
{
    const auto found = m_pending.find(id);
    if (found == m_pending.end())
        return;
    const Pending pending = std::move(found->second);
    m_pending.erase(found);
    if (const auto served = m_served.constFind(pending.url); served != m_served.cend()) {
        pending.done(*served);
        return;
    }
    QFile file(pending.url.toLocalFile());
    if (!pending.url.isLocalFile() || !file.open(QIODevice::ReadOnly)) {
        pending.done(std::nullopt);
        return;
    }
    pending.done(Resource{pending.url, QMimeDatabase().mimeTypeForFile(file.fileName()).name(), {}, file.readAll()});
}

void FakePageClient::cancel(FetchId id)
{
    m_pending.erase(id);
}

bool load(Page &page, FakePageClient &client, const QByteArray &bytes, int timeout)
{
    for (qsizetype at = 0; at < bytes.size(); at += 32'768)
        page.append(QByteArrayView(bytes).sliced(at, qMin<qsizetype>(32'768, bytes.size() - at)));
    page.finish();
    return QTest::qWaitFor([&] { return client.finishes > 0; }, timeout);
}

void paintInto(QImage &image, Page &page, const QRect &area, const QRect &damage, qreal scale)
{
    QPainter painter(&image);
    painter.scale(scale, scale);
    painter.translate(-area.topLeft());
    painter.setClipRect(damage);
    painter.fillRect(damage, page.backgroundColor());
    page.paint(painter, damage);
}

QImage grab(Page &page, const QRect &area, qreal scale)
{
    QImage image((QSizeF(area.size()) * scale).toSize(), QImage::Format_RGB32);
    image.fill(Qt::magenta);
    paintInto(image, page, area, area, scale);
    return image;
}

} // namespace bulkhead
