// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/traffic/traffic_log.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/tools/model/renderer_processes.h"

#include <algorithm>

namespace bulkhead {

namespace {

using Kind = TrafficThread::Kind;
constexpr std::size_t OpenAtMost = 4096;

qint64 microseconds(std::chrono::steady_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::microseconds>(time.time_since_epoch()).count();
}

TrafficThread threadOf(const TrafficMessage &message, Kind kind, quint64 id, quint32 page = 0)
{
    return TrafficThread{kind, page, message.process, id};
}

} // namespace

TrafficLog::TrafficLog(PageProcessPool &renderers, QObject *parent) : QObject(parent), m_renderers(renderers) {}

TrafficLog::~TrafficLog() = default;

void TrafficLog::setRecording(bool on)
{
    if (m_recording == on)
        return;
    m_recording = on;
    if (on) {
        for (PageProcess *host : m_renderers.hosts())
            watchHost(host);
        connect(&m_renderers, &PageProcessPool::hostAdded, this, &TrafficLog::watchHost);
    } else {
        disconnect(&m_renderers, nullptr, this, nullptr);
        for (PageProcess *host : m_renderers.hosts()) {
            disconnect(host, nullptr, this, nullptr);
            disconnect(&host->messages(), nullptr, this, nullptr);
        }
    }
    Q_EMIT recordingChanged(on);
}

void TrafficLog::clear()
{
    m_messages.clear();
    m_frames.clear();
    m_open.clear();
    Q_EMIT cleared();
}

const TrafficMessage *TrafficLog::message(quint64 number) const
{
    if (m_messages.empty() || number < m_messages.front().number || number > m_messages.back().number)
        return nullptr;
    return &m_messages[std::size_t(number - m_messages.front().number)];
}

const TrafficFrame *TrafficLog::frame(quint64 number) const
{
    if (m_frames.empty() || number < m_frames.front().number || number > m_frames.back().number)
        return nullptr;
    return &m_frames[std::size_t(number - m_frames.front().number)];
}

void TrafficLog::watch(MessageLog &log, quint64 process, std::function<qint64()> pid)
{
    connect(&log, &MessageLog::sending, this, [this, process, pid](const MessageTap::Seen &seen, bool superseding) {
        add(TrafficMessage::Way::Sent, process, pid(), seen, superseding);
    });
    connect(&log, &MessageLog::handledNow, this, [this, process, pid](const MessageTap::Seen &seen) {
        add(TrafficMessage::Way::Received, process, pid(), seen, false);
    });
}

void TrafficLog::watchHost(PageProcess *host)
{
    const quint64 process = RendererProcesses::keyOf(*host);
    watch(host->messages(), process, [host] { return host->pid(); });
    connect(host, &PageProcess::frameShown, this,
            [this, process](quint32 page, quint64 frame) { frameShown(process, page, frame); });
}

void TrafficLog::add(TrafficMessage::Way way, quint64 process, qint64 pid, const MessageTap::Seen &seen,
                     bool superseding)
{
    TrafficMessage message;
    message.number = m_nextMessage++;
    message.microseconds = microseconds(seen.time);
    message.process = process;
    message.pid = pid;
    message.way = way;
    message.kind = seen.kind;
    message.request = seen.requestId;
    message.bytes = qint64(seen.bytes);
    message.fds = int(seen.fds);
    message.superseded = superseding;
    message.envelope = seen.message.GetDescriptor();
    message.body = seen.message.GetReflection()->GetOneofFieldDescriptor(seen.message, message.envelope->oneof_decl(0));
    if (seen.bytes <= WholeContent) {
        seen.message.SerializePartialToString(&message.content);
    } else {
        const std::unique_ptr<google::protobuf::Message> copy(seen.message.New());
        message.trimmed = trimInto(seen.message, *copy, CutField);
        copy->SerializePartialToString(&message.content);
    }
    note(message, seen.message);
    m_messages.push_back(std::move(message));
    if (m_messages.size() > KeptMessages)
        m_messages.pop_front();
    if (m_open.size() > OpenAtMost)
        m_open.clear(); // questions that were never answered
}

void TrafficLog::note(TrafficMessage &message, const google::protobuf::Message &content)
{
    const bool isReply = message.kind == PacketKind::Reply;
    const bool sent = message.way == TrafficMessage::Way::Sent;
    if (message.request != 0) {
        // A reply goes the other way, with the asker's number.
        const bool askedHere = sent != isReply;
        message.threads[0] = threadOf(message, askedHere ? Kind::Request : Kind::RequestFromChild, message.request);
        if (isReply)
            answer(message, message.threads[0]);
        else
            m_open.insert_or_assign(message.threads[0], message.number);
        return;
    }
    if (const auto *to = google::protobuf::DynamicCastToGenerated<wire::BrowserToRenderer>(&content))
        noteSent(message, *to);
    else if (const auto *from = google::protobuf::DynamicCastToGenerated<wire::RendererToBrowser>(&content))
        noteReceived(message, *from);
}

void TrafficLog::noteSent(TrafficMessage &message, const wire::BrowserToRenderer &said)
{
    using Body = wire::BrowserToRenderer;
    switch (said.body_case()) {
    case Body::kOpenDocument:
        message.threads[0] = threadOf(message, Kind::Stream, said.open_document().stream_id());
        break;
    case Body::kResourceResponse:
        message.threads[0] = threadOf(message, Kind::Stream, said.resource_response().stream_id());
        answer(message, message.threads[0]);
        break;
    case Body::kBodyData:
        message.threads[0] = threadOf(message, Kind::Stream, said.body_data().stream_id());
        break;
    case Body::kBodyEnd:
        message.threads[0] = threadOf(message, Kind::Stream, said.body_end().stream_id());
        break;
    case Body::kInputEvent:
        message.threads[0] =
            threadOf(message, Kind::Input, said.input_event().event_id(), said.input_event().page_id());
        m_open.insert_or_assign(message.threads[0], message.number);
        break;
    case Body::kFrameReleased: {
        const wire::FrameReleased &released = said.frame_released();
        frameReleased(message.process, released.page_id(), released.pool_id(), released.buffer(), message.microseconds);
        for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame) {
            if (frame->released == message.microseconds && frame->process == message.process) {
                message.threads[0] = threadOf(message, Kind::Frame, frame->id, frame->page);
                break;
            }
        }
        break;
    }
    default:
        break;
    }
}

void TrafficLog::noteReceived(TrafficMessage &message, const wire::RendererToBrowser &said)
{
    using Body = wire::RendererToBrowser;
    switch (said.body_case()) {
    case Body::kResourceRequest:
        message.threads[0] = threadOf(message, Kind::Stream, said.resource_request().stream_id());
        m_open.insert_or_assign(message.threads[0], message.number);
        break;
    case Body::kResourceCancel:
        message.threads[0] = threadOf(message, Kind::Stream, said.resource_cancel().stream_id());
        break;
    case Body::kBodyCredit:
        message.threads[0] = threadOf(message, Kind::Stream, said.body_credit().stream_id());
        break;
    case Body::kInputHandled:
        message.threads[0] =
            threadOf(message, Kind::Input, said.input_handled().event_id(), said.input_handled().page_id());
        answer(message, message.threads[0]);
        break;
    case Body::kFrameReady:
        message.threads[0] =
            threadOf(message, Kind::Frame, said.frame_ready().frame_id(), said.frame_ready().page_id());
        if (said.frame_ready().input_event_id() != 0)
            message.threads[1] =
                threadOf(message, Kind::Input, said.frame_ready().input_event_id(), said.frame_ready().page_id());
        noteFrame(message, said.frame_ready());
        break;
    default:
        break;
    }
}

void TrafficLog::answer(TrafficMessage &reply, const TrafficThread &to)
{
    const auto open = m_open.find(to);
    if (open == m_open.end())
        return;
    if (const TrafficMessage *question = message(open->second)) {
        reply.latency = std::max<qint64>(0, reply.microseconds - question->microseconds);
        m_messages[std::size_t(question->number - m_messages.front().number)].latency = reply.latency;
    }
    m_open.erase(open);
}

void TrafficLog::noteFrame(const TrafficMessage &message, const wire::FrameReady &ready)
{
    // The one before it was never on screen if it still waits.
    for (auto last = m_frames.rbegin(); last != m_frames.rend(); ++last) {
        if (last->process != message.process || last->page != ready.page_id())
            continue;
        if (last->fate == TrafficFrame::Fate::Waiting)
            last->fate = TrafficFrame::Fate::Superseded;
        break;
    }
    TrafficFrame frame;
    frame.number = m_nextFrame++;
    frame.process = message.process;
    frame.pid = message.pid;
    frame.page = ready.page_id();
    frame.id = ready.frame_id();
    frame.pool = ready.pool_id();
    frame.buffer = ready.buffer();
    frame.size = QSize(int(ready.size().width()), int(ready.size().height()));
    for (const wire::Rect &rect : ready.damage()) {
        frame.damage << QRect(rect.x(), rect.y(), int(rect.width()), int(rect.height()));
        frame.paintedBytes += qint64(rect.width()) * rect.height() * 4;
    }
    frame.paintMicroseconds = ready.paint_microseconds();
    frame.handedOver = message.microseconds;
    frame.input = ready.input_event_id();
    if (const auto early = m_shownEarly.find({Kind::Frame, frame.page, frame.process, frame.id});
        early != m_shownEarly.end()) {
        frame.shown = early->second;
        frame.fate = TrafficFrame::Fate::Shown;
    }
    m_shownEarly.clear();
    m_frames.push_back(std::move(frame));
    if (m_frames.size() > KeptFrames)
        m_frames.pop_front();
}

void TrafficLog::frameShown(quint64 process, quint32 page, quint64 id)
{
    for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame) {
        if (frame->process == process && frame->page == page && frame->id == id) {
            frame->shown = microseconds(std::chrono::steady_clock::now());
            frame->fate = TrafficFrame::Fate::Shown;
            return;
        }
    }
    m_shownEarly.insert_or_assign({Kind::Frame, page, process, id}, microseconds(std::chrono::steady_clock::now()));
}

void TrafficLog::frameReleased(quint64 process, quint32 page, quint32 pool, quint32 buffer, qint64 when)
{
    for (auto frame = m_frames.rbegin(); frame != m_frames.rend(); ++frame) {
        if (frame->process != process || frame->page != page || frame->pool != pool || frame->buffer != buffer)
            continue;
        if (frame->released == 0)
            frame->released = when;
        return;
    }
}

} // namespace bulkhead
