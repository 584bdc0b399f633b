// SPDX-License-Identifier: BSD-3-Clause
// Objects by which processes meet: none; and what is shared with the browser stays as the browser made it.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <fcntl.h>
#include <linux/falloc.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

namespace bulkhead::attack {

std::vector<Attack> ipcAttacks()
{
    static constexpr char G[] = "IPC objects";
    return {
        killed(G, "a shared memory segment", SYS_shmget, {0x6275, 0, 0}),
        killed(G, "attach a segment", SYS_shmat, {-1, 0, 0}),
        killed(G, "detach a segment", SYS_shmdt, {Nowhere}),
        killed(G, "list segments", SYS_shmctl, {-1, IPC_STAT, Nowhere}),
        killed(G, "a semaphore set", SYS_semget, {0x6275, 0, 0}),
        killed(G, "change semaphores", SYS_semop, {-1, Nowhere, 1}),
        killed(G, "list semaphores", SYS_semctl, {-1, 0, IPC_STAT, Nowhere}),
        killed(G, "a message queue", SYS_msgget, {0x6275, 0}),
        killed(G, "send to a message queue", SYS_msgsnd, {-1, Nowhere, 1, 0}),
        killed(G, "receive from a message queue", SYS_msgrcv, {-1, Nowhere, 1, 0, IPC_NOWAIT}),
        killed(G, "list message queues", SYS_msgctl, {-1, IPC_STAT, Nowhere}),
        killed(G, "a POSIX message queue", SYS_mq_open, {at("bulkhead-no-such-queue"), O_RDONLY, 0, 0}),
        killed(G, "remove a POSIX message queue", SYS_mq_unlink, {at("bulkhead-no-such-queue")}),
        killed(G, "send to a POSIX message queue", SYS_mq_timedsend, {-1, Nowhere, 1, 0, 0}),
        killed(G, "notify of a POSIX message queue", SYS_mq_notify, {-1, 0}),
    };
}

std::vector<Attack> sharedMemoryAttacks()
{
    static constexpr char G[] = "shared memory and fds";
    const auto onFrame = [](const char *what, Outcome expected, long call, long a1 = 0, long a2 = 0, long a3 = 0) {
        return Attack{"shared memory and fds", what, expected,
                      [=](const Tools &tools) { return ::syscall(call, tools.framebuffer, a1, a2, a3, 0, 0); }};
    };
    const auto dies = [](long call) { return Outcome{Outcome::Killed, int(call)}; };
    static char buffer[64];
    return {
        onFrame("shrink a framebuffer", dies(SYS_ftruncate), SYS_ftruncate, 0),
        onFrame("grow a framebuffer", dies(SYS_ftruncate), SYS_ftruncate, 1 << 30),
        onFrame("punch a hole into a framebuffer", dies(SYS_fallocate), SYS_fallocate,
                FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE, 0, 4096),
        onFrame("add a seal", dies(SYS_fcntl), SYS_fcntl, 1033 /*F_ADD_SEALS*/, 8 /*F_SEAL_WRITE*/),
        onFrame("write at an offset", dies(SYS_pwrite64), SYS_pwrite64, at(buffer), 1, 0),
        onFrame("read at an offset", dies(SYS_pread64), SYS_pread64, at(buffer), 1, 0),
        onFrame("sync it", dies(SYS_fsync), SYS_fsync),
        onFrame("name of its file system", {Outcome::Failed, EACCES}, SYS_fstatfs, at(buffer)),
        {G,
         "execute a framebuffer",
         {Outcome::Failed, EACCES},
         [](const Tools &tools) -> long {
             void *page = ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_SHARED, tools.framebuffer, 0);
             return page == MAP_FAILED ? -1 : 0;
         }},
        {G,
         "make a mapped framebuffer executable",
         {Outcome::Failed, EACCES},
         [](const Tools &tools) -> long {
             void *page = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, tools.framebuffer, 0);
             return ::mprotect(page, 4096, PROT_READ | PROT_EXEC);
         }},
        {G,
         "run a framebuffer",
         {Outcome::Killed, SYS_execveat},
         [](const Tools &tools) {
             return ::syscall(SYS_execveat, tools.framebuffer, "", nullptr, nullptr, 0x1000 /*AT_EMPTY_PATH*/);
         }},
    };
}

} // namespace bulkhead::attack
