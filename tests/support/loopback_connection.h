// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "tests/support/loopback_server.h"

#include <QTcpSocket>

namespace bulkhead {

/// One client of a LoopbackServer: requests one after the other, each answered as the server says. Lives on the
/// server's thread; deletes itself when the client is gone.
class LoopbackConnection : public QObject
{
    Q_OBJECT
public:
    LoopbackConnection(LoopbackServer &server, QTcpSocket *socket);
    ~LoopbackConnection() override;

private:
    void readRequests();
    void begin();
    void writeMore();
    void endAnswer();
    void countSent(qint64 bytes);

    LoopbackServer &m_server;
    QTcpSocket *m_socket;
    QByteArray m_input;
    qint64 m_inputBodyLeft = 0; ///< of a request's body, which is ignored

    bool m_answering = false;
    LoopbackRequest m_request;
    LoopbackAnswer m_answer;
    qint64 m_headLeft = 0;      ///< bytes of the head that the kernel has not taken
    qint64 m_generatedLeft = 0; ///< bytes of the body that are still to be made
};

} // namespace bulkhead
