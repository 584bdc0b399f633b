/* SPDX-License-Identifier: BSD-3-Clause */
/* Plugins with one thing wrong each, chosen by a macro. */
#include <bulkhead/plugin.h>

#include <stdlib.h>
#include <unistd.h>

#if defined(FIXTURE_UNDEFINED)
extern void bulkhead_no_such_function(void);
#endif

static void *create(const bulkhead_host *host, bulkhead_page *page)
{
#if defined(FIXTURE_UNDEFINED)
    bulkhead_no_such_function();
#endif
    (void)host;
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
#endif

#if !defined(FIXTURE_NO_ENTRY)
BULKHEAD_EXPORT const bulkhead_plugin bulkhead_plugin_entry = {
#if defined(FIXTURE_ENTRY_SIZE)
    .size = 8,
#else
    .size = sizeof(bulkhead_plugin),
#endif
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
};
#endif
