/* SPDX-License-Identifier: BSD-3-Clause */
/* Plugins with one thing wrong each, chosen by a macro. */
#include <bulkhead/plugin.h>

#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

#if defined(FIXTURE_UNDEFINED)
extern void bulkhead_no_such_function(void);
#endif

/* What a constructor did, told later as the title. */
static const char *deed = "nothing tried";

#if defined(FIXTURE_OTHER_THREAD)
struct call { const bulkhead_host *host; bulkhead_page *page; };
static void *from_a_thread(void *user)
{
    const struct call *call = user;
    call->host->set_title(call->page, "from another thread");
    return NULL;
}
#endif

static void *create(const bulkhead_host *host, bulkhead_page *page)
{
#if defined(FIXTURE_OTHER_THREAD)
    struct call call = {host, page};
    pthread_t thread;
    if (pthread_create(&thread, NULL, from_a_thread, &call) == 0)
        pthread_join(thread, NULL);
    deed = "from the main thread";
#endif
    if (host)
        host->set_title(page, deed);
#if defined(FIXTURE_UNDEFINED)
    bulkhead_no_such_function();
#endif
#if defined(FIXTURE_CREATE_NULL)
    (void)page;
    return NULL;
#else
    return page;
#endif
}

static void destroy(void *self) { (void)self; }

static void paint(void *self, const bulkhead_frame *frame, const bulkhead_rect *damage, size_t count)
{
    (void)self;
    for (size_t i = 0; i < count; ++i) {
        for (int y = damage[i].y; y < damage[i].y + damage[i].height; ++y) {
            for (int x = damage[i].x; x < damage[i].x + damage[i].width; ++x)
                *(uint32_t *)((char *)frame->pixels + (size_t)y * (size_t)frame->stride + (size_t)x * 4) = 0xff2080c0;
        }
    }
}

#if defined(FIXTURE_SLOW_CONSTRUCTOR)
__attribute__((constructor)) static void before(void)
{
    for (;;)
        sleep(1);
}
#elif defined(FIXTURE_CRASHING_CONSTRUCTOR)
__attribute__((constructor)) static void before(void) { abort(); }
#elif defined(FIXTURE_CONSTRUCTOR_READ)
__attribute__((constructor)) static void before(void) { deed = open("/etc/passwd", O_RDONLY) < 0 ? "refused" : "done!"; }
#elif defined(FIXTURE_CONSTRUCTOR_WRITE)
__attribute__((constructor)) static void before(void) { deed = open("/tmp/bulkhead-fixture", O_WRONLY | O_CREAT, 0600) < 0 ? "refused" : "done!"; }
#elif defined(FIXTURE_CONSTRUCTOR_SOCKET)
__attribute__((constructor)) static void before(void) { deed = socket(AF_INET, SOCK_STREAM, 0) < 0 ? "refused" : "done!"; }
#elif defined(FIXTURE_CONSTRUCTOR_FORK)
__attribute__((constructor)) static void before(void)
{
    const pid_t child = fork();
    if (child == 0)
        _exit(0);
    deed = child < 0 ? "refused" : "done!";
}
#elif defined(FIXTURE_EATS_SECCOMP)
/* A filter of its own, which refuses the one that the host is about to put on. */
__attribute__((constructor)) static void before(void)
{
    struct sock_filter code[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_seccomp, 1, 0),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_prctl, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    const struct sock_fprog program = {sizeof code / sizeof *code, code};
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &program) != 0)
        prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program);
}
#endif

#if defined(FIXTURE_OLDER)
/* Made before view() was there: what lies behind its end is no function. */
#define FIXTURE_SIZE offsetof(bulkhead_plugin, view)
#define FIXTURE_BEYOND .view = (void (*)(void *, const bulkhead_view *))8, .extension = (const void *(*)(const char *))8,
#elif defined(FIXTURE_YOUNGER)
#define FIXTURE_SIZE (sizeof(bulkhead_plugin) + 64)
#elif defined(FIXTURE_ENTRY_SIZE)
#define FIXTURE_SIZE 8
#else
#define FIXTURE_SIZE sizeof(bulkhead_plugin)
#endif
#if !defined(FIXTURE_BEYOND)
#define FIXTURE_BEYOND
#endif

#if !defined(FIXTURE_NO_ENTRY)
BULKHEAD_EXPORT const bulkhead_plugin bulkhead_plugin_entry = {
    .size = FIXTURE_SIZE,
#if defined(FIXTURE_ABI_MAJOR)
    .abi_major = BULKHEAD_ABI_MAJOR + 8,
#else
    .abi_major = BULKHEAD_ABI_MAJOR,
#endif
#if defined(FIXTURE_ABI_MINOR)
    .abi_minor = BULKHEAD_ABI_MINOR + 7,
#else
    .abi_minor = BULKHEAD_ABI_MINOR,
#endif
#if defined(FIXTURE_OTHER_ID)
    .id = "org.example.other",
#else
    .id = "org.example.fixture",
#endif
    .version = "1.0.0",
#if !defined(FIXTURE_INCOMPLETE_CREATE)
    .create = create,
#endif
    .destroy = destroy,
#if !defined(FIXTURE_INCOMPLETE_PAINT)
    .paint = paint,
#endif
    FIXTURE_BEYOND
};
#endif
