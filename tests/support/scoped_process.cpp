// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/scoped_process.h"

#include <csignal>
#include <sys/prctl.h>
#include <unistd.h>

namespace bulkhead {

ScopedProcess::ScopedProcess(const QString &program, const QStringList &arguments, const Environment &environment)
    : m_process(std::make_unique<QProcess>())
{
    QProcessEnvironment all = QProcessEnvironment::systemEnvironment();
    for (const auto &[name, value] : environment) {
        if (value.isEmpty())
            all.remove(name);
        else
            all.insert(name, value);
    }
    m_process->setProcessEnvironment(all);
    const pid_t parent = getpid();
    m_process->setChildProcessModifier([parent] {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        if (getppid() != parent)
            _exit(1); // it died before that line
    });
    QObject::connect(m_process.get(), &QProcess::readyReadStandardOutput, m_process.get(), [this] { readAll(); });
    QObject::connect(m_process.get(), &QProcess::readyReadStandardError, m_process.get(), [this] { readAll(); });
    m_process->start(program, arguments);
    if (m_process->waitForStarted(-1))
        m_id = m_process->processId();
}

ScopedProcess::~ScopedProcess()
{
    m_process->disconnect();
    if (isRunning()) {
        m_process->kill();
        m_process->waitForFinished(-1);
    }
}

bool ScopedProcess::waitForText(const QByteArray &text, const QByteArray &buffer, std::chrono::milliseconds timeout)
{
    (void)waitFor([&] { return buffer.contains(text) || !isRunning(); }, timeout);
    readAll();
    return buffer.contains(text);
}

bool ScopedProcess::waitForOutput(const QByteArray &text, std::chrono::milliseconds timeout)
{
    return waitForText(text, m_output, timeout);
}

bool ScopedProcess::waitForErrorOutput(const QByteArray &text, std::chrono::milliseconds timeout)
{
    return waitForText(text, m_errorOutput, timeout);
}

bool ScopedProcess::signal(int number)
{
    // While QProcess says that it runs it was not reaped, so the id is still this process's.
    return isRunning() && ::kill(pid_t(m_id), number) == 0;
}

bool ScopedProcess::waitForEnd(std::chrono::milliseconds timeout)
{
    const bool ended = waitFor([this] { return !isRunning(); }, timeout);
    readAll();
    return ended;
}

int ScopedProcess::exitCode() const
{
    // For a crashed program QProcess gives the signal as the code.
    return m_process->exitStatus() == QProcess::CrashExit ? -m_process->exitCode() : m_process->exitCode();
}

void ScopedProcess::readAll()
{
    m_output += m_process->readAllStandardOutput();
    m_errorOutput += m_process->readAllStandardError();
}

} // namespace bulkhead
