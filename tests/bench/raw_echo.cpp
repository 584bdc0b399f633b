// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/raw_echo.h"

#include <QCoreApplication>

#include <unistd.h>

namespace bulkhead {

void echoOnQtLoop(UniqueFd socket)
{
    int argc = 1;
    char name[] = "echo";
    char *argv[] = {name, nullptr};
    QCoreApplication app(argc, argv);
    QSocketNotifier notifier(socket.get(), QSocketNotifier::Read);
    QObject::connect(&notifier, &QSocketNotifier::activated, &app, [&] {
        char buffer[4096];
        const ssize_t got = read(socket.get(), buffer, sizeof buffer);
        if (got <= 0 || write(socket.get(), buffer, std::size_t(got)) != got)
            app.quit();
    });
    app.exec();
}

RawEcho::RawEcho(UniqueFd socket, std::size_t bytes)
    : m_socket(std::move(socket)), m_notifier(m_socket.get(), QSocketNotifier::Read), m_message(bytes, 'x'),
      m_answer(bytes, ' ')
{
    QObject::connect(&m_notifier, &QSocketNotifier::activated, &m_loop, [this] { readAnswer(); });
}

std::chrono::nanoseconds RawEcho::roundTrips(int count)
{
    m_left = count;
    const auto start = std::chrono::steady_clock::now();
    ping();
    if (!m_broken)
        m_loop.exec();
    return m_broken ? std::chrono::nanoseconds(-1) : std::chrono::steady_clock::now() - start;
}

void RawEcho::ping()
{
    m_received = 0;
    m_broken = m_broken || write(m_socket.get(), m_message.data(), m_message.size()) != ssize_t(m_message.size());
}

void RawEcho::readAnswer()
{
    const ssize_t got = read(m_socket.get(), m_answer.data() + m_received, m_answer.size() - m_received);
    if (got <= 0)
        m_broken = true;
    else
        m_received += std::size_t(got);
    if (!m_broken && m_received == m_answer.size() && --m_left > 0)
        ping();
    if (m_broken || m_left == 0)
        m_loop.quit();
}

} // namespace bulkhead
