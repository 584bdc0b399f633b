// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/protocol/lab_channel.h"

#include "ipc/channel/limits.h"

#include <algorithm>
#include <iterator>

namespace bulkhead::lab {

namespace {
/// More than any mechanism has.
constexpr std::uint32_t MostExtraFds = 64;
} // namespace

LabChannel::Deadline LabChannel::begin() const
{
    return m_patience ? Deadline(std::chrono::steady_clock::now() + *m_patience) : std::nullopt;
}

/// What is left of the time is for the next part.
void LabChannel::goOn(Deadline until)
{
    using std::chrono::milliseconds;
    if (until)
        m_channel.setPatience(
            std::max(milliseconds(0), std::chrono::ceil<milliseconds>(*until - std::chrono::steady_clock::now())));
}

template <class Message>
Result<void> LabChannel::sendAll(Message &message, Fds fds)
{
    const std::size_t first = std::min(fds.size(), limits::MessageFds);
    Fds rest(std::make_move_iterator(fds.begin() + std::ptrdiff_t(first)), std::make_move_iterator(fds.end()));
    fds.resize(first);
    message.set_more_fds(std::uint32_t(rest.size()));
    const Deadline until = begin();
    goOn(until);
    if (const auto sent = m_channel.send(message, std::move(fds)); !sent)
        return sent;
    for (UniqueFd &fd : rest) {
        Fds one;
        one.push_back(std::move(fd));
        goOn(until);
        if (const auto sent = m_channel.send(Message(), std::move(one)); !sent)
            return sent;
    }
    return {};
}

template <class Message>
Result<Fds> LabChannel::receiveAll(Message &message)
{
    const Deadline until = begin();
    goOn(until);
    Result<BlockingChannel::Received> first = m_channel.receive(message);
    if (!first)
        return tl::unexpected(first.error());
    Fds fds = std::move(first->fds);
    if (message.more_fds() > MostExtraFds)
        return fail(Error{"too many descriptors announced", 0});
    for (std::uint32_t i = 0; i < message.more_fds(); ++i) {
        Message empty;
        goOn(until);
        Result<BlockingChannel::Received> next = m_channel.receive(empty);
        if (!next)
            return tl::unexpected(next.error());
        std::move(next->fds.begin(), next->fds.end(), std::back_inserter(fds));
    }
    return fds;
}

template Result<void> LabChannel::sendAll(wire::LabCommand &, Fds);
template Result<void> LabChannel::sendAll(wire::LabReply &, Fds);
template Result<Fds> LabChannel::receiveAll(wire::LabCommand &);
template Result<Fds> LabChannel::receiveAll(wire::LabReply &);

} // namespace bulkhead::lab
