// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/read_shares.h"

#include "ipc/channel/channel.h"
#include "ipc/channel/limits.h"

#include <QAbstractEventDispatcher>

#include <algorithm>

namespace bulkhead {

using std::chrono::nanoseconds;

namespace {
/// A handler may have spun an event loop of its own for minutes (a menu), which is nobody's fault.
constexpr nanoseconds MostToPay = 8 * limits::ReadTurn;
} // namespace

ReadShares::ReadShares(QObject *parent) : QObject(parent)
{
    m_serve.setSingleShot(true);
    connect(&m_serve, &QTimer::timeout, this, &ReadShares::serve);
    const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
    Q_ASSERT(dispatcher);
    // Which of the two comes between two turns differs between Qt's dispatchers.
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, &ReadShares::nextTurn);
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, &ReadShares::nextTurn);
}

nanoseconds ReadShares::left(Party party) const
{
    const auto it = m_used.find(party);
    const nanoseconds own = limits::ReadTurn - (it == m_used.end() ? nanoseconds(0) : it->second);
    return std::max(std::min<nanoseconds>(own, limits::LoopTurn - m_usedByAll), nanoseconds(0));
}

nanoseconds ReadShares::begin(Channel &channel, Party party)
{
    // Whoever waits comes before who has just woken up.
    const nanoseconds time = m_serving || m_waiting.empty() ? left(party) : nanoseconds(0);
    if (time == nanoseconds(0))
        wait(channel);
    return time;
}

void ReadShares::used(Party party, nanoseconds time)
{
    nanoseconds &sum = m_used[party];
    sum = std::min(sum + time, MostToPay);
    m_usedByAll += time;
}

void ReadShares::wait(Channel &channel)
{
    if (std::find(m_waiting.begin(), m_waiting.end(), &channel) == m_waiting.end())
        m_waiting.emplace_back(&channel);
    if (!m_serve.isActive())
        m_serve.start(0);
}

void ReadShares::nextTurn()
{
    // May come more than once in a turn, so debts are not paid here.
    m_usedByAll = {};
    if (m_waiting.empty())
        m_used.clear(); // there is nobody whose time it was
}

void ReadShares::serve()
{
    const QPointer<ReadShares> alive(this);
    for (auto it = m_used.begin(); it != m_used.end();) {
        it->second -= limits::ReadTurn;
        it = it->second <= nanoseconds(0) ? m_used.erase(it) : std::next(it);
    }
    for (std::size_t n = m_waiting.size(); n > 0 && !m_waiting.empty() && m_usedByAll < limits::LoopTurn; --n) {
        const QPointer<Channel> channel = m_waiting.front();
        m_waiting.pop_front();
        if (!channel)
            continue;
        m_serving = true;
        channel->resumeReading(); // back into the line when it has no time
        if (!alive)
            return;
        m_serving = false;
    }
    std::erase(m_waiting, nullptr);
    if (!m_waiting.empty() && !m_serve.isActive())
        m_serve.start(0);
}

} // namespace bulkhead
