// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/trace_recorder.h"

#include "ipc/channel/message_name.h"

namespace bulkhead {

namespace {

constexpr std::chrono::milliseconds FlushInterval{250};
constexpr int BatchEvents = 1000; // about 50 KB

std::uint64_t nanoseconds(std::chrono::steady_clock::time_point time)
{
    return std::uint64_t(std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count());
}

} // namespace

TraceRecorder::TraceRecorder(RendererChannel &channel) : m_channel(channel)
{
    m_flush.setInterval(FlushInterval);
    QObject::connect(&m_flush, &QTimer::timeout, &m_flush, [this] { flush(); });
}

void TraceRecorder::start()
{
    m_running = true;
    m_channel.base().setTap(this);
    m_flush.start();
}

void TraceRecorder::stop()
{
    if (!m_running)
        return;
    m_running = false;
    m_flush.stop();
    m_batch.mutable_trace_events()->set_last(true);
    flush();
    m_channel.base().setTap(nullptr);
}

wire::TraceEvent *TraceRecorder::add(wire::TraceEvent::Kind kind, const Seen &seen)
{
    wire::TraceEvent *event = m_batch.mutable_trace_events()->add_events();
    event->set_kind(kind);
    event->set_name(messageName(seen.message));
    event->set_start_nanoseconds(nanoseconds(seen.time));
    event->set_sequence(seen.sequence);
    event->set_bytes(std::uint32_t(seen.bytes));
    return event;
}

void TraceRecorder::sent(const Seen &seen, bool superseding)
{
    const auto &message = static_cast<const wire::RendererToBrowser &>(seen.message);
    if (message.has_trace_events())
        return;
    if (message.has_frame_ready()) {
        const wire::FrameReady &frame = message.frame_ready();
        wire::TraceEvent *painted = add(wire::TraceEvent::PAINTED, seen);
        const std::uint64_t took = std::uint64_t(frame.paint_microseconds()) * 1000;
        painted->set_start_nanoseconds(nanoseconds(seen.time) - took);
        painted->set_duration_nanoseconds(took);
        painted->set_page_id(frame.page_id());
        painted->set_sequence(frame.frame_id());
    }
    add(wire::TraceEvent::SENT, seen)->set_superseding(superseding);
}

void TraceRecorder::handled(const Seen &seen)
{
    if (!m_running)
        return;
    add(wire::TraceEvent::HANDLED, seen)
        ->set_duration_nanoseconds(nanoseconds(std::chrono::steady_clock::now()) - nanoseconds(seen.time));
    // Not in sent(), from which nothing may be sent.
    if (m_batch.trace_events().events_size() >= BatchEvents)
        flush();
}

void TraceRecorder::flush()
{
    if (!m_batch.has_trace_events())
        return;
    m_channel.send(m_batch);
    m_batch.Clear();
}

} // namespace bulkhead
