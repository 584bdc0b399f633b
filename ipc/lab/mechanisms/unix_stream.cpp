// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/mechanisms/unix_address.h"

#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

// essential: begin
/// The server's side: one connection is accepted.
class ListeningLink : public StreamLink
{
public:
    ListeningLink(UniqueFd listener, std::string path, Wait wait)
        : StreamLink({}, wait), m_listener(std::move(listener)), m_path(std::move(path))
    {
    }

    Result<void> meet() override
    {
        m_in.reset(::accept4(m_listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
        if (!m_in)
            return fail("accept4");
        return StreamLink::meet();
    }

    void remove() override { ::unlink(m_path.c_str()); }

private:
    UniqueFd m_listener;
    std::string m_path;
};
// essential: end

class UnixStream : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "unix-stream";
        info.title = "Unix stream socket";
        info.family = Family::Stream;
        info.summary =
            "A two-way stream of bytes between processes of one machine, found by a path; carries descriptors and "
            "the peer's identity, too. All other mechanisms are compared with it.";
        info.dataPath = "sender's memory -> kernel's socket buffers -> receiver's memory";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.needs = {{"socket", "bind", "listen", "accept4", "connect", "read", "write", "poll", "fcntl", "unlink"},
                      {"folder"},
                      {{AF_UNIX, SOCK_STREAM}}};
        info.source = "ipc/lab/mechanisms/unix_stream.cpp";
        return info;
    }

    // essential: begin
    Result<std::unique_ptr<Link>> create(Place &place, Fds &) const override
    {
        Result<UniqueFd> listener = boundUnixSocket(SOCK_STREAM, place.path("stream"));
        if (!listener)
            return tl::unexpected(listener.error());
        if (::listen(listener->get(), 1) < 0)
            return fail("listen");
        return std::make_unique<ListeningLink>(std::move(*listener), place.path("stream"), place.wait);
    }

    Result<std::unique_ptr<Link>> open(const Place &place, Fds) const override
    {
        UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        if (!socket)
            return fail("socket");
        if (const auto connected = connectUnix(socket.get(), place.path("stream")); !connected)
            return tl::unexpected(connected.error());
        return std::make_unique<StreamLink>(std::move(socket), place.wait);
    }
    // essential: end
};

} // namespace

std::unique_ptr<Mechanism> unixStreamMechanism()
{
    return std::make_unique<UnixStream>();
}

} // namespace bulkhead::lab
