// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/page_processes/body_stream.h"
#include "browser/pages/page_processes/site_budget.h"

#include <QObject>

#include <deque>
#include <map>
#include <memory>
#include <optional>

namespace bulkhead {

class PageProcess;

/// What a page has under way: the parts that its document asks for, which wait until its site has room, and the bodies
/// that are being sent to its process, the document's own among them. Main thread. Owned by a RemotePage.
class PageFetches : public QObject
{
    Q_OBJECT
public:
    /// That a page may have at once.
    static constexpr std::size_t Most = 256;

    /// @p host outlives it, or stop() comes first. @p account may be null: then nobody counts.
    PageFetches(PageProcess &host, Fetcher &fetcher, std::shared_ptr<SiteAccount> account);
    ~PageFetches() override;

    /// The document's own body, which is there already and so never waits.
    void sendDocument(quint32 streamId, std::shared_ptr<Fetch> body, qint64 length);
    /// @p request is the page's word; @p ask the same with the page's rights and without an address.
    BadMessage ask(const wire::ResourceRequest &request, FetchRequest ask);
    BadMessage credit(const wire::BodyCredit &message);
    bool has(quint32 streamId) const { return m_streams.count(streamId) > 0; }
    void end(quint32 streamId);
    /// Nothing more is sent.
    void stop();

Q_SIGNALS:
    /// The document's body ended before it was complete.
    void documentFailed(const bulkhead::FetchError &error);
    /// A part was refused, for these reasons.
    void folderDenied(const QString &folder);
    void privateNetworkDenied(const bulkhead::PrivateNetworkQuestion &question);

private:
    struct Stream
    {
        Charge address;                      ///< of what it asks for
        std::optional<FetchRequest> waiting; ///< not started yet: its site has enough under way
        Charge held;
        std::shared_ptr<Fetch> fetch;
        std::unique_ptr<BodyStream> body;
    };

    void startWaiting();
    void start(quint32 streamId, Stream &stream);
    void answer(quint32 streamId, const ResponseHead *head, const QString &reason);
    void addBody(quint32 streamId, Stream &stream);
    void retire(Stream stream);

    PageProcess &m_host;
    Fetcher &m_fetcher;
    const std::shared_ptr<SiteAccount> m_account;
    std::map<quint32, Stream> m_streams;
    std::deque<quint32> m_waiting; ///< of m_streams, in the order in which they were asked for
};

} // namespace bulkhead
