// SPDX-License-Identifier: BSD-3-Clause
// Several processes add to one number in shared memory: what is lost without synchronisation, and what each way costs.
#include "ipc/lab/experiments/forked.h"
#include "ipc/lab/place_message.h"
#include "ipc/mechanisms/shared_semaphore.h"

#include <algorithm>
#include <atomic>
#include <chrono>

namespace bulkhead::lab {

namespace {

constexpr std::size_t CounterOffset = 0;
constexpr std::size_t StartOffset = 64;
constexpr std::size_t SemaphoreOffset = 256;
constexpr std::size_t SharedBytes = SemaphoreOffset + SemaphoreBytes;
/// Without synchronisation an addition takes a nanosecond or two: enough of them that the processes do not miss each
/// other.
constexpr std::uint64_t Unsynchronised = 5'000'000;

using Clock = std::chrono::steady_clock;

/// Runs @p add in so many processes, all starting at once; the number that results, and the time.
template <class Add>
std::pair<std::uint64_t, double> additions(const SharedMemory &memory, std::uint64_t processes, std::uint64_t each,
                                           Add add)
{
    auto &counter = *memory.at<volatile std::uint64_t>(CounterOffset);
    auto &start = *memory.at<std::atomic<int>>(StartOffset);
    counter = 0;
    start = 0;
    Clock::time_point begin;
    {
        std::vector<Forked> children;
        for (std::uint64_t i = 0; i < processes; ++i) {
            children.emplace_back([&] {
                while (start == 0) {
                }
                for (std::uint64_t k = 0; k < each; ++k)
                    add(counter);
                return 0;
            });
        }
        begin = Clock::now();
        start = 1;
        for (Forked &child : children)
            child.wait();
    }
    return {counter, std::chrono::duration<double, std::nano>(Clock::now() - begin).count()};
}

void report(wire::LabExperimentDone &done, const std::string &name, std::uint64_t wanted,
            std::pair<std::uint64_t, double> result)
{
    const std::uint64_t lost = wanted > result.first ? wanted - result.first : 0;
    found(done, "lost." + name, double(lost), "updates",
          name + ": " + std::to_string(lost) + " of " + std::to_string(wanted) + " additions were lost");
    found(done, "time." + name, result.second / double(wanted), "ns",
          name + ": " + std::to_string(std::uint64_t(result.second / double(wanted))) + " ns per addition");
}

/// A writer that does not wait for its reader: values nobody saw.
void overwrites(const SharedMemory &memory, wire::LabExperimentDone &done)
{
    constexpr std::uint64_t Values = 200'000;
    auto &value = *memory.at<std::atomic<std::uint64_t>>(CounterOffset);
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

Result<void> raceExperiment(const wire::LabExperiment &what, wire::LabExperimentDone &done)
{
    const std::uint64_t processes = std::clamp<std::uint64_t>(number(what, "processes", 4), 2, 64);
    const std::uint64_t each = std::clamp<std::uint64_t>(number(what, "additions", 20'000), 100, 10'000'000);
    const SharedMemory memory(SharedBytes);
    if (!memory)
        return fail("mmap");

    // Read, add, write: three steps, between which another process may do the same.
    const auto plain =
        additions(memory, processes, Unsynchronised, [](volatile std::uint64_t &counter) { counter = counter + 1; });
    report(done, "none", processes * Unsynchronised, plain);
    bool right = plain.first < processes * Unsynchronised;

    const auto atomic = additions(memory, processes, each, [&](volatile std::uint64_t &) {
        memory.at<std::atomic<std::uint64_t>>(CounterOffset)->fetch_add(1);
    });
    report(done, "atomic", processes * each, atomic);
    right = right && atomic.first == processes * each;

    const Place place = placeFrom(what.place());
    for (const auto kind : {sysvSemaphores, posixSemaphores, mutexSemaphores, robustMutexSemaphores, futexSemaphores,
                            eventfdSemaphores, spinSemaphores}) {
        const std::unique_ptr<SemaphoreKind> semaphores = kind();
        std::fill_n(memory.data() + SemaphoreOffset, SemaphoreBytes, std::byte(0));
        Fds forPeer;
        const auto lock = semaphores->create(place, {memory.data() + SemaphoreOffset, 0}, 1, forPeer);
        if (!lock)
            return tl::unexpected(lock.error());
        // Of several processes that spin, most wait for one that the scheduler has put aside.
        const std::uint64_t additionsEach = semaphores->waits().front() == Wait::Polling ? each / 20 : each;
        const auto result = additions(memory, processes, additionsEach, [&](volatile std::uint64_t &counter) {
            (void)(*lock)->wait(Wait::Blocking);
            counter = counter + 1;
            (void)(*lock)->post();
        });
        (*lock)->remove();
        report(done, semaphores->name(), processes * additionsEach, result);
        right = right && result.first == processes * additionsEach;
    }
    overwrites(memory, done);
    done.set_lesson_holds(right);
    return {};
}

} // namespace bulkhead::lab
