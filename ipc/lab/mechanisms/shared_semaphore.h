// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"

#include <memory>
#include <string>

namespace bulkhead::lab {

/// Counts what is there: post() adds one, wait() takes one or waits for it. All that a bounded buffer needs from a way
/// of synchronising, so each way shows itself as one of these. One thread per process.
class SharedSemaphore
{
public:
    virtual ~SharedSemaphore() = default;
    /// With Wait::Never EAGAIN at once when there is none.
    virtual Result<void> wait(Wait how) = 0;
    virtual Result<void> post() = 0;
    virtual void remove() {}
};

/// Room for what a semaphore keeps in shared memory: a mutex, a condition variable and a number; one pair of cache
/// lines each, so that two semaphores never share one.
inline constexpr std::size_t SemaphoreBytes = 256;

/// A way of synchronising.
class SemaphoreKind
{
public:
    virtual ~SemaphoreKind() = default;
    virtual std::string name() const = 0; ///< "futex"
    virtual std::string title() const = 0;
    virtual std::string summary() const = 0;
    virtual std::vector<Wait> waits() const { return {Wait::Blocking}; }
    virtual Needs needs() const = 0;
    virtual std::string source() const = 0;

    struct Slot
    {
        std::byte *memory = nullptr; ///< SemaphoreBytes of shared, zeroed memory
        int index = 0;               ///< of Count semaphores of one link
    };
    static constexpr int Count = 4;

    virtual Result<std::unique_ptr<SharedSemaphore>> create(const Place &place, Slot slot, unsigned initial,
                                                            Fds &forPeer) const = 0;
    virtual Result<std::unique_ptr<SharedSemaphore>> open(const Place &place, Slot slot, Fds &fromPeer) const = 0;
};

std::unique_ptr<SemaphoreKind> sysvSemaphores();
std::unique_ptr<SemaphoreKind> posixSemaphores();
std::unique_ptr<SemaphoreKind> mutexSemaphores();
std::unique_ptr<SemaphoreKind> robustMutexSemaphores();
std::unique_ptr<SemaphoreKind> futexSemaphores();
std::unique_ptr<SemaphoreKind> eventfdSemaphores();
std::unique_ptr<SemaphoreKind> spinSemaphores();

} // namespace bulkhead::lab
