// SPDX-License-Identifier: BSD-3-Clause
// What each kind of message is flooded with.
#include "ipc/channel/limits.h"
#include "tests/system/turns/flood.h"

#include <algorithm>
#include <functional>
#include <map>
#include <unistd.h>

namespace bulkhead::flood {

namespace {

using Message = wire::RendererToBrowser;

/// As long as an address may be, less what stands before it: the folder of the test may have a long name.
constexpr std::size_t LongUrl = std::min<std::size_t>(limits::UrlBytes, 256 << 10) - 4096;

void waitAndAnswer(Session &s)
{
    ::usleep(1000);
    s.takeAll();
}

wire::FromPlugin *plugin(Message &message)
{
    return message.mutable_plugin();
}

/// One repetition of each.
const std::map<std::string, std::function<void(Session &)>> Floods{
    {"nothing",
     [](Session &s) {
         ::usleep(20'000);
         s.takeAll();
     }},
    {"title_changed",
     [](Session &s) {
         Message m;
         m.mutable_title_changed()->set_page_id(s.page());
         m.mutable_title_changed()->set_title(s.longText(limits::TitleBytes));
         s.send(m);
     }},
    {"icon_changed",
     [](Session &s) {
         Message m;
         auto *i = m.mutable_icon_changed();
         i->set_page_id(s.page());
         i->mutable_size()->set_width(limits::IconEdge);
         i->mutable_size()->set_height(limits::IconEdge);
         i->set_pixels(std::string(4 * limits::IconEdge * limits::IconEdge, char(s.n())));
         s.send(m);
     }},
    {"hovered_link",
     [](Session &s) {
         Message m;
         m.mutable_hovered_link()->set_page_id(s.page());
         m.mutable_hovered_link()->set_url("http://example.test/" + std::to_string(s.n()) + std::string(LongUrl, 'a'));
         s.send(m);
     }},
    {"cursor_changed",
     [](Session &s) {
         Message m;
         m.mutable_cursor_changed()->set_page_id(s.page());
         m.mutable_cursor_changed()->set_shape(s.n() % 20);
         s.send(m);
     }},
    {"selection_changed",
     [](Session &s) {
         Message m;
         m.mutable_selection_changed()->set_page_id(s.page());
         m.mutable_selection_changed()->set_has_selection(s.n() % 2);
         s.send(m);
     }},
    {"load_progress",
     [](Session &s) {
         Message m;
         m.mutable_load_progress()->set_page_id(s.page());
         m.mutable_load_progress()->set_percent(s.n() % 101);
         s.send(m);
     }},
    {"load_finished",
     [](Session &s) {
         Message m;
         m.mutable_load_finished()->set_page_id(s.page());
         s.send(m);
     }},
    {"link_activated",
     [](Session &s) {
         Message m;
         auto *l = m.mutable_link_activated();
         l->set_page_id(s.page());
         l->set_url(s.url() + "#" + std::to_string(s.n()));
         s.send(m);
     }},
    {"link_activated_new_tab",
     [](Session &s) {
         Message m;
         auto *l = m.mutable_link_activated();
         l->set_page_id(s.page());
         l->set_url("http://example.test/" + std::to_string(s.n()));
         l->set_disposition(wire::LinkActivated::NEW_BACKGROUND_TAB);
         s.send(m);
     }},
    {"frame_ready", [](Session &s) { s.paint(); }},
    {"embed_boxes",
     [](Session &s) {
         Message m;
         auto *boxes = m.mutable_embed_boxes();
         boxes->set_page_id(s.page());
         for (std::size_t i = 0; i < limits::EmbedBoxes; ++i) {
             auto *box = boxes->add_boxes();
             box->mutable_area()->set_width(200);
             box->mutable_area()->set_height(200);
             box->set_url(s.url() + "?" + std::to_string(s.n()) + "x" + std::to_string(i) + std::string(1000, 'b'));
             box->set_mime_type("application/x-hello");
             auto *attribute = box->add_attributes();
             attribute->set_name("a");
             attribute->set_value(std::string(limits::EmbedAttributeBytes - 16, 'c'));
         }
         s.send(m);
     }},
    // Small ones without end in one message, which cost many times their bytes once they are parsed.
    {"embed_boxes_empty",
     [](Session &s) {
         Message m;
         m.mutable_embed_boxes()->set_page_id(s.page());
         for (int i = 0; i < 500'000; ++i)
             m.mutable_embed_boxes()->add_boxes();
         s.send(m);
     }},
    {"frame_ready_damage",
     [](Session &s) {
         Message m;
         m.mutable_frame_ready()->set_page_id(s.page());
         for (int i = 0; i < 500'000; ++i)
             m.mutable_frame_ready()->add_damage();
         s.send(m);
     }},
    {"resource_request",
     [](Session &s) {
         s.send(s.request(s.n() + 1, s.large() + std::string(1000, 'c')));
         Message m;
         m.mutable_resource_cancel()->set_stream_id(s.n() + 1);
         s.send(m);
     }},
    {"resource_request_denied",
     [](Session &s) {
         s.send(s.request(s.n() + 1, "file:///nowhere/" + std::to_string(s.n()) + std::string(LongUrl, 'd')));
         Message m;
         m.mutable_resource_cancel()->set_stream_id(s.n() + 1);
         s.send(m);
     }},
    // As many bodies as it may have, none of which it ever acknowledges.
    {"bodies",
     [](Session &s) {
         if (s.n() < 250)
             s.send(s.request(s.n() + 1, s.large()));
         else
             ::usleep(10'000);
     }},
    // The same with long addresses, and it does not read.
    {"bodies_unread",
     [](Session &s) {
         if (s.n() < 250)
             s.send(s.request(s.n() + 1, s.large() + std::string(LongUrl, 'e')));
         else
             ::usleep(10'000);
     }},
    {"input_handled",
     [](Session &s) {
         Message m;
         m.mutable_input_handled()->set_page_id(s.page());
         m.mutable_input_handled()->set_event_id(s.n());
         s.send(m);
     }},
    {"body_credit",
     [](Session &s) {
         Message m;
         m.mutable_body_credit()->set_stream_id(s.n() + 1);
         m.mutable_body_credit()->set_bytes(1);
         s.send(m);
     }},
    {"resource_cancel",
     [](Session &s) {
         Message m;
         m.mutable_resource_cancel()->set_stream_id(s.n() + 1);
         s.send(m);
     }},
    {"trace_events",
     [](Session &s) {
         if (!s.isTraced())
             return waitAndAnswer(s);
         Message m;
         for (int i = 0; i < 1000; ++i) {
             wire::TraceEvent *event = m.mutable_trace_events()->add_events();
             event->set_kind(wire::TraceEvent::HANDLED);
             event->set_name("input_event");
             event->set_start_nanoseconds(s.n() * 1000ull + unsigned(i));
             event->set_duration_nanoseconds(1);
         }
         s.send(m);
     }},
    // Said only when the browser asks, which the test has it do all the time.
    {"text_reply", waitAndAnswer},
    {"find_reply", waitAndAnswer},
    {"hit_test_reply", waitAndAnswer},
    {"plugin.structure", waitAndAnswer},
    // A plugin's process says these.
    {"plugin.title_changed",
     [](Session &s) {
         Message m;
         m.mutable_title_changed()->set_page_id(s.page());
         m.mutable_title_changed()->set_title(s.longText(limits::TitleBytes));
         s.send(m);
     }},
    {"plugin.frame_ready", [](Session &s) { s.paint(); }},
    {"plugin.state",
     [](Session &s) {
         Message m;
         auto *state = plugin(m)->mutable_state();
         state->set_page_id(s.page());
         state->set_state(s.longText(64 << 10));
         s.send(m);
     }},
    {"plugin.read",
     [](Session &s) {
         while (s.reads() - s.pieces() >= 60) // as many as it may have open
             waitAndAnswer(s);
         s.read(s.n() % 4096, 512 << 10);
     }},
    {"plugin.message",
     [](Session &s) {
         Message m;
         auto *said = plugin(m)->mutable_message();
         said->set_page_id(s.page());
         said->set_json('"' + s.longText((64 << 10) - 64) + '"');
         s.send(m);
     }},
    {"plugin.notice",
     [](Session &s) {
         Message m;
         auto *notice = plugin(m)->mutable_notice();
         notice->set_page_id(s.page());
         notice->set_sentence(s.longText(limits::TitleBytes));
         s.send(m);
     }},
    {"plugin.service_request",
     [](Session &s) {
         Message m;
         auto *request = plugin(m)->mutable_service_request();
         request->set_page_id(s.page());
         request->set_request_id(s.n() + 1);
         request->set_service(wire::PluginServiceRequest::Service(1 + s.n() % 8));
         request->set_name("http://example.test/" + std::to_string(s.n()) + std::string(1000, 'n'));
         request->set_data(std::string(limits::MessageBytes - 4096, 'd'));
         s.send(m);
     }},
    {"plugin.failed",
     [](Session &s) {
         Message m;
         auto *failed = plugin(m)->mutable_failed();
         failed->set_page_id(s.page());
         failed->set_code(1 + s.n() % 30);
         failed->set_subject(s.longText(limits::TitleBytes));
         s.send(m);
     }},
};

} // namespace

bool Session::run(const std::string &what)
{
    const auto flood = Floods.find(what);
    if (flood == Floods.end())
        return false;
    while (m_page == 0 || m_buffers.buffer_count() == 0)
        take();
    paint();
    for (;; ++m_n) {
        if (what != "bodies_unread")
            takeAll();
        flood->second(*this);
    }
}

} // namespace bulkhead::flood
