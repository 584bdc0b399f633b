// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

#include <chrono>
#include <cstdint>
#include <deque>
#include <unordered_map>

namespace bulkhead {

class Channel;

/// Divides the event loop's time among channels: in one turn of the loop all of them together read for
/// limits::LoopTurn, those of one party for limits::ReadTurn. Who gets no time now waits in line and comes first next.
/// A message that took longer than its share is paid for in later turns, so a party with dear messages slows only
/// itself. Outlives the channels that it is given to. Same thread.
class ReadShares : public QObject
{
    Q_OBJECT
public:
    /// Whose time it is: a site's, whatever number of processes it has.
    using Party = std::uint64_t;

    explicit ReadShares(QObject *parent = nullptr);

    // ---- for Channel
    /// Zero when there is no time now: the channel's resumeReading() is called later.
    std::chrono::nanoseconds begin(Channel &channel, Party party);
    void used(Party party, std::chrono::nanoseconds time);
    /// @p channel has more to read than it had time for.
    void wait(Channel &channel);

private:
    void nextTurn();
    void serve();
    std::chrono::nanoseconds left(Party party) const;

    std::deque<QPointer<Channel>> m_waiting;
    std::unordered_map<Party, std::chrono::nanoseconds> m_used; ///< in this turn, and what is still to be paid for
    std::chrono::nanoseconds m_usedByAll{};
    QTimer m_serve;
    bool m_serving = false;
};

} // namespace bulkhead
