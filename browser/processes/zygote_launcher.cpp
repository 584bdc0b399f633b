// SPDX-License-Identifier: BSD-3-Clause
#include "browser/processes/zygote_launcher.h"

#include "browser/processes/log.h"
#include "browser/processes/spawn.h"
#include "ipc/core/socket_pair.h"

#include <QFile>

namespace bulkhead {

namespace {

constexpr std::chrono::seconds ForkTimeout{10};
constexpr int MaxFailures = 3; // after that the fallback serves for the rest of the run

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

ZygoteLauncher::ZygoteLauncher(QString program, ChildLauncher &fallback, QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_fallback(fallback)
{
    startZygote();
}

ZygoteLauncher::~ZygoteLauncher() = default;

bool ZygoteLauncher::startZygote()
{
    if (m_failures >= MaxFailures)
        return false;
    Result<SocketPair> sockets = SocketPair::create();
    Result<PipePair> pipe = PipePair::create();
    if (!sockets || !pipe)
        return false;
    Result<SpawnedProcess> spawned =
        spawn(m_program.toStdString(), {"--type=zygote", "--channel-fd=" + std::to_string(SpawnedChannelFd)},
              sockets->theirs, pipe->writeEnd);
    if (!spawned) {
        m_failures = MaxFailures;
        log::error(tr("The zygote could not be started: %1").arg(QString::fromStdString(spawned.error().what)));
        return false;
    }
    m_process = std::make_unique<ChildProcess>(QStringLiteral("zygote"), std::move(pipe->readEnd));
    connect(m_process.get(), &ChildProcess::ended, this, &ZygoteLauncher::zygoteGone);
    m_channel = std::make_unique<ZygoteChannel>(std::move(sockets->ours));
    m_channel->setHandler([this](const wire::ZygoteToBrowser &message, Channel::Envelope &) {
        if (message.body_case() != wire::ZygoteToBrowser::kReady)
            return;
        if (message.ready().threads() != 1)
            log::warn(tr("The zygote has %1 threads; forking it is not safe.").arg(message.ready().threads()));
        m_failures = 0;
        Q_EMIT ready(std::chrono::microseconds(message.ready().preload_microseconds()));
    });
    m_process->adopt({spawned->pid, std::move(spawned->pidFd)});
    return true;
}

void ZygoteLauncher::zygoteGone()
{
    ++m_failures;
    log::warn(tr("The zygote is gone; pages go on, and the next new process starts another zygote."));
    // Later: we are inside a signal of the process object. The channel's end answers what was asked of the zygote.
    m_process.release()->deleteLater();
}

void ZygoteLauncher::launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    if (!m_process && !startZygote())
        return m_fallback.launch(std::move(request), std::move(done));

    wire::BrowserToZygote message;
    wire::ForkChild *fork = message.mutable_fork_child();
    fork->set_child_id(m_nextChild++);
    fork->set_memory_limit(request.memoryLimit);
    // Kept until the answer, for the fallback.
    LaunchRequest again{request.channel.duplicate(), request.logWriteEnd.duplicate(), request.memoryLimit};
    Fds fds;
    fds.push_back(std::move(request.channel));
    fds.push_back(std::move(request.logWriteEnd));
    auto handler = [this, done = std::move(done), again = std::make_shared<LaunchRequest>(std::move(again))](
                       const wire::ZygoteToBrowser *reply, Channel::Envelope &envelope) {
        if (!reply || reply->body_case() != wire::ZygoteToBrowser::kChildForked)
            return m_fallback.launch(std::move(*again), done);
        const wire::ChildForked &forked = reply->child_forked();
        if (forked.error() != 0)
            return done(fail(Error::fromErrno("clone3", forked.error())));
        if (envelope.fds.size() != 1)
            return done(fail(Error{"the zygote sent no pidfd", 0}));
        UniqueFd pidFd = std::move(envelope.fds[0]);
        const qint64 pid = pidOf(pidFd);
        done(LaunchedChild{pid > 0 ? pid : forked.pid(), std::move(pidFd)});
    };
    m_channel->request(message, ForkTimeout, std::move(handler), std::move(fds));
    m_channel->base().flush();
}

} // namespace bulkhead
