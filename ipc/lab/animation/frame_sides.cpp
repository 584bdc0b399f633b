// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/animation/frame_sides.h"

#include "ipc/lab/animation/frame_animation.h"
#include "ipc/lab/animation/shrink.h"
#include "ipc/lab/protocol/boundary.h"
#include "ipc/lab/protocol/frame_board.h"
#include "ipc/lab/protocol/payload.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>

namespace bulkhead::lab {

namespace {

/// Precedes the pixels of each frame.
struct Head
{
    std::uint64_t number = 0;    ///< of the frame, from 0
    std::uint64_t picture = 0;   ///< of the animation
    std::uint64_t paintedAt = 0; ///< CLOCK_MONOTONIC, nanoseconds
    std::uint64_t unused[5] = {};
};
static_assert(sizeof(Head) == 64);

/// Every so many frames one is compared with the animation, pixel by pixel.
constexpr std::uint64_t CheckEvery = 60;
/// Not counted: buffers grow, pages are mapped.
constexpr std::uint64_t WarmUpFrames = 3;
constexpr std::uint64_t Second = 1'000'000'000;

std::uint64_t clockNow(clockid_t clock)
{
    timespec time = {};
    ::clock_gettime(clock, &time);
    return std::uint64_t(time.tv_sec) * Second + std::uint64_t(time.tv_nsec);
}

void add(std::atomic<std::uint64_t> &counter, std::uint64_t value)
{
    counter.store(counter.load(std::memory_order_relaxed) + value, std::memory_order_relaxed); // one writer
}

/// Adds the processor time between construction and destruction.
class Stopwatch
{
public:
    explicit Stopwatch(std::atomic<std::uint64_t> &sum) : m_sum(sum), m_start(clockNow(CLOCK_THREAD_CPUTIME_ID)) {}
    ~Stopwatch() { add(m_sum, clockNow(CLOCK_THREAD_CPUTIME_ID) - m_start); }

private:
    std::atomic<std::uint64_t> &m_sum;
    std::uint64_t m_start;
};

/// A frame as it goes through the link: whole and in place, whole through memory of one's own, or in pieces.
class FrameLink
{
public:
    FrameLink(Link &link, const wire::LabFrames &what)
        : m_link(link), m_bytes(sizeof(Head) + std::size_t(what.width()) * what.height() * 4),
          m_piece(what.piece() ? std::size_t(what.piece()) : m_bytes), m_inPlace(!what.copied() && m_piece >= m_bytes),
          m_own(m_inPlace ? 0 : m_bytes)
    {
    }
    std::size_t bytes() const { return m_bytes; }

    Result<Bytes> compose() { return m_inPlace ? m_link.compose(m_bytes) : Result<Bytes>(Bytes(m_own)); }
    Result<void> send(Bytes frame)
    {
        if (m_inPlace) {
            const auto sent = m_link.send(frame);
            return sent ? m_link.flush() : sent;
        }
        for (std::size_t done = 0; done < m_bytes; done += m_piece) {
            const ConstBytes part = ConstBytes(frame).subspan(done, std::min(m_piece, m_bytes - done));
            const Result<Bytes> message = m_link.compose(part.size());
            if (!message)
                return tl::unexpected(message.error());
            std::memcpy(message->data(), part.data(), part.size());
            if (const auto sent = m_link.send(*message); !sent)
                return sent;
        }
        return m_link.flush();
    }

    Result<ConstBytes> receive()
    {
        if (m_inPlace)
            return m_link.receive(m_bytes);
        for (std::size_t done = 0; done < m_bytes; done += m_piece) {
            const Bytes part = Bytes(m_own).subspan(done, std::min(m_piece, m_bytes - done));
            const Result<ConstBytes> message = m_link.receive(part.size());
            if (!message)
                return message;
            std::memcpy(part.data(), message->data(), part.size());
            m_link.release();
        }
        return m_own;
    }
    void release()
    {
        if (m_inPlace)
            m_link.release();
    }

private:
    Link &m_link;
    std::size_t m_bytes, m_piece;
    bool m_inPlace;
    std::vector<std::byte> m_own;
};

void sleepUntil(std::uint64_t time)
{
    const timespec until{time_t(time / Second), long(time % Second)};
    while (::clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, nullptr) == EINTR) {
    }
}

Result<wire::LabFramesDone> paint(FrameLink &link, const wire::LabFrames &what, FrameBoard &board)
{
    FrameAnimation animation(QSize(int(what.width()), int(what.height())));
    const std::uint64_t start = what.start();
    const std::uint64_t period = what.rate() > 0 ? Second / what.rate() : 0;
    std::uint64_t turn = 0;
    wire::LabFramesDone done;
    for (std::uint64_t number = 0; what.count() == 0 || number < what.count(); ++number) {
        std::uint64_t now = clockNow(CLOCK_MONOTONIC);
        if (period > 0) {
            // Who is late leaves pictures out, and does not hurry afterwards.
            const std::uint64_t due = now > start ? (now - start + period - 1) / period : 0;
            if (due > turn)
                add(board.missed, number > 0 ? due - turn : 0);
            turn = std::max(turn, due);
            sleepUntil(start + turn * period);
            now = std::max(start, start + turn * period);
            ++turn;
        }
        const std::uint64_t picture =
            ((now - std::min(start, now)) * FrameAnimation::PicturesPerSecond + Second / 2) / Second;
        const Result<Bytes> frame = link.compose();
        if (!frame)
            return tl::unexpected(frame.error());
        {
            const Stopwatch painting(board.paintTime);
            animation.paint(picture, reinterpret_cast<unsigned char *>(frame->data() + sizeof(Head)));
        }
        add(board.painted, 1);
        Head head;
        head.number = number;
        head.picture = picture;
        head.paintedAt = clockNow(CLOCK_MONOTONIC);
        std::memcpy(frame->data(), &head, sizeof head);
        if (const auto sent = link.send(*frame); !sent)
            return tl::unexpected(sent.error());
        done.set_frames(done.frames() + 1);
    }
    return done;
}

Result<wire::LabFramesDone> show(FrameLink &link, const wire::LabFrames &what, FrameBoard &board, FrameDisplay &display)
{
    const int width = int(what.width()), height = int(what.height());
    FrameAnimation animation(QSize(width, height));
    std::vector<unsigned char> expected(animation.bytes());
    Shrink shrink(width, height, display.width(), display.height());
    wire::LabFramesDone done;
    for (std::uint64_t number = 0; what.count() == 0 || number < what.count(); ++number) {
        const Result<ConstBytes> frame = link.receive();
        if (!frame)
            return tl::unexpected(frame.error());
        const std::uint64_t now = clockNow(CLOCK_MONOTONIC);
        Head head;
        std::memcpy(&head, frame->data(), sizeof head);
        board.times[number % FrameBoard::Times].store(now - std::min(now, head.paintedAt), std::memory_order_relaxed);
        board.received.store(number + 1, std::memory_order_release);
        {
            const Stopwatch showing(board.showTime);
            const auto *pixels = reinterpret_cast<const unsigned char *>(frame->data() + sizeof head);
            bool right = head.number == number;
            if (number % CheckEvery == 0) {
                animation.paint(head.picture, expected.data());
                right = right && std::memcmp(expected.data(), pixels, expected.size()) == 0;
                add(board.checked, 1);
            }
            shrink(pixels, display.buffer());
            display.publish(board);
            if (!right) {
                add(board.wrong, 1);
                done.set_wrong(done.wrong() + 1);
            }
        }
        link.release();
        done.set_frames(done.frames() + 1);
    }
    return done;
}

/// For counting: what a transport does, and nothing of what painting and showing do.
Result<wire::LabFramesDone> passPatterns(FrameLink &link, const wire::LabFrames &what)
{
    wire::LabFramesDone done;
    for (std::uint64_t number = 0; number < WarmUpFrames + what.count(); ++number) {
        if (number == WarmUpFrames)
            markBoundary();
        if (what.paints()) {
            const Result<Bytes> frame = link.compose();
            if (!frame)
                return tl::unexpected(frame.error());
            fill(*frame, number);
            if (const auto sent = link.send(*frame); !sent)
                return tl::unexpected(sent.error());
        } else {
            const Result<ConstBytes> frame = link.receive();
            if (!frame)
                return tl::unexpected(frame.error());
            if (!check(*frame, number))
                done.set_wrong(done.wrong() + 1);
            link.release();
        }
        done.set_frames(done.frames() + 1);
    }
    markBoundary();
    return done;
}

} // namespace

Result<wire::LabFramesDone> runFrames(Link &link, const wire::LabFrames &what, Fds fds)
{
    constexpr std::uint32_t Largest = 8192;
    if (what.width() < 16 || what.height() < 16 || what.width() > Largest || what.height() > Largest)
        return fail(Error{"a frame of a size that cannot be", EINVAL});
    FrameLink frames(link, what);
    if (what.counted())
        return passPatterns(frames, what);
    if (fds.size() != (what.paints() ? 1U : 2U))
        return fail(Error{"the board or the display is missing", EINVAL});
    const Result<FrameBoardMemory> board = FrameBoardMemory::adopt(std::move(fds[0]));
    if (!board)
        return tl::unexpected(board.error());
    if (what.paints())
        return paint(frames, what, **board);
    Result<FrameDisplay> display =
        FrameDisplay::adopt(std::move(fds[1]), int(what.display_width()), int(what.display_height()));
    if (!display)
        return tl::unexpected(display.error());
    return show(frames, what, **board, *display);
}

} // namespace bulkhead::lab
