// SPDX-License-Identifier: BSD-3-Clause
// Built twice, as everything is built and without any hardening, for bench_hardening: sends messages through the packet
// layer to itself and says what that cost. One thread, no Qt.
#include "ipc/channel/blocking_channel.h"
#include "ipc/core/socket_pair.h"
#include "ipc/messages/renderer.pb.h"

#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>

using namespace bulkhead;

namespace {

wire::RendererToBrowser announcedFrame()
{
    wire::RendererToBrowser message;
    wire::FrameReady &frame = *message.mutable_frame_ready();
    frame.set_page_id(1);
    frame.set_frame_id(1000);
    frame.set_buffer(1);
    for (int i = 0; i < 4; ++i) {
        wire::Rect &rect = *frame.add_damage();
        rect.set_x(100 * i);
        rect.set_y(200 * i);
        rect.set_width(300);
        rect.set_height(40);
    }
    return message;
}

wire::RendererToBrowser text(std::size_t bytes)
{
    wire::RendererToBrowser message;
    message.mutable_text_reply()->set_text(std::string(bytes, 'x'));
    return message;
}

long long processorTime()
{
    timespec time{};
    ::clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return time.tv_sec * 1'000'000'000LL + time.tv_nsec;
}

} // namespace

/// Lines of "frame COUNT" or "text COUNT" come in; for each, the nanoseconds of processor time for so many messages go
/// out. Ends with its input.
int main()
{
    Result<SocketPair> pair = SocketPair::create();
    if (!pair)
        return 1;
    BlockingChannel sender(std::move(pair->ours));
    BlockingChannel receiver(std::move(pair->theirs));
    const wire::RendererToBrowser frame = announcedFrame();
    const wire::RendererToBrowser page = text(16 << 10);
    char what[8];
    int count = 0;
    while (std::scanf("%7s %d", what, &count) == 2) {
        const wire::RendererToBrowser &message = what[0] == 'f' ? frame : page;
        const long long begin = processorTime();
        for (int i = 0; i < count; ++i) {
            wire::RendererToBrowser received;
            if (!sender.send(message) || !receiver.receive(received) || received.body_case() != message.body_case())
                return 1;
        }
        std::printf("%lld\n", processorTime() - begin);
        std::fflush(stdout);
    }
    return 0;
}
