// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/access_policy.h"

#include <QNetworkReply>
#include <QObject>
#include <QTimer>

#include <memory>

namespace bulkhead {

class BodyChannel;
class NetworkService;

/// One http(s) fetch on the network thread: request, redirects (each one asked of the policy), head, and the body at
/// the reader's pace: what is not read stays in Qt's bounded buffer, then in the kernel's, then with the server.
/// Deletes itself when it has ended or nobody reads any more.
class NetworkJob : public QObject
{
    Q_OBJECT
public:
    static constexpr int MaxRedirects = 20; // as many as the Fetch standard allows

    NetworkJob(const FetchRequest &request, const AccessQuestion &question, std::shared_ptr<BodyChannel> channel,
               NetworkService &service);
    ~NetworkJob() override;

    void start();

private:
    void send(const QUrl &url);
    QNetworkRequest requestFor(const QUrl &url) const;
    void dropReply();
    void headArrived();
    void redirect(const QUrl &target);
    void respond(const QByteArray &start);
    void releaseSniffed();
    void countForCache(qint64 bytes);
    void pump();
    void replyFinished();
    void complete();
    void fail(const FetchError &error);

    const FetchRequest m_request;
    AccessQuestion m_question;
    const std::shared_ptr<BodyChannel> m_channel;
    NetworkService &m_service;
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
