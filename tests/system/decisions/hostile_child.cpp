// SPDX-License-Identifier: BSD-3-Clause
// A renderer, or a plugin's process, gone bad: goes the real way through the real fork server into the real cage, and
// then says what the documents that it is given tell it to (hostile_script.h).
#include "app/runtime/child/child_program.h"
#include "ipc/channel/blocking_channel.h"
#include "ipc/channel/message_name.h"
#include "renderer/process/prepare.h"
#include "tests/support/ready_message.h"
#include "tests/system/decisions/hostile_script.h"

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <poll.h>
#include <set>
#include <unistd.h>

using namespace bulkhead;

namespace {

using Say = wire::RendererToBrowser;
using Hear = wire::BrowserToRenderer;

std::string loaderScript; ///< what a plugin's process says before its library is loaded

struct Page
{
    std::uint32_t id = 0;
    std::uint32_t stream = 0;
    std::string document;
    std::vector<ScriptStep> steps;
    std::size_t next = 0;
    bool running = false;
    std::string waitingFor; ///< a message's name
    std::uint32_t pool = 0;
    std::uint32_t buffers = 0;
    std::set<std::uint32_t> shown; ///< buffers that are the browser's
    std::uint64_t frames = 0;
    std::uint64_t input = 0;
};

class HostileProcess
{
public:
    explicit HostileProcess(UniqueFd channel) : m_channel(std::move(channel)) {}

    void introduce(sandbox::LockedDown cage)
    {
        m_isPlugin = cage.report.role() != "renderer";
        auto [ready, fds] = test::readyFromCage(std::move(cage));
        const auto script = parseScript(m_isPlugin ? "pending\n" + loaderScript : "pending");
        if (!script.empty() && script.front().verb == "bare") // as if it had come without
            ready.mutable_ready()->mutable_sandbox()->clear_steps();
        send(ready, std::move(fds));
        for (const ScriptStep &step : script) {
            if (step.verb == "wait")
                waitFor(step.name);
            else if (step.verb == "say")
                say({}, step.text);
        }
        if (m_isPlugin)
            send(*messageFrom("plugin { loaded { abi: '1.0' } }"));
    }

    int run()
    {
        Hear message;
        for (;;) {
            Result<BlockingChannel::Received> received = m_channel.receive(message);
            if (!received)
                return 0;
            hear(message, *received);
            for (auto &[id, page] : m_pages) {
                while (page.running)
                    step(page);
            }
        }
    }

private:
    void send(const Say &message, Fds fds = {})
    {
        if (!m_channel.send(message, std::move(fds)))
            ::_exit(0);
    }

    void waitFor(const std::string &name)
    {
        Hear message;
        do {
            if (!m_channel.receive(message))
                ::_exit(0);
        } while (messageName(message) != name);
    }

    ScriptValues values(const Page &page) const
    {
        return {{"page", std::to_string(page.id)},
                {"stream", std::to_string(page.stream)},
                {"pool", std::to_string(page.pool)},
                {"input", std::to_string(page.input)}};
    }

    void say(const Page &page, const std::string &text)
    {
        if (std::optional<Say> message = messageFrom(filledIn(text, values(page)))) {
            fillInPage(*message, page.id);
            send(*message);
        }
    }

    void pauseScript(Page &page)
    {
        page.running = false;
        say(page, "load_finished {}");
    }

    void frame(Page &page)
    {
        std::uint32_t buffer = 0;
        while (page.shown.count(buffer) > 0)
            ++buffer;
        if (buffer >= page.buffers)
            return;
        page.shown.insert(buffer);
        Say message;
        wire::FrameReady *ready = message.mutable_frame_ready();
        ready->set_page_id(page.id);
        ready->set_frame_id(++page.frames);
        ready->set_pool_id(page.pool);
        ready->set_buffer(buffer);
        ready->set_device_pixel_ratio(1);
        ready->mutable_size()->set_width(10);
        ready->mutable_size()->set_height(10);
        send(message);
    }

    void step(Page &page)
    {
        if (page.next >= page.steps.size())
            return pauseScript(page);
        const ScriptStep &step = page.steps[page.next++];
        if (step.verb == "say") {
            say(page, step.text);
        } else if (step.verb == "repeat") {
            const auto count = std::strtoul(step.name.c_str(), nullptr, 10);
            for (unsigned long i = 0; i < count; ++i)
                say(page, filledIn(step.text, {{"i", std::to_string(i)}}));
        } else if (step.verb == "reply") {
            if (const auto answer = messageFrom(filledIn(step.text, values(page))))
                m_replies[step.name] = *answer;
        } else if (step.verb == "frame") {
            frame(page);
        } else if (step.verb == "wait") {
            page.waitingFor = step.name;
            pauseScript(page);
        } else if (step.verb == "pause") {
            ::poll(nullptr, 0, std::atoi(step.name.c_str()));
        } else if (step.verb == "deaf") {
            m_deaf = true;
        } else if (step.verb == "exit") {
            ::_exit(std::atoi(step.name.c_str()));
        } else {
            std::fprintf(stderr, "<3>no such verb: %s\n", step.verb.c_str());
        }
    }

    void begin(Page &page)
    {
        if (!page.steps.empty())
            return;
        page.steps = isScript(page.document) ? parseScript(page.document) : std::vector<ScriptStep>{{"frame", {}, {}}};
        page.running = true;
    }

    void hear(const Hear &message, const BlockingChannel::Received &received)
    {
        if (received.kind == PacketKind::Request)
            return answer(message, received.requestId);
        switch (message.body_case()) {
        case Hear::kOpenDocument: {
            Page &page = m_pages[message.open_document().page_id()];
            page.id = message.open_document().page_id();
            page.stream = message.open_document().stream_id();
            return;
        }
        case Hear::kClosePage:
            m_pages.erase(message.close_page().page_id());
            return;
        case Hear::kFramebuffers:
            if (Page *page = find(message)) {
                page->pool = message.framebuffers().pool_id();
                page->buffers = message.framebuffers().buffer_count();
                page->shown.clear();
            }
            break;
        case Hear::kFrameReleased:
            if (Page *page = find(message); page && page->pool == message.frame_released().pool_id())
                page->shown.erase(message.frame_released().buffer());
            break;
        case Hear::kBodyData: {
            const wire::BodyData &data = message.body_data();
            if (Page *page = ofStream(data.stream_id()); page && page->document.size() < (1 << 20))
                page->document += data.data();
            if (!m_deaf) {
                Say credit;
                credit.mutable_body_credit()->set_stream_id(data.stream_id());
                credit.mutable_body_credit()->set_bytes(std::uint32_t(data.data().size()));
                send(credit);
            }
            break;
        }
        case Hear::kBodyEnd:
            if (Page *page = ofStream(message.body_end().stream_id()))
                begin(*page);
            break;
        case Hear::kInputEvent:
            if (Page *page = find(message)) {
                page->input = message.input_event().event_id();
                if (!m_deaf)
                    say(*page, "input_handled { event_id: $input consumed: true }");
                if (message.input_event().type() == wire::InputEvent::MOUSE_RELEASE && !isScript(page->document))
                    followLink(*page);
            }
            break;
        default:
            break;
        }
        wake(message);
    }

    /// What an honest renderer does with a click: a document that is no script has one link.
    void followLink(Page &page)
    {
        const auto begin = page.document.find("href=\"");
        if (begin != std::string::npos) {
            Say link;
            link.mutable_link_activated()->set_page_id(page.id);
            link.mutable_link_activated()->set_url(
                page.document.substr(begin + 6, page.document.find('"', begin + 6) - begin - 6));
            send(link);
        }
        say(page, "load_finished {}");
    }

    void answer(const Hear &message, std::uint32_t requestId)
    {
        const std::string name = messageName(message);
        Say reply;
        if (const auto said = m_replies.find(name); said != m_replies.end())
            reply = said->second;
        else if (m_deaf)
            return;
        else if (message.has_find())
            reply.mutable_find_reply();
        else if (message.has_get_text())
            reply.mutable_text_reply();
        else if (message.has_hit_test())
            reply.mutable_hit_test_reply();
        else
            reply.mutable_pong();
        if (!m_channel.reply(requestId, reply))
            ::_exit(0);
    }

    void wake(const Hear &message)
    {
        const std::uint32_t about = pageOf(message);
        for (auto &[id, page] : m_pages) {
            const bool concerns = about == 0 || about == id;
            const bool click = page.waitingFor == "click" && message.has_input_event() &&
                               message.input_event().type() == wire::InputEvent::MOUSE_RELEASE;
            if (concerns && !page.waitingFor.empty() &&
                (click || page.waitingFor == messageName(message) ||
                 (message.has_plugin() && page.waitingFor == messageName(message.plugin())))) {
                page.waitingFor.clear();
                page.running = true;
            }
        }
    }

    Page *find(const Hear &message)
    {
        const auto it = m_pages.find(pageOf(message));
        return it == m_pages.end() ? nullptr : &it->second;
    }
    Page *ofStream(std::uint32_t stream)
    {
        const auto it = std::find_if(m_pages.begin(), m_pages.end(),
                                     [stream](const auto &page) { return page.second.stream == stream; });
        return it == m_pages.end() ? nullptr : &it->second;
    }

    BlockingChannel m_channel;
    std::map<std::uint32_t, Page> m_pages;
    std::map<std::string, Say> m_replies;
    bool m_isPlugin = false;
    bool m_deaf = false;
};

int run(StartedChild child)
{
    HostileProcess process(std::move(child.channel));
    process.introduce(std::move(child.cage));
    return process.run();
}

} // namespace

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) { // the browser names Qt's library so, to children that need it
        if (std::strncmp(argv[i], "--qt=", 5) == 0)
            loaderScript = argv[i] + 5;
    }
    const auto chooseFonts = [](bool caged) { prepareFonts(caged ? Fonts::InMemory : Fonts::FromSystem); };
    const auto prepare = [] { (void)messageFrom("pong {}"); }; // what reflection builds is built before the fork
    return runChildProgram(argc, argv,
                           {chooseFonts, prepare, &run, {sandbox::roles::renderer(), sandbox::roles::plugin()}});
}
