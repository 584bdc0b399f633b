// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/worker/pressure_sides.h"

#include "ipc/lab/protocol/payload.h"
#include "ipc/lab/protocol/pressure_board.h"

#include <algorithm>
#include <cerrno>
#include <ctime>

namespace bulkhead::lab {

namespace {

constexpr std::uint64_t Second = 1'000'000'000;
/// A pause is slept in pieces, so that another pace is taken up soon.
constexpr std::uint64_t LongestSleep = 20'000'000;
constexpr std::uint64_t IdleSleep = 500'000;

std::uint64_t now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::uint64_t(time.tv_sec) * Second + std::uint64_t(time.tv_nsec);
}

void sleepUntil(std::uint64_t time)
{
    const timespec until{time_t(time / Second), long(time % Second)};
    ::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr);
}

/// Returns when @p every has passed since @p last, as @p every is by then; @p isPaused keeps it from returning.
std::uint64_t waitForTurn(std::uint64_t last, const std::atomic<std::uint64_t> &every,
                          const std::atomic<std::uint32_t> *isPaused)
{
    for (;;) {
        const std::uint64_t due = last + every.load(std::memory_order_relaxed), time = now();
        const bool paused = isPaused && isPaused->load(std::memory_order_relaxed) != 0;
        if (time >= due && !paused)
            return time - due > LongestSleep ? time : due; // who was held up does not hurry afterwards
        sleepUntil(std::min(paused ? time + LongestSleep : due, time + LongestSleep));
    }
}

void add(std::atomic<std::uint64_t> &counter, std::uint64_t value)
{
    counter.store(counter.load(std::memory_order_relaxed) + value, std::memory_order_relaxed); // one writer
}

Result<void> sendOne(Link &link, std::size_t size, std::uint64_t number)
{
    const Result<Bytes> message = link.compose(size);
    if (!message)
        return tl::unexpected(message.error());
    fill(*message, number);
    if (const auto sent = link.send(*message); !sent)
        return sent;
    return link.flush();
}

Result<void> write(Link &link, std::size_t size, PressureBoard &board)
{
    std::uint64_t turn = now();
    for (;;) {
        turn = waitForTurn(turn, board.writeEvery, &board.isPaused);
        const std::uint64_t start = now();
        board.inCallSince = start;
        const Result<void> sent = sendOne(link, size, board.sent);
        board.inCallSince = 0;
        add(board.waitTime, now() - start);
        if (sent)
            add(board.sent, 1);
        else if (sent.error().number == EAGAIN)
            add(board.refused, 1);
        else
            return sent;
    }
}

Result<void> read(Link &link, std::size_t size, PressureBoard &board)
{
    std::uint64_t turn = now(), next = 0;
    for (;;) {
        turn = waitForTurn(turn, board.readEvery, nullptr);
        const Result<ConstBytes> message = link.receive(size);
        if (!message && (message.error().number == EAGAIN || message.error().number == ETIMEDOUT)) {
            sleepUntil(now() + IdleSleep);
            continue;
        }
        if (!message && message.error().number == EMSGSIZE)
            continue; // of a lossy mechanism: from elsewhere
        if (!message)
            return tl::unexpected(message.error());
        const std::uint64_t number = numberOf(*message, next);
        if (!check(*message, number))
            add(board.wrong, 1);
        next = number + 1;
        link.release();
        add(board.received, 1);
    }
}

} // namespace

Result<void> runPressure(Link &link, const wire::LabPressure &what, Fds fds)
{
    if (fds.size() != 1 || what.size() < 8 || what.size() > (16U << 20))
        return fail(Error{"the board is missing, or the size cannot be", EINVAL});
    const Result<PressureBoardMemory> board = PressureBoardMemory::adopt(std::move(fds[0]));
    if (!board)
        return tl::unexpected(board.error());
    return what.writes() ? write(link, std::size_t(what.size()), **board)
                         : read(link, std::size_t(what.size()), **board);
}

} // namespace bulkhead::lab
