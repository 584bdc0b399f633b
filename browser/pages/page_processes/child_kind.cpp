// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/child_kind.h"

#include <algorithm>

namespace bulkhead {

namespace {

using Body = wire::RendererToBrowser;
using Question = wire::BrowserToRenderer;

constexpr BodyNumber of(Body::BodyCase body)
{
    return {int(body), 0};
}
constexpr BodyNumber of(wire::FromPlugin::BodyCase body)
{
    return {int(Body::kPlugin), int(body)};
}
constexpr BodyNumber of(Question::BodyCase body)
{
    return {int(body), 0};
}
constexpr BodyNumber of(wire::ToPlugin::BodyCase body)
{
    return {int(Question::kPlugin), int(body)};
}

constexpr std::pair<BodyNumber, BodyNumber> Answers[] = {
    {of(Question::kFind), of(Body::kFindReply)},
    {of(Question::kGetText), of(Body::kTextReply)},
    {of(Question::kHitTest), of(Body::kHitTestReply)},
    {of(Question::kPing), of(Body::kPong)},
    {of(Question::kTrySandbox), of(Body::kSandboxAttempted)},
    {of(wire::ToPlugin::kGetStructure), of(wire::FromPlugin::kStructure)},
    {of(wire::ToPlugin::kPaintPage), of(wire::FromPlugin::kPagePainted)},
};

} // namespace

const std::vector<BodyRule> &bodyRules()
{
    using enum Sending;
    using Plugin = wire::FromPlugin;
    // What a plugin wants of the network, of tabs, links, downloads and the clipboard it asks by kServiceRequest, where
    // permissions are (PluginServices); so the bodies by which pages do that are not its.
    static const std::vector<BodyRule> rules{
        //                             renderer     loader  plugin
        {of(Body::kReady), Always, Always, Never},
        {of(Body::kFrameReady), Always, Never, Always},
        {of(Body::kResourceRequest), Always, Never, Never},
        {of(Body::kResourceCancel), Always, Never, Never},
        {of(Body::kBodyCredit), Always, Never, Always},
        {of(Body::kTitleChanged), Always, Never, Always},
        {of(Body::kIconChanged), Always, Never, Never},
        {of(Body::kHoveredLink), Always, Never, Never},
        {of(Body::kCursorChanged), Always, Never, Always},
        {of(Body::kSelectionChanged), Always, Never, Never},
        {of(Body::kLinkActivated), Always, Never, Never},
        {of(Body::kLoadProgress), Always, Never, Always},
        {of(Body::kLoadFinished), Always, Never, Always},
        {of(Body::kInputHandled), Always, Never, Always},
        {of(Body::kFindReply), InReply, Never, InReply},
        {of(Body::kTextReply), InReply, Never, InReply},
        {of(Body::kHitTestReply), InReply, Never, InReply},
        {of(Body::kPong), InReply, Never, InReply},
        {of(Body::kSandboxAttempted), InReply, Never, Never},
        {of(Body::kTraceEvents), WhileTraced, Never, Never},
        {of(Body::kEmbedBoxes), Always, Never, Never},
        {of(Plugin::kLoaded), Never, Always, Never},
        {of(Plugin::kFailed), Never, Always, Always},
        {of(Plugin::kState), Never, Never, Always},
        {of(Plugin::kRead), Never, Never, Always},
        {of(Plugin::kServiceRequest), Never, Never, Always},
        {of(Plugin::kMessage), Never, Never, Always},
        {of(Plugin::kNotice), Never, Never, Always},
        {of(Plugin::kStructure), Never, Never, InReply},
        {of(Plugin::kPagePainted), Never, Never, InReply},
    };
    return rules;
}

std::string_view childKindName(ChildKind kind)
{
    switch (kind) {
    case ChildKind::Renderer:
        return "renderer";
    case ChildKind::PluginLoader:
        return "plugin loader";
    case ChildKind::Plugin:
        return "plugin";
    }
    return {};
}

ChildStart startOf(ChildKind kind)
{
    ChildStart start;
    start.limits.set_task_seconds(10);
    switch (kind) {
    case ChildKind::Renderer:
        // Layout of the largest documents that the page limits let through takes a second or two on a slow machine.
        start.role = "renderer";
        start.limits.set_memory_bytes(std::uint64_t(1024) << 20);
        start.limits.set_threads(64);
        break;
    case ChildKind::PluginLoader: // it becomes a plugin in the same cage
    case ChildKind::Plugin:
        start.role = "plugin";
        start.limits.set_memory_bytes(std::uint64_t(512) << 20);
        start.limits.set_threads(32);
        break;
    }
    return start;
}

Sending sendingOf(ChildKind kind, BodyNumber body)
{
    const std::vector<BodyRule> &rules = bodyRules();
    const auto it =
        std::find_if(rules.begin(), rules.end(), [body](const BodyRule &rule) { return rule.body == body; });
    return it == rules.end() ? Sending::Never : it->by[std::size_t(kind)];
}

std::optional<BodyNumber> answerTo(BodyNumber question)
{
    for (const auto &[asked, answer] : Answers) {
        if (asked == question)
            return answer;
    }
    return {};
}

void ChildRules::becomePlugin()
{
    if (m_kind == ChildKind::PluginLoader)
        m_kind = ChildKind::Plugin;
}

BadMessage ChildRules::check(const wire::RendererToBrowser &message, PacketKind packet, BodyNumber asked)
{
    const BodyNumber body = bodyNumber(message);
    const Sending when = sendingOf(m_kind, body);
    if (when == Sending::Never)
        return BadMessage::NotForThisKind;
    if (packet == PacketKind::Request)
        return BadMessage::WrongDirection; // children have nothing to ask: what they want they say
    if (packet == PacketKind::Reply) {
        if (when != Sending::InReply)
            return BadMessage::WrongReply;
        // One that nobody waits for any more has come too late.
        return asked == BodyNumber() || answerTo(asked) == body ? BadMessage::None : BadMessage::WrongReply;
    }
    if (when == Sending::InReply)
        return BadMessage::WrongDirection;
    if (when == Sending::WhileTraced) {
        if (m_traces == 0)
            return BadMessage::NotAskedFor;
        if (message.trace_events().last() && m_stops > 0) {
            --m_stops;
            --m_traces;
        }
    }
    return BadMessage::None;
}

} // namespace bulkhead
