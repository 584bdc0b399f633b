// SPDX-License-Identifier: BSD-3-Clause
// A worker of the IPC lab gone bad: goes the real way into the cage of its mechanism, and then does what hostile_lab.h
// says.
#include "app/programs/lab_worker/lab_cage.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/protocol/lab_channel.h"
#include "ipc/lab/protocol/place_message.h"
#include "tests/system/decisions/hostile_lab.h"

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <netinet/in.h>
#include <sstream>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

struct Attack
{
    std::string verb, family, type, address;
    int port = 0;
};

int familyOf(const Attack &attack)
{
    return attack.family == "unix" ? AF_UNIX : attack.family == "inet" ? AF_INET : AF_NETLINK;
}

int typeOf(const Attack &attack)
{
    return attack.type == "stream" ? SOCK_STREAM : attack.type == "dgram" ? SOCK_DGRAM : SOCK_RAW;
}

socklen_t addressOf(const Attack &attack, sockaddr_storage &address)
{
    address = {};
    if (attack.address == "-") {
        address.ss_family = AF_UNSPEC;
        return sizeof(sockaddr);
    }
    if (attack.family == "inet") {
        sockaddr_in inet = {};
        inet.sin_family = AF_INET;
        inet.sin_port = htons(std::uint16_t(attack.port));
        ::inet_pton(AF_INET, attack.address.c_str(), &inet.sin_addr);
        std::memcpy(&address, &inet, sizeof inet);
        return sizeof inet;
    }
    sockaddr_un path = {};
    path.sun_family = AF_UNIX;
    std::memcpy(path.sun_path, attack.address.data(), std::min(attack.address.size(), sizeof path.sun_path));
    if (attack.address[0] == '@')
        path.sun_path[0] = '\0';
    std::memcpy(&address, &path, sizeof path);
    return socklen_t(offsetof(sockaddr_un, sun_path) + attack.address.size());
}

int carryOut(const Attack &attack)
{
    const int socket = ::socket(familyOf(attack), typeOf(attack) | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return errno;
    sockaddr_storage address;
    const socklen_t length = addressOf(attack, address);
    int result = 0;
    if (attack.verb == "connect")
        result = ::connect(socket, reinterpret_cast<const sockaddr *>(&address), length);
    else if (attack.verb == "bind")
        result = ::bind(socket, reinterpret_cast<const sockaddr *>(&address), length);
    else if (attack.verb == "listen")
        result = ::listen(socket, 1);
    return result < 0 ? errno : 0;
}

/// An answer to a command to open a mechanism, and not the one that it should be.
wire::LabReply answerOf(const std::string &kind, Fds &fds, Fds made)
{
    wire::LabReply reply;
    if (kind == "other") {
        reply.mutable_measured()->set_received(1'000'000);
    } else if (kind == "large") {
        reply.mutable_opened()->set_address(std::string(500'000, 'x'));
    } else if (kind == "descriptors") {
        reply.mutable_opened();
        fds = std::move(made);
    }
    return reply;
}

} // namespace

int main(int argc, char **argv)
{
    const std::string fd = "--channel-fd=";
    if (argc < 2 || std::strncmp(argv[1], fd.c_str(), fd.size()) != 0)
        return 2;
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    LabChannel channel(UniqueFd(std::atoi(argv[1] + fd.size())));
    Attack attack;
    if (const char *text = std::getenv(hostile_lab::Attack))
        std::istringstream(text) >> attack.verb >> attack.family >> attack.type >> attack.address >> attack.port;
    wire::LabCommand command;
    while (channel.receive(command)) {
        wire::LabReply reply;
        Fds fds;
        if (command.has_open()) {
            Fds made; // in the cage none can be
            for (int i = 0; i < 50; ++i)
                made.emplace_back(::dup(STDOUT_FILENO));
            const auto mechanism = findMechanism(command.open().mechanism());
            const auto confined = sandbox::confineLabWorker(mechanism->info().needs, placeFrom(command.open().place()));
            if (!confined)
                reply.set_error("not confined: " + confined.error().what);
            else if (attack.verb == "answer")
                reply = answerOf(attack.family, fds, std::move(made));
            else if (const int error = carryOut(attack); error != 0)
                reply.set_error(::strerrorname_np(error));
            else
                reply.set_error("done");
        }
        if (!channel.send(std::move(reply), std::move(fds)))
            return 0;
    }
    return 0;
}
