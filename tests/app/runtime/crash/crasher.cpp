// SPDX-License-Identifier: BSD-3-Clause
// crasher HOW FD: installs the crash handler on FD and ends as HOW says. Each deed stands on a line of its own that the
// test looks for by its comment.
#include "app/runtime/crash/crash_handler.h"

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <pthread.h>
#include <string_view>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace {

// A sanitizer would end these two before the processor does.
__attribute__((noinline, noclone, noipa, no_sanitize("undefined"))) void null()
{
    volatile int *volatile nowhere = nullptr;
    *nowhere = 1; // null
}

__attribute__((noinline, noclone, noipa, no_sanitize("undefined"))) void divide()
{
    volatile int seven = 7, zero = 0;
    volatile int result = seven / zero; // divide
    (void)result;
}

__attribute__((noinline, noclone, noipa)) void illegal()
{
    __builtin_trap(); // illegal
}

__attribute__((noinline, noclone, noipa)) void giveUp()
{
    std::abort(); // abort
}

__attribute__((noinline, noclone, noipa)) int overflow(int depth)
{
    volatile char room[4096];
    room[0] = char(depth);
    return depth < 0 ? 0 : overflow(depth + 1) + room[0]; // overflow
}

__attribute__((noinline, noclone, noipa)) void jump()
{
    void (*volatile nowhere)() = nullptr;
    nowhere(); // jump
    asm volatile("");
}

__attribute__((noinline, noclone, noipa)) void truncated()
{
    const int fd = int(::syscall(SYS_memfd_create, "x", 0));
    if (::ftruncate(fd, 4096) != 0)
        ::_exit(90);
    auto *memory = static_cast<volatile char *>(::mmap(nullptr, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0));
    if (::ftruncate(fd, 0) != 0)
        ::_exit(90);
    memory[0] = 1; // truncated
}

/// The stack pointer points nowhere: only the registers can be told.
__attribute__((noinline, noclone, noipa)) void noStack()
{
#if defined(__x86_64__)
    asm volatile("xorq %rsp, %rsp\n\tpushq %rax"); // noStack
#elif defined(__aarch64__)
    asm volatile("mov x1, #0\n\tmov sp, x1\n\tstr x0, [sp, #-16]!"); // noStack
#else
#error "how to lose the stack on this architecture is not known"
#endif
}

void *inThread(void *)
{
    bulkhead::useCrashStack();
    null();
    return nullptr;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 3)
        return 2;
    const std::string_view how = argv[1];
    bulkhead::installCrashHandler(bulkhead::UniqueFd(std::atoi(argv[2])));
    if (how == "null")
        null();
    else if (how == "divide")
        divide();
    else if (how == "illegal")
        illegal();
    else if (how == "abort")
        giveUp();
    else if (how == "overflow")
        return overflow(0);
    else if (how == "jump")
        jump();
    else if (how == "truncated")
        truncated();
    else if (how == "noStack")
        noStack();
    else if (how == "thread") {
        pthread_t thread;
        ::pthread_create(&thread, nullptr, &inThread, nullptr);
        ::pthread_join(thread, nullptr);
    } else if (how == "wait") {
        for (;;)
            ::pause();
    }
    return 91; // it should not have come to this
}
