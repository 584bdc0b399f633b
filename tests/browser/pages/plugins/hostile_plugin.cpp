// SPDX-License-Identifier: BSD-3-Clause
// A plugin's process that lies, as a real process: hostile_plugin MODE, channel on descriptor 3. Modes that begin with
// "loader-" break a rule before the library is said to be loaded, the others when a document was opened.
#include "tests/support/lying_child.h"
#include "tests/support/ready_message.h"

#include <functional>
#include <map>
#include <string>
#include <unistd.h>

using namespace bulkhead;
using Message = wire::RendererToBrowser;

namespace {

using Lie = std::function<void(Message &, std::uint32_t page)>;

Lie service(wire::PluginServiceRequest::Service service, const char *name)
{
    return [service, name](Message &m, std::uint32_t page) {
        wire::PluginServiceRequest *request = m.mutable_plugin()->mutable_service_request();
        request->set_page_id(page);
        request->set_request_id(1);
        request->set_service(service);
        request->set_name(name);
    };
}

const std::map<std::string, Lie> Lies{
    {"fetches-as-a-page",
     [](Message &m, std::uint32_t page) {
         m.mutable_resource_request()->set_page_id(page);
         m.mutable_resource_request()->set_stream_id(1);
         m.mutable_resource_request()->set_url("http://127.0.0.1:9/secret");
         m.mutable_resource_request()->set_kind(wire::ResourceRequest::IMAGE);
     }},
    {"follows-a-link",
     [](Message &m, std::uint32_t page) {
         m.mutable_link_activated()->set_page_id(page);
         m.mutable_link_activated()->set_url("about:blank");
         m.mutable_link_activated()->set_disposition(wire::LinkActivated::NEW_FOREGROUND_TAB);
     }},
    {"embeds", [](Message &m, std::uint32_t page) { m.mutable_embed_boxes()->set_page_id(page); }},
    {"shows-an-icon", [](Message &m, std::uint32_t page) { m.mutable_icon_changed()->set_page_id(page); }},
    {"hovers", [](Message &m, std::uint32_t page) { m.mutable_hovered_link()->set_page_id(page); }},
    {"traces", [](Message &m, std::uint32_t) { m.mutable_trace_events()->set_last(true); }},
    {"attempted", [](Message &m, std::uint32_t) { m.mutable_sandbox_attempted(); }},
    {"loads-again", [](Message &m, std::uint32_t) { m.mutable_plugin()->mutable_loaded(); }},
    {"introduces-itself-again", [](Message &m, std::uint32_t) { m.mutable_ready()->set_protocol(1); }},
    {"structure-unasked", [](Message &m, std::uint32_t) { m.mutable_plugin()->mutable_structure(); }},
    {"painted-unasked",
     [](Message &m, std::uint32_t) { m.mutable_plugin()->mutable_page_painted()->set_painted(true); }},
    {"says-nothing", [](Message &m, std::uint32_t) { m.mutable_plugin(); }},
    {"service-out-of-range", service(wire::PluginServiceRequest::Service(99), "x")},
    {"asks-honestly", service(wire::PluginServiceRequest::CLIPBOARD, "x")},
    {"loader-frame", [](Message &m, std::uint32_t) { m.mutable_frame_ready()->set_page_id(1); }},
    {"loader-title", [](Message &m, std::uint32_t) { m.mutable_title_changed()->set_page_id(1); }},
    {"loader-service", service(wire::PluginServiceRequest::FETCH, "http://127.0.0.1:9/")},
    {"loader-fetch", [](Message &m, std::uint32_t) { m.mutable_resource_request()->set_page_id(1); }},
    {"loader-pong", [](Message &m, std::uint32_t) { m.mutable_pong(); }},
};

} // namespace

int main(int argc, char **argv)
{
    const std::string mode = argc > 1 ? argv[1] : "";
    const auto lie = Lies.find(mode);
    if (lie == Lies.end())
        return 2;
    test::LyingChild child;
    child.send(test::readyMessage());
    if (mode.rfind("loader-", 0) != 0) {
        child.send(test::loadedMessage());
        child.waitForDocument(test::LyingChild::Wants::Page);
    }
    Message message;
    lie->second(message, child.page);
    child.send(message);
    child.drain();
}
