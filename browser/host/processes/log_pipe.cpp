// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/log_pipe.h"

#include "browser/host/processes/log.h"

#include <algorithm>
#include <cerrno>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr qsizetype MaxLine = 4096;
constexpr qsizetype ReadPerTurn = 64 << 10;
constexpr int LinesPerSecond = 100;

spdlog::level::level_enum fromPrefix(char digit)
{
    switch (digit) {
    case '0':
    case '1':
    case '2':
        return spdlog::level::critical;
    case '3':
        return spdlog::level::err;
    case '4':
        return spdlog::level::warn;
    case '5':
    case '6':
        return spdlog::level::info;
    default:
        return spdlog::level::debug;
    }
}

} // namespace

LogPipe::LogPipe(UniqueFd readEnd, QString role, QObject *parent)
    : QObject(parent), m_readEnd(std::move(readEnd)), m_role(std::move(role))
{
    m_window.start();
}

void LogPipe::start(qint64 pid)
{
    m_pid = pid;
    m_notifier = std::make_unique<QSocketNotifier>(m_readEnd.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, [this] { read(ReadPerTurn); });
}

void LogPipe::drain()
{
    read(16 * ReadPerTurn);
    if (!m_partial.isEmpty())
        writeLine(std::exchange(m_partial, {}));
}

void LogPipe::read(qsizetype budget)
{
    char buffer[8192];
    while (m_readEnd && budget > 0) {
        const ssize_t got = ::read(m_readEnd.get(), buffer, sizeof buffer);
        if (got < 0 && (errno == EAGAIN || errno == EINTR))
            return;
        if (got <= 0) {
            m_notifier.reset();
            m_readEnd.reset();
            return;
        }
        budget -= got;
        m_partial.append(buffer, got);
        qsizetype begin = 0;
        for (qsizetype end; (end = m_partial.indexOf('\n', begin)) >= 0; begin = end + 1)
            writeLine(QByteArrayView(m_partial).sliced(begin, end - begin));
        m_partial.remove(0, begin);
        if (m_partial.size() > MaxLine)
            writeLine(std::exchange(m_partial, {}));
    }
}

void LogPipe::writeLine(QByteArrayView line)
{
    if (m_window.elapsed() > 1000) {
        if (m_suppressed > 0)
            log::writeFor(spdlog::level::warn, m_role, m_pid, tr("suppressed lines: %1").arg(m_suppressed));
        m_window.restart();
        m_linesInWindow = m_suppressed = 0;
    }
    if (++m_linesInWindow > LinesPerSecond) {
        ++m_suppressed;
        return;
    }
    auto level = spdlog::level::info;
    if (line.size() >= 3 && line[0] == '<' && line[2] == '>') {
        level = fromPrefix(line[1]);
        line = line.sliced(3);
    }
    log::writeFor(level, m_role, m_pid, QString::fromUtf8(line.first(std::min(line.size(), MaxLine))));
}

} // namespace bulkhead
