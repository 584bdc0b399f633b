// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/worker/measure.h"

#include "ipc/lab/protocol/boundary.h"
#include "ipc/lab/protocol/histogram.h"
#include "ipc/lab/protocol/payload.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <sys/resource.h>

namespace bulkhead::lab {

namespace {

std::uint64_t clockNow(clockid_t clock)
{
    timespec time = {};
    ::clock_gettime(clock, &time);
    return std::uint64_t(time.tv_sec) * 1'000'000'000 + std::uint64_t(time.tv_nsec);
}
std::uint64_t now()
{
    return clockNow(CLOCK_MONOTONIC);
}

/// What the process has used between construction and writeTo().
class Usage
{
public:
    Usage()
    {
        ::getrusage(RUSAGE_SELF, &m_before);
        m_processorTime = clockNow(CLOCK_PROCESS_CPUTIME_ID);
        markBoundary(); // innermost: what it encloses is the mechanism's
        m_start = now();
    }
    void writeTo(wire::LabMeasured &figures) const
    {
        figures.set_elapsed(now() - m_start);
        markBoundary();
        figures.set_processor_time(clockNow(CLOCK_PROCESS_CPUTIME_ID) - m_processorTime);
        rusage after = {};
        ::getrusage(RUSAGE_SELF, &after);
        figures.set_voluntary_switches(std::uint64_t(after.ru_nvcsw - m_before.ru_nvcsw));
        figures.set_involuntary_switches(std::uint64_t(after.ru_nivcsw - m_before.ru_nivcsw));
        figures.set_page_faults(std::uint64_t(after.ru_minflt - m_before.ru_minflt));
    }

private:
    rusage m_before = {};
    std::uint64_t m_processorTime = 0;
    std::uint64_t m_start = 0;
};

/// Answers carry another pattern than questions: a message that comes back to its sender is noticed.
constexpr std::uint64_t Answer = std::uint64_t(1) << 63;

/// One side's work; the figures add up in it.
class Side
{
public:
    Side(Link &link, const wire::LabMeasure &what, const std::function<bool()> &askedToEnd)
        : m_link(link), m_what(what), m_askedToEnd(askedToEnd), m_size(what.size()),
          m_burst(std::max<std::uint64_t>(1, what.burst()))
    {
    }

    Result<void> leadIn();
    Result<void> pingPong();
    Result<void> echo();
    Result<void> stream();
    Result<void> drain();
    Result<void> sendUntilRefused();
    Result<void> receiveWhatIsThere(std::uint64_t most);
    Result<void> sendText();
    Result<void> echoText();

    /// All that was counted and measured, once the work is done.
    wire::LabMeasured takeFigures();

private:
    Result<void> sendNumber(std::uint64_t number, std::size_t size);
    Result<void> receiveNumber(std::uint64_t number, std::size_t size);
    Result<bool> receiveLossy(std::uint64_t number);
    Result<void> turnAround(std::uint64_t number);
    void endedBy(const Error &error);

    /// In one cache line: counting is not to push out of the cache what is measured.
    struct alignas(64) Counts
    {
        std::uint64_t sent = 0, received = 0, lost = 0, wrong = 0, checksumSent = 0, checksumReceived = 0;
    };
    Counts m_counts;
    Link &m_link;
    const wire::LabMeasure &m_what;
    const std::function<bool()> &m_askedToEnd;
    std::size_t m_size;
    std::uint64_t m_burst;
    wire::LabMeasured m_figures;
};

[[gnu::hot]] Result<void> Side::sendNumber(std::uint64_t number, std::size_t size)
{
    const Result<Bytes> message = m_link.compose(size);
    if (!message)
        return tl::unexpected(message.error());
    m_counts.checksumSent += fill(*message, number);
    if (const auto sent = m_link.send(*message); !sent)
        return sent;
    ++m_counts.sent;
    return {};
}

[[gnu::hot]] Result<void> Side::receiveNumber(std::uint64_t number, std::size_t size)
{
    const Result<ConstBytes> message = m_link.receive(size);
    if (!message)
        return tl::unexpected(message.error());
    if (const std::optional<std::uint64_t> sum = check(*message, number))
        m_counts.checksumReceived += *sum;
    else
        ++m_counts.wrong;
    ++m_counts.received;
    m_link.release();
    return {};
}

/// One message there and back that is not counted: only then are both sides at work. Without it the time that one waits
/// for the other to get its command would be spread over the messages.
Result<void> Side::leadIn()
{
    if (m_what.lossy() || m_what.alone())
        return {};
    if (m_what.initiator()) {
        if (const auto sent = sendNumber(0, m_size); !sent)
            return sent;
    }
    if (const auto received = receiveNumber(m_what.initiator() ? Answer : 0, m_size); !received)
        return received;
    if (!m_what.initiator()) {
        if (const auto sent = sendNumber(Answer, m_size); !sent)
            return sent;
    }
    m_counts = Counts{.wrong = m_counts.wrong};
    return {};
}

/// What the other side would do, for a baseline that has none.
Result<void> Side::turnAround(std::uint64_t number)
{
    for (std::uint64_t k = 0; k < m_burst; ++k) {
        if (const auto received = receiveNumber(number, m_size); !received)
            return received;
    }
    return sendNumber(number | Answer, m_size);
}

/// Skips what is late or from elsewhere; false when nothing came in time.
Result<bool> Side::receiveLossy(std::uint64_t number)
{
    for (;;) {
        const Result<ConstBytes> message = m_link.receive(m_size);
        if (!message && message.error().number == ETIMEDOUT)
            return false;
        if (!message && message.error().number == EMSGSIZE)
            continue;
        if (!message)
            return tl::unexpected(message.error());
        const std::optional<std::uint64_t> sum = check(*message, number);
        m_link.release();
        if (!sum)
            continue;
        ++m_counts.received;
        m_counts.checksumReceived += *sum;
        return true;
    }
}

[[gnu::hot]] Result<void> Side::pingPong()
{
    Histogram times;
    const timespec gap{time_t(m_what.gap_microseconds() / 1'000'000),
                       long(m_what.gap_microseconds() % 1'000'000 * 1000)};
    const bool hasGap = m_what.gap_microseconds() > 0;
    if (const auto led = leadIn(); !led)
        return led;
    const Usage usage;
    std::uint64_t start = now();
    for (std::uint64_t i = 0; i < m_what.count(); ++i) {
        if (hasGap) {
            ::clock_nanosleep(CLOCK_MONOTONIC, 0, &gap, nullptr);
            start = now();
        }
        for (std::uint64_t k = 0; k < m_burst; ++k) {
            if (const auto sent = sendNumber(i, m_size); !sent)
                return sent;
        }
        if (m_what.alone()) {
            if (const auto turned = turnAround(i); !turned)
                return turned;
        }
        if (m_what.lossy()) {
            const Result<bool> answered = receiveLossy(i | Answer);
            if (!answered)
                return tl::unexpected(answered.error());
            if (!*answered) {
                ++m_counts.lost;
                start = now();
                continue;
            }
        } else if (const auto received = receiveNumber(i | Answer, m_size); !received) {
            return received;
        }
        const std::uint64_t end = now();
        times.add(end - start);
        start = end; // one look at the clock per message
    }
    usage.writeTo(m_figures);
    times.writeTo(*m_figures.mutable_times());
    return {};
}

[[gnu::hot]] Result<void> Side::echo()
{
    if (const auto led = leadIn(); !led)
        return led;
    const Usage usage;
    if (m_what.lossy()) {
        // Whatever arrives is answered; which ones were lost is the other side's to say.
        std::uint64_t next = 0;
        while (next < m_what.count()) {
            const Result<ConstBytes> message = m_link.receive(m_size);
            if (!message && message.error().number == ETIMEDOUT) {
                if (m_askedToEnd())
                    break;
                continue;
            }
            if (!message && message.error().number == EMSGSIZE)
                continue;
            if (!message)
                return tl::unexpected(message.error());
            const std::uint64_t number = numberOf(*message, next);
            const std::optional<std::uint64_t> sum = check(*message, number);
            m_link.release();
            if (!sum || number < next || number >= m_what.count())
                continue; // a second copy of an earlier one, or none of ours
            ++m_counts.received;
            m_counts.checksumReceived += *sum;
            next = number + 1;
            if (const auto sent = sendNumber(number | Answer, m_size); !sent)
                return sent;
        }
        usage.writeTo(m_figures);
        return {};
    }
    for (std::uint64_t i = 0; i < m_what.count(); ++i) {
        for (std::uint64_t k = 0; k < m_burst; ++k) {
            if (const auto received = receiveNumber(i, m_size); !received)
                return received;
        }
        if (const auto sent = sendNumber(i | Answer, m_size); !sent)
            return sent;
    }
    if (const auto flushed = m_link.flush(); !flushed)
        return flushed;
    usage.writeTo(m_figures);
    return {};
}

Result<void> Side::stream()
{
    if (const auto led = leadIn(); !led)
        return led;
    const Usage usage;
    for (std::uint64_t i = 0; i < m_what.count(); ++i) {
        if (const auto sent = sendNumber(i, m_size); !sent)
            return sent;
        if (m_what.alone()) {
            if (const auto received = receiveNumber(i, m_size); !received)
                return received;
        }
    }
    if (!m_what.lossy() && !m_what.alone()) {
        if (const auto received = receiveNumber(Answer, 1); !received)
            return received;
    }
    usage.writeTo(m_figures);
    return {};
}

Result<void> Side::drain()
{
    if (const auto led = leadIn(); !led)
        return led;
    const Usage usage;
    if (m_what.lossy()) {
        std::uint64_t first = 0, last = 0, next = 0;
        while (next < m_what.count()) {
            const Result<ConstBytes> message = m_link.receive(m_size);
            if (!message && message.error().number == ETIMEDOUT) {
                if (m_askedToEnd())
                    break;
                continue;
            }
            if (!message && message.error().number == EMSGSIZE)
                continue;
            if (!message)
                return tl::unexpected(message.error());
            last = now();
            first = first == 0 ? last : first;
            // Lost ones leave gaps: the number is read, not assumed.
            const std::uint64_t number = numberOf(*message, next);
            const std::optional<std::uint64_t> sum = check(*message, number);
            m_link.release();
            if (!sum) {
                ++m_counts.wrong;
                continue;
            }
            ++m_counts.received;
            m_counts.checksumReceived += *sum;
            next = number + 1;
        }
        usage.writeTo(m_figures);
        m_figures.set_elapsed(last - first);
        return {};
    }
    for (std::uint64_t i = 0; i < m_what.count(); ++i) {
        if (const auto received = receiveNumber(i, m_size); !received)
            return received;
    }
    if (const auto sent = sendNumber(Answer, 1); !sent)
        return sent;
    if (const auto flushed = m_link.flush(); !flushed)
        return flushed;
    usage.writeTo(m_figures);
    return {};
}

wire::LabMeasured Side::takeFigures()
{
    m_figures.set_sent(m_counts.sent);
    m_figures.set_received(m_counts.received);
    m_figures.set_lost(m_counts.lost);
    m_figures.set_wrong(m_counts.wrong);
    m_figures.set_checksum_sent(m_counts.checksumSent);
    m_figures.set_checksum_received(m_counts.checksumReceived);
    return std::move(m_figures);
}

void Side::endedBy(const Error &error)
{
    m_figures.set_ended_by(error.what);
    m_figures.set_ended_by_number(error.number);
}

Result<void> Side::sendUntilRefused()
{
    const Usage usage;
    for (std::uint64_t i = 0; i < m_what.count(); ++i) {
        if (const auto sent = sendNumber(i, m_size); !sent) {
            endedBy(sent.error());
            break;
        }
    }
    if (const auto flushed = m_link.flush(); !flushed)
        endedBy(flushed.error());
    usage.writeTo(m_figures);
    return {};
}

Result<void> Side::receiveWhatIsThere(std::uint64_t most)
{
    const Usage usage;
    for (std::uint64_t i = 0; i < most; ++i) {
        const Result<ConstBytes> message = m_link.receive(m_size);
        if (!message) {
            endedBy(message.error());
            break;
        }
        ++m_counts.received;
        m_link.release();
    }
    usage.writeTo(m_figures);
    return {};
}

Result<void> Side::sendText()
{
    const std::string &text = m_what.text();
    const Usage usage;
    const Result<Bytes> message = m_link.compose(text.size());
    if (!message)
        return tl::unexpected(message.error());
    std::memcpy(message->data(), text.data(), text.size());
    if (const auto sent = m_link.send(*message); !sent)
        return sent;
    const Result<ConstBytes> answer = m_link.receive(text.size());
    if (!answer)
        return tl::unexpected(answer.error());
    m_figures.set_text(answer->data(), answer->size());
    m_link.release();
    usage.writeTo(m_figures);
    return {};
}

Result<void> Side::echoText()
{
    const Usage usage;
    const Result<ConstBytes> question = m_link.receive(m_size);
    if (!question)
        return tl::unexpected(question.error());
    m_figures.set_text(question->data(), question->size());
    m_link.release();
    const Result<Bytes> answer = m_link.compose(m_size);
    if (!answer)
        return tl::unexpected(answer.error());
    std::memcpy(answer->data(), m_figures.text().data(), m_size);
    if (const auto sent = m_link.send(*answer); !sent)
        return sent;
    if (const auto flushed = m_link.flush(); !flushed)
        return flushed;
    usage.writeTo(m_figures);
    return {};
}

} // namespace

Result<wire::LabMeasured> measure(Link &link, const wire::LabMeasure &what, const std::function<bool()> &askedToEnd)
{
    Side side(link, what, askedToEnd);
    Result<void> done;
    switch (what.pattern()) {
    case wire::LabMeasure::PING_PONG:
        done = what.initiator() ? side.pingPong() : side.echo();
        break;
    case wire::LabMeasure::STREAM:
        done = what.initiator() ? side.stream() : side.drain();
        break;
    case wire::LabMeasure::SEND_UNTIL_REFUSED:
        done = side.sendUntilRefused();
        break;
    case wire::LabMeasure::RECEIVE_WHAT_IS_THERE:
        done = side.receiveWhatIsThere(what.count());
        break;
    case wire::LabMeasure::RECEIVE_ONE:
        done = side.receiveWhatIsThere(1);
        break;
    case wire::LabMeasure::SEND_TEXT:
        done = side.sendText();
        break;
    case wire::LabMeasure::ECHO_TEXT:
        done = side.echoText();
        break;
    default:
        return fail(Error{"an unknown measurement was asked for", EINVAL});
    }
    if (!done)
        return tl::unexpected(done.error());
    return side.takeFigures();
}

} // namespace bulkhead::lab
