// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <QEventLoop>
#include <QSocketNotifier>

#include <chrono>
#include <cstddef>
#include <string>

namespace bulkhead {

/// For a ForkedPeer: sends back whatever comes, on Qt's event loop, until the other end closes.
void echoOnQtLoop(UniqueFd socket);

/// The limit that channels are held against: the bare socket pair, read when Qt's QSocketNotifier says so. The peer
/// runs echoOnQtLoop().
class RawEcho
{
public:
    /// @p bytes per message, both ways.
    RawEcho(UniqueFd socket, std::size_t bytes);

    /// How long so many round trips take, one after the other; negative when the peer is gone.
    std::chrono::nanoseconds roundTrips(int count);

private:
    void ping();
    void readAnswer();

    UniqueFd m_socket;
    QSocketNotifier m_notifier;
    QEventLoop m_loop;
    const std::string m_message;
    std::string m_answer;
    std::size_t m_received = 0;
    int m_left = 0;
    bool m_broken = false;
};

} // namespace bulkhead
