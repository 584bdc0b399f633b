// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"
#include "renderer/page/page_client.h"

#include <QHash>
#include <QRegion>
#include <QTimer>

#include <map>
#include <memory>
#include <vector>

namespace bulkhead {

/// A client that serves files and prepared resources, and remembers what it was told.
class FakePageClient final : public PageClient
{
public:
    struct Navigation
    {
        QUrl url;
        Disposition disposition;
    };

    /// Served for this URL instead of a file.
    void serve(const QUrl &url, const QByteArray &data, const QString &mimeType = {}, const QString &charset = {});
    /// Fetches of this URL are never answered, until release().
    void holdBack(const QUrl &url) { m_held.insert(url, {}); }
    void release(const QUrl &url);

    FetchId fetch(const QUrl &url, ResourceKind kind, std::function<void(std::optional<Resource>)> done) override;
    void cancel(FetchId id) override;
    void invalidate(const QRect &rect) override { damage += rect; }
    void invalidateAll() override { ++fullDamages; }
    void contentSizeChanged() override { ++sizeChanges; }
    void titleChanged(const QString &t) override { title = t; }
    void iconChanged(const QImage &i) override { icon = i; }
    void hoveredLinkChanged(const QUrl &url) override { hoveredLink = url; }
    void cursorChanged(Qt::CursorShape shape) override { cursor = shape; }
    void selectionChanged(bool selected) override { hasSelection = selected; }
    void navigationRequested(const QUrl &url, Disposition disposition) override
    {
        navigations.push_back({url, disposition});
    }
    void scrollIntoView(const QRect &rect) override { scrolledTo = rect; }
    void loadProgress(double fraction) override { progress.push_back(fraction); }
    void loadFinished() override { ++finishes; }

    QRegion damage;
    int fullDamages = 0;
    int sizeChanges = 0;
    QString title;
    QImage icon;
    QUrl hoveredLink;
    Qt::CursorShape cursor = Qt::ArrowCursor;
    bool hasSelection = false;
    std::vector<Navigation> navigations;
    QRect scrolledTo;
    std::vector<double> progress;
    int finishes = 0;
    std::vector<QUrl> fetched;

private:
    using Done = std::function<void(std::optional<Resource>)>;

    void answer(FetchId id);

    struct Pending
    {
        QUrl url;
        Done done;
    };

    QHash<QUrl, Resource> m_served;
    QHash<QUrl, std::vector<FetchId>> m_held;
    std::map<FetchId, Pending> m_pending;
    FetchId m_next = 1;
    QObject m_context; // answers end with the client
};

/// Feeds a document in pieces, as a network would, and waits until everything has been loaded. False when it was not
/// within @p timeout.
bool load(Page &page, FakePageClient &client, const QByteArray &bytes, int timeout = 60'000);

/// What a viewport of @p area shows. @p damage limits what is painted on top of @p base.
QImage grab(Page &page, const QRect &area, qreal scale = 1);
void paintInto(QImage &image, Page &page, const QRect &area, const QRect &damage, qreal scale = 1);

} // namespace bulkhead
