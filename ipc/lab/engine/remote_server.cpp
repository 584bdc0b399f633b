// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/remote_server.h"

#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/mechanisms/internet_address.h"
#include "ipc/lab/protocol/place_message.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <thread>

namespace bulkhead::lab {

namespace {

constexpr std::chrono::seconds GuessCost{1};
constexpr int GreetingLimit = 10'000;            // milliseconds
constexpr std::chrono::seconds CommandLimit{10}; // for one to arrive as a whole
constexpr std::size_t LargestCommand = 4096;
constexpr int SilenceLimit = 600'000; // milliseconds until a client that says nothing is turned away
constexpr std::uint64_t MostMessages = 100'000'000;

/// Twenty characters without look-alikes: 96 bits.
std::string freshToken()
{
    constexpr char Letters[] = "abcdefghjkmnpqrstuvwxyz23456789";
    std::string token;
    while (token.size() < 20) {
        unsigned char byte = 0;
        if (::getrandom(&byte, 1, 0) == 1 && byte < 248) // 8 times 31: no letter more likely than another
            token += Letters[byte % 31];
    }
    return token;
}

/// Takes the same time wherever they differ.
bool sameToken(const std::string &a, const std::string &b)
{
    unsigned different = a.size() == b.size() ? 0 : 1;
    for (std::size_t i = 0; i < a.size(); ++i)
        different |= unsigned(a[i] ^ b[i % std::max<std::size_t>(1, b.size())]);
    return different == 0;
}

/// False when there is nothing to read within the limit, or when cancelled.
bool readable(int fd, const Cancel &cancel, int milliseconds)
{
    pollfd p[] = {{fd, POLLIN, 0}, {cancel.fd(), POLLIN, 0}};
    int ready = 0;
    while ((ready = ::poll(p, 2, milliseconds)) < 0 && errno == EINTR) {
    }
    return ready > 0 && !p[1].revents && p[0].revents;
}

/// Whether a whole command is there, or the end: half of one must not hold the server up.
bool wholeCommand(int fd, const Cancel &cancel)
{
    const auto deadline = std::chrono::steady_clock::now() + CommandLimit;
    while (!cancel.isRequested() && std::chrono::steady_clock::now() < deadline) {
        char start[LargestCommand];
        const ssize_t there = ::recv(fd, start, sizeof start, MSG_PEEK | MSG_DONTWAIT);
        if (there == 0 || (there < 0 && errno != EAGAIN && errno != EINTR))
            return true; // reading will tell
        PacketHeader header;
        if (there >= ssize_t(sizeof header)) {
            std::memcpy(&header, start, sizeof header);
            if (header.payloadBytes > LargestCommand - sizeof header)
                return false;
            if (there >= ssize_t(sizeof header + header.payloadBytes))
                return true;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return false;
}

} // namespace

RemoteServer::RemoteServer(UniqueFd listener, std::string address, std::string token, std::string program)
    : m_listener(std::move(listener)), m_address(std::move(address)), m_host(m_address.substr(0, m_address.rfind(':'))),
      m_token(std::move(token)), m_program(std::move(program))
{
}

Result<RemoteServer> RemoteServer::listen(const std::string &address, std::string workerProgram)
{
    const Result<InternetAddress> wanted = InternetAddress::parse(address);
    if (!wanted)
        return tl::unexpected(wanted.error());
    UniqueFd listener(::socket(wanted->family(), SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
    if (!listener)
        return fail("socket");
    const int on = 1;
    ::setsockopt(listener.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    if (::bind(listener.get(), wanted->get(), wanted->length) < 0)
        return fail("listen on " + address);
    if (::listen(listener.get(), 4) < 0)
        return fail("listen on " + address);
    const Result<InternetAddress> bound = InternetAddress::ofSocket(listener.get());
    if (!bound)
        return tl::unexpected(bound.error());
    return RemoteServer(std::move(listener), bound->text(), freshToken(), std::move(workerProgram));
}

Result<void> RemoteServer::serve(const Cancel &cancel, const std::function<void(const std::string &)> &log)
{
    while (!cancel.isRequested()) {
        if (!readable(m_listener.get(), cancel, -1))
            continue;
        InternetAddress who;
        who.length = sizeof who.storage;
        UniqueFd socket(::accept4(m_listener.get(), reinterpret_cast<sockaddr *>(&who.storage), &who.length,
                                  SOCK_CLOEXEC | SOCK_NONBLOCK));
        if (socket)
            serveClient(std::move(socket), who.text(), cancel, log);
    }
    return {};
}

bool RemoteServer::isWelcome(LabChannel &client)
{
    wire::LabCommand greeting;
    if (!client.receive(greeting))
        return false;
    const bool welcome = greeting.has_greeting() && greeting.greeting().protocol() == RemoteProtocol &&
                         sameToken(m_token, greeting.greeting().token());
    wire::LabReply reply;
    if (!welcome) {
        std::this_thread::sleep_for(GuessCost);
        reply.set_error("the server does not know this token");
    }
    return client.send(std::move(reply)) && welcome;
}

Result<wire::LabCommand> RemoteServer::checked(const wire::LabCommand &command, const RunFolder &folder,
                                               const std::string &clientHost) const
{
    wire::LabCommand allowed;
    switch (command.body_case()) {
    case wire::LabCommand::kOpen: {
        const wire::LabOpen &open = command.open();
        if ((open.mechanism() != "tcp" && open.mechanism() != "udp") || !open.create() ||
            open.place().largest() > LabRun::LargestSize || open.place().wait() > std::uint32_t(Wait::Polling))
            break;
        allowed.mutable_open()->set_mechanism(open.mechanism());
        allowed.mutable_open()->set_create(true);
        Place place = folder.place();
        place.address = m_host;
        place.remote = clientHost;
        place.largest = std::size_t(open.place().largest());
        place.wait = Wait(open.place().wait());
        writePlace(place, *allowed.mutable_open()->mutable_place());
        return allowed;
    }
    case wire::LabCommand::kMeet:
        allowed.mutable_meet();
        return allowed;
    case wire::LabCommand::kMeasure: {
        const wire::LabMeasure &what = command.measure();
        const bool known = what.pattern() == wire::LabMeasure::PING_PONG || what.pattern() == wire::LabMeasure::STREAM;
        if (!known || what.initiator() || what.alone() || what.size() < 1 || what.size() > LabRun::LargestSize ||
            what.count() > MostMessages || what.burst() > 1000)
            break;
        wire::LabMeasure &copy = *allowed.mutable_measure();
        copy.set_pattern(what.pattern());
        copy.set_size(what.size());
        copy.set_count(what.count());
        copy.set_burst(what.burst());
        copy.set_lossy(what.lossy());
        return allowed;
    }
    case wire::LabCommand::kFinish:
        allowed.mutable_finish();
        return allowed;
    case wire::LabCommand::kClose:
        allowed.mutable_close()->set_remove_names(true);
        return allowed;
    default:
        break;
    }
    return fail(Error{"this server does not do that for others", EPERM});
}

void RemoteServer::serveClient(UniqueFd socket, const std::string &who, const Cancel &cancel,
                               const std::function<void(const std::string &)> &log)
{
    const int on = 1;
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const int fd = socket.get();
    LabChannel client(std::move(socket));
    if (!readable(fd, cancel, GreetingLimit) || !wholeCommand(fd, cancel) || !isWelcome(client)) {
        log(who + " was turned away");
        return;
    }
    const Result<RunFolder> folder = RunFolder::create();
    Result<std::unique_ptr<WorkerProcess>> worker = WorkerProcess::start(m_program);
    if (!folder || !worker)
        return;
    log(who + " measures");
    std::string mechanism; // a worker is confined to its first
    // What the client says goes to the worker, what the worker says to the client, whichever comes.
    for (;;) {
        pollfd p[] = {{fd, POLLIN, 0}, {(*worker)->socket(), POLLIN, 0}, {cancel.fd(), POLLIN, 0}};
        const bool buffered = client.hasBuffered(); // a second command that came with the first
        const int ready = ::poll(p, 3, buffered ? 0 : SilenceLimit);
        if (ready < 0 && errno == EINTR)
            continue;
        if (ready < 0 || (ready == 0 && !buffered) || p[2].revents)
            break;
        if (buffered || p[0].revents) {
            wire::LabCommand command;
            if ((!buffered && !wholeCommand(fd, cancel)) || !client.receive(command))
                break;
            Result<wire::LabCommand> allowed = checked(command, *folder, who.substr(0, who.rfind(':')));
            if (!allowed) {
                wire::LabReply refusal;
                refusal.set_error(allowed.error().what);
                refusal.set_error_number(allowed.error().number);
                if (!client.send(std::move(refusal)))
                    break;
            } else {
                if (allowed->has_open() && allowed->open().mechanism() != mechanism) {
                    if (!mechanism.empty())
                        worker = WorkerProcess::start(m_program);
                    mechanism = allowed->open().mechanism();
                }
                if (!worker || !(*worker)->send(std::move(*allowed)))
                    break;
                continue; // p[1] may be of the worker before
            }
        }
        if (p[1].revents) {
            const Result<wire::LabReply> reply = (*worker)->receive();
            wire::LabReply answer;
            if (reply) {
                answer = *reply;
            } else {
                answer.set_error(reply.error().what);
                answer.set_error_number(reply.error().number);
            }
            if (!client.send(std::move(answer)) || (!reply && reply.error().number == ECONNRESET))
                break;
        }
    }
    log(who + " has finished");
}

} // namespace bulkhead::lab
