// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/traffic/traffic_record.h"
#include "ipc/channel/message_tap.h"

#include <QHash>
#include <QObject>

#include <deque>
#include <functional>
#include <unordered_map>

namespace bulkhead {

class MessageLog;
class PageProcessPool;
class PageProcess;

/// Records messages with their content, and frames, of all channels while it is switched on: what the inspector shows.
/// Off, it is connected to nothing. Keeps the newest, up to a number. Main thread.
class TrafficLog : public QObject
{
    Q_OBJECT
public:
    static constexpr std::size_t KeptMessages = 20'000;
    static constexpr std::size_t KeptFrames = 5'000;
    static constexpr std::size_t WholeContent = 4096; ///< bytes; larger messages are kept with long fields cut
    static constexpr std::size_t CutField = 256;

    /// @p renderers outlives the log.
    explicit TrafficLog(PageProcessPool &renderers, QObject *parent = nullptr);
    ~TrafficLog() override;

    void setRecording(bool on);
    bool isRecording() const { return m_recording; }
    void clear();

    const std::deque<TrafficMessage> &messages() const { return m_messages; }
    const std::deque<TrafficFrame> &frames() const { return m_frames; }
    /// Null when it was forgotten.
    const TrafficMessage *message(quint64 number) const;
    const TrafficFrame *frame(quint64 number) const;

    /// Also listens to a channel that is none of a renderer's. @p log outlives the recording or is forgotten first.
    void watch(MessageLog &log, quint64 process, std::function<qint64()> pid);

Q_SIGNALS:
    void recordingChanged(bool on);
    void cleared();
    // There is no signal per message: whoever shows them looks as often as it draws.

private:
    void watchHost(PageProcess *host);
    void add(TrafficMessage::Way way, quint64 process, qint64 pid, const MessageTap::Seen &seen, bool superseding);
    void note(TrafficMessage &message, const google::protobuf::Message &content);
    void noteSent(TrafficMessage &message, const wire::BrowserToRenderer &said);
    void noteReceived(TrafficMessage &message, const wire::RendererToBrowser &said);
    void noteFrame(const TrafficMessage &message, const wire::FrameReady &ready);
    void frameShown(quint64 process, quint32 page, quint64 frame);
    void frameReleased(quint64 process, quint32 page, quint32 pool, quint32 buffer, qint64 when);
    void answer(TrafficMessage &reply, const TrafficThread &to);

    PageProcessPool &m_renderers;
    bool m_recording = false;
    std::deque<TrafficMessage> m_messages;
    std::deque<TrafficFrame> m_frames;
    quint64 m_nextMessage = 1;
    quint64 m_nextFrame = 1;
    struct ThreadHash
    {
        std::size_t operator()(const TrafficThread &t) const
        {
            return qHashMulti(0, int(t.kind), t.page, t.process, t.id);
        }
    };
    std::unordered_map<TrafficThread, quint64, ThreadHash> m_open; ///< unanswered messages by what they wait for
    /// A frame may be on screen while its message is still being handled, before it is noted.
    std::unordered_map<TrafficThread, qint64, ThreadHash> m_shownEarly;
};

} // namespace bulkhead
