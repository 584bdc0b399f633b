// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/peer.h"

#include "ipc/lab/engine/reply_rules.h"

#include <algorithm>
#include <cerrno>
#include <poll.h>

namespace bulkhead::lab {

namespace {

using Clock = std::chrono::steady_clock;

/// How long the other side may take to fail after the first did.
constexpr std::chrono::milliseconds Grace{700};

int millisecondsUntil(Clock::time_point deadline)
{
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Clock::now());
    return int(std::max<std::int64_t>(0, left.count()));
}

tl::unexpected<Error> timedOut()
{
    return fail(Error::fromErrno("the other side did not answer", ETIMEDOUT));
}

} // namespace

Result<void> Peer::send(wire::LabCommand command, Fds fds)
{
    if (isAnswered(command.body_case()))
        m_asked.push_back(command.body_case());
    return m_channel.send(std::move(command), std::move(fds));
}

Result<wire::LabReply> Peer::receive(Fds *fds)
{
    wire::LabReply reply;
    Result<Fds> received = m_channel.receive(reply);
    if (!received && received.error().number == ETIMEDOUT)
        kill(); // it lives, and would not be heard any more
    if (!received)
        return fail(Error{"a worker ended unexpectedly (" + received.error().what + ")", ECONNRESET});
    const bool wasAsked = !m_asked.empty();
    const auto fits = wasAsked ? checkReply(m_asked.front(), reply, received->size())
                               : Result<void>(fail(Error{"a worker answered what nobody had asked", EPROTO}));
    if (!fits) {
        kill();
        return tl::unexpected(fits.error());
    }
    m_asked.pop_front();
    if (fds)
        *fds = std::move(*received);
    if (!reply.error().empty())
        return fail(Error{reply.error(), reply.error_number()});
    return reply;
}

Result<wire::LabReply> await(Peer &peer, std::chrono::milliseconds limit, const Cancel &cancel, Fds *fds)
{
    const Clock::time_point deadline = Clock::now() + limit;
    for (;;) {
        pollfd p[] = {{peer.socket(), POLLIN, 0}, {cancel.fd(), POLLIN, 0}};
        const int ready = ::poll(p, 2, millisecondsUntil(deadline));
        if (ready < 0 && errno != EINTR)
            return fail("poll");
        if (ready == 0)
            return timedOut();
        if (ready > 0 && p[1].revents)
            return fail(Error::fromErrno("the run", ECANCELED));
        if (ready > 0 && p[0].revents)
            return peer.receive(fds);
    }
}

TwoReplies askBoth(Peer &first, wire::LabCommand toFirst, Peer &second, wire::LabCommand toSecond,
                   std::chrono::milliseconds limit, const Cancel &cancel, SecondEnds secondEnds)
{
    TwoReplies replies{timedOut(), timedOut(), false};
    // The second first: it is the one that waits.
    if (const auto sent = second.send(std::move(toSecond)); !sent)
        replies.second = tl::unexpected(sent.error());
    if (const auto sent = first.send(std::move(toFirst)); !sent)
        replies.first = tl::unexpected(sent.error());

    Clock::time_point deadline = Clock::now() + limit;
    bool firstDone = false, secondDone = false;
    while (!firstDone || !secondDone) {
        pollfd p[] = {{firstDone ? -1 : first.socket(), POLLIN, 0},
                      {secondDone ? -1 : second.socket(), POLLIN, 0},
                      {cancel.fd(), POLLIN, 0}};
        const int ready = ::poll(p, 3, millisecondsUntil(deadline));
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready <= 0)
            return replies;
        if (p[2].revents) {
            const Error cancelled = Error::fromErrno("the run", ECANCELED);
            replies.first = tl::unexpected(cancelled);
            replies.second = tl::unexpected(cancelled);
            return replies;
        }
        if (p[0].revents) {
            replies.first = first.receive();
            firstDone = true;
            if (secondEnds == SecondEnds::WhenToldSo && !secondDone) {
                wire::LabCommand finish;
                finish.mutable_finish();
                (void)second.send(std::move(finish));
            }
        }
        if (p[1].revents) {
            replies.second = second.receive();
            secondDone = true;
        }
        const bool failed = (firstDone && !replies.first) || (secondDone && !replies.second);
        if (failed)
            deadline = std::min(deadline, Clock::now() + Grace);
    }
    replies.isComplete = true;
    return replies;
}

} // namespace bulkhead::lab
