// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_semaphore.h"

#include <cerrno>
#include <semaphore.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class PosixSemaphore : public SharedSemaphore
{
public:
    explicit PosixSemaphore(sem_t *semaphore) : m_semaphore(semaphore) {}

    Result<void> wait(Wait how) override
    {
        while ((how == Wait::Never ? ::sem_trywait(m_semaphore) : ::sem_wait(m_semaphore)) < 0) {
            if (errno != EINTR)
                return fail("sem_wait");
        }
        return {};
    }
    Result<void> post() override
    {
        if (::sem_post(m_semaphore) < 0)
            return fail("sem_post");
        return {};
    }

private:
    sem_t *m_semaphore; ///< in shared memory
};
// essential: end

class PosixSemaphores : public SemaphoreKind
{
public:
    std::string name() const override { return "posix-sem"; }
    std::string title() const override { return "POSIX semaphores"; }
    std::string summary() const override
    {
        return "A counter in shared memory; the kernel (a futex) is asked only when somebody has to wait.";
    }
    Needs needs() const override { return {{"futex"}, {}}; }
    std::string source() const override { return "ipc/lab/mechanisms/semaphore_posix.cpp"; }

    Result<std::unique_ptr<SharedSemaphore>> create(const Place &, Slot slot, unsigned initial, Fds &) const override
    {
        auto *semaphore = reinterpret_cast<sem_t *>(slot.memory);
        constexpr int SharedByProcesses = 1;
        if (::sem_init(semaphore, SharedByProcesses, initial) < 0)
            return fail("sem_init");
        return std::make_unique<PosixSemaphore>(semaphore);
    }
    Result<std::unique_ptr<SharedSemaphore>> open(const Place &, Slot slot, Fds &) const override
    {
        return std::make_unique<PosixSemaphore>(reinterpret_cast<sem_t *>(slot.memory));
    }
};

} // namespace

std::unique_ptr<SemaphoreKind> posixSemaphores()
{
    return std::make_unique<PosixSemaphores>();
}

} // namespace bulkhead::lab
