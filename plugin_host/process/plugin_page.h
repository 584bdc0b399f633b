// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/blocking_channel.h"
#include "plugin_host/process/page_view.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

/// One place where a document is shown, between the browser's messages and the plugin's instance. The name is the
/// ABI's: plugins hold pointers to it and know nothing of it. Main thread.
struct bulkhead_page
{
public:
    using Clock = std::chrono::steady_clock;
    /// Sends to the browser.
    using Send = std::function<void(const bulkhead::wire::RendererToBrowser &)>;

    bulkhead_page(const bulkhead::wire::OpenDocument &open, std::optional<bulkhead::wire::PluginDocument> document,
                  const bulkhead_plugin &plugin, const bulkhead_host &host, Send send);
    ~bulkhead_page();
    bulkhead_page(const bulkhead_page &) = delete;
    bulkhead_page &operator=(const bulkhead_page &) = delete;

    std::uint32_t id() const { return m_id; }
    std::uint32_t streamId() const { return m_streamId; }
    /// The plugin made an instance; otherwise nothing can be shown.
    bool isAlive() const { return m_self != nullptr; }
    const bulkhead_plugin &plugin() const { return m_plugin; }
    void *self() const { return m_self; }

    // ---- from the browser
    void appendBody(const std::string &bytes);
    void endBody(bool complete);
    void takeContent(const bulkhead::wire::PluginContent &content, bulkhead::Fds fds);
    void takePiece(const bulkhead::wire::PluginPiece &piece);
    void takeAnswer(const bulkhead::wire::PluginServiceAnswer &answer);
    void takeMessage(const std::string &json);
    void configure(const bulkhead::wire::ViewState &state);
    bulkhead::PluginView &view() { return m_view; }
    const bulkhead::PluginView &view() const { return m_view; }
    void handleInput(const bulkhead::wire::InputEvent &event);
    bulkhead::wire::FindReply find(const bulkhead::wire::Find &find);
    void edit(bulkhead::wire::EditCommand::Type command);
    bulkhead::wire::TextReply text(const bulkhead::wire::GetText &request);

    // ---- from the plugin, by way of host_table.h
    void invalidate(const bulkhead_rect *area);
    void setContentSize(int width, int height);
    void setBackground(std::uint32_t argb);
    void setTitle(const char *title);
    void setProgress(double fraction);
    void setError(const char *sentence);
    void setCursor(std::uint32_t shape);
    std::uint32_t startTimer(std::uint32_t milliseconds, void (*done)(void *), void *user);
    void stopTimer(std::uint32_t timer) { m_timers.erase(timer); }
    bool read(std::uint64_t offset, std::uint32_t count, void (*done)(void *, std::uint64_t, const void *, size_t),
              void *user);
    void ask(bulkhead::wire::PluginServiceRequest::Service service, const char *name, const void *bytes, size_t count,
             bulkhead_answer done, void *user);
    bool post(const char *json);

    // ---- from the loop
    /// When tick() has something to do next; nothing: not before a message comes.
    std::optional<Clock::time_point> nextTick() const;
    void tick();

private:
    struct Timer
    {
        Clock::time_point due;
        void (*done)(void *);
        void *user;
    };
    struct Read
    {
        void (*done)(void *, std::uint64_t, const void *, size_t);
        void *user;
    };
    struct Question
    {
        bulkhead_answer done;
        void *user;
    };

    template <class T>
    const T *extension(const char *id) const;
    void begin();
    void tellView();
    void tellFocus();
    void paint();
    void contentEnded(bool complete);
    void readyToPaint() { m_ready = true; }
    void finishIfLoaded();
    void saveSoon();
    void save();

    const std::uint32_t m_id;
    const std::uint32_t m_streamId;
    const std::string m_url, m_mimeType;
    const bulkhead::wire::PluginDocument m_document;
    const bulkhead_plugin &m_plugin;
    const Send m_send;
    bulkhead::PluginView m_view;
    void *m_self = nullptr;

    const void *m_content = nullptr; ///< mapped
    std::size_t m_contentBytes = 0;
    std::string m_collected; ///< for plugins that want it whole but get it in pieces
    bool m_ended = false, m_complete = false;
    bool m_ready = false; ///< there is something to show
    bool m_hasError = false;
    bool m_focused = false;
    double m_progress = -1;
    int m_percent = -1;
    bool m_finished = false; ///< LoadFinished was sent
    std::optional<bulkhead::wire::Point> m_wantedScroll;
    std::uint64_t m_newestInput = 0;
    double m_zoom = 0;
    std::string m_text; ///< being fetched in pieces
    std::map<std::uint32_t, Timer> m_timers;
    std::map<std::uint32_t, Read> m_reads;
    std::map<std::uint32_t, Question> m_questions;
    std::uint32_t m_nextId = 1;
    std::optional<Clock::time_point> m_saveAt;
    std::string m_saved;
};
