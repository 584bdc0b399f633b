// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/host_table.h"

#include "plugin_host/process/plugin_page.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <unistd.h>

namespace bulkhead {

namespace {

using Service = wire::PluginServiceRequest;

pid_t mainThread = 0;

bool isAllowedHere(const char *function)
{
    if (::gettid() == mainThread)
        return true;
    std::fprintf(stderr, "<3>the plugin called %s on another thread than the main one\n", function);
#ifndef NDEBUG
    std::abort();
#endif
    return false;
}

bool isUsable(const bulkhead_page *page, const char *function)
{
    return page && isAllowedHere(function);
}

void writeLog(int level, const char *sentence)
{
    if (!sentence || !isAllowedHere("log"))
        return;
    std::string line = sentence;
    for (char &c : line)
        c = static_cast<unsigned char>(c) < ' ' ? ' ' : c;
    line.resize(std::min<std::size_t>(line.size(), 2000));
    std::fprintf(stderr, "<%d>%s\n", level < 3 ? 3 : level > 7 ? 7 : level, line.c_str());
}

constexpr bulkhead_timers Timers{sizeof Timers,
                                 [](bulkhead_page *page, std::uint32_t milliseconds, void (*done)(void *), void *user) {
                                     return isUsable(page, "timers.start") ? page->startTimer(milliseconds, done, user)
                                                                           : 0u;
                                 },
                                 [](bulkhead_page *page, std::uint32_t timer) {
                                     if (isUsable(page, "timers.stop"))
                                         page->stopTimer(timer);
                                 }};
constexpr bulkhead_scrolling Scrolling{sizeof Scrolling,
                                       [](bulkhead_page *page, std::int32_t *x, std::int32_t *y) {
                                           if (!isUsable(page, "scrolling.position"))
                                               return;
                                           *x = page->view().scrollX();
                                           *y = page->view().scrollY();
                                       },
                                       [](bulkhead_page *page, std::int32_t x, std::int32_t y) {
                                           if (isUsable(page, "scrolling.scroll_to"))
                                               page->view().scrollTo(x, y);
                                       },
                                       [](bulkhead_page *page, const bulkhead_rect *area) {
                                           if (area && isUsable(page, "scrolling.show"))
                                               page->view().scrollIntoView(*area);
                                       }};
constexpr bulkhead_cursor Cursor{sizeof Cursor, [](bulkhead_page *page, std::uint32_t shape) {
                                     if (isUsable(page, "cursor.set"))
                                         page->setCursor(shape);
                                 }};
constexpr bulkhead_theme Theme{
    sizeof Theme, [](bulkhead_page *page, bulkhead_colors *colors) {
        if (!colors || colors->size < sizeof(bulkhead_colors) || !isUsable(page, "theme.colors"))
            return;
        const std::uint32_t size = colors->size;
        // The colours of the app's own documents.
        *colors = page->view().isDark()
                      ? bulkhead_colors{size, 0xff1e1f22, 0xffe3e3e3, 0xff9a9da3, 0xff6ea8fe, 0xfff28b82}
                      : bulkhead_colors{size, 0xffffffff, 0xff1f2328, 0xff66707b, 0xff1a5fb4, 0xffb3261e};
    }};
constexpr bulkhead_content Content{
    sizeof Content, [](bulkhead_page *page, std::uint64_t offset, std::uint32_t count,
                       void (*done)(void *, std::uint64_t, const void *, std::size_t), void *user) {
        return isUsable(page, "content.read") && page->read(offset, count, done, user) ? 1 : 0;
    }};
constexpr bulkhead_message_sender Messages{sizeof Messages, [](bulkhead_page *page, const char *json) {
                                               return isUsable(page, "messages.post") && page->post(json) ? 1 : 0;
                                           }};
constexpr bulkhead_fetch Fetch{sizeof Fetch,
                               [](bulkhead_page *page, const char *url, bulkhead_answer done, void *user) {
                                   if (isUsable(page, "fetch.get"))
                                       page->ask(Service::FETCH, url, nullptr, 0, done, user);
                               }};
constexpr bulkhead_storage Storage{
    sizeof Storage,
    [](bulkhead_page *page, const char *key, bulkhead_answer done, void *user) {
        if (isUsable(page, "storage.get"))
            page->ask(Service::STORAGE_GET, key, nullptr, 0, done, user);
    },
    [](bulkhead_page *page, const char *key, const void *bytes, std::size_t count, bulkhead_answer done, void *user) {
        if (isUsable(page, "storage.put"))
            page->ask(Service::STORAGE_PUT, key, bytes, count, done, user);
    },
    [](bulkhead_page *page, const char *key, bulkhead_answer done, void *user) {
        if (isUsable(page, "storage.remove"))
            page->ask(Service::STORAGE_REMOVE, key, nullptr, 0, done, user);
    }};
constexpr bulkhead_clipboard Clipboard{
    sizeof Clipboard, [](bulkhead_page *page, const char *text, bulkhead_answer done, void *user) {
        if (isUsable(page, "clipboard.copy"))
            page->ask(Service::CLIPBOARD, "", text, text ? std::strlen(text) : 0, done, user);
    }};
constexpr bulkhead_save Save{sizeof Save, [](bulkhead_page *page, const char *name, const void *bytes,
                                             std::size_t count, bulkhead_answer done, void *user) {
                                 if (isUsable(page, "save.save"))
                                     page->ask(Service::SAVE, name, bytes, count, done, user);
                             }};
constexpr bulkhead_open Open{
    sizeof Open, [](bulkhead_page *page, const char *url, int newTab, bulkhead_answer done, void *user) {
        if (isUsable(page, "open.link"))
            page->ask(newTab ? Service::OPEN_IN_NEW_TAB : Service::OPEN, url, nullptr, 0, done, user);
    }};

const void *findExtension(const char *id)
{
    if (!id || !isAllowedHere("extension"))
        return nullptr;
    const std::pair<std::string_view, const void *> known[] = {{BULKHEAD_TIMERS, &Timers},
                                                               {BULKHEAD_SCROLLING, &Scrolling},
                                                               {BULKHEAD_CURSOR, &Cursor},
                                                               {BULKHEAD_THEME, &Theme},
                                                               {BULKHEAD_CONTENT, &Content},
                                                               {BULKHEAD_MESSAGES, &Messages},
                                                               {BULKHEAD_FETCH, &Fetch},
                                                               {BULKHEAD_STORAGE, &Storage},
                                                               {BULKHEAD_CLIPBOARD, &Clipboard},
                                                               {BULKHEAD_SAVE, &Save},
                                                               {BULKHEAD_OPEN, &Open}};
    for (const auto &[name, table] : known) {
        if (name == id)
            return table;
    }
    return nullptr;
}

} // namespace

const bulkhead_host &hostTable()
{
    static const bulkhead_host table{sizeof table,
                                     BULKHEAD_ABI_MAJOR,
                                     BULKHEAD_ABI_MINOR,
                                     &findExtension,
                                     [](bulkhead_page *page, const bulkhead_rect *area) {
                                         if (isUsable(page, "invalidate"))
                                             page->invalidate(area);
                                     },
                                     [](bulkhead_page *page, std::int32_t width, std::int32_t height) {
                                         if (isUsable(page, "set_content_size"))
                                             page->setContentSize(width, height);
                                     },
                                     [](bulkhead_page *page, std::uint32_t argb) {
                                         if (isUsable(page, "set_background"))
                                             page->setBackground(argb);
                                     },
                                     [](bulkhead_page *page, const char *title) {
                                         if (isUsable(page, "set_title"))
                                             page->setTitle(title);
                                     },
                                     [](bulkhead_page *page, double fraction) {
                                         if (isUsable(page, "set_progress"))
                                             page->setProgress(fraction);
                                     },
                                     [](bulkhead_page *page, const char *sentence) {
                                         if (isUsable(page, "set_error"))
                                             page->setError(sentence);
                                     },
                                     &writeLog};
    if (mainThread == 0)
        mainThread = ::gettid();
    return table;
}

} // namespace bulkhead
