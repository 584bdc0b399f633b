// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include "ipc/channel/blocking_channel.h"
#include "ipc/core/socket_pair.h"
#include "ipc/frames/frame_pool.h"
#include "ipc/frames/frame_writer.h"

#include <algorithm>
#include <cerrno>
#include <deque>

namespace bulkhead::lab {

namespace {

/// A message is a picture of this width; lines without gaps, so that it is one piece of memory.
constexpr int Width = 1024;
constexpr std::size_t LineBytes = Width * 4;

QSize pictureFor(std::size_t bytes)
{
    return {Width, int((std::max<std::size_t>(bytes, 1) + LineBytes - 1) / LineBytes)};
}

tl::unexpected<Error> broken(const char *what)
{
    return fail(Error{what, EBADMSG});
}

// essential: begin
/// The renderer's part: paints into shared framebuffers; a few bytes on the socket say which one is ready.
class FrameSender
{
public:
    explicit FrameSender(UniqueFd socket) : m_channel(std::move(socket)) {}

    Result<Bytes> compose(std::size_t bytes)
    {
        while (!m_writer.hasFreeBuffer()) {
            if (const auto heard = listen(); !heard) // waits for framebuffers, or for one to come back
                return tl::unexpected(heard.error());
        }
        const QSize size = pictureFor(bytes);
        m_canvas = m_writer.begin(size, QRect(QPoint(), size), {});
        if (!m_canvas || m_canvas->image.bytesPerLine() != int(LineBytes))
            return broken("the picture does not fit into the framebuffer");
        return Bytes(reinterpret_cast<std::byte *>(m_canvas->image.bits()), bytes);
    }
    Result<void> send()
    {
        m_canvas.reset();
        wire::RendererToBrowser message;
        m_writer.end(*message.mutable_frame_ready());
        message.mutable_frame_ready()->set_device_pixel_ratio(1);
        return m_channel.send(message);
    }

private:
    Result<void> listen()
    {
        wire::BrowserToRenderer message;
        Result<BlockingChannel::Received> received = m_channel.receive(message);
        if (!received)
            return tl::unexpected(received.error());
        if (message.has_framebuffers())
            return m_writer.setBuffers(message.framebuffers(), std::move(received->fds));
        m_writer.release(message.frame_released());
        return {};
    }

    BlockingChannel m_channel;
    FrameWriter m_writer;
    std::optional<FrameWriter::Canvas> m_canvas;
};

/// The browser's part: owns the framebuffers and looks at them where they are.
class FrameReceiver
{
public:
    explicit FrameReceiver(UniqueFd socket) : m_channel(std::move(socket)) {}

    Result<void> announce(std::size_t largest)
    {
        Result<std::optional<FramePool::Announcement>> announcement = m_pool.reserve(pictureFor(largest));
        if (!announcement)
            return tl::unexpected(announcement.error());
        wire::BrowserToRenderer message;
        *message.mutable_framebuffers() = (*announcement)->message;
        return m_channel.send(message, std::move((*announcement)->fds));
    }
    Result<ConstBytes> receive(std::size_t bytes)
    {
        wire::RendererToBrowser message;
        if (const auto received = m_channel.receive(message); !received)
            return tl::unexpected(received.error());
        if (m_pool.accept(message.frame_ready()) != BadMessage::None)
            return broken("a frame that breaks the rules");
        m_front = m_pool.front();
        if (m_front.sizeInBytes() < qsizetype(bytes) || m_front.bytesPerLine() != int(LineBytes))
            return broken("a frame of another size");
        return ConstBytes(reinterpret_cast<const std::byte *>(m_front.constBits()), bytes);
    }
    void release()
    {
        for (const wire::FrameReleased &released : m_pool.shown()) {
            wire::BrowserToRenderer message;
            *message.mutable_frame_released() = released;
            (void)m_channel.send(message);
        }
    }

private:
    BlockingChannel m_channel;
    FramePool m_pool;
    QImage m_front;
};
// essential: end

class FrameLink : public Link
{
public:
    FrameLink(UniqueFd in, UniqueFd out, std::size_t largest)
        : m_receiver(std::move(in)), m_sender(std::move(out)), m_largest(largest)
    {
    }
    Result<void> meet() override { return m_receiver.announce(m_largest); }
    Result<Bytes> compose(std::size_t bytes) override { return m_sender.compose(bytes); }
    Result<void> send(ConstBytes) override { return m_sender.send(); }
    Result<ConstBytes> receive(std::size_t bytes) override { return m_receiver.receive(bytes); }
    void release() override { m_receiver.release(); }

private:
    FrameReceiver m_receiver;
    FrameSender m_sender;
    std::size_t m_largest;
};

class OwnFrames : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "bulkhead-frames";
        info.title = "Bulkhead's frame pool";
        info.family = Family::SharedMemory;
        info.summary =
            "How pages reach the window: three sealed framebuffers in shared memory; the socket says which one is "
            "ready and which one is free again. The reader maps them read-only.";
        info.dataPath = "written and read in place; about a hundred bytes per frame through a Unix socket";
        info.waits = {Wait::NonBlocking};
        info.needs = {{"socketpair", "memfd_create", "ftruncate", "fcntl", "fstat", "mmap", "munmap", "sendmsg",
                       "recvmsg", "poll"},
                      {}};
        info.source = "ipc/lab/mechanisms/own_frames.cpp";
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &forPeer) const override
    {
        Result<SocketPair> there = SocketPair::create();
        Result<SocketPair> back = SocketPair::create();
        if (!there)
            return tl::unexpected(there.error());
        if (!back)
            return tl::unexpected(back.error());
        forPeer.push_back(std::move(there->theirs));
        forPeer.push_back(std::move(back->theirs));
        return std::make_unique<FrameLink>(std::move(back->ours), std::move(there->ours), place.largest);
    }
    Result<std::unique_ptr<Link>> open(const Place &place, Fds fromPeer) const override
    {
        return std::make_unique<FrameLink>(std::move(fromPeer[0]), std::move(fromPeer[1]), place.largest);
    }
};

} // namespace

std::unique_ptr<Mechanism> ownFramesMechanism()
{
    return std::make_unique<OwnFrames>();
}

} // namespace bulkhead::lab
