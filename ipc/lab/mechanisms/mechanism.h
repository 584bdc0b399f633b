// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"
#include "ipc/lab/mechanisms/place.h"

#include <memory>
#include <span>
#include <vector>

namespace bulkhead::lab {

using Bytes = std::span<std::byte>;
using ConstBytes = std::span<const std::byte>;

/// One process's end of a connection that carries messages both ways. One thread. Nothing here knows of measuring.
///
/// The memory of a message belongs to the link: compose() lends it to the sender, receive() to the receiver until
/// release(). So a mechanism that shares memory copies nothing, and one that copies shows it.
class Link
{
public:
    virtual ~Link() = default;

    /// Called on both sides, at the same time, once both exist: where one must be accepted, or opened by two.
    virtual Result<void> meet() { return {}; }

    /// Memory for a message of @p bytes, to be written before send(). May wait for room.
    virtual Result<Bytes> compose(std::size_t bytes);
    /// Sends what compose() lent last.
    virtual Result<void> send(ConstBytes message) = 0;
    /// Waits for the next message. @p bytes is its size: streams have no boundaries, so both sides agree beforehand.
    virtual Result<ConstBytes> receive(std::size_t bytes) = 0;
    /// What was sent has left this process: for libraries that keep what the kernel does not take at once.
    virtual Result<void> flush() { return {}; }
    /// The message received last has been read.
    virtual void release() {}

    /// Removes the names that both sides used. What nobody removes stays: in a folder, or in the kernel.
    virtual void remove() {}

protected:
    /// Private memory to receive into.
    Bytes incoming(std::size_t bytes);

private:
    std::vector<std::byte> m_outgoing;
    std::vector<std::byte> m_incoming;
};

enum class Family { Baseline, Stream, MessageQueue, SharedMemory, Signal, Remote, Library };
enum class Delivery { Reliable, Lossy }; ///< Lossy: receive() gives ETIMEDOUT up after a while
enum class Partner { Process, None };    ///< None: a baseline within one process

/// One kind of socket that a mechanism makes. Where it may lead follows from the family: a Unix socket to a path in the
/// run's folder, any other to the hosts that the place names.
struct SocketNeed
{
    int family = 0; ///< AF_...
    int type = 0;   ///< SOCK_...
};

/// What a sandbox must leave to a process that uses the mechanism: beside memory, clocks and its own channel.
struct Needs
{
    std::vector<const char *> calls;     ///< system calls by name; socket() only as sockets say
    std::vector<const char *> resources; ///< "folder", "network", "System V objects", "/dev/shm", "threads", ...
    std::vector<SocketNeed> sockets;     ///< that it makes by itself, beside pairs
};

/// All there is to know about a mechanism before it is used. Texts are English; show them through translation.
struct MechanismInfo
{
    std::string name;  ///< on the command line: "unix-stream"
    std::string title; ///< "Unix stream socket"
    Family family = Family::Stream;
    std::string summary;  ///< one or two sentences: what it is, what it is not
    std::string dataPath; ///< where the data lives on its way
    std::vector<Wait> waits{Wait::Blocking};
    Delivery delivery = Delivery::Reliable;
    Partner partner = Partner::Process;
    std::size_t largest = 0; ///< bytes of the largest message on this machine now; 0: memory is the limit
    std::string limitedBy;   ///< what sets it: "/proc/sys/kernel/msgmax"
    double userCopies =
        0; ///< copies of each byte that user code or its library makes per message, read from its source
    Needs needs;
    std::string source; ///< the file with its essential code, from the root of the source tree
};

/// A way for two processes to exchange messages. The first side creates, the second opens; the lab carries descriptors
/// from the first to the second. Stateless.
class Mechanism
{
public:
    virtual ~Mechanism() = default;

    virtual MechanismInfo info() const = 0;
    /// An error, with a sentence for the person, when this machine cannot do it.
    virtual Result<void> available() const { return {}; }
    /// The first side. Puts into @p forPeer what the second needs, and may complete @p place.address.
    virtual Result<std::unique_ptr<Link>> create(Place &place, Fds &forPeer) const = 0;
    /// The second side, in another process.
    virtual Result<std::unique_ptr<Link>> open(const Place &place, Fds fromPeer) const = 0;
};

/// The number in a file of /proc/sys; 0 when there is none. Read once: a confined worker cannot open the file any more.
/// One thread.
std::size_t systemLimit(const char *file);

} // namespace bulkhead::lab
