// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_semaphore.h"

#include <cerrno>
#include <pthread.h>

namespace bulkhead::lab {

namespace {

/// In shared memory.
struct Guarded
{
    pthread_mutex_t mutex;
    pthread_cond_t changed;
    unsigned count;
};
static_assert(sizeof(Guarded) <= SemaphoreBytes);

// essential: begin
class MutexSemaphore : public SharedSemaphore
{
public:
    explicit MutexSemaphore(Guarded *guarded) : m_guarded(guarded) {}

    Result<void> wait(Wait how) override
    {
        if (const auto locked = lock(); !locked)
            return locked;
        while (m_guarded->count == 0) {
            if (how == Wait::Never) {
                ::pthread_mutex_unlock(&m_guarded->mutex);
                return fail(Error::fromErrno("nothing there", EAGAIN));
            }
            if (const int error = ::pthread_cond_wait(&m_guarded->changed, &m_guarded->mutex); error == EOWNERDEAD)
                ::pthread_mutex_consistent(&m_guarded->mutex);
            else if (error != 0)
                return fail(Error::fromErrno("pthread_cond_wait", error));
        }
        --m_guarded->count;
        ::pthread_mutex_unlock(&m_guarded->mutex);
        return {};
    }

    Result<void> post() override
    {
        if (const auto locked = lock(); !locked)
            return locked;
        ++m_guarded->count;
        ::pthread_mutex_unlock(&m_guarded->mutex);
        ::pthread_cond_signal(&m_guarded->changed);
        return {};
    }

private:
    Result<void> lock()
    {
        const int error = ::pthread_mutex_lock(&m_guarded->mutex);
        if (error == EOWNERDEAD) // robust only: its owner died; what it guards is one number, which cannot be half done
            ::pthread_mutex_consistent(&m_guarded->mutex);
        else if (error != 0)
            return fail(Error::fromErrno("pthread_mutex_lock", error));
        return {};
    }

    Guarded *m_guarded;
};

void initialise(Guarded *guarded, unsigned count, int robustness)
{
    pthread_mutexattr_t mutex;
    ::pthread_mutexattr_init(&mutex);
    ::pthread_mutexattr_setpshared(&mutex, PTHREAD_PROCESS_SHARED);
    ::pthread_mutexattr_setrobust(&mutex, robustness);
    ::pthread_mutex_init(&guarded->mutex, &mutex);
    ::pthread_mutexattr_destroy(&mutex);

    pthread_condattr_t condition;
    ::pthread_condattr_init(&condition);
    ::pthread_condattr_setpshared(&condition, PTHREAD_PROCESS_SHARED);
    ::pthread_cond_init(&guarded->changed, &condition);
    ::pthread_condattr_destroy(&condition);
    guarded->count = count;
}
// essential: end

class MutexSemaphores : public SemaphoreKind
{
public:
    explicit MutexSemaphores(int robustness) : m_robustness(robustness) {}

    std::string name() const override { return isRobust() ? "robust-mutex" : "mutex"; }
    std::string title() const override
    {
        return isRobust() ? "robust process-shared mutex and condition variable"
                          : "process-shared mutex and condition variable";
    }
    std::string summary() const override
    {
        return isRobust() ? "The kernel remembers which robust mutexes a thread holds: when it dies, the next one to "
                            "lock is told "
                            "(EOWNERDEAD) and can repair."
                          : "As between threads, with both in shared memory. If a process dies with the lock, the "
                            "others wait for "
                            "ever.";
    }
    Needs needs() const override { return {{"futex", "set_robust_list"}, {}}; }
    std::string source() const override { return "ipc/lab/mechanisms/semaphore_mutex.cpp"; }

    Result<std::unique_ptr<SharedSemaphore>> create(const Place &, Slot slot, unsigned initial, Fds &) const override
    {
        auto *guarded = reinterpret_cast<Guarded *>(slot.memory);
        initialise(guarded, initial, m_robustness);
        return std::make_unique<MutexSemaphore>(guarded);
    }
    Result<std::unique_ptr<SharedSemaphore>> open(const Place &, Slot slot, Fds &) const override
    {
        return std::make_unique<MutexSemaphore>(reinterpret_cast<Guarded *>(slot.memory));
    }

private:
    bool isRobust() const { return m_robustness == PTHREAD_MUTEX_ROBUST; }
    int m_robustness;
};

} // namespace

std::unique_ptr<SemaphoreKind> mutexSemaphores()
{
    return std::make_unique<MutexSemaphores>(PTHREAD_MUTEX_STALLED);
}

std::unique_ptr<SemaphoreKind> robustMutexSemaphores()
{
    return std::make_unique<MutexSemaphores>(PTHREAD_MUTEX_ROBUST);
}

} // namespace bulkhead::lab
