// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/zygote.h"

#include "browser/host/processes/log.h"
#include "ipc/core/fd_check.h"
#include "ipc/core/socket_pair.h"
#include "ipc/core/spawn.h"

#include <QFile>

namespace bulkhead {

namespace {

/// Loading Qt and fonts on a busy machine, then the fork.
constexpr std::chrono::seconds ForkTimeout{20};

/// The process a pidfd stands for, as the kernel says, in our pid namespace; 0 when it is gone or no pidfd at all.
qint64 pidOf(const UniqueFd &pidFd)
{
    QFile info(QStringLiteral("/proc/self/fdinfo/%1").arg(pidFd.get()));
    if (!info.open(QIODevice::ReadOnly))
        return 0;
    const QList<QByteArray> lines = info.readAll().split('\n');
    for (const QByteArray &line : lines) {
        if (line.startsWith("Pid:"))
            return line.mid(4).trimmed().toLongLong();
    }
    return 0;
}

} // namespace

Zygote::Zygote(QString program, SandboxUse sandbox, QStringList arguments, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_sandbox(sandbox), m_arguments(std::move(arguments))
{
}

Zygote::~Zygote() = default;

Result<void> Zygote::start()
{
    Result<SocketPair> sockets = SocketPair::create();
    if (!sockets)
        return tl::unexpected(sockets.error());
    Result<PipePair> pipe = PipePair::create();
    if (!pipe)
        return tl::unexpected(pipe.error());
    std::vector<std::string> arguments{"--type=zygote", "--channel-fd=" + std::to_string(SpawnedChannelFd)};
    if (m_sandbox == SandboxUse::Off)
        arguments.push_back("--sandbox=off");
    for (const QString &argument : m_arguments)
        arguments.push_back(argument.toStdString());
    Result<SpawnedProcess> spawned = spawn(m_program.toStdString(), arguments, sockets->theirs, pipe->writeEnd);
    if (!spawned)
        return tl::unexpected(spawned.error());
    m_process = std::make_unique<ChildProcess>(QStringLiteral("zygote"), std::move(pipe->readEnd));
    connect(m_process.get(), &ChildProcess::ended, this, &Zygote::gone);
    m_channel = std::make_unique<ZygoteChannel>(std::move(sockets->ours));
    m_channel->setHandler([this](const wire::ZygoteToBrowser &message, Channel::Envelope &) {
        if (message.body_case() != wire::ZygoteToBrowser::kReady)
            return;
        if (message.ready().threads() != 1)
            log::warn(tr("The zygote has %1 threads; forking it is not safe.").arg(message.ready().threads()));
        m_ready = message.ready();
        Q_EMIT ready(m_ready);
    });
    m_process->adopt({spawned->pid, std::move(spawned->pidFd), {}});
    return {};
}

void Zygote::fork(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    wire::BrowserToZygote message;
    wire::ForkChild *fork = message.mutable_fork_child();
    fork->set_child_id(m_nextChild++);
    fork->set_role(request.start.role);
    *fork->mutable_limits() = std::move(request.start.limits);
    fork->set_startup(std::move(request.start.startup));
    fork->set_startup_fds(std::uint32_t(request.start.startupFds.size()));
    Fds fds;
    fds.push_back(std::move(request.channel));
    fds.push_back(std::move(request.logWriteEnd));
    if (request.crashWriteEnd)
        fds.push_back(std::move(request.crashWriteEnd));
    for (UniqueFd &fd : request.start.startupFds)
        fds.push_back(std::move(fd));
    ++m_unanswered;
    m_channel->request(
        message, ForkTimeout,
        [this, done = std::move(done)](const wire::ZygoteToBrowser *reply, Channel::Envelope &envelope) {
            --m_unanswered;
            // Later: we are inside a callback of the channel that this closes.
            if (m_isRetired)
                QMetaObject::invokeMethod(this, &Zygote::endIfRetired, Qt::QueuedConnection);
            done(understand(reply, envelope));
        },
        std::move(fds));
    m_channel->base().flush();
}

void Zygote::retire()
{
    m_isRetired = true;
    endIfRetired();
}

void Zygote::endIfRetired()
{
    if (!m_isRetired || m_unanswered > 0 || !m_channel)
        return;
    m_channel.reset();
    m_process->expectEnd();
}

Result<LaunchedChild> Zygote::understand(const wire::ZygoteToBrowser *reply, Channel::Envelope &envelope) const
{
    if (!reply || reply->body_case() != wire::ZygoteToBrowser::kChildForked)
        return fail(Error{"the zygote did not answer", 0});
    if (m_ready.sandbox().mode() == wire::SANDBOX_REFUSED && m_sandbox == SandboxUse::On) {
        return fail(Error{
            tr("this system lets no sandbox be made (%1)").arg(QString::fromStdString(m_ready.refusal())).toStdString(),
            EPERM});
    }
    const wire::ChildForked &forked = reply->child_forked();
    if (forked.error() != 0)
        return fail(Error::fromErrno("clone3", forked.error()));
    if (envelope.fds.size() != 1)
        return fail(Error{"the zygote sent no pidfd", EPROTO});
    UniqueFd pidFd = std::move(envelope.fds[0]);
    if (const FdFault fault = checkFd(pidFd, FdKind::Process); fault != FdFault::None)
        return fail(Error{"the zygote sent something else than a pidfd: " + fdFaultText(fault), EPROTO});
    const qint64 pid = pidOf(pidFd);
    return LaunchedChild{pid > 0 ? pid : forked.pid(), std::move(pidFd), m_ready.sandbox()};
}

} // namespace bulkhead
