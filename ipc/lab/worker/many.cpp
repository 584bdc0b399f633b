// SPDX-License-Identifier: BSD-3-Clause
// More than two: several clients of one server, a listening socket shared by fork, broadcast, multicast, several
// producers.
#include "ipc/lab/mechanisms/byte_stream.h"
#include "ipc/lab/mechanisms/unix_address.h"
#include "ipc/lab/protocol/place_message.h"
#include "ipc/lab/worker/forked.h"

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <atomic>
#include <cerrno>
#include <map>
#include <netinet/in.h>
#include <poll.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

constexpr int Processes = 4;
constexpr int Messages = 500; ///< per client or producer

Result<UniqueFd> listening(const std::string &path)
{
    Result<UniqueFd> listener = boundUnixSocket(SOCK_STREAM, path);
    if (listener && ::listen(listener->get(), 64) < 0)
        return fail("listen");
    return listener;
}

UniqueFd connectedTo(const std::string &path)
{
    UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (!socket || !connectUnix(socket.get(), path))
        return {};
    return socket;
}

Bytes asBytes(std::uint32_t &value)
{
    return std::as_writable_bytes(std::span(&value, 1));
}

/// Clients ask, one server answers all of them from one poll() loop.
Result<bool> clients(const Place &place, wire::LabStudyDone &done)
{
    const std::string path = place.path("many");
    const Result<UniqueFd> listener = listening(path);
    if (!listener)
        return tl::unexpected(listener.error());
    std::vector<Forked> children;
    for (int i = 0; i < Processes; ++i) {
        children.emplace_back([&] {
            const UniqueFd socket = connectedTo(path);
            for (std::uint32_t k = 0; k < Messages; ++k) {
                std::uint32_t question = k, answer = 0;
                if (!writeAll(socket.get(), asBytes(question), Wait::Blocking) ||
                    !readAll(socket.get(), asBytes(answer), Wait::Blocking) || answer != k + 1)
                    return 1;
            }
            return 0;
        });
    }
    std::vector<UniqueFd> sockets;
    for (int i = 0; i < Processes; ++i)
        sockets.emplace_back(::accept4(listener->get(), nullptr, nullptr, SOCK_CLOEXEC));
    int served = 0, turns = 0, open = Processes;
    while (open > 0) {
        std::vector<pollfd> all;
        for (const UniqueFd &socket : sockets)
            all.push_back({socket.get(), POLLIN, 0});
        if (::poll(all.data(), all.size(), 5000) <= 0)
            break;
        ++turns;
        for (std::size_t i = 0; i < all.size(); ++i) {
            if (!all[i].revents)
                continue;
            std::uint32_t question = 0;
            if (!readAll(sockets[i].get(), asBytes(question), Wait::Blocking)) {
                sockets[i].reset();
                --open;
                continue;
            }
            ++question;
            (void)writeAll(sockets[i].get(), asBytes(question), Wait::Blocking);
            ++served;
        }
    }
    int right = 0;
    for (Forked &child : children)
        right += child.wait() == 0;
    ::unlink(path.c_str());
    found(done, "clients", served, "answers",
          std::to_string(Processes) + " clients, one server: " + std::to_string(served) + " answers in " +
              std::to_string(turns) + " turns of poll(), all of them right for " + std::to_string(right) + " clients");
    return right == Processes && served == Processes * Messages;
}

/// Forked processes all wait in accept() on the socket that they inherited: the kernel gives each connection to one.
Result<bool> sharedListener(const Place &place, wire::LabStudyDone &done)
{
    constexpr int Connections = 200;
    const std::string path = place.path("shared");
    const Result<UniqueFd> listener = listening(path);
    if (!listener)
        return tl::unexpected(listener.error());
    const SharedMemory memory(4096);
    auto *accepted = memory.at<std::atomic<int>>(0);
    std::vector<Forked> servers;
    for (int i = 0; i < Processes; ++i) {
        servers.emplace_back([&, i] {
            for (;;) {
                const UniqueFd socket(::accept4(listener->get(), nullptr, nullptr, SOCK_CLOEXEC));
                if (!socket)
                    return 0;
                ++accepted[i];
                std::uint32_t who = std::uint32_t(i);
                (void)writeAll(socket.get(), asBytes(who), Wait::Blocking);
            }
        });
    }
    int answered = 0;
    for (int i = 0; i < Connections; ++i) {
        const UniqueFd socket = connectedTo(path);
        std::uint32_t who = 0;
        answered += socket && readAll(socket.get(), asBytes(who), Wait::Blocking) && who < Processes;
    }
    std::string shares;
    int total = 0;
    for (int i = 0; i < Processes; ++i) {
        total += accepted[i];
        shares += (i > 0 ? ", " : "") + std::to_string(accepted[i]);
    }
    servers.clear();
    ::unlink(path.c_str());
    found(done, "shared_listener", total, "connections",
          "a listening socket shared by fork: " + std::to_string(Connections) + " connections went to " +
              std::to_string(Processes) + " processes as " + shares + "; each to exactly one");
    return answered == Connections && total == Connections;
}

/// The server tells every client: one write for each of them.
Result<bool> broadcast(const Place &place, wire::LabStudyDone &done)
{
    const std::string path = place.path("broadcast");
    const Result<UniqueFd> listener = listening(path);
    if (!listener)
        return tl::unexpected(listener.error());
    std::vector<Forked> children;
    for (int i = 0; i < Processes; ++i) {
        children.emplace_back([&] {
            const UniqueFd socket = connectedTo(path);
            for (std::uint32_t k = 0; k < Messages; ++k) {
                std::uint32_t news = 0;
                if (!readAll(socket.get(), asBytes(news), Wait::Blocking) || news != k)
                    return 1;
            }
            return 0;
        });
    }
    std::vector<UniqueFd> sockets;
    for (int i = 0; i < Processes; ++i)
        sockets.emplace_back(::accept4(listener->get(), nullptr, nullptr, SOCK_CLOEXEC));
    for (std::uint32_t k = 0; k < Messages; ++k) {
        for (const UniqueFd &socket : sockets)
            (void)writeAll(socket.get(), asBytes(k), Wait::Blocking);
    }
    int right = 0;
    for (Forked &child : children)
        right += child.wait() == 0;
    ::unlink(path.c_str());
    found(done, "broadcast", right, "clients",
          "broadcast by the server: " + std::to_string(right) + " of " + std::to_string(Processes) +
              " clients heard everything in order; the server wrote each message " + std::to_string(Processes) +
              " times");
    return right == Processes;
}

/// One send reaches every member of the group; the kernel copies.
Result<bool> multicast(wire::LabStudyDone &done)
{
    const SharedMemory memory(4096);
    auto *joined = memory.at<std::atomic<int>>(0);
    // A port that is free now; members may share it.
    const UniqueFd probe(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    sockaddr_in group = {};
    group.sin_family = AF_INET;
    group.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof group;
    if (::bind(probe.get(), reinterpret_cast<sockaddr *>(&group), sizeof group) < 0 ||
        ::getsockname(probe.get(), reinterpret_cast<sockaddr *>(&group), &length) < 0)
        return fail("bind");
    ::inet_pton(AF_INET, MulticastGroup, &group.sin_addr);
    std::vector<Forked> members;
    for (int i = 0; i < Processes; ++i) {
        members.emplace_back([&] {
            const UniqueFd socket(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
            const int on = 1;
            ::setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
            const timeval limit{2, 0};
            ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
            ip_mreq request = {};
            request.imr_multiaddr = group.sin_addr;
            request.imr_interface.s_addr = htonl(INADDR_LOOPBACK);
            if (::bind(socket.get(), reinterpret_cast<const sockaddr *>(&group), sizeof group) < 0 ||
                ::setsockopt(socket.get(), IPPROTO_IP, IP_ADD_MEMBERSHIP, &request, sizeof request) < 0) {
                *joined = -100;
                return 1;
            }
            ++*joined;
            std::uint32_t news = 0;
            return ::recv(socket.get(), &news, sizeof news, 0) == sizeof news && news == 42 ? 0 : 1;
        });
    }
    for (int i = 0; i < 2000 && *joined >= 0 && *joined < Processes; ++i)
        ::usleep(1000);
    const UniqueFd sender(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
    in_addr loopback = {htonl(INADDR_LOOPBACK)};
    ::setsockopt(sender.get(), IPPROTO_IP, IP_MULTICAST_IF, &loopback, sizeof loopback);
    const std::uint32_t news = 42;
    const bool possible = *joined == Processes &&
                          ::connect(sender.get(), reinterpret_cast<sockaddr *>(&group), sizeof group) == 0 &&
                          ::send(sender.get(), &news, sizeof news, 0) > 0;
    int heard = 0;
    for (Forked &member : members)
        heard += member.wait() == 0;
    found(done, "multicast", possible ? heard : -1, "members",
          possible ? "multicast on loopback: one datagram was sent, " + std::to_string(heard) + " of " +
                         std::to_string(Processes) + " members of the group heard it"
                   : "multicast on loopback: not allowed on this machine");
    return !possible || heard == Processes;
}

/// Several producers on one queue: whole messages, mixed, but each producer's in its order.
Result<bool> producers(const Place &place, wire::LabStudyDone &done)
{
    struct Product
    {
        long type;
        int number;
    };
    const Result<key_t> key = place.key('q');
    if (!key)
        return tl::unexpected(key.error());
    const int queue = ::msgget(*key, IPC_CREAT | 0600);
    if (queue < 0)
        return fail("msgget");
    std::vector<Forked> children;
    for (long i = 1; i <= Processes; ++i) {
        children.emplace_back([&, i] {
            for (int k = 0; k < Messages; ++k) {
                const Product product{i, k};
                if (::msgsnd(queue, &product, sizeof product.number, 0) < 0)
                    return 1;
            }
            return 0;
        });
    }
    std::map<long, int> next;
    int received = 0, changes = 0;
    long last = 0;
    bool inOrder = true;
    for (; received < Processes * Messages; ++received) {
        Product product = {};
        if (::msgrcv(queue, &product, sizeof product.number, 0, 0) < 0)
            break;
        inOrder = inOrder && next[product.type]++ == product.number;
        changes += product.type != last;
        last = product.type;
    }
    children.clear();
    ::msgctl(queue, IPC_RMID, nullptr);
    found(done, "producers", received, "messages",
          std::to_string(Processes) + " producers on one queue: " + std::to_string(received) + " messages, " +
              (inOrder ? "each producer's in its order" : "OUT OF ORDER") + ", the producer changed " +
              std::to_string(changes) + " times");
    return inOrder && received == Processes * Messages;
}

} // namespace

Result<void> manyStudy(const wire::LabStudy &what, wire::LabStudyDone &done)
{
    const Place place = placeFrom(what.place());
    bool holds = true;
    for (const Result<bool> &part : {clients(place, done), sharedListener(place, done), broadcast(place, done),
                                     multicast(done), producers(place, done)}) {
        if (!part)
            return tl::unexpected(part.error());
        holds = holds && *part;
    }
    done.set_lesson_holds(holds);
    return {};
}

} // namespace bulkhead::lab
