// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_launcher.h"
#include "ipc/channel/bad_message.h"
#include "ipc/channel/message_name.h"
#include "ipc/channel/packet.h"
#include "ipc/messages/renderer.pb.h"

#include <optional>
#include <string_view>
#include <vector>

namespace bulkhead {

/// What a child process is to the browser. Lab workers speak another language: ipc/lab/engine/reply_rules.h.
enum class ChildKind {
    Renderer,
    PluginLoader, ///< a plugin's process until its library is loaded
    Plugin,
};
inline constexpr ChildKind ChildKinds[] = {ChildKind::Renderer, ChildKind::PluginLoader, ChildKind::Plugin};

/// "renderer", "plugin loader", "plugin"
std::string_view childKindName(ChildKind kind);
/// The role that it is started in, with what it may use unless a person says otherwise: private memory, processor time
/// of one piece of work, threads.
ChildStart startOf(ChildKind kind);

/// When a kind of child may send a body.
enum class Sending {
    Never,
    Always,
    InReply,     ///< to the question that it answers, nowhere else
    WhileTraced, ///< from StartTrace to its own last word after StopTrace
};

/// One body of RendererToBrowser, or, inside of `plugin`, of FromPlugin, and who may send it. Every kind has to be
/// decided: there is no default.
struct BodyRule
{
    constexpr BodyRule(BodyNumber number, Sending renderer, Sending pluginLoader, Sending plugin)
        : body(number), by{renderer, pluginLoader, plugin}
    {
    }

    BodyNumber body;
    Sending by[std::size(ChildKinds)]; ///< by ChildKind
};
/// All there are. A body that is not in the list is nobody's.
const std::vector<BodyRule> &bodyRules();
Sending sendingOf(ChildKind kind, BodyNumber body);
/// The body that answers a request of the browser's; nothing where no answer is defined.
std::optional<BodyNumber> answerTo(BodyNumber question);

/// What one child may send at this moment. Main thread.
class ChildRules
{
public:
    explicit ChildRules(ChildKind kind) : m_kind(kind) {}

    ChildKind kind() const { return m_kind; }
    /// The loader's library is loaded. The one change there is; of other kinds nothing happens.
    void becomePlugin();
    void traceStarted() { ++m_traces; }
    void traceStopped() { ++m_stops; }

    /// @p asked as Channel::Arrival's.
    BadMessage check(const wire::RendererToBrowser &message, PacketKind packet, BodyNumber asked);

private:
    ChildKind m_kind;
    int m_traces = 0; ///< started, and its last word not heard yet
    int m_stops = 0;  ///< asked for, and not answered yet
};

} // namespace bulkhead
