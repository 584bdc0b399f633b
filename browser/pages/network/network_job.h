// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/access_policy.h"
#include "browser/pages/fetch/standing.h"
#include "browser/pages/network/reach_rule.h"

#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <memory>
#include <vector>

namespace bulkhead {

class BodyChannel;
class NetworkPartition;
class NetworkService;
class PartitionCache;

/// One http(s) fetch on the network thread: for each hop (the policy is asked about redirects) the partition that it
/// belongs to, an address that may be reached, the request; then the head, and the body at the reader's pace: what is
/// not read stays in Qt's bounded buffer, then in the kernel's, then with the server. Deletes itself when it has ended
/// or nobody reads any more.
class NetworkJob : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxRedirects = 20; // as many as the Fetch standard allows

    NetworkJob(const FetchRequest &request, const AccessQuestion &question, const NearSpaces &granted,
               std::shared_ptr<BodyChannel> channel, NetworkService &service);
    ~NetworkJob() override;

    void start();

private:
    void hop(const QUrl &url);
    void locate();
    void judge(const QList<QHostAddress> &addresses);
    AddressSpace spaceOf(const QHostAddress &address) const;
    bool tryNextAddress();
    void send(const QUrl &url);
    QNetworkRequest requestFor(const QUrl &url) const;
    PartitionCache *cache() const;
    void dropReply();
    void headArrived();
    void noteState();
    bool needsStart() const;
    void redirect(const QUrl &target);
    bool respond(const QByteArray &start);
    bool releaseSniffed();
    void countForCache(qint64 bytes);
    void pump();
    void replyFinished();
    void complete();
    void fail(const FetchError &error);

    const FetchRequest m_request;
    AccessQuestion m_question;
    const std::shared_ptr<BodyChannel> m_channel;
    NetworkService &m_service;
    RequestChain m_chain;
    ReachRule m_reach;
    PartitionKey m_key;
    std::shared_ptr<NetworkPartition> m_partition;
    std::vector<std::shared_ptr<NetworkPartition>>
        m_before;                                ///< of earlier hops: their last reply may be telling us something
    QList<QHostAddress> m_addresses;             ///< of the server, judged and not yet tried
    AddressSpace m_space = AddressSpace::Public; ///< of the one that is tried
    bool m_requestSent = false;
    QNetworkReply *m_reply = nullptr;
    QTimer m_connectTimer{this};
    int m_redirects = 0;
    bool m_hasHead = false; ///< of the last answer in the chain
    bool m_responded = false;
    bool m_replyFinished = false;
    bool m_ended = false;
    qint64 m_length = -1; ///< of the unpacked body, where the server says it
    qint64 m_received = 0;
    QUrl m_refusedUrl;    ///< what the cache is kept from storing
    QByteArray m_sniffed; ///< held back until the type is known
};

} // namespace bulkhead
