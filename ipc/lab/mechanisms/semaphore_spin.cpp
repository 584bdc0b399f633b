// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_semaphore.h"

#include <atomic>
#include <cerrno>
#if defined(__x86_64__) || defined(__i386__)
#include <cstdint>
#include <immintrin.h>
#endif

namespace bulkhead::lab {

namespace {

/// Tells the processor that this is a loop that waits.
void relax()
{
#if defined(__x86_64__) || defined(__i386__)
    _mm_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
}

// essential: begin
class SpinSemaphore : public SharedSemaphore
{
public:
    explicit SpinSemaphore(std::atomic<std::uint32_t> *count) : m_count(count) {}

    Result<void> wait(Wait how) override
    {
        for (;;) {
            std::uint32_t count = m_count->load(std::memory_order_acquire);
            if (count > 0 && m_count->compare_exchange_weak(count, count - 1, std::memory_order_acquire))
                return {};
            if (how == Wait::Never)
                return fail(Error::fromErrno("nothing there", EAGAIN));
            relax();
        }
    }
    Result<void> post() override
    {
        m_count->fetch_add(1, std::memory_order_release);
        return {};
    }

private:
    std::atomic<std::uint32_t> *m_count; ///< in shared memory
};
// essential: end

class SpinSemaphores : public SemaphoreKind
{
public:
    std::string name() const override { return "spin"; }
    std::string title() const override { return "spinning"; }
    std::string summary() const override
    {
        return "Looks at an atomic number until it changes: no system call, the lowest latency between two processors, "
               "each of "
               "them fully used; on one processor a disaster.";
    }
    std::vector<Wait> waits() const override { return {Wait::Polling}; }
    Needs needs() const override { return {}; }
    std::string source() const override { return "ipc/lab/mechanisms/semaphore_spin.cpp"; }

    Result<std::unique_ptr<SharedSemaphore>> create(const Place &, Slot slot, unsigned initial, Fds &) const override
    {
        return std::make_unique<SpinSemaphore>(new (slot.memory) std::atomic<std::uint32_t>(initial));
    }
    Result<std::unique_ptr<SharedSemaphore>> open(const Place &, Slot slot, Fds &) const override
    {
        return std::make_unique<SpinSemaphore>(reinterpret_cast<std::atomic<std::uint32_t> *>(slot.memory));
    }
};

} // namespace

std::unique_ptr<SemaphoreKind> spinSemaphores()
{
    return std::make_unique<SpinSemaphores>();
}

} // namespace bulkhead::lab
