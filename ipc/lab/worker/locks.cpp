// SPDX-License-Identifier: BSD-3-Clause
// A process dies while it holds a lock: who hangs, who is told, and what the kernel undoes.
#include "ipc/lab/protocol/place_message.h"
#include "ipc/lab/worker/forked.h"

#include <cerrno>
#include <ctime>
#include <pthread.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/sem.h>

namespace bulkhead::lab {

namespace {

/// Long for a lock that is free, short for a person: after that it counts as "for ever".
constexpr long Patience = 400'000'000; // nanoseconds

std::string named(int error)
{
    return error == 0 ? "got it" : ::strerrorname_np(error);
}

/// What the next process gets that locks a mutex whose owner died.
int lockAfterDeath(int robustness, bool *recovered)
{
    const SharedMemory memory(4096);
    auto *mutex = memory.at<pthread_mutex_t>(0);
    pthread_mutexattr_t attributes;
    ::pthread_mutexattr_init(&attributes);
    ::pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    ::pthread_mutexattr_setrobust(&attributes, robustness);
    ::pthread_mutex_init(mutex, &attributes);
    ::pthread_mutexattr_destroy(&attributes);

    Forked owner([&] { return ::pthread_mutex_lock(mutex); }); // and exits without unlocking
    owner.wait();
    timespec until = {};
    ::clock_gettime(CLOCK_REALTIME, &until);
    until.tv_nsec += Patience;
    until.tv_sec += until.tv_nsec / 1'000'000'000;
    until.tv_nsec %= 1'000'000'000;
    const int result = ::pthread_mutex_timedlock(mutex, &until);
    if (result == EOWNERDEAD) {
        ::pthread_mutex_consistent(mutex); // what it guards was looked at and repaired
        ::pthread_mutex_unlock(mutex);
        *recovered = ::pthread_mutex_lock(mutex) == 0;
    }
    return result;
}

/// What the next process gets that wants a semaphore which a dead process took.
Result<int> semaphoreAfterDeath(const Place &place, short flags)
{
    const Result<key_t> key = place.key('s');
    if (!key)
        return tl::unexpected(key.error());
    const int set = ::semget(*key, 1, IPC_CREAT | 0600);
    if (set < 0)
        return fail("semget");
    ::semctl(set, 0, SETVAL, 1);
    Forked owner([&] {
        sembuf take{0, -1, flags};
        return ::semop(set, &take, 1);
    });
    owner.wait();
    sembuf take{0, -1, 0};
    const timespec patience{0, Patience};
    const int result = ::semtimedop(set, &take, 1, &patience) < 0 ? errno : 0;
    ::semctl(set, 0, IPC_RMID);
    return result;
}

} // namespace

Result<void> locksStudy(const wire::LabStudy &what, wire::LabStudyDone &done)
{
    const Place place = placeFrom(what.place());
    bool recovered = false;
    const int plain = lockAfterDeath(PTHREAD_MUTEX_STALLED, &recovered);
    found(done, "plain_mutex", plain, "errno",
          "a plain mutex whose owner died: " + named(plain) + " (without a time limit this waits for ever)");
    const int robust = lockAfterDeath(PTHREAD_MUTEX_ROBUST, &recovered);
    found(done, "robust_mutex", robust, "errno",
          "a robust mutex whose owner died: " + named(robust) + (recovered ? ", repaired and used again" : ""));
    const Result<int> without = semaphoreAfterDeath(place, 0);
    if (!without)
        return tl::unexpected(without.error());
    found(done, "semaphore", *without, "errno",
          "a System V semaphore taken by a process that died: " + named(*without) + " (nobody gives it back)");
    const Result<int> undone = semaphoreAfterDeath(place, SEM_UNDO);
    if (!undone)
        return tl::unexpected(undone.error());
    found(done, "semaphore_undo", *undone, "errno",
          "the same taken with SEM_UNDO: " + named(*undone) + " (the kernel undid what the dead process had done)");
    done.set_lesson_holds(plain == ETIMEDOUT && robust == EOWNERDEAD && recovered && *without == EAGAIN &&
                          *undone == 0);
    return {};
}

} // namespace bulkhead::lab
