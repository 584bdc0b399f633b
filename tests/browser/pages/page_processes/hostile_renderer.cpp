// SPDX-License-Identifier: BSD-3-Clause
// A renderer that lies, as a real process: hostile_renderer MODE, channel on descriptor 3. It introduces itself, waits
// for its first document, and then breaks one rule of the protocol.
#include "ipc/channel/limits.h"
#include "ipc/channel/packet.h"
#include "tests/support/lying_child.h"
#include "tests/support/ready_message.h"

#include <csignal>
#include <functional>
#include <map>
#include <string>
#include <unistd.h>

using namespace bulkhead;
using Message = wire::RendererToBrowser;

namespace {

struct Session : test::LyingChild
{
    void ready(std::uint32_t protocol = 1) { send(test::readyMessage(protocol)); }
    /// As the browser's next question of that kind, which gets @p answer.
    void answer(wire::BrowserToRenderer::BodyCase question, const Message &answer, Fds fds = {})
    {
        wire::BrowserToRenderer message;
        while (Result<BlockingChannel::Received> received = channel.receive(message)) {
            if (message.body_case() == question)
                return (void)channel.reply(received->requestId, answer, std::move(fds));
        }
    }
    Message frame(std::uint64_t id = 1)
    {
        Message message;
        wire::FrameReady *frame = message.mutable_frame_ready();
        frame->set_page_id(page);
        frame->set_frame_id(id);
        frame->set_pool_id(buffers.pool_id());
        frame->set_device_pixel_ratio(1);
        frame->mutable_size()->set_width(10);
        frame->mutable_size()->set_height(10);
        return message;
    }
    Message request(std::uint32_t stream)
    {
        Message message;
        wire::ResourceRequest *request = message.mutable_resource_request();
        request->set_page_id(page);
        request->set_stream_id(stream);
        request->set_url("about:blank");
        request->set_kind(wire::ResourceRequest::IMAGE);
        return message;
    }
};

/// Shows one frame of every document that is opened, until the browser has had enough.
[[noreturn]] void serveHonestly(Session &session)
{
    wire::BrowserToRenderer message;
    while (session.channel.receive(message)) {
        if (message.has_open_document())
            session.page = message.open_document().page_id();
        if (!message.has_framebuffers() || message.framebuffers().page_id() != session.page)
            continue;
        session.buffers = message.framebuffers();
        session.send(session.frame());
        Message finished;
        finished.mutable_load_finished()->set_page_id(session.page);
        session.send(finished);
    }
    ::_exit(0);
}

const std::map<std::string, std::function<void(Session &)>> AfterOpening{
    {"honest",
     [](Session &s) {
         s.send(s.frame());
         Message m;
         m.mutable_load_finished()->set_page_id(s.page);
         s.send(m);
     }},
    {"says-much",
     [](Session &s) {
         s.send(s.frame());
         Message m;
         m.mutable_title_changed()->set_page_id(s.page);
         m.mutable_title_changed()->set_title(std::string(500, 't'));
         s.send(m);
         auto *icon = m.mutable_icon_changed();
         icon->set_page_id(s.page);
         icon->mutable_size()->set_width(32);
         icon->mutable_size()->set_height(32);
         icon->set_pixels(std::string(32 * 32 * 4, '\0'));
         s.send(m);
         m.mutable_hovered_link()->set_page_id(s.page);
         m.mutable_hovered_link()->set_url("http://a.test/" + std::string(20'000 - 14, 'l'));
         s.send(m);
         m.mutable_load_finished()->set_page_id(s.page);
         s.send(m);
     }},
    {"ready-twice", [](Session &s) { s.ready(); }},
    {"unknown-page",
     [](Session &s) {
         Message m = s.frame();
         m.mutable_frame_ready()->set_page_id(999);
         s.send(m);
     }},
    {"frame-unknown-pool",
     [](Session &s) {
         Message m = s.frame();
         m.mutable_frame_ready()->set_pool_id(77);
         s.send(m);
     }},
    {"frame-unknown-buffer",
     [](Session &s) {
         Message m = s.frame();
         m.mutable_frame_ready()->set_buffer(77);
         s.send(m);
     }},
    {"frame-not-owned",
     [](Session &s) {
         s.send(s.frame(1));
         s.send(s.frame(2));
     }},
    {"frame-too-large",
     [](Session &s) {
         Message m = s.frame();
         m.mutable_frame_ready()->mutable_size()->set_width(60000);
         s.send(m);
     }},
    {"frame-bad-damage",
     [](Session &s) {
         Message m = s.frame();
         auto *r = m.mutable_frame_ready()->add_damage();
         r->set_width(11);
         r->set_height(1);
         s.send(m);
     }},
    {"frame-old",
     [](Session &s) {
         s.send(s.frame(5));
         Message m = s.frame(5);
         m.mutable_frame_ready()->set_buffer(1);
         s.send(m);
     }},
    {"frame-bad-scale",
     [](Session &s) {
         Message m = s.frame();
         m.mutable_frame_ready()->set_device_pixel_ratio(-1);
         s.send(m);
     }},
    {"link-empty",
     [](Session &s) {
         Message m;
         m.mutable_link_activated()->set_page_id(s.page);
         s.send(m);
     }},
    {"link-relative",
     [](Session &s) {
         Message m;
         m.mutable_link_activated()->set_page_id(s.page);
         m.mutable_link_activated()->set_url("../etc/passwd");
         s.send(m);
     }},
    {"link-bad-disposition",
     [](Session &s) {
         Message m;
         auto *l = m.mutable_link_activated();
         l->set_page_id(s.page);
         l->set_url("about:blank");
         l->set_disposition(wire::LinkActivated::Disposition(9));
         s.send(m);
     }},
    {"url-too-long",
     [](Session &s) {
         Message m;
         m.mutable_hovered_link()->set_page_id(s.page);
         m.mutable_hovered_link()->set_url("http://" + std::string(limits::UrlBytes, 'a'));
         s.send(m);
     }},
    {"title-too-long",
     [](Session &s) {
         Message m;
         m.mutable_title_changed()->set_page_id(s.page);
         m.mutable_title_changed()->set_title(std::string(limits::TitleBytes + 1, 'a'));
         s.send(m);
     }},
    {"icon-lies-about-size",
     [](Session &s) {
         Message m;
         auto *i = m.mutable_icon_changed();
         i->set_page_id(s.page);
         i->mutable_size()->set_width(32);
         i->mutable_size()->set_height(32);
         i->set_pixels("few");
         s.send(m);
     }},
    {"icon-overflow",
     [](Session &s) {
         Message m;
         auto *i = m.mutable_icon_changed();
         i->set_page_id(s.page);
         i->mutable_size()->set_width(0x80000000u);
         i->mutable_size()->set_height(2);
         s.send(m);
     }},
    {"cursor-out-of-range",
     [](Session &s) {
         Message m;
         m.mutable_cursor_changed()->set_page_id(s.page);
         m.mutable_cursor_changed()->set_shape(4000);
         s.send(m);
     }},
    {"progress-101",
     [](Session &s) {
         Message m;
         m.mutable_load_progress()->set_page_id(s.page);
         m.mutable_load_progress()->set_percent(101);
         s.send(m);
     }},
    {"kind-out-of-range",
     [](Session &s) {
         Message m = s.request(1);
         m.mutable_resource_request()->set_kind(wire::ResourceRequest::Kind(42));
         s.send(m);
     }},
    {"stream-zero", [](Session &s) { s.send(s.request(0)); }},
    {"stream-of-the-browser", [](Session &s) { s.send(s.request(0x80000001u)); }},
    {"stream-twice",
     [](Session &s) {
         s.send(s.request(5));
         s.send(s.request(5));
     }},
    {"too-many-streams",
     [](Session &s) {
         for (std::uint32_t i = 1; i < 600; ++i)
             s.send(s.request(i));
     }},
    {"credit-too-much",
     [](Session &s) {
         Message m;
         m.mutable_body_credit()->set_stream_id(s.documentStream);
         m.mutable_body_credit()->set_bytes(1u << 30);
         s.send(m);
     }},
    {"input-never-sent",
     [](Session &s) {
         Message m;
         m.mutable_input_handled()->set_page_id(s.page);
         m.mutable_input_handled()->set_event_id(1);
         s.send(m);
     }},
    {"reply-as-message",
     [](Session &s) {
         Message m;
         m.mutable_find_reply();
         s.send(m);
     }},
    {"sandbox-attempted",
     [](Session &s) {
         Message m;
         m.mutable_sandbox_attempted();
         s.send(m);
     }},
    {"unexpected-fds",
     [](Session &s) {
         Fds fds;
         fds.emplace_back(::dup(0));
         Message m;
         m.mutable_pong();
         s.send(m, std::move(fds));
     }},
    {"speaks-as-a-plugin",
     [](Session &s) {
         Message m;
         auto *r = m.mutable_plugin()->mutable_service_request();
         r->set_page_id(s.page);
         r->set_service(wire::PluginServiceRequest::CLIPBOARD);
         s.send(m);
     }},
    {"says-a-plugin-is-loaded",
     [](Session &s) {
         Message m;
         m.mutable_plugin()->mutable_loaded();
         s.send(m);
     }},
    {"plugin-envelope-with-nothing",
     [](Session &s) {
         Message m;
         m.mutable_plugin();
         s.send(m);
     }},
    {"traces-unasked",
     [](Session &s) {
         Message m;
         m.mutable_trace_events()->set_last(true);
         s.send(m);
     }},
    {"answers-something-else",
     [](Session &s) {
         s.send(s.frame());
         Message m;
         m.mutable_pong();
         s.answer(wire::BrowserToRenderer::kFind, m);
     }},
    {"answers-with-a-request",
     [](Session &s) {
         s.send(s.frame());
         s.answer(wire::BrowserToRenderer::kFind, s.request(3));
     }},
    {"answers-with-a-descriptor",
     [](Session &s) {
         s.send(s.frame());
         Message m;
         m.mutable_find_reply();
         Fds fds;
         fds.emplace_back(::dup(0));
         s.answer(wire::BrowserToRenderer::kFind, m, std::move(fds));
     }},
    {"answers-honestly",
     [](Session &s) {
         s.send(s.frame());
         Message m;
         m.mutable_find_reply()->set_count(7);
         s.answer(wire::BrowserToRenderer::kFind, m);
     }},
    {"two-bodies",
     [](Session &s) {
         // A text first, which may be long, and then the body that counts.
         Message text, cursor;
         text.mutable_text_reply();
         cursor.mutable_cursor_changed()->set_page_id(s.page);
         const std::string both = text.SerializeAsString() + cursor.SerializeAsString();
         const PacketHeader header{std::uint32_t(both.size()), 0, 0, PacketKind::Message, 0};
         std::string packet(reinterpret_cast<const char *>(&header), sizeof header);
         packet += both;
         if (::write(s.channel.socket(), packet.data(), packet.size()) < 0)
             ::_exit(1);
     }},
    {"frame-too-long",
     [](Session &s) {
         Message m = s.frame();
         for (int i = 0; i < 5000; ++i)
             m.mutable_frame_ready()->add_damage();
         s.send(m);
     }},
    {"too-many-fields",
     [](Session &s) {
         Message m;
         m.mutable_embed_boxes()->set_page_id(s.page);
         for (int i = 0; i < 200'000; ++i)
             m.mutable_embed_boxes()->add_boxes();
         s.send(m);
     }},
    {"exits", [](Session &) { ::_exit(42); }},
    {"kills-itself", [](Session &) { ::raise(SIGKILL); }},
    {"segfaults", [](Session &) { ::raise(SIGSEGV); }},
    {"out-of-memory", [](Session &) { ::_exit(71); }},
    {"time-limit", [](Session &) { ::_exit(72); }},
    {"closes-its-channel",
     [](Session &) {
         ::close(3);
         for (;;)
             ::pause();
     }},
    {"stops-reading",
     [](Session &s) {
         s.send(s.frame());
         for (;;)
             ::pause();
     }},
    {"floods-titles",
     [](Session &s) {
         s.send(s.frame());
         Message m;
         m.mutable_title_changed()->set_page_id(s.page);
         for (unsigned i = 0;; ++i) {
             m.mutable_title_changed()->set_title("flood " + std::to_string(i));
             s.send(m);
         }
     }},
};

} // namespace

int main(int argc, char **argv)
{
    const std::string mode = argc > 1 ? argv[1] : "";
    Session session;
    if (mode == "before-ready") {
        Message message;
        message.mutable_pong();
        session.send(message);
        session.drain();
    }
    if (mode == "never-ready")
        session.drain();
    if (mode == "ready-with-a-file" || mode == "ready-with-two-fds") {
        Fds fds;
        for (int i = 0; i < (mode == "ready-with-two-fds" ? 2 : 1); ++i)
            fds.emplace_back(::dup(0));
        session.send(test::readyMessage(), std::move(fds));
        session.drain();
    }
    session.ready(mode == "wrong-protocol" ? 99 : 1);
    if (mode == "honest-always")
        serveHonestly(session);
    session.waitForDocument(Session::Wants::Framebuffers);
    const auto act = AfterOpening.find(mode);
    if (act == AfterOpening.end())
        return 2;
    act->second(session);
    session.drain();
}
