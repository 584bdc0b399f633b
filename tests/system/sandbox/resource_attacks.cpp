// SPDX-License-Identifier: BSD-3-Clause
// The machine's resources: a child gets its share and no more.
#include "tests/system/sandbox/attack.h"

#include "ipc/core/exit_codes.h"

#include <atomic>
#include <cerrno>
#include <cstring>
#include <new>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bulkhead::attack {

namespace {

constexpr char G[] = "resources";

/// 0 when @p count threads could be started at once.
long startThreads(int count)
{
    static std::atomic<bool> leave;
    leave = false;
    pthread_attr_t attributes;
    ::pthread_attr_init(&attributes);
    ::pthread_attr_setstacksize(&attributes, 64 << 10);
    std::vector<pthread_t> threads;
    int error = 0;
    while (error == 0 && int(threads.size()) < count) {
        pthread_t thread;
        error = ::pthread_create(
            &thread, &attributes,
            [](void *) -> void * {
                while (!leave)
                    ::usleep(1000);
                return nullptr;
            },
            nullptr);
        if (error == 0)
            threads.push_back(thread);
    }
    leave = true;
    for (const pthread_t thread : threads)
        ::pthread_join(thread, nullptr);
    errno = error;
    return error == 0 ? 0 : -1;
}

} // namespace

std::vector<Attack> resourceAttacks()
{
    return {
        {G,
         "three times its memory, by operator new",
         {Outcome::OutOfMemory, 0},
         [](const Tools &) -> long {
             for (int i = 0; i < 48; ++i) {
                 char *memory = static_cast<char *>(::operator new(16 << 20));
                 std::memset(memory, 1, 16 << 20);
             }
             return 0;
         }},
        {G,
         "three times its memory, mapped",
         {Outcome::Failed, ENOMEM},
         [](const Tools &) -> long {
             void *memory =
                 ::mmap(nullptr, std::size_t(768) << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
             return memory == MAP_FAILED ? -1 : 0;
         }},
        {G,
         "a quarter of a terabyte of address space",
         {Outcome::Failed, ENOMEM},
         [](const Tools &) -> long {
             void *memory =
                 ::mmap(nullptr, std::size_t(256) << 30, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
             return memory == MAP_FAILED ? -1 : 0;
         }},
        {G,
         "two hundred threads",
         {Outcome::Failed, EAGAIN},
         [](const Tools &) { return startThreads(200); },
         Holds::WithUserNamespace},
        {G,
         "three hundred descriptors",
         {Outcome::Failed, EMFILE},
         [](const Tools &) -> long {
             for (int i = 0; i < 300; ++i) {
                 if (::eventfd(0, 0) < 0)
                     return -1;
             }
             return 0;
         }},
        {G,
         "more processor time than its share",
         {Outcome::Limit, 0},
         [](const Tools &) -> long {
             const clock_t end = ::clock() + 3 * CLOCKS_PER_SEC;
             while (::clock() < end) {
             }
             return 0;
         }},
        {G,
         "write to a file in memory",
         {Outcome::Limit, 0},
         [](const Tools &tools) -> long {
             char byte = 0;
             ::lseek(tools.framebuffer, 0, SEEK_SET);
             return ::write(tools.framebuffer, &byte, 1);
         }},
    };
}

} // namespace bulkhead::attack
