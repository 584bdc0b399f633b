// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_process.h"
#include "ipc/channel/message_channel.h"
#include "ipc/messages/renderer.pb.h"

#include <optional>

namespace bulkhead {

/// A child as the browser holds it, for tests that talk to it themselves: started by a launcher, ready when it has said
/// so and was locked down as promised. Main thread; the waits run the event loop.
class Victim
{
public:
    Victim(ChildLauncher &launcher, ChildStart start);

    /// False when it does not become ready; why() says what happened instead.
    [[nodiscard]] bool waitUntilReady();
    QString why() const { return m_why; }

    qint64 pid() const { return m_process.pid(); }
    const wire::SandboxReport &report() const { return m_report; }
    const std::optional<ExitReason> &end() const { return m_end; }

    /// Sends a request and waits: the reply, or nothing when the process ended (or nothing came at all).
    std::optional<wire::RendererToBrowser> ask(const wire::BrowserToRenderer &message, Fds fds = {});

private:
    ChildProcess m_process;
    UniqueFd m_theirs;
    MessageChannel<wire::BrowserToRenderer, wire::RendererToBrowser> m_channel;
    wire::SandboxReport m_report;
    bool m_introduced = false;
    bool m_started = false;
    std::optional<ExitReason> m_end;
    QString m_why;
};

} // namespace bulkhead
