// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/loopback_connection.h"

#include <QTimer>

#include <algorithm>
#include <sys/socket.h>

namespace bulkhead {

namespace {

constexpr qsizetype MaximumHead = 1 << 20;
constexpr qint64 WriteAhead = 64 << 10;

bool parseHead(const QByteArray &head, LoopbackRequest &request)
{
    const QList<QByteArray> lines = head.split('\n');
    const QList<QByteArray> words = lines.first().trimmed().split(' ');
    if (words.size() != 3)
        return false;
    request = {words[0], words[1], {}};
    for (const QByteArray &line : lines.mid(1)) {
        const auto colon = line.indexOf(':');
        if (colon > 0)
            request.headers.insert(line.left(colon).trimmed().toLower(), line.mid(colon + 1).trimmed());
    }
    return true;
}

QByteArray headOf(const LoopbackAnswer &answer)
{
    const qint64 length = answer.generatedBytes > 0 ? answer.generatedBytes : answer.body.size();
    // What does not complete had more in mind.
    const qint64 announced = answer.ending == LoopbackAnswer::Ending::Complete ? length : length + 1000;
    QByteArray head = "HTTP/1.1 " + QByteArray::number(answer.status) + " \r\n";
    if (!answer.type.isEmpty())
        head += "Content-Type: " + answer.type + "\r\n";
    head += "Content-Length: " + QByteArray::number(announced) + "\r\n";
    for (const auto &[name, value] : answer.headers)
        head += name + ": " + value + "\r\n";
    return head + "\r\n";
}

} // namespace

LoopbackConnection::LoopbackConnection(LoopbackServer &server, QTcpSocket *socket)
    : QObject(socket->parent()), m_server(server), m_socket(socket)
{
    socket->setParent(this);
    m_server.connectionOpened();
    connect(socket, &QTcpSocket::readyRead, this, &LoopbackConnection::readRequests);
    connect(socket, &QTcpSocket::bytesWritten, this, &LoopbackConnection::countSent);
    connect(socket, &QTcpSocket::disconnected, this, &QObject::deleteLater);
}

LoopbackConnection::~LoopbackConnection()
{
    m_socket->disconnect(this);
    m_server.connectionClosed();
}

void LoopbackConnection::readRequests()
{
    m_input += m_socket->readAll();
    while (!m_answering) {
        const auto ignored = std::min<qint64>(m_inputBodyLeft, m_input.size());
        m_input.remove(0, ignored);
        m_inputBodyLeft -= ignored;
        const auto end = m_input.indexOf("\r\n\r\n");
        if (end < 0) {
            if (m_input.size() > MaximumHead)
                m_socket->abort();
            return;
        }
        if (!parseHead(m_input.left(end), m_request)) {
            m_socket->abort();
            return;
        }
        m_input.remove(0, end + 4);
        m_inputBodyLeft = m_request.headers.value("content-length").toLongLong();
        m_answer = m_server.answerTo(m_request);
        m_answering = true;
        if (m_answer.delay.count() > 0)
            QTimer::singleShot(m_answer.delay, this, &LoopbackConnection::begin);
        else
            begin();
    }
}

void LoopbackConnection::begin()
{
    if (m_answer.silent)
        return;
    const QByteArray head = m_answer.raw ? QByteArray() : headOf(m_answer);
    m_headLeft = head.size();
    m_generatedLeft = 0;
    m_socket->write(head);
    if (m_request.method != "HEAD") {
        m_generatedLeft = m_answer.generatedBytes;
        if (m_generatedLeft == 0)
            m_socket->write(m_answer.body);
    }
    writeMore();
}

void LoopbackConnection::writeMore()
{
    while (m_generatedLeft > 0 && m_socket->bytesToWrite() < WriteAhead) {
        const qint64 piece = std::min(m_generatedLeft, WriteAhead);
        m_socket->write(QByteArray(piece, 'x'));
        m_generatedLeft -= piece;
    }
    if (m_answering && m_generatedLeft == 0 && m_socket->bytesToWrite() == 0)
        endAnswer();
}

void LoopbackConnection::endAnswer()
{
    switch (m_answer.ending) {
    case LoopbackAnswer::Ending::Stall:
        return;
    case LoopbackAnswer::Ending::Abort: {
        // Closing with a zero linger time sends a reset instead of an orderly end.
        const linger reset{1, 0};
        setsockopt(int(m_socket->socketDescriptor()), SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
        m_socket->abort();
        return;
    }
    case LoopbackAnswer::Ending::Complete:
        break;
    }
    if (m_answer.raw || m_request.headers.value("connection").toLower() == "close") {
        m_socket->disconnectFromHost();
        return;
    }
    m_answering = false;
    // The next request may be here already; not from inside a signal of the socket's.
    QMetaObject::invokeMethod(this, &LoopbackConnection::readRequests, Qt::QueuedConnection);
}

void LoopbackConnection::countSent(qint64 bytes)
{
    const qint64 head = std::min(bytes, m_headLeft);
    m_headLeft -= head;
    if (bytes > head)
        m_server.bodyBytesSent(m_request.path(), bytes - head);
    writeMore();
}

} // namespace bulkhead
