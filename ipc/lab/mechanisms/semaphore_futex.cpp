// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_semaphore.h"

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// In shared memory. The kernel is asked only to sleep, and to wake somebody who sleeps.
struct Counter
{
    std::atomic<std::uint32_t> count;
    std::atomic<std::uint32_t> sleepers;
};

class FutexSemaphore : public SharedSemaphore
{
public:
    explicit FutexSemaphore(Counter *counter) : m_counter(counter) {}

    Result<void> wait(Wait how) override
    {
        for (;;) {
            std::uint32_t count = m_counter->count.load();
            while (count > 0) {
                if (m_counter->count.compare_exchange_weak(count, count - 1))
                    return {};
            }
            if (how == Wait::Never)
                return fail(Error::fromErrno("nothing there", EAGAIN));
            ++m_counter->sleepers;
            futex(FUTEX_WAIT, 0); // sleeps only if the count still is 0: a post in between is not missed
            --m_counter->sleepers;
        }
    }

    Result<void> post() override
    {
        ++m_counter->count;
        if (m_counter->sleepers > 0)
            futex(FUTEX_WAKE, 1);
        return {};
    }

private:
    void futex(int operation, std::uint32_t value)
    {
        ::syscall(SYS_futex, &m_counter->count, operation, value, nullptr, nullptr, 0);
    }

    Counter *m_counter;
};
// essential: end

class FutexSemaphores : public SemaphoreKind
{
public:
    std::string name() const override { return "futex"; }
    std::string title() const override { return "futex"; }
    std::string summary() const override
    {
        return "What locks are made of: an atomic number in shared memory, and a system call that sleeps while it has "
               "a certain "
               "value.";
    }
    Needs needs() const override { return {{"futex"}, {}}; }
    std::string source() const override { return "ipc/lab/mechanisms/semaphore_futex.cpp"; }

    Result<std::unique_ptr<SharedSemaphore>> create(const Place &, Slot slot, unsigned initial, Fds &) const override
    {
        return std::make_unique<FutexSemaphore>(new (slot.memory) Counter{initial, 0});
    }
    Result<std::unique_ptr<SharedSemaphore>> open(const Place &, Slot slot, Fds &) const override
    {
        return std::make_unique<FutexSemaphore>(reinterpret_cast<Counter *>(slot.memory));
    }
};

} // namespace

std::unique_ptr<SemaphoreKind> futexSemaphores()
{
    return std::make_unique<FutexSemaphores>();
}

} // namespace bulkhead::lab
