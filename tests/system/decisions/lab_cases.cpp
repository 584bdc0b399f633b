// SPDX-License-Identifier: BSD-3-Clause
// A worker of the IPC lab: what its sockets reach, and what its engine believes of its answers.
#include "ipc/core/unique_fd.h"
#include "ipc/lab/engine/run_folder.h"
#include "ipc/lab/engine/worker_process.h"
#include "ipc/lab/protocol/place_message.h"
#include "tests/system/decisions/case.h"
#include "tests/system/decisions/hostile_lab.h"

#include <arpa/inet.h>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace bulkhead {

namespace {

using namespace protections;

/// A run, the others of this computer around it, and a worker that is told to open its mechanism and attacks instead.
class LabScene
{
public:
    LabScene() : m_run(std::move(*lab::RunFolder::create())) {}
    ~LabScene()
    {
        for (const std::string &name : m_outside)
            ::unlink(name.c_str());
    }

    std::string inside(const char *name) const { return m_run.path() + "/" + name; }
    /// A server beside the run's folder, as control socket and buses are; its path.
    std::string outside(const char *name)
    {
        m_outside.push_back(m_run.path() + "." + name);
        listen(m_outside.back());
        return m_outside.back();
    }
    /// The folder of another one.
    std::string otherRun()
    {
        m_other.emplace(std::move(*lab::RunFolder::create()));
        return m_other->path();
    }
    /// "@" for a name without a file.
    void listen(const std::string &path)
    {
        UniqueFd socket(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
        sockaddr_un address = {};
        address.sun_family = AF_UNIX;
        std::memcpy(address.sun_path, path.data(), path.size());
        if (path[0] == '@')
            address.sun_path[0] = '\0';
        const auto length = socklen_t(offsetof(sockaddr_un, sun_path) + path.size());
        if (::bind(socket.get(), reinterpret_cast<sockaddr *>(&address), length) < 0 || ::listen(socket.get(), 5) < 0)
            qFatal("%s: no server", path.c_str());
        m_servers.push_back(std::move(socket));
    }
    /// A TCP server at the first of the ports that is free; 0: one of those that the kernel hands out.
    int serve(const char *host, int first)
    {
        for (int port = first; port < first + 1000; ++port) {
            UniqueFd socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
            sockaddr_in address = {};
            address.sin_family = AF_INET;
            address.sin_port = htons(std::uint16_t(port));
            ::inet_pton(AF_INET, host, &address.sin_addr);
            socklen_t length = sizeof address;
            if (::bind(socket.get(), reinterpret_cast<sockaddr *>(&address), length) == 0 &&
                ::listen(socket.get(), 5) == 0) {
                ::getsockname(socket.get(), reinterpret_cast<sockaddr *>(&address), &length);
                m_servers.push_back(std::move(socket));
                return ntohs(address.sin_port);
            }
        }
        qFatal("no port is free");
    }

    /// What came of it: "done", the error that the worker got, "ended" by the kernel, or what its engine says.
    QString attack(const char *mechanism, const std::string &attack)
    {
        wire::LabCommand command;
        command.mutable_open()->set_mechanism(mechanism);
        command.mutable_open()->set_create(true);
        lab::Place place = m_run.place();
        place.address = "127.0.0.1";
        writePlace(place, *command.mutable_open()->mutable_place());
        return said(attack, std::move(command));
    }
    QString said(const std::string &attack, wire::LabCommand command)
    {
        ::setenv(hostile_lab::Attack, attack.c_str(), 1);
        ::setenv(hostile_lab::Replaced,
                 isReplaced(socketJudge)   ? hostile_lab::Judge
                 : isReplaced(socketKinds) ? hostile_lab::Kinds
                                           : "",
                 1);
        const auto worker = lab::WorkerProcess::start(lab::WorkerProgram{HOSTILE_LAB_WORKER});
        ::unsetenv(hostile_lab::Attack);
        ::unsetenv(hostile_lab::Replaced);
        if (!worker || !(*worker)->send(std::move(command)))
            return QStringLiteral("no worker");
        const lab::Cancel cancel;
        const auto reply = lab::await(**worker, std::chrono::minutes(1), cancel);
        if (reply)
            return QStringLiteral("believed");
        const QString error = QString::fromStdString(reply.error().what);
        return error.startsWith(QStringLiteral("a worker ended")) ? QStringLiteral("ended") : error;
    }

private:
    lab::RunFolder m_run;
    std::optional<lab::RunFolder> m_other;
    std::vector<UniqueFd> m_servers;
    std::vector<std::string> m_outside;
};

constexpr char Refused[] = "EACCES";
#ifdef __SANITIZE_ADDRESS__ // where a forbidden call fails instead
constexpr char Ended[] = "EPERM";
#else
constexpr char Ended[] = "ended";
#endif

/// Something that a worker's sockets must not reach, and how it tries.
struct Reach
{
    const char *name;
    const Protection &protection;
    const char *mechanism;
    std::function<std::string(LabScene &)> attack; ///< sets up what is there, and says what is done
    const char *expected;
};
const Reach PathReaches[] = {
    {"a lab worker does not reach the control socket", socketJudge, "unix-stream",
     [](LabScene &s) { return "connect unix stream " + s.outside("control"); }, Refused},
    {"a lab worker reaches no bus but its own", socketJudge, "dbus",
     [](LabScene &s) { return "connect unix stream " + s.outside("bus"); }, Refused},
    {"a lab worker reaches no broker but its own", socketJudge, "mqtt",
     [](LabScene &s) { return "connect unix stream " + s.outside("broker"); }, Refused},
    {"a lab worker does not reach X, whose socket has no file", socketJudge, "unix-stream",
     [](LabScene &s) {
         const std::string name = "@bulkhead-decisions-" + std::to_string(::getpid());
         s.listen(name);
         return "connect unix stream " + name;
     },
     Refused},
    {"a lab worker does not reach another run", socketJudge, "unix-stream",
     [](LabScene &s) {
         const std::string served = s.otherRun() + "/served";
         s.listen(served);
         return "connect unix stream " + served;
     },
     Refused},
    {"a lab worker does not reach what a link in its folder leads to", socketJudge, "unix-stream",
     [](LabScene &s) {
         std::filesystem::create_symlink(s.outside("linked"), s.inside("link"));
         return "connect unix stream " + s.inside("link");
     },
     Refused},
    {"a lab worker does not leave its folder by ..", socketJudge, "unix-stream",
     [](LabScene &s) {
         const std::string path = s.outside("around");
         return "connect unix stream " + s.inside("../") + path.substr(path.rfind('/') + 1);
     },
     Refused},
    {"a lab worker offers nothing outside its folder", socketJudge, "unix-stream",
     [](LabScene &s) {
         const std::string path = s.outside("offered");
         ::unlink(path.c_str());
         return "bind unix stream " + path;
     },
     Refused},
    {"a lab worker offers nothing by a name without a file", socketJudge, "unix-stream",
     [](LabScene &) { return "bind unix stream @bulkhead-decisions-offered-" + std::to_string(::getpid()); }, Refused},
};
const Reach AddressReaches[] = {
    {"a lab worker does not reach a service of this computer", socketJudge, "tcp",
     [](LabScene &s) { return "connect inet stream 127.0.0.1 " + std::to_string(s.serve("127.0.0.1", 20000)); },
     Refused},
    {"a lab worker does not reach another address of this computer", socketJudge, "tcp",
     [](LabScene &s) { return "connect inet stream 127.0.0.2 " + std::to_string(s.serve("127.0.0.2", 0)); }, Refused},
    {"a lab worker offers nothing to other computers", socketJudge, "tcp",
     [](LabScene &) { return std::string("bind inet stream 0.0.0.0 0"); }, Refused},
    {"a lab worker listens nowhere by the kernel's choice", socketJudge, "tcp",
     [](LabScene &) { return std::string("listen inet stream"); }, Refused},
    {"a lab worker does not take its connection back to talk to others", socketJudge, "udp",
     [](LabScene &) { return std::string("connect inet dgram -"); }, Refused},
};
/// Not even made.
const Reach WrongSockets[] = {
    {"a lab worker of a Unix socket makes no internet socket", socketKinds, "unix-stream",
     [](LabScene &) { return std::string("socket inet stream"); }, Ended},
    {"a lab worker of streams makes no socket for datagrams", socketKinds, "unix-stream",
     [](LabScene &) { return std::string("socket unix dgram"); }, Ended},
    {"a lab worker makes no socket to the kernel", socketKinds, "unix-stream",
     [](LabScene &) { return std::string("socket netlink raw"); }, Ended},
    {"a lab worker of TCP makes no Unix socket", socketKinds, "tcp",
     [](LabScene &) { return std::string("socket unix stream"); }, Ended},
    {"a lab worker of TCP makes no socket for datagrams", socketKinds, "tcp",
     [](LabScene &) { return std::string("socket inet dgram"); }, Ended},
};

/// An answer that is none to what was asked.
struct Lie
{
    const char *name;
    const char *kind;
    const char *expected;
};
const Lie Lies[] = {
    {"a lab worker that answers something else is not believed", "other",
     "a worker answered something else than it was asked"},
    {"a lab worker that answers without end is not believed", "large",
     "a worker's answer is larger than any should be"},
    {"a lab worker that sends descriptors that nobody expects is not believed", "descriptors",
     "a worker sent descriptors with an answer that has none"},
};

/// Tries what is in one of the tables.
template <std::size_t Count>
void addReaches(const Group &add, const Reach (&reaches)[Count])
{
    for (const Reach &reach : reaches) {
        add.alone(
            reach.name, reach.protection,
            [mechanism = reach.mechanism, attack = reach.attack] {
                LabScene scene;
                return scene.attack(mechanism, attack(scene));
            },
            reach.expected, "done");
    }
}

} // namespace

void addLabCases(Cases &cases)
{
    const Group add(cases, "lab workers");
    addReaches(add, PathReaches);
    addReaches(add, AddressReaches);
    addReaches(add, WrongSockets);
    for (const Lie &lie : Lies) {
        add.alone(
            lie.name, labReplies,
            [kind = lie.kind] { return LabScene().attack("pipe", std::string("answer ") + kind); }, lie.expected,
            "believed");
    }
    add.alone(
        "a lab worker that answers what nobody asked is not believed", labAnswers,
        [] {
            wire::LabCommand command;
            command.mutable_finish();
            return LabScene().said("answer unasked", std::move(command));
        },
        "a worker answered what nobody had asked", "believed");
}

} // namespace bulkhead
