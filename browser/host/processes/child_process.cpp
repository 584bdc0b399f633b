// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/child_process.h"

#include "browser/host/processes/log.h"
#include "ipc/core/exit_codes.h"
#include "ipc/core/socket_pair.h"

#include <QPointer>
#include <QTimer>

#include <cerrno>
#include <csignal>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

namespace bulkhead {

namespace {

#ifndef P_PIDFD
constexpr idtype_t P_PIDFD = idtype_t(3);
#endif
constexpr int GraceMilliseconds = 1500; // for a process that was told to end

ExitReason decode(const siginfo_t &info, bool endExpected)
{
    if (endExpected)
        return {ExitKind::Clean};
    int signal = info.si_code == CLD_EXITED ? 0 : info.si_status;
    if (info.si_code == CLD_EXITED && info.si_status > exit_codes::SignalBase &&
        info.si_status <= exit_codes::SignalBase + SIGRTMAX)
        signal = info.si_status - exit_codes::SignalBase;
    if (signal == 0) {
        switch (info.si_status) {
        case exit_codes::OutOfMemory:
            return {ExitKind::OutOfMemory};
        case exit_codes::TimeLimit:
            return {ExitKind::TimeLimit};
        default:
            return {ExitKind::ExitCode, info.si_status};
        }
    }
    switch (signal) {
    case SIGSYS:
        // By the kernel, without a word; a signal that somebody sent comes as an exit code.
        if (info.si_code != CLD_EXITED)
            return {ExitKind::ForbiddenCall, -1};
        break;
    case SIGXCPU:
        return {ExitKind::Limit, signal, ChildProcess::tr("processor time")};
    case SIGXFSZ:
        return {ExitKind::Limit, signal, ChildProcess::tr("size of files")};
    }
    return {ExitKind::Signal, signal};
}

} // namespace

ChildProcess::ChildProcess(QString role, QObject *parent) : QObject(parent), m_role(std::move(role)) {}

ChildProcess::ChildProcess(QString role, UniqueFd logReadEnd, QObject *parent)
    : QObject(parent), m_role(std::move(role))
{
    if (logReadEnd)
        m_log = std::make_unique<LogPipe>(std::move(logReadEnd), m_role);
}

ChildProcess::~ChildProcess()
{
    if (!m_running)
        return;
    ::syscall(SYS_pidfd_send_signal, m_pidFd.get(), SIGKILL, nullptr, 0);
    siginfo_t info{};
    while (::waitid(idtype_t(P_PIDFD), id_t(m_pidFd.get()), &info, WEXITED | __WALL) < 0 && errno == EINTR) {
    }
}

void ChildProcess::start(ChildLauncher &launcher, UniqueFd channel, ChildStart start)
{
    LaunchRequest request;
    request.channel = std::move(channel);
    request.start = std::move(start);
    if (Result<PipePair> pipe = PipePair::create()) {
        m_log = std::make_unique<LogPipe>(std::move(pipe->readEnd), m_role);
        request.logWriteEnd = std::move(pipe->writeEnd);
    }
    if (Result<PipePair> pipe = PipePair::create()) {
        m_crashPipe = std::make_unique<CrashPipe>(std::move(pipe->readEnd));
        connect(m_crashPipe.get(), &CrashPipe::recorded, this, &ChildProcess::recorded);
        request.crashWriteEnd = std::move(pipe->writeEnd);
    }
    const QPointer<ChildProcess> alive(this);
    launcher.launch(std::move(request), [alive](Result<LaunchedChild> child) {
        if (!alive) {
            // Nobody wants it any more; its channel is closed already, but it has to be reaped.
            if (child) {
                ChildProcess orphan(QStringLiteral("child"));
                orphan.adopt(std::move(*child));
            }
            return;
        }
        if (child)
            return alive->adopt(std::move(*child));
        alive->m_ended = true;
        // Later: a launcher may answer at once, and whoever starts a process does not expect its end inside start().
        const ExitReason reason{ExitKind::FailedToStart, child.error().number,
                                QString::fromStdString(child.error().what)};
        QMetaObject::invokeMethod(
            alive.get(), [alive, reason] { Q_EMIT alive->ended(alive->m_givenReason.value_or(reason)); },
            Qt::QueuedConnection);
    });
}

void ChildProcess::adopt(LaunchedChild child)
{
    m_pid = child.pid;
    m_pidFd = std::move(child.pidFd);
    m_promised = std::move(child.promised);
    m_running = true;
    m_notifier = std::make_unique<QSocketNotifier>(m_pidFd.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &ChildProcess::onPidFdReadable);
    if (m_log)
        m_log->start(m_pid);
    log::writeFor(spdlog::level::debug, m_role, m_pid, tr("started"));
    if (m_givenReason) // condemned before it was here
        kill(*m_givenReason);
    Q_EMIT started(m_pid);
}

void ChildProcess::kill(ExitReason reason)
{
    if (!m_givenReason)
        m_givenReason = std::move(reason);
    if (m_running)
        ::syscall(SYS_pidfd_send_signal, m_pidFd.get(), SIGKILL, nullptr, 0);
}

void ChildProcess::watchForbiddenCalls(UniqueFd listener)
{
    m_forbiddenCalls = std::make_unique<ForbiddenCallWatch>(std::move(listener));
    connect(m_forbiddenCalls.get(), &ForbiddenCallWatch::caught, this, [this](const ForbiddenCall &call) {
        log::writeFor(spdlog::level::err, m_role, m_pid,
                      tr("forbidden system call %1: %2").arg(QString::number(call.number), call.text()));
        kill({ExitKind::ForbiddenCall, call.number, call.text()});
    });
}

bool ChildProcess::sendSignal(int number)
{
    return m_running && ::syscall(SYS_pidfd_send_signal, m_pidFd.get(), number, nullptr, 0) == 0;
}

void ChildProcess::expectEnd()
{
    m_endExpected = true;
    QTimer::singleShot(GraceMilliseconds, this, [this] { kill({ExitKind::Clean}); });
}

void ChildProcess::onPidFdReadable()
{
    siginfo_t info{};
    if (::waitid(idtype_t(P_PIDFD), id_t(m_pidFd.get()), &info, WEXITED | WNOHANG | __WALL) < 0 || info.si_pid == 0)
        return;
    m_notifier->setEnabled(false);
    m_notifier.release()->deleteLater();
    m_pidFd.reset();
    m_forbiddenCalls.reset();
    m_running = false;
    m_ended = true;
    if (m_log)
        m_log->drain();
    if (m_crashPipe)
        m_crashPipe->drain();
    const ExitReason reason = m_givenReason ? *m_givenReason : decode(info, m_endExpected);
    log::writeFor(reason.isAbnormal() ? spdlog::level::warn : spdlog::level::debug, m_role, m_pid,
                  tr("ended: %1").arg(reason.code()));
    Q_EMIT ended(reason);
}

} // namespace bulkhead
