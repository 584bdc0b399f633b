// SPDX-License-Identifier: BSD-3-Clause
#include "browser/inspect/app_processes.h"

#include <QCoreApplication>

#include <csignal>

namespace bulkhead {

AppProcesses::AppProcesses(std::function<qint64()> zygotePid, QObject *parent)
    : ProcessSource(parent), m_zygotePid(std::move(zygotePid))
{
}

void AppProcesses::describe(std::vector<ProcessInfo> &to) const
{
    ProcessInfo browser;
    browser.key = BrowserKey;
    browser.role = ProcessRole::Browser;
    browser.pid = QCoreApplication::applicationPid();
    browser.phase = ProcessPhase::Ready;
    to.push_back(std::move(browser));
    const qint64 pid = m_zygotePid ? m_zygotePid() : 0;
    if (pid <= 0)
        return;
    ProcessInfo zygote;
    zygote.key = zygoteKey(pid);
    zygote.role = ProcessRole::Zygote;
    zygote.pid = pid;
    zygote.phase = ProcessPhase::Ready;
    to.push_back(std::move(zygote));
}

bool AppProcesses::sendSignal(quint64 key, int signal)
{
    if (key == BrowserKey)
        return ::kill(pid_t(QCoreApplication::applicationPid()), signal) == 0;
    const qint64 pid = m_zygotePid ? m_zygotePid() : 0;
    return pid > 0 && key == zygoteKey(pid) && ::kill(pid_t(pid), signal) == 0;
}

bool AppProcesses::end(quint64 key)
{
    return key != BrowserKey && sendSignal(key, SIGKILL);
}

} // namespace bulkhead
