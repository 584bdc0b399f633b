// SPDX-License-Identifier: BSD-3-Clause
// Several processes add to one number in shared memory: what is lost without synchronisation, and what each way costs.
#include "ipc/lab/mechanisms/shared_semaphore.h"
#include "ipc/lab/protocol/place_message.h"
#include "ipc/lab/protocol/race_board.h"
#include "ipc/lab/worker/forked.h"

#include <algorithm>
#include <atomic>
#include <chrono>

namespace bulkhead::lab {

namespace {

/// Without synchronisation an addition takes a nanosecond or two: enough of them that the processes do not miss each
/// other.
static_assert(SemaphoreBytes <= sizeof(RaceBoard::semaphore));
constexpr std::uint64_t Unsynchronised = 5'000'000;

using Clock = std::chrono::steady_clock;

/// How often a process says how far it is.
constexpr std::uint64_t TellEvery = 256;

struct Outcome
{
    std::uint64_t counted = 0;
    double nanoseconds = 0;
};

/// Runs @p add in so many processes, all starting at once.
template <class Add>
Outcome additions(RaceBoard &board, const std::string &name, std::uint64_t processes, std::uint64_t each, Add add)
{
    board.counter = 0;
    board.start = 0;
    for (RaceBoard::Process &process : board.processes)
        process.added = 0;
    RaceBoard::Stage *stage = board.begun < RaceBoard::MostStages ? &board.stages[board.begun] : nullptr;
    if (stage) {
        name.copy(stage->name.data(), RaceBoard::NameBytes - 1);
        stage->wanted = processes * each;
        ++board.begun;
    }
    Clock::time_point begin;
    {
        std::vector<Forked> children;
        for (std::uint64_t i = 0; i < processes; ++i) {
            children.emplace_back([&, i] {
                while (board.start == 0) {
                }
                std::atomic<std::uint64_t> &added = board.processes[i].added;
                for (std::uint64_t k = 0; k < each; ++k) {
                    add(board.counter);
                    if (k % TellEvery == TellEvery - 1)
                        added.store(k + 1, std::memory_order_relaxed);
                }
                added.store(each, std::memory_order_relaxed);
                return 0;
            });
        }
        begin = Clock::now();
        board.start = 1;
        for (Forked &child : children)
            child.wait();
    }
    const Outcome outcome{board.counter, std::chrono::duration<double, std::nano>(Clock::now() - begin).count()};
    if (stage) {
        stage->counted = outcome.counted;
        stage->elapsed.store(std::uint64_t(outcome.nanoseconds), std::memory_order_release);
    }
    return outcome;
}

void report(wire::LabStudyDone &done, const std::string &name, std::uint64_t wanted, const Outcome &result)
{
    const std::uint64_t lost = wanted > result.counted ? wanted - result.counted : 0;
    found(done, "lost." + name, double(lost), "updates",
          name + ": " + std::to_string(lost) + " of " + std::to_string(wanted) + " additions were lost");
    found(done, "time." + name, result.nanoseconds / double(wanted), "ns",
          name + ": " + std::to_string(std::uint64_t(result.nanoseconds / double(wanted))) + " ns per addition");
}

/// A writer that does not wait for its reader: values nobody saw.
void overwrites(RaceBoard &board, wire::LabStudyDone &done)
{
    constexpr std::uint64_t Values = 200'000;
    auto &value = reinterpret_cast<std::atomic<std::uint64_t> &>(const_cast<std::uint64_t &>(board.counter));
    value = 0;
    Forked writer([&] {
        for (std::uint64_t i = 1; i <= Values; ++i)
            value = i;
        return 0;
    });
    std::uint64_t seen = 0, last = 0;
    while (last < Values) {
        const std::uint64_t now = value;
        seen += now != last;
        last = now;
    }
    writer.wait();
    found(done, "overwritten", double(Values - seen), "values",
          "a writer that does not wait: " + std::to_string(Values - seen) + " of " + std::to_string(Values) +
              " values were overwritten before the reader looked");
}

} // namespace

Result<void> raceStudy(const wire::LabStudy &what, wire::LabStudyDone &done, Fds fds)
{
    const std::uint64_t processes =
        std::clamp<std::uint64_t>(number(what, "processes", 4), 2, RaceBoard::MostProcesses);
    const std::uint64_t each = std::clamp<std::uint64_t>(number(what, "additions", 20'000), 100, 10'000'000);
    const std::uint64_t unsynchronised =
        std::clamp<std::uint64_t>(number(what, "unsynchronised", Unsynchronised), 100, 1'000'000'000);
    // Memory that somebody looks at from outside, or else nobody's but ours.
    Result<Memfd> memory =
        fds.empty() ? Memfd::create("lab-race", sizeof(RaceBoard)) : Memfd::adopt(std::move(fds[0]), sizeof(RaceBoard));
    if (!memory)
        return tl::unexpected(memory.error());
    const Result<MemfdRegion> region = MemfdRegion::map(*memory, MapAccess::ReadWrite);
    if (!region)
        return tl::unexpected(region.error());
    RaceBoard &board = *reinterpret_cast<RaceBoard *>(region->data());

    // Read, add, write: three steps, between which another process may do the same.
    const auto race = [&] {
        return additions(board, "none", processes, unsynchronised,
                         [](volatile std::uint64_t &counter) { counter = counter + 1; });
    };
    auto plain = race();
    // On a busy machine they may have run one after the other: nobody raced. That is no proof of anything.
    for (int again = 0; again < 5 && plain.counted == processes * unsynchronised; ++again)
        plain = race();
    report(done, "none", processes * unsynchronised, plain);
    bool right = plain.counted < processes * unsynchronised;

    const auto atomic = additions(board, "atomic", processes, each, [&](volatile std::uint64_t &counter) {
        __atomic_fetch_add(&counter, 1, __ATOMIC_SEQ_CST);
    });
    report(done, "atomic", processes * each, atomic);
    right = right && atomic.counted == processes * each;

    const Place place = placeFrom(what.place());
    for (const auto kind : {sysvSemaphores, posixSemaphores, mutexSemaphores, robustMutexSemaphores, futexSemaphores,
                            eventfdSemaphores, spinSemaphores}) {
        const std::unique_ptr<SemaphoreKind> semaphores = kind();
        std::fill_n(board.semaphore.data(), SemaphoreBytes, std::byte(0));
        Fds forPeer;
        const auto lock = semaphores->create(place, {board.semaphore.data(), 0}, 1, forPeer);
        if (!lock)
            return tl::unexpected(lock.error());
        // Of several processes that spin, most wait for one that the scheduler has put aside.
        const std::uint64_t additionsEach = semaphores->waits().front() == Wait::Polling ? each / 20 : each;
        const auto result =
            additions(board, semaphores->name(), processes, additionsEach, [&](volatile std::uint64_t &counter) {
                (void)(*lock)->wait(Wait::Blocking);
                counter = counter + 1;
                (void)(*lock)->post();
            });
        (*lock)->remove();
        report(done, semaphores->name(), processes * additionsEach, result);
        right = right && result.counted == processes * additionsEach;
    }
    overwrites(board, done);
    done.set_lesson_holds(right);
    return {};
}

} // namespace bulkhead::lab
