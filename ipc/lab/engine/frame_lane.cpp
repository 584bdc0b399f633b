// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/frame_lane.h"

#include "ipc/lab/engine/call_recorder.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <poll.h>
#include <sys/wait.h>

namespace bulkhead::lab {

namespace {

/// The last second, in looks.
constexpr std::size_t RecentLooks = 4;
/// Frames in the traced run: about this many bytes, since every call stops twice there.
constexpr std::uint64_t CountedBytes = 10U << 20;
constexpr std::chrono::seconds CountingLimit{30};
/// From a worker's last word to its end.
constexpr std::chrono::milliseconds EndLimit{300};
/// Before the pixels: see frame_sides.cpp.
constexpr std::uint64_t HeadBytes = 64;

/// Processor time in nanoseconds; 0 when it is gone.
std::uint64_t processorTimeOf(pid_t pid)
{
    clockid_t clock = 0;
    timespec time = {};
    if (pid <= 0 || ::clock_getcpuclockid(pid, &clock) != 0 || ::clock_gettime(clock, &time) < 0)
        return 0;
    return std::uint64_t(time.tv_sec) * 1'000'000'000 + std::uint64_t(time.tv_nsec);
}

/// Minor page faults: the tenth field of /proc/PID/stat (proc(5)), counted from the end of the name.
std::uint64_t pageFaultsOf(pid_t pid)
{
    char name[64], line[1024] = {};
    std::snprintf(name, sizeof name, "/proc/%d/stat", int(pid));
    std::FILE *file = std::fopen(name, "re");
    if (!file)
        return 0;
    const std::size_t got = std::fread(line, 1, sizeof line - 1, file);
    std::fclose(file);
    const char *end = got > 0 ? std::strrchr(line, ')') : nullptr;
    unsigned long faults = 0;
    if (!end || std::sscanf(end, ") %*c %*d %*d %*d %*d %*d %*u %lu", &faults) != 1)
        return 0;
    return faults;
}

/// "was ended by signal 9 (Killed)"; empty while it lives. Leaves the zombie to its owner.
std::string endOf(pid_t pid)
{
    siginfo_t info = {};
    if (::waitid(P_PID, id_t(pid), &info, WEXITED | WNOHANG | WNOWAIT) < 0 || info.si_pid != pid)
        return {};
    if (info.si_code == CLD_EXITED)
        return "exited with code " + std::to_string(info.si_status);
    return "was ended by signal " + std::to_string(info.si_status) + " (" + ::strsignal(info.si_status) + ")";
}

} // namespace

Result<std::unique_ptr<FrameLane>> FrameLane::create(Spec spec, const Cancel &cancel)
{
    Result<RunFolder> folder = RunFolder::create();
    if (!folder)
        return tl::unexpected(folder.error());
    Result<FrameBoardMemory> board = FrameBoardMemory::create();
    if (!board)
        return tl::unexpected(board.error());
    Result<FrameDisplay> display = FrameDisplay::create(spec.displayWidth, spec.displayHeight);
    if (!display)
        return tl::unexpected(display.error());
    auto view = std::make_shared<FrameView>(std::move(*board), std::move(*display));
    return std::unique_ptr<FrameLane>(new FrameLane(std::move(spec), std::move(*folder), std::move(view), cancel));
}

FrameLane::FrameLane(Spec spec, RunFolder folder, std::shared_ptr<FrameView> view, const Cancel &cancel)
    : m_spec(std::move(spec)), m_cancel(cancel), m_folder(std::move(folder)),
      m_pair(m_spec.workerProgram, m_folder, cancel), m_view(std::move(view))
{
    m_result.transport = m_spec.transport;
    m_result.frameBytes = HeadBytes + std::uint64_t(m_spec.width) * std::uint64_t(m_spec.height) * 4;
}

FrameLane::~FrameLane()
{
    m_pair.reset(); // not an orderly close: the workers are at work
}

Result<void> FrameLane::open(const wire::LabMechanism &mechanism, const std::string &broker)
{
    const std::uint64_t frame = m_result.frameBytes;
    const std::uint64_t piece = mechanism.largest() > 0 ? std::min(frame, mechanism.largest()) : frame;
    m_result.pieceBytes = piece;
    m_result.pieces = (frame + piece - 1) / piece;
    if (piece < frame)
        m_result.limitedBy = mechanism.limited_by();
    const bool hasOwnMemory = piece < frame || m_spec.transport->handling == FrameTransport::Handling::Copied;
    m_result.userBytes = double(frame) * (mechanism.user_copies() + (hasOwnMemory ? 2 : 0));

    WorkerPair::LinkSpec link;
    link.mechanism = mechanism.name();
    link.wait = Wait(mechanism.waits(0));
    link.largest = piece;
    link.broker = broker;
    if (const auto opened = m_pair.open(link); !opened)
        return opened;
    m_result.painter = m_pair.first().pid();
    m_result.receiver = m_pair.second().pid();
    return {};
}

wire::LabFrames FrameLane::command() const
{
    wire::LabFrames what;
    what.set_width(std::uint32_t(m_spec.width));
    what.set_height(std::uint32_t(m_spec.height));
    what.set_piece(m_result.pieces > 1 ? m_result.pieceBytes : 0);
    what.set_copied(m_spec.transport->handling == FrameTransport::Handling::Copied);
    what.set_rate(m_spec.rate);
    what.set_display_width(std::uint32_t(m_spec.displayWidth));
    what.set_display_height(std::uint32_t(m_spec.displayHeight));
    return what;
}

Result<void> FrameLane::count()
{
    const std::uint64_t frames = std::clamp<std::uint64_t>(CountedBytes / m_result.frameBytes, 2, 30);
    wire::LabCommand toPainter, toReceiver;
    *toReceiver.mutable_frames() = command();
    toReceiver.mutable_frames()->set_counted(true);
    toReceiver.mutable_frames()->set_count(frames);
    toPainter = toReceiver;
    toPainter.mutable_frames()->set_paints(true);
    CallRecorder recorder({m_result.painter, m_result.receiver});
    const TwoReplies replies =
        askBoth(m_pair.first(), std::move(toPainter), m_pair.second(), std::move(toReceiver), CountingLimit, m_cancel);
    if (!replies.first || !replies.second) {
        kill(); // or the recorder would wait for boundaries that do not come
        return tl::unexpected(!replies.first ? replies.first.error() : replies.second.error());
    }
    const std::vector<RecordedCall> calls = recorder.finish();
    if (replies.second->frames().wrong() > 0)
        return bulkhead::fail(Error{"frames arrived that were not what had been sent", EBADMSG});
    if (!recorder.attached())
        return {}; // the machine's policy: the figures stay unknown
    std::uint64_t bytes = 0;
    for (const RecordedCall &call : calls)
        bytes += call.copiedBytes();
    m_result.systemCalls = double(calls.size()) / double(frames);
    m_result.kernelBytes = double(bytes) / double(frames);
    return {};
}

Result<void> FrameLane::go(std::uint64_t start)
{
    wire::LabCommand toPainter, toReceiver;
    *toReceiver.mutable_frames() = command();
    toReceiver.mutable_frames()->set_start(start);
    toPainter = toReceiver;
    toPainter.mutable_frames()->set_paints(true);
    Fds forReceiver, forPainter;
    forReceiver.push_back(m_view->board().duplicate());
    forReceiver.push_back(m_view->display().duplicate());
    forPainter.push_back(m_view->board().duplicate());
    if (const auto sent = m_pair.second().send(std::move(toReceiver), std::move(forReceiver)); !sent)
        return sent;
    if (const auto sent = m_pair.first().send(std::move(toPainter), std::move(forPainter)); !sent)
        return sent;
    m_result.state = FrameLaneState::Running;
    return {};
}

void FrameLane::noteEnd()
{
    look();
    // The side whose process ended explains more than the one that then found the other side gone. A dying process
    // closes its descriptors before it can be waited for.
    const auto until = std::chrono::steady_clock::now() + EndLimit;
    do {
        for (const bool painter : {true, false}) {
            const std::string end = endOf(painter ? m_result.painter : m_result.receiver);
            if (!end.empty()) {
                fail(FrameLaneState::Failed,
                     Error{std::string("The ") + (painter ? "painting" : "receiving") + " process " + end + ".", 0});
                return;
            }
        }
        ::poll(nullptr, 0, 2);
    } while (std::chrono::steady_clock::now() < until);
    for (Peer *peer : {&m_pair.first(), &m_pair.second()}) {
        pollfd p{peer->socket(), POLLIN, 0};
        if (::poll(&p, 1, 0) < 1)
            continue;
        const Result<wire::LabReply> reply = peer->receive();
        fail(FrameLaneState::Failed, reply ? Error{"A worker stopped sending frames.", EPROTO} : reply.error());
        return;
    }
}

void FrameLane::fail(FrameLaneState state, const Error &error)
{
    m_result.state = state;
    m_result.problem = error.what;
    kill();
}

void FrameLane::markDone()
{
    if (isRunning())
        m_result.state = FrameLaneState::Done;
}

void FrameLane::kill()
{
    for (const pid_t pid : {m_result.painter, m_result.receiver}) {
        // The zombie stays until the pair is destroyed, so the id cannot be another's.
        if (pid > 0)
            ::kill(pid, SIGKILL);
    }
}

FrameLane::Sample FrameLane::sample() const
{
    const FrameBoard &board = *m_view->board();
    Sample now;
    now.when = std::chrono::steady_clock::now();
    now.received = board.received.load(std::memory_order_acquire);
    now.missed = board.missed;
    now.paintTime = board.paintTime;
    now.showTime = board.showTime;
    now.checked = board.checked;
    now.wrong = board.wrong;
    for (const pid_t pid : {m_result.painter, m_result.receiver}) {
        now.processorTime += processorTimeOf(pid);
        now.pageFaults += pageFaultsOf(pid);
    }
    return now;
}

void FrameLane::beginMeasuring()
{
    m_first = sample();
    m_timesTaken = m_first.received;
    m_times = {};
    m_recent.clear();
    m_recentTimes.clear();
    m_result.total = m_result.recent = {};
}

void FrameLane::look()
{
    const Sample now = sample();
    std::vector<std::uint64_t> times;
    // More than fit onto the board since the last look: only the newest are there.
    const std::uint64_t oldest = now.received - std::min<std::uint64_t>(now.received, FrameBoard::Times);
    for (std::uint64_t number = std::max(m_timesTaken, oldest); number < now.received; ++number) {
        times.push_back((*m_view->board()).times[number % FrameBoard::Times].load(std::memory_order_relaxed));
        m_times.add(times.back());
    }
    m_timesTaken = std::max(m_timesTaken, now.received);
    m_recent.push_back(now);
    m_recentTimes.push_back(std::move(times));
    while (m_recent.size() > RecentLooks + 1) {
        m_recent.pop_front();
        m_recentTimes.pop_front();
    }
    m_result.total = figures(m_first, now);
    m_result.total.median = m_times.percentile(0.5);
    m_result.total.most = m_times.percentile(0.99);
    m_result.recent = figures(m_recent.front(), now);
    std::vector<std::uint64_t> lately;
    for (const auto &some : m_recentTimes)
        lately.insert(lately.end(), some.begin(), some.end());
    if (!lately.empty()) {
        std::sort(lately.begin(), lately.end());
        m_result.recent.median = double(lately[lately.size() / 2]);
        m_result.recent.most = double(lately[lately.size() * 99 / 100]);
    }
}

/// Counters come from workers: they may go back, but then their difference is 0.
FrameFigures FrameLane::figures(const Sample &from, const Sample &to) const
{
    const auto since = [&](std::uint64_t Sample::*counter) {
        return to.*counter > from.*counter ? to.*counter - from.*counter : 0;
    };
    FrameFigures figures;
    figures.seconds = std::chrono::duration<double>(to.when - from.when).count();
    figures.frames = since(&Sample::received);
    figures.missed = since(&Sample::missed);
    figures.checked = since(&Sample::checked);
    figures.wrong = since(&Sample::wrong);
    if (figures.seconds > 0)
        figures.framesPerSecond = double(figures.frames) / figures.seconds;
    if (figures.frames > 0) {
        const double frames = double(figures.frames);
        figures.paintTime = double(since(&Sample::paintTime)) / frames;
        figures.showTime = double(since(&Sample::showTime)) / frames;
        figures.processorTime =
            std::max(0.0, double(since(&Sample::processorTime)) / frames - figures.paintTime - figures.showTime);
        figures.pageFaults = double(since(&Sample::pageFaults)) / frames;
    }
    return figures;
}

} // namespace bulkhead::lab
