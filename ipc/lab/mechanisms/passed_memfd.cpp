// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/catalogue.h"

#include "ipc/core/memfd.h"
#include "ipc/core/socket_pair.h"

#include "ipc/lab/mechanisms/byte_stream.h"

#include <cerrno>
#include <cstring>
#include <poll.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <utility>

namespace bulkhead::lab {

namespace {

// essential: begin
/// A message written into fresh sealed memory, of which only a descriptor travels. Unmapped with the object.
class Letter
{
public:
    Letter() = default;
    Letter(Letter &&other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}
    Letter &operator=(Letter &&other) noexcept
    {
        std::swap(m_bytes, other.m_bytes);
        return *this;
    }
    ~Letter()
    {
        if (!m_bytes.empty())
            ::munmap(m_bytes.data(), m_bytes.size());
    }
    static Result<Letter> map(int memory, std::size_t bytes, int protection)
    {
        void *address = ::mmap(nullptr, bytes, protection, MAP_SHARED, memory, 0);
        if (address == MAP_FAILED)
            return fail("mmap");
        Letter letter;
        letter.m_bytes = Bytes(static_cast<std::byte *>(address), bytes);
        return letter;
    }
    Bytes bytes() const { return m_bytes; }

private:
    Bytes m_bytes;
};

class PassedMemoryLink : public Link
{
public:
    PassedMemoryLink(UniqueFd socket, Wait wait) : m_socket(std::move(socket)), m_wait(wait) {}

    Result<void> meet() override { return applyWait(m_socket.get(), m_wait); }

    Result<Bytes> compose(std::size_t bytes) override
    {
        Result<Memfd> memory = Memfd::create("lab-letter", bytes);
        if (!memory)
            return tl::unexpected(memory.error());
        Result<Letter> letter = Letter::map(memory->fd(), bytes, PROT_READ | PROT_WRITE);
        if (!letter)
            return tl::unexpected(letter.error());
        m_memory = memory->duplicate();
        m_outgoing = std::move(*letter);
        return m_outgoing.bytes();
    }

    Result<void> send(ConstBytes) override
    {
        char something = '!'; // a descriptor travels with at least one byte
        iovec part{&something, 1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr message = {};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        cmsghdr *header = CMSG_FIRSTHDR(&message);
        header->cmsg_level = SOL_SOCKET;
        header->cmsg_type = SCM_RIGHTS;
        header->cmsg_len = CMSG_LEN(sizeof(int));
        const int fd = m_memory.get();
        std::memcpy(CMSG_DATA(header), &fd, sizeof fd);
        while (::sendmsg(m_socket.get(), &message, MSG_NOSIGNAL) < 0) {
            if (errno == EAGAIN) {
                if (const auto ready = waitUntil(m_socket.get(), POLLOUT, m_wait); !ready)
                    return ready;
            } else if (errno != EINTR) {
                return fail("sendmsg");
            }
        }
        m_memory.reset();
        m_outgoing = {};
        return {};
    }

    Result<ConstBytes> receive(std::size_t bytes) override
    {
        char something = 0;
        iovec part{&something, 1};
        alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
        msghdr message = {};
        message.msg_iov = &part;
        message.msg_iovlen = 1;
        message.msg_control = control;
        message.msg_controllen = sizeof control;
        ssize_t got = 0;
        while ((got = ::recvmsg(m_socket.get(), &message, MSG_CMSG_CLOEXEC)) < 0) {
            if (errno == EAGAIN) {
                if (const auto ready = waitUntil(m_socket.get(), POLLIN, m_wait); !ready)
                    return tl::unexpected(ready.error());
            } else if (errno != EINTR) {
                return fail("recvmsg");
            }
        }
        const cmsghdr *header = CMSG_FIRSTHDR(&message);
        if (got == 0 || !header || header->cmsg_type != SCM_RIGHTS)
            return fail(Error{"recvmsg: end of file, the other side is gone", 0});
        int fd = -1;
        std::memcpy(&fd, CMSG_DATA(header), sizeof fd);
        // Sealed against shrinking, or reading it could end us.
        Result<Memfd> memory = Memfd::adopt(UniqueFd(fd), bytes);
        if (!memory)
            return tl::unexpected(memory.error());
        Result<Letter> letter = Letter::map(memory->fd(), bytes, PROT_READ);
        if (!letter)
            return tl::unexpected(letter.error());
        m_incoming = std::move(*letter);
        return m_incoming.bytes();
    }

    void release() override { m_incoming = {}; }

private:
    UniqueFd m_socket;
    Wait m_wait;
    UniqueFd m_memory;
    Letter m_outgoing, m_incoming;
};
// essential: end

class PassedMemory : public Mechanism
{
public:
    MechanismInfo info() const override
    {
        MechanismInfo info;
        info.name = "passed-memfd";
        info.title = "Passed descriptor (a fresh memfd per message)";
        info.family = Family::SharedMemory;
        info.summary =
            "Each message is written into new sealed memory, and only a descriptor of it goes through a Unix socket "
            "(SCM_RIGHTS). Nothing is copied, but the kernel makes, zeroes and unmaps pages for every message.";
        info.dataPath = "sender and receiver map the same fresh pages; a descriptor and one byte through a socket";
        info.waits = {Wait::Blocking, Wait::NonBlocking, Wait::Polling};
        info.needs = {{"socketpair", "setsockopt", "memfd_create", "ftruncate", "fcntl", "fstat", "mmap", "munmap",
                       "sendmsg", "recvmsg", "poll", "close"},
                      {}};
        info.source = "ipc/lab/mechanisms/passed_memfd.cpp";
        return info;
    }

    Result<std::unique_ptr<Link>> create(Place &place, Fds &forPeer) const override
    {
        Result<SocketPair> pair = SocketPair::create();
        if (!pair)
            return tl::unexpected(pair.error());
        forPeer.push_back(std::move(pair->theirs));
        return std::make_unique<PassedMemoryLink>(std::move(pair->ours), place.wait);
    }
    Result<std::unique_ptr<Link>> open(const Place &place, Fds fromPeer) const override
    {
        return std::make_unique<PassedMemoryLink>(std::move(fromPeer[0]), place.wait);
    }
};

} // namespace

std::unique_ptr<Mechanism> passedMemfdMechanism()
{
    return std::make_unique<PassedMemory>();
}

} // namespace bulkhead::lab
