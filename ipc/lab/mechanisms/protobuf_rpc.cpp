// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/mechanisms/unix_address.h"

#include "ipc/messages/lab_call.pb.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// Calls as structured messages: serialised, sent with their length in front, parsed on the other side. The first side
/// calls, the second answers; each call has a number that its answer repeats.
class RpcLink : public StreamLink
{
public:
    enum class Role { Caller, Callee };

    RpcLink(UniqueFd listener, UniqueFd socket, std::string path, Role role, Wait wait)
        : StreamLink(std::move(socket), wait), m_listener(std::move(listener)), m_path(std::move(path)), m_role(role)
    {
    }

    Result<void> meet() override
    {
        if (m_listener) {
            m_in.reset(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!m_in)
                return fail("accept4");
        }
        return StreamLink::meet();
    }

    Result<Bytes> compose(std::size_t bytes) override
    {
        std::string &data = *m_outgoing.mutable_argument();
        data.resize(bytes);
        return Bytes(reinterpret_cast<std::byte *>(data.data()), bytes);
    }

    Result<void> send(ConstBytes) override
    {
        m_outgoing.set_number(m_role == Role::Caller ? ++m_number : m_number);
        m_outgoing.set_method("deliver");
        const auto length = std::uint32_t(m_outgoing.ByteSizeLong());
        m_wire.resize(sizeof length + length);
        std::memcpy(m_wire.data(), &length, sizeof length);
        m_outgoing.SerializeToArray(m_wire.data() + sizeof length, int(length));
        return StreamLink::send(std::as_bytes(std::span(m_wire)));
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        std::uint32_t length = 0;
        if (const auto read = readAll(m_in.get(), std::as_writable_bytes(std::span(&length, 1)), m_wait); !read)
            return tl::unexpected(read.error());
        const Result<ConstBytes> wire = StreamLink::receive(std::min<std::size_t>(length, bytes + 64));
        if (!wire)
            return tl::unexpected(wire.error());
        if (!m_received.ParseFromArray(wire->data(), int(wire->size())) || m_received.argument().size() != bytes)
            return fail(Error{"not a call of the expected size", EBADMSG});
        if (m_role == Role::Callee)
            m_number = m_received.number();
        return std::as_bytes(std::span(m_received.argument()));
    }

    void remove() override { ::unlink(m_path.c_str()); }

private:
    UniqueFd m_listener;
    std::string m_path;
    Role m_role;
    std::uint64_t m_number = 0;
    wire::LabCall m_outgoing, m_received;
    std::string m_wire;
};
// essential: end

class ProtobufRpc : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "protobuf-rpc";
        info.title = "Protocol Buffers over a Unix socket";
        info.family = Family::Library;
        info.summary =
            "A remote procedure call made by hand: an interface description, messages that are serialised and parsed, "
            "a length in front of each. Structure and versions cost two more copies.";
        info.dataPath =
            "sender's message -> serialised -> kernel's socket buffers -> receiver's buffer -> parsed message";
        info.waits = {Wait::Blocking, Wait::NonBlocking};
        info.userCopies = 2;
        info.needs = {{"socket", "bind", "listen", "accept4", "connect", "read", "write", "poll", "fcntl", "unlink"},
                      {"folder"},
                      {{AF_UNIX, SOCK_STREAM}}};
        info.source = "ipc/lab/mechanisms/protobuf_rpc.cpp";
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        Result<UniqueFd> listener = boundUnixSocket(SOCK_STREAM, place.path("rpc"));
        if (!listener)
            return tl::unexpected(listener.error());
        if (::listen(listener->get(), 1) < 0)
            return fail("listen");
        return std::make_unique<RpcLink>(std::move(*listener), UniqueFd(), place.path("rpc"), RpcLink::Role::Caller,
                                         place.wait);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!socket)
            return fail("socket");
        if (const auto connected = connectUnix(socket.get(), place.path("rpc")); !connected)
            return tl::unexpected(connected.error());
        return std::make_unique<RpcLink>(UniqueFd(), std::move(socket), place.path("rpc"), RpcLink::Role::Callee,
                                         place.wait);
    }
};

} // namespace

std::unique_ptr<Mechanism> protobufRpcMechanism()
{
    return std::make_unique<ProtobufRpc>();
}

} // namespace bulkhead::lab
