// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/bad_message.h"
#include "ipc/messages/renderer.pb.h"

#include <QElapsedTimer>

#include <chrono>
#include <deque>
#include <functional>
#include <optional>

namespace bulkhead {

/// Sends a page's input at the pace at which the page handles it: one move and one wheel may be unanswered, further
/// ones are merged meanwhile (positions replaced, distances added). Presses, releases and keys are never merged or
/// dropped; what was merged goes before them, so that order is kept. The time until an answer is the app's input
/// latency, and an answer that does not come is how a hang is noticed. Main thread.
class InputRouter
{
public:
    using Send = std::function<void(const wire::InputEvent &)>;
    explicit InputRouter(Send send) : m_send(std::move(send)) {}

    /// Sends or merges @p event; sets its event_id.
    void route(wire::InputEvent event);

    struct Handled
    {
        BadMessage error = BadMessage::None;
        wire::InputEvent event;  ///< what was answered
        qint64 microseconds = 0; ///< since it was sent
    };
    /// The page answered @p eventId. Answers come in the order of sending.
    Handled handled(quint64 eventId);

    int unanswered() const { return int(m_inFlight.size()); }
    /// How long the oldest unanswered event has been waiting; nothing when all are answered.
    std::optional<std::chrono::milliseconds> oldestWait() const;

private:
    struct InFlight
    {
        wire::InputEvent event;
        QElapsedTimer sent;
    };

    bool inFlight(wire::InputEvent::Type type) const;
    void sendNow(wire::InputEvent event);
    void flushMerged();

    Send m_send;
    std::deque<InFlight> m_inFlight;
    std::optional<wire::InputEvent> m_move; ///< merged, not sent
    std::optional<wire::InputEvent> m_wheel;
    quint64 m_lastId = 0;
};

} // namespace bulkhead
