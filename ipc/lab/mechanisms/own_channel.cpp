// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include "ipc/channel/limits.h"
#include "ipc/channel/message_channel.h"
#include "ipc/core/socket_pair.h"
#include "ipc/messages/renderer.pb.h"

#include <QEventLoop>

#include <cerrno>
#include <deque>
#include <string>

namespace bulkhead::lab {

namespace {

// essential: begin
/// As between browser and renderer, both ways: envelopes with bytes in them, sent and received by Qt's event loop.
class ChannelLink : public Link
{
public:
    explicit ChannelLink(UniqueFd socket) : m_channel(std::move(socket))
    {
        m_channel.setHandler([this](const wire::BrowserToRenderer &message, Channel::Envelope &) {
            m_received.push_back(message.body_data().data());
            m_loop.quit();
        });
        QObject::connect(&m_channel.base(), &Channel::ended, &m_loop, &QEventLoop::quit);
        QObject::connect(&m_channel.base(), &Channel::congestedChanged, &m_loop, &QEventLoop::quit);
    }

    Result<Bytes> compose(std::size_t bytes) override
    {
        std::string &data = *m_outgoing.mutable_body_data()->mutable_data();
        data.resize(bytes);
        return Bytes(reinterpret_cast<std::byte *>(data.data()), bytes);
    }

    Result<void> send(ConstBytes) override
    {
        // A channel never blocks; a sender of bulk data waits by itself while the queue is above its high-water mark.
        while (m_channel.base().isOpen() && m_channel.base().isCongested())
            m_loop.exec();
        if (!m_channel.send(m_outgoing))
            return fail(Error::fromErrno("Channel", EPIPE));
        m_channel.base().flush();
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        while (m_received.empty() && m_channel.base().isOpen())
            m_loop.exec();
        if (m_received.empty())
            return fail(Error{"Channel: the other side is gone", 0});
        if (m_received.front().size() != bytes)
            return fail(Error::fromErrno("Channel: a message of another size", EMSGSIZE));
        return std::as_bytes(std::span(m_received.front()));
    }
    void release() override { m_received.pop_front(); }

    Result<void> flush() override
    {
        while (m_channel.base().isOpen() && m_channel.base().counters().queuedBytes > 0)
            m_loop.processEvents(QEventLoop::AllEvents | QEventLoop::WaitForMoreEvents);
        return {};
    }

private:
    MessageChannel<wire::BrowserToRenderer, wire::BrowserToRenderer> m_channel;
    QEventLoop m_loop;
    wire::BrowserToRenderer m_outgoing;
    std::deque<std::string> m_received;
};
// essential: end

class OwnChannel : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "bulkhead-channel";
        info.title = "Bulkhead's Channel";
        info.family = Family::Library;
        info.summary =
            "What this program's own processes talk through: Protocol Buffers and descriptors over a Unix socket on "
            "Qt's event loop, checked, bounded, never blocking.";
        info.dataPath =
            "sender's message -> serialised -> kernel's socket buffers -> receiver's buffer -> parsed message";
        info.waits = {Wait::NonBlocking};
        info.userCopies = 3;
        info.largest = limits::MessageBytes - 64; // less the envelope
        info.limitedBy = "ipc/channel/limits.h";
        info.needs = {{"socketpair", "sendmsg", "recvmsg", "poll", "ppoll", "eventfd2", "read", "write"}, {}};
        info.source = "ipc/lab/mechanisms/own_channel.cpp";
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &, Fds &forPeer) const override
    {
        Result<SocketPair> pair = SocketPair::create();
        if (!pair)
            return tl::unexpected(pair.error());
        forPeer.push_back(std::move(pair->theirs));
        return std::make_unique<ChannelLink>(std::move(pair->ours));
    }
    Result<std::unique_ptr<Link>> open(const Place &, Fds fromPeer) const override
    {
        return std::make_unique<ChannelLink>(std::move(fromPeer[0]));
    }
};

} // namespace

std::unique_ptr<Mechanism> ownChannelMechanism()
{
    return std::make_unique<OwnChannel>();
}

} // namespace bulkhead::lab
