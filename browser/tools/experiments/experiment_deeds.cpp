// SPDX-License-Identifier: BSD-3-Clause
// What the runner does beside tabs: attempts to escape, shared memory between two processes, a whole browser killed,
// and its zygote.
#include "browser/tools/experiments/experiment_runner.h"

#include "browser/desktop/remote/control_client.h"
#include "browser/host/processes/sandbox_verdict.h"
#include "browser/host/processes/signal_names.h"
#include "browser/tools/cages/fresh_child.h"
#include "browser/tools/model/proc_sample.h"
#include "ipc/core/socket_pair.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QProcess>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ExperimentRunner", source);
}

QString errorName(int error)
{
    const char *name = error == 0 ? "done" : ::strerrorname_np(error);
    return QString::fromLatin1(name ? name : "?");
}

/// "filter" to the layers that it stands for.
std::vector<wire::SandboxLayer> layersOf(const QString &names)
{
    std::vector<wire::SandboxLayer> layers;
    for (const QString &name : names.split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        if (name == QLatin1String("filter"))
            layers.insert(layers.end(), {wire::LAYER_SYSTEM_CALL_FILTER, wire::LAYER_FORBIDDEN_CALLS_NAMED});
        else if (name == QLatin1String("landlock"))
            layers.insert(layers.end(),
                          {wire::LAYER_LANDLOCK_FILES, wire::LAYER_LANDLOCK_NETWORK, wire::LAYER_LANDLOCK_SCOPES});
        else if (name == QLatin1String("limits"))
            layers.push_back(wire::LAYER_LIMITS);
    }
    return layers;
}

// ---- what the other process does with memory that it was passed: system calls only, since it was forked from a
// program
// ---- with threads

struct Deeds
{
    int write, grow, shrink, unseal;
    char seen;
};

int errorOf(long result)
{
    return result < 0 ? errno : 0;
}

[[noreturn]] void playWithMemory(int socket)
{
    char byte = 0;
    iovec part{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))];
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    if (::recvmsg(socket, &message, 0) != 1 || !CMSG_FIRSTHDR(&message))
        ::_exit(1);
    int fd = -1;
    std::memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof fd);
    Deeds deeds = {};
    (void)!::pread(fd, &deeds.seen, 1, 0);
    deeds.write = errorOf(::pwrite(fd, "W", 1, 1));
    deeds.grow = errorOf(::ftruncate(fd, 8192));
    deeds.shrink = errorOf(::ftruncate(fd, 0));
    deeds.unseal = errorOf(::fcntl(fd, F_ADD_SEALS, 0));
    (void)!::write(socket, &deeds, sizeof deeds);
    ::_exit(0);
}

/// Passes @p fd to a process made for that, and returns what it could do with it.
std::optional<Deeds> handToAnother(const UniqueFd &fd)
{
    Result<SocketPair> sockets = SocketPair::create();
    if (!sockets)
        return {};
    // Blocking on purpose: the other process does five system calls, and may be the first to ask.
    for (const UniqueFd *end : {&sockets->ours, &sockets->theirs})
        ::fcntl(end->get(), F_SETFL, ::fcntl(end->get(), F_GETFL) & ~O_NONBLOCK);
    const pid_t child = ::fork();
    if (child < 0)
        return {};
    if (child == 0)
        playWithMemory(sockets->theirs.get());
    sockets->theirs.reset();
    char byte = 'm';
    iovec part{&byte, 1};
    alignas(cmsghdr) char control[CMSG_SPACE(sizeof(int))] = {};
    msghdr message = {};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    message.msg_control = control;
    message.msg_controllen = sizeof control;
    cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN(sizeof(int));
    const int number = fd.get();
    std::memcpy(CMSG_DATA(head), &number, sizeof number);
    Deeds deeds = {};
    const bool told = ::sendmsg(sockets->ours.get(), &message, MSG_NOSIGNAL) == 1 &&
                      ::recv(sockets->ours.get(), &deeds, sizeof deeds, MSG_WAITALL) == ssize_t(sizeof deeds);
    ::waitpid(child, nullptr, 0);
    return told ? std::optional(deeds) : std::nullopt;
}

UniqueFd makeMemory(int seals)
{
    UniqueFd fd(::memfd_create("experiment", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!fd || ::ftruncate(fd.get(), 4096) < 0 || ::pwrite(fd.get(), "M", 1, 0) != 1 ||
        (seals != 0 && ::fcntl(fd.get(), F_ADD_SEALS, seals) < 0))
        return {};
    return fd;
}

} // namespace

bool ExperimentRunner::probe(const ExperimentStep &step)
{
    const QString name = step.word(0);
    QObject context;
    std::optional<QMap<QString, TrialResult>> results;
    const auto done = [&results](const QMap<QString, TrialResult> &all) { results = all; };
    ExecLauncher bare(m_programs.child, SandboxUse::Off);
    if (step.option(QStringLiteral("sandbox")) == QLatin1String("off"))
        tryEverything(bare, &context, done);
    else
        tryEverything(m_session->context().children(), &context, done,
                      layersOf(step.option(QStringLiteral("without"))));
    if (!ExperimentSession::waitFor([&results] { return results.has_value(); }, std::chrono::seconds(60)))
        return false;
    int prevented = 0;
    QStringList succeeded;
    for (auto result = results->begin(); result != results->end(); ++result) {
        const QString kind = result->kind == TrialResult::Kind::Succeeded ? QStringLiteral("succeeded")
                             : result->kind == TrialResult::Kind::Ended   ? QStringLiteral("ended")
                                                                          : QStringLiteral("refused");
        prevented += result->prevented();
        if (!result->prevented())
            succeeded << result.key();
        set(name, result.key(), kind);
        set(name, result.key() + QStringLiteral(".answer"), result->answer);
        note(QStringLiteral("%1, %2: %3").arg(name, result.key(), result->answer));
    }
    set(name, QStringLiteral("prevented"), prevented);
    set(name, QStringLiteral("tried"), double(results->size()));
    set(name, QStringLiteral("succeeded"), succeeded.join(QLatin1Char(' ')));
    return true;
}

bool ExperimentRunner::memory(const QString &name)
{
    const auto yes = [](bool is) { return is ? QStringLiteral("yes") : QStringLiteral("no"); };
    // Without seals the one who has the descriptor does as it likes.
    const UniqueFd open = makeMemory(0);
    const UniqueFd sealed = makeMemory(F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
    const UniqueFd frozen = makeMemory(F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE | F_SEAL_SEAL);
    const UniqueFd shared = makeMemory(F_SEAL_SHRINK | F_SEAL_GROW);
    if (!open || !sealed || !frozen || !shared)
        return false;
    void *seen = ::mmap(nullptr, 4096, PROT_READ, MAP_SHARED, shared.get(), 0);
    if (seen == MAP_FAILED)
        return false;
    const QString path = QStringLiteral("/proc/self/fd/%1").arg(shared.get());
    const UniqueFd readOnly(::open(path.toLatin1().constData(), O_RDONLY | O_CLOEXEC));
    const auto openDeeds = handToAnother(open);
    const auto sealedDeeds = handToAnother(sealed);
    const auto frozenDeeds = handToAnother(frozen);
    const auto sharedDeeds = handToAnother(shared);
    const auto readDeeds = readOnly ? handToAnother(readOnly) : std::nullopt;
    const bool same = static_cast<const volatile char *>(seen)[1] == 'W';
    ::munmap(seen, 4096);
    if (!openDeeds || !sealedDeeds || !frozenDeeds || !sharedDeeds || !readDeeds)
        return false;
    set(name, QStringLiteral("open.write"), errorName(openDeeds->write));
    set(name, QStringLiteral("open.grow"), errorName(openDeeds->grow));
    set(name, QStringLiteral("open.shrink"), errorName(openDeeds->shrink));
    set(name, QStringLiteral("sealed.write"), errorName(sealedDeeds->write));
    set(name, QStringLiteral("sealed.grow"), errorName(sealedDeeds->grow));
    set(name, QStringLiteral("sealed.shrink"), errorName(sealedDeeds->shrink));
    set(name, QStringLiteral("sealed.unseal"), errorName(sealedDeeds->unseal));
    set(name, QStringLiteral("frozen.write"), errorName(frozenDeeds->write));
    set(name, QStringLiteral("frozen.read"), yes(frozenDeeds->seen == 'M'));
    set(name, QStringLiteral("passed.same"), yes(same));
    set(name, QStringLiteral("passed.write"), errorName(readDeeds->write));
    return true;
}

bool ExperimentRunner::browser(const QString &name, int signal)
{
    QTemporaryDir folder;
    const QString socket = folder.filePath(QStringLiteral("control"));
    const QStringList arguments{QStringLiteral("--serve"), QStringLiteral("--control-socket"), socket,
                                QStringLiteral("--profile"), folder.filePath(QStringLiteral("profile"))};
    QProcess process;
    process.setProcessChannelMode(QProcess::SeparateChannels);
    const auto connectTo = [&]() -> std::optional<ControlClient> {
        process.start(m_programs.browser, arguments);
        std::optional<ControlClient> client;
        ExperimentSession::waitFor([&] {
            if (Result<ControlClient> made = ControlClient::connect(socket))
                client = std::move(*made);
            return client.has_value() || process.state() == QProcess::NotRunning;
        });
        return client;
    };
    const auto call = [](ControlClient &client, const char *method, const QJsonObject &parameters = {}) {
        const auto answer = client.call(QLatin1String(method), parameters, std::chrono::seconds(60));
        return answer && *answer ? (*answer)->toObject() : QJsonObject();
    };
    std::optional<ControlClient> client = connectTo();
    if (!client)
        return false;
    for (const QString &tab : m_session->tabNames()) {
        const QJsonObject opened = call(*client, "open", {{QStringLiteral("url"), m_session->urlOf(tab).toString()}});
        call(*client, "wait",
             {{QStringLiteral("tab"), opened[QStringLiteral("tabs")][0]},
              {QStringLiteral("for"), QStringLiteral("loaded")}});
    }
    // The session is written a moment after the last change.
    ExperimentSession::waitFor([] { return false; }, std::chrono::milliseconds(1200));
    std::vector<qint64> children;
    for (const QJsonValue &child : call(*client, "processes")[QStringLiteral("processes")].toArray()) {
        const qint64 pid = qint64(child[QStringLiteral("pid")].toDouble());
        if (pid > 0 && pid != process.processId())
            children.push_back(pid);
    }
    client.reset();
    note(
        tr("a second browser, process %1, with %2 processes of its own").arg(process.processId()).arg(children.size()));
    QElapsedTimer time;
    time.start();
    ::kill(pid_t(process.processId()), signal);
    const auto left = [&children] {
        return std::count_if(children.begin(), children.end(),
                             [](qint64 pid) { return ProcSample::of(pid).has_value(); });
    };
    ExperimentSession::waitFor([&left] { return left() == 0; }, std::chrono::seconds(10));
    set(name, QStringLiteral("longest_ms"), double(time.elapsed()));
    set(name, QStringLiteral("children"), double(children.size()));
    set(name, QStringLiteral("left"), double(left()));
    process.waitForFinished(10'000);
    set(name, QStringLiteral("reason"),
        process.exitStatus() == QProcess::CrashExit ? signal_names::name(process.exitCode())
                                                    : QStringLiteral("exit %1").arg(process.exitCode()));
    note(tr("it ended; %1 of its processes were left after %2 ms").arg(left()).arg(time.elapsed()));

    client = connectTo();
    if (!client)
        return false;
    set(name, QStringLiteral("offered"), call(*client, "session")[QStringLiteral("offered")].toDouble());
    call(*client, "quit");
    if (!process.waitForFinished(10'000))
        process.kill();
    process.waitForFinished(10'000);
    return true;
}

bool ExperimentRunner::zygote(const QString &name, int signal)
{
    const qint64 before = m_session->context().zygotePid();
    if (before <= 0 || ::kill(pid_t(before), signal) < 0)
        return false;
    set(name, QStringLiteral("before"), double(before));
    if (!ExperimentSession::waitFor([before] { return !ProcSample::of(before); }))
        return false;
    int alive = 0;
    for (const QString &tab : m_session->tabNames()) {
        PageProcess *host = m_session->hostOf(tab);
        bool answered = false;
        wire::BrowserToRenderer message;
        message.mutable_ping();
        if (host)
            host->channel().request(
                message, std::chrono::seconds(10),
                [&](const wire::RendererToBrowser *reply, Channel::Envelope &) { answered = reply; });
        alive += host && ExperimentSession::waitFor([&answered] { return answered; });
    }
    set(name, QStringLiteral("pages_alive"), alive);
    FreshChild next(m_session->context().children()); // needs a zygote
    bool ready = false;
    QObject::connect(&next, &FreshChild::ready, &next, [&ready] { ready = true; });
    if (!ExperimentSession::waitFor([&ready] { return ready; }))
        return false;
    set(name, QStringLiteral("after"), double(m_session->context().zygotePid()));
    note(tr("zygote %1 is gone; %2 pages answer; the next process came from zygote %3")
             .arg(before)
             .arg(alive)
             .arg(m_session->context().zygotePid()));
    return true;
}

} // namespace bulkhead
