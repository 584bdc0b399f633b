// SPDX-License-Identifier: BSD-3-Clause
// What a Channel costs over the socket pair that it runs on. In one measurement both take turns, so that whatever else
// the machine does falls on both.
#include "ipc/channel/message_channel.h"
#include "ipc/messages/renderer.pb.h"
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

using namespace bulkhead;

namespace {

constexpr int RoundTripsPerTurn = 100;
constexpr int Turns = 60;

wire::BrowserToRenderer mouseMove(std::uint64_t id)
{
    wire::BrowserToRenderer message;
    wire::InputEvent &event = *message.mutable_input_event();
    event.set_page_id(1);
    event.set_event_id(id);
    event.set_type(wire::InputEvent::MOUSE_MOVE);
    event.mutable_position()->set_x(640);
    event.mutable_position()->set_y(480);
    return message;
}

wire::RendererToBrowser handled(std::uint64_t id)
{
    wire::RendererToBrowser message;
    message.mutable_input_handled()->set_page_id(1);
    message.mutable_input_handled()->set_event_id(id);
    message.mutable_input_handled()->set_consumed(true);
    return message;
}

wire::RendererToBrowser frameReady()
{
    wire::RendererToBrowser message;
    wire::FrameReady &frame = *message.mutable_frame_ready();
    frame.set_page_id(1);
    frame.set_frame_id(1000);
    frame.set_pool_id(2);
    frame.set_buffer(1);
    frame.mutable_size()->set_width(1920);
    frame.mutable_size()->set_height(1080);
    frame.set_device_pixel_ratio(2);
    for (int i = 0; i < 4; ++i) {
        wire::Rect &rect = *frame.add_damage();
        rect.set_x(100 * i);
        rect.set_y(200 * i);
        rect.set_width(300);
        rect.set_height(40);
    }
    frame.mutable_scroll()->set_y(12345);
    frame.mutable_content()->set_width(960);
    frame.mutable_content()->set_height(65432);
    frame.set_background(0xffffffff);
    frame.set_input_event_id(999);
    frame.set_paint_microseconds(1500);
    return message;
}

/// For a ForkedPeer: acknowledges every input event.
void acknowledgeInput(UniqueFd socket)
{
    int argc = 1;
    char name[] = "renderer";
    char *argv[] = {name, nullptr};
    QCoreApplication app(argc, argv);
    MessageChannel<wire::RendererToBrowser, wire::BrowserToRenderer> channel(std::move(socket));
    QObject::connect(&channel.base(), &Channel::ended, &app, &QCoreApplication::quit);
    channel.setHandler([&](const wire::BrowserToRenderer &message, Channel::Envelope &) {
        channel.send(handled(message.input_event().event_id()));
    });
    app.exec();
}

class ChannelEcho
{
public:
    explicit ChannelEcho(UniqueFd socket) : m_channel(std::move(socket))
    {
        QObject::connect(&m_channel.base(), &Channel::ended, &m_loop, &QEventLoop::quit);
        m_channel.setHandler([this](const wire::RendererToBrowser &message, Channel::Envelope &) {
            m_broken = m_broken || message.input_handled().event_id() != m_event;
            if (m_broken || --m_left == 0)
                m_loop.quit();
            else
                m_channel.send(mouseMove(++m_event));
        });
    }

    /// As RawEcho::roundTrips().
    std::chrono::nanoseconds roundTrips(int count)
    {
        m_left = count;
        const auto start = std::chrono::steady_clock::now();
        if (!m_channel.send(mouseMove(++m_event)))
            return std::chrono::nanoseconds(-1);
        m_loop.exec();
        return m_left > 0 ? std::chrono::nanoseconds(-1) : std::chrono::steady_clock::now() - start;
    }

private:
    MessageChannel<wire::BrowserToRenderer, wire::RendererToBrowser> m_channel;
    QEventLoop m_loop;
    std::uint64_t m_event = 0;
    int m_left = 0;
    bool m_broken = false;
};

void roundTrip(benchmark::State &state, RawEcho &raw, ChannelEcho &channel)
{
    TurnTimes rawTimes;
    TurnTimes channelTimes;
    for (auto _ : state) {
        const auto bare = raw.roundTrips(RoundTripsPerTurn);
        const auto ours = channel.roundTrips(RoundTripsPerTurn);
        if (bare.count() < 0 || ours.count() < 0) {
            state.SkipWithError("the peer is gone");
            break;
        }
        rawTimes.add(bare, RoundTripsPerTurn);
        channelTimes.add(ours, RoundTripsPerTurn);
        state.SetIterationTime(std::chrono::duration<double>(ours).count() / RoundTripsPerTurn);
    }
    state.counters["channel_us"] = channelTimes.median();
    state.counters["bare_us"] = rawTimes.median();
    TurnTimes::compare(channelTimes, rawTimes, state.counters);
}

template <class Message>
void encode(benchmark::State &state, const Message &message)
{
    std::string bytes;
    for (auto _ : state) {
        message.SerializeToString(&bytes);
        benchmark::DoNotOptimize(bytes.data());
    }
    state.counters["bytes"] = double(bytes.size());
}

template <class Message>
void decode(benchmark::State &state, const Message &message)
{
    const std::string bytes = message.SerializeAsString();
    Message decoded;
    for (auto _ : state) {
        if (!decoded.ParseFromString(bytes)) {
            state.SkipWithError("what was written cannot be read");
            break;
        }
        benchmark::DoNotOptimize(&decoded);
    }
    state.counters["bytes"] = double(bytes.size());
}

} // namespace

int main(int argc, char **argv)
{
    ForkedPeer rawPeer(echoOnQtLoop);
    ForkedPeer channelPeer(acknowledgeInput);
    UniqueFd rawSocket = rawPeer.takeSocket();
    UniqueFd channelSocket = channelPeer.takeSocket();
    if (!rawSocket || !channelSocket) {
        std::fprintf(stderr, "A process to measure against could not be made: %s.\n", std::strerror(errno));
        return 1;
    }
    QCoreApplication app(argc, argv);
    RawEcho raw(std::move(rawSocket), sizeof(PacketHeader) + mouseMove(1000).ByteSizeLong());
    ChannelEcho channel(std::move(channelSocket));

    for (const Cores cores : availableCores()) {
        const auto run = [&, cores](benchmark::State &state) {
            const OnCores placed(cores, {rawPeer.id(), channelPeer.id()});
            roundTrip(state, raw, channel);
        };
        benchmark::RegisterBenchmark((std::string("channel_round_trip/") + coresName(cores)).c_str(), run)
            ->UseManualTime()
            ->Iterations(Turns)
            ->Unit(benchmark::kMicrosecond);
    }
    const wire::BrowserToRenderer input = mouseMove(1000);
    const wire::RendererToBrowser frame = frameReady();
    benchmark::RegisterBenchmark("encode_input_event", [&](benchmark::State &state) { encode(state, input); });
    benchmark::RegisterBenchmark("decode_input_event", [&](benchmark::State &state) { decode(state, input); });
    benchmark::RegisterBenchmark("encode_frame_ready", [&](benchmark::State &state) { encode(state, frame); });
    benchmark::RegisterBenchmark("decode_frame_ready", [&](benchmark::State &state) { decode(state, frame); });
    return runBenchmarks(argc, argv);
}
