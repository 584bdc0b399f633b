// SPDX-License-Identifier: BSD-3-Clause
// What it costs to hand a frame of 1920 by 1080 pixels from one process to another through FrameWriter, Channel and
// FramePool: from one frame on screen to the next, without painting. Held against one byte there and back over the bare
// socket pair, and shown beside what one copy of the pixels would cost.
#include "ipc/channel/message_channel.h"
#include "ipc/frames/frame_pool.h"
#include "ipc/frames/frame_writer.h"
#include "tests/bench/bench_main.h"
#include "tests/bench/forked_peer.h"
#include "tests/bench/on_cores.h"
#include "tests/bench/raw_echo.h"
#include "tests/bench/turn_times.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <vector>

using namespace bulkhead;

namespace {

constexpr QSize FrameSize(1920, 1080);
constexpr int FramesPerTurn = 100;
constexpr int Turns = 60;

/// The pixels that show which frame one looks at: the first and the last, so that a torn one is noticed.
quint32 mark(std::uint64_t frameId)
{
    return 0xff000000u | quint32(frameId & 0xffffff);
}

/// For a ForkedPeer: the renderer's side. Sends a frame for every buffer that comes back.
class FrameSource
{
public:
    explicit FrameSource(UniqueFd socket) : m_channel(std::move(socket))
    {
        QObject::connect(&m_channel.base(), &Channel::ended, qApp, &QCoreApplication::quit);
        m_channel.setHandler([this](const wire::BrowserToRenderer &message, Channel::Envelope &envelope) {
            if (message.has_framebuffers()) {
                if (!m_writer.setBuffers(message.framebuffers(), std::move(envelope.fds)))
                    return qApp->quit();
                // The browser keeps one frame on screen: with a second one it has something to give back.
                sendFrame();
            } else {
                m_writer.release(message.frame_released());
            }
            sendFrame();
        });
    }

private:
    void sendFrame()
    {
        wire::RendererToBrowser message;
        wire::FrameReady &frame = *message.mutable_frame_ready();
        {
            std::optional<FrameWriter::Canvas> canvas = m_writer.begin(FrameSize, QRect({}, FrameSize), {});
            if (!canvas)
                return qApp->quit();
            const quint32 pixel = mark(++m_frameId);
            std::memcpy(canvas->image.scanLine(0), &pixel, sizeof pixel);
            uchar *lastLine = canvas->image.scanLine(FrameSize.height() - 1);
            std::memcpy(lastLine + (FrameSize.width() - 1) * sizeof pixel, &pixel, sizeof pixel);
        }
        frame.set_page_id(1);
        frame.set_device_pixel_ratio(1);
        m_writer.end(frame);
        m_channel.send(message);
    }

    MessageChannel<wire::RendererToBrowser, wire::BrowserToRenderer> m_channel;
    FrameWriter m_writer;
    std::uint64_t m_frameId = 0;
};

void sendFrames(UniqueFd socket)
{
    int argc = 1;
    char name[] = "renderer";
    char *argv[] = {name, nullptr};
    QCoreApplication app(argc, argv);
    FrameSource source(std::move(socket));
    app.exec();
}

/// The browser's side.
class FrameSink
{
public:
    explicit FrameSink(UniqueFd socket) : m_channel(std::move(socket))
    {
        QObject::connect(&m_channel.base(), &Channel::ended, &m_loop, &QEventLoop::quit);
        m_channel.setHandler(
            [this](const wire::RendererToBrowser &message, Channel::Envelope &) { show(message.frame_ready()); });
        auto announcement = m_pool.reserve(FrameSize);
        if (!announcement || !*announcement)
            return;
        *m_start.mutable_framebuffers() = (*announcement)->message;
        m_channel.send(m_start, std::move((*announcement)->fds));
    }

    /// How long so many frames take to get from there to here, one after the other; negative when it went wrong.
    std::chrono::nanoseconds frames(int count)
    {
        m_left = count;
        const auto start = std::chrono::steady_clock::now();
        for (const wire::BrowserToRenderer &message : std::exchange(m_held, {}))
            m_channel.send(message);
        m_loop.exec();
        return m_left > 0 ? std::chrono::nanoseconds(-1) : std::chrono::steady_clock::now() - start;
    }

    /// How long it takes to copy the frame in front.
    std::chrono::nanoseconds copies(int count)
    {
        if (m_copy.isNull())
            m_copy = m_pool.front().copy();
        const auto start = std::chrono::steady_clock::now();
        for (int i = 0; i < count; ++i) {
            const QImage front = m_pool.front();
            for (int y = 0; y < front.height(); ++y)
                std::memcpy(m_copy.scanLine(y), front.constScanLine(y), std::size_t(front.width()) * 4);
            benchmark::ClobberMemory();
        }
        return std::chrono::steady_clock::now() - start;
    }

private:
    void show(const wire::FrameReady &frame)
    {
        const bool good = m_pool.accept(frame) == BadMessage::None;
        const QImage image = m_pool.front();
        if (!good || image.size() != FrameSize || image.pixel(0, 0) != mark(frame.frame_id()) ||
            image.pixel(FrameSize.width() - 1, FrameSize.height() - 1) != mark(frame.frame_id()))
            return m_loop.quit();
        const bool last = --m_left <= 0;
        for (wire::FrameReleased &released : m_pool.shown()) {
            wire::BrowserToRenderer message;
            released.set_page_id(1);
            *message.mutable_frame_released() = std::move(released);
            // Between two turns the renderer waits for this.
            if (last)
                m_held.push_back(std::move(message));
            else
                m_channel.send(message);
        }
        if (last)
            m_loop.quit();
    }

    MessageChannel<wire::BrowserToRenderer, wire::RendererToBrowser> m_channel;
    FramePool m_pool;
    QEventLoop m_loop;
    QImage m_copy;
    wire::BrowserToRenderer m_start;
    std::vector<wire::BrowserToRenderer> m_held;
    int m_left = 0;
};

void handOver(benchmark::State &state, RawEcho &raw, FrameSink &sink)
{
    TurnTimes rawTimes;
    TurnTimes frameTimes;
    TurnTimes copyTimes;
    for (auto _ : state) {
        const auto bare = raw.roundTrips(FramesPerTurn);
        const auto frames = sink.frames(FramesPerTurn);
        if (bare.count() < 0 || frames.count() < 0) {
            state.SkipWithError("the peer is gone or a frame was wrong");
            break;
        }
        rawTimes.add(bare, FramesPerTurn);
        frameTimes.add(frames, FramesPerTurn);
        copyTimes.add(sink.copies(1), 1);
        state.SetIterationTime(std::chrono::duration<double>(frames).count() / FramesPerTurn);
    }
    state.counters["frame_us"] = frameTimes.median();
    state.counters["byte_us"] = rawTimes.median();
    state.counters["copy_us"] = copyTimes.median();
    TurnTimes::compare(frameTimes, rawTimes, state.counters);
}

} // namespace

int main(int argc, char **argv)
{
    ForkedPeer rawPeer(echoOnQtLoop);
    ForkedPeer framePeer(sendFrames);
    UniqueFd rawSocket = rawPeer.takeSocket();
    UniqueFd frameSocket = framePeer.takeSocket();
    if (!rawSocket || !frameSocket) {
        std::fprintf(stderr, "A process to measure against could not be made: %s.\n", std::strerror(errno));
        return 1;
    }
    QCoreApplication app(argc, argv);
    RawEcho raw(std::move(rawSocket), 1);
    FrameSink sink(std::move(frameSocket));

    for (const Cores cores : availableCores()) {
        const auto run = [&, cores](benchmark::State &state) {
            const OnCores placed(cores, {rawPeer.id(), framePeer.id()});
            handOver(state, raw, sink);
        };
        benchmark::RegisterBenchmark((std::string("frame_hand_over_1080p/") + coresName(cores)).c_str(), run)
            ->UseManualTime()
            ->Iterations(Turns)
            ->Unit(benchmark::kMicrosecond);
    }
    return runBenchmarks(argc, argv);
}
