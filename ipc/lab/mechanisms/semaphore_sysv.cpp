// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/shared_semaphore.h"

#include <cerrno>
#include <sys/ipc.h>
#include <sys/sem.h>

namespace bulkhead::lab {

namespace {

// essential: begin
class SysvSemaphore : public SharedSemaphore
{
public:
    SysvSemaphore(int set, int index) : m_set(set), m_index(static_cast<unsigned short>(index)) {}

    Result<void> wait(Wait how) override { return change(-1, how == Wait::Never ? IPC_NOWAIT : 0); }
    Result<void> post() override { return change(+1, 0); }
    void remove() override { ::semctl(m_set, 0, IPC_RMID); }

private:
    Result<void> change(short by, short flags)
    {
        sembuf operation{m_index, by, flags}; // one of a set; several could change at once, or none
        while (::semop(m_set, &operation, 1) < 0) {
            if (errno != EINTR)
                return fail("semop");
        }
        return {};
    }

    int m_set;
    unsigned short m_index;
};
// essential: end

class SysvSemaphores : public SemaphoreKind
{
public:
    std::string name() const override { return "sysv-sem"; }
    std::string title() const override { return "System V semaphores"; }
    std::string summary() const override
    {
        return "Counters in the kernel, changed several at a time; SEM_UNDO takes a dead process's changes back.";
    }
    Needs needs() const override { return {{"semget", "semop", "semtimedop", "semctl"}, {"System V objects"}}; }
    std::string source() const override { return "ipc/lab/mechanisms/semaphore_sysv.cpp"; }

    // essential: begin
    Result<std::unique_ptr<SharedSemaphore>> create(const Place &place, Slot slot, unsigned initial,
                                                    Fds &) const override
    {
        const Result<key_t> key = place.key('s');
        if (!key)
            return tl::unexpected(key.error());
        const int set = ::semget(*key, Count, IPC_CREAT | 0600);
        if (set < 0)
            return fail("semget");
        if (::semctl(set, slot.index, SETVAL, int(initial)) < 0)
            return fail("semctl");
        return std::make_unique<SysvSemaphore>(set, slot.index);
    }
    Result<std::unique_ptr<SharedSemaphore>> open(const Place &place, Slot slot, Fds &) const override
    {
        const Result<key_t> key = place.key('s');
        if (!key)
            return tl::unexpected(key.error());
        const int set = ::semget(*key, Count, 0);
        if (set < 0)
            return fail("semget");
        return std::make_unique<SysvSemaphore>(set, slot.index);
    }
    // essential: end
};

} // namespace

std::unique_ptr<SemaphoreKind> sysvSemaphores()
{
    return std::make_unique<SysvSemaphores>();
}

} // namespace bulkhead::lab
