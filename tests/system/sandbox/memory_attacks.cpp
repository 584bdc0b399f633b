// SPDX-License-Identifier: BSD-3-Clause
// Memory: nothing becomes executable that was not, and no other processor or kernel trick is played with it.
#include "tests/system/sandbox/attack.h"

#include <cerrno>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace bulkhead::attack {

namespace {

constexpr char G[] = "memory and exec";
constexpr long Page = 4096;

alignas(4096) char ownPage[Page];

Attack mapped(const char *what, int protection, int flags)
{
    return {G, what, {Outcome::Failed, EACCES}, [=](const Tools &) -> long {
                void *page = ::mmap(nullptr, Page, protection, flags | MAP_ANONYMOUS, -1, 0);
                if (page == MAP_FAILED)
                    return -1;
                ::munmap(page, Page);
                return 0;
            }};
}

} // namespace

std::vector<Attack> memoryAttacks()
{
    return {
        mapped("map memory to write and execute", PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE),
        mapped("map memory to execute", PROT_READ | PROT_EXEC, MAP_PRIVATE),
        mapped("map shared memory to execute", PROT_READ | PROT_EXEC, MAP_SHARED),
        {G,
         "make written memory executable",
         {Outcome::Failed, EACCES},
         [](const Tools &) -> long {
             void *page = ::mmap(nullptr, Page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
             return ::mprotect(page, Page, PROT_READ | PROT_EXEC);
         }},
        {G,
         "make its own data executable",
         {Outcome::Failed, EACCES},
         [](const Tools &) -> long { return ::mprotect(ownPage, Page, PROT_READ | PROT_WRITE | PROT_EXEC); }},
        {G,
         "make its own code writable and executable",
         {Outcome::Failed, EACCES},
         [](const Tools &) -> long {
             const auto code = reinterpret_cast<unsigned long>(&memoryAttacks) & ~(Page - 1ul);
             return ::mprotect(reinterpret_cast<void *>(code), Page, PROT_READ | PROT_WRITE | PROT_EXEC);
         }},
        killed(G, "make all readable memory executable from now on", SYS_personality, {READ_IMPLIES_EXEC}),
        killed(G, "ask for its personality", SYS_personality, {0xffffffff}),
        killed(G, "pkey_alloc", SYS_pkey_alloc, {0, 0}),
        killed(G, "pkey_mprotect", SYS_pkey_mprotect, {at(ownPage), Page, PROT_READ | PROT_WRITE, -1}),
        killed(G, "remap_file_pages", SYS_remap_file_pages, {at(ownPage), Page, 0, 0, 0}),
        killed(G, "mlock", SYS_mlock, {at(ownPage), Page}),
        killed(G, "mlock2", SYS_mlock2, {at(ownPage), Page, 0}),
        killed(G, "mlockall", SYS_mlockall, {-1}),
        killed(G, "msync", SYS_msync, {at(ownPage), Page, MS_ASYNC}),
        killed(G, "userfaultfd", SYS_userfaultfd, {0}),
        killed(G, "poison a page", SYS_madvise, {at(ownPage), 0, MADV_HWPOISON}),
        killed(G, "merge pages", SYS_madvise, {at(ownPage), Page, MADV_MERGEABLE}),
        refused(G, "memory that can be sent", EACCES, SYS_memfd_create, {at("x"), 0}),
        refused(G, "which pages are in memory", EACCES, SYS_mincore, {at(ownPage), Page, at(ownPage)}),
        refused(G, "set_mempolicy", EPERM, SYS_set_mempolicy, {0, 0, 0}),
        killed(G, "get_mempolicy", SYS_get_mempolicy, {0, 0, 0, 0, 0}),
        killed(G, "mbind", SYS_mbind, {at(ownPage), Page, 0, 0, 0, 0}),
        killed(G, "move_pages", SYS_move_pages, {0, 0, 0, 0, 0, 0}),
        killed(G, "migrate_pages", SYS_migrate_pages, {0, 0, 0, 0}),
        killed(G, "memfd_secret", 447, {0}),
        killed(G, "map locked memory", SYS_mmap, {0, Page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_LOCKED, -1, 0}),
        killed(G, "map memory that is there at once", SYS_mmap,
               {0, Page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0}),
        killed(G, "map memory that grows downwards", SYS_mmap,
               {0, Page, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0}),
        killed(G, "map huge pages", SYS_mmap,
               {0, 2 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_HUGETLB, -1, 0}),
        killed(G, "map synchronously", SYS_mmap, {0, Page, PROT_READ, MAP_SHARED_VALIDATE | MAP_SYNC, -1, 0}),
        killed(G, "protect down to the stack's end", SYS_mprotect, {at(ownPage), Page, PROT_READ | PROT_GROWSDOWN}),
        killed(G, "protect up to the stack's end", SYS_mprotect, {at(ownPage), Page, PROT_READ | PROT_GROWSUP}),
        killed(G, "move memory and leave a hole", SYS_mremap,
               {at(ownPage), Page, Page, MREMAP_MAYMOVE | 4 /*MREMAP_DONTUNMAP*/, 0}),
        killed(G, "move memory onto other memory", SYS_mremap,
               {at(ownPage), Page, Page, MREMAP_MAYMOVE | MREMAP_FIXED, at(ownPage)}),
#ifdef __x86_64__
        killed(G, "arch_prctl", SYS_arch_prctl, {0x1003 /*ARCH_GET_FS*/, at(ownPage)}),
        killed(G, "modify_ldt", SYS_modify_ldt, {0, at(ownPage), 16}),
        killed(G, "iopl", SYS_iopl, {4}),
        killed(G, "ioperm", SYS_ioperm, {0, 0, 0}),
#endif
    };
}

} // namespace bulkhead::attack
