// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/app_processes.h"

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
    for (const qint64 pid : zygotePids()) {
        ProcessInfo zygote;
        zygote.key = zygoteKey(pid);
        zygote.role = ProcessRole::Zygote;
        zygote.pid = pid;
        zygote.phase = ProcessPhase::Ready;
        to.push_back(std::move(zygote));
    }
}

std::vector<qint64> AppProcesses::zygotePids() const
{
    std::vector<qint64> pids = m_moreZygotes ? m_moreZygotes() : std::vector<qint64>();
    if (const qint64 pid = m_zygotePid ? m_zygotePid() : 0; pid > 0)
        pids.insert(pids.begin(), pid);
    return pids;
}

bool AppProcesses::sendSignal(quint64 key, int signal)
{
    if (key == BrowserKey)
        return ::kill(pid_t(QCoreApplication::applicationPid()), signal) == 0;
    for (const qint64 pid : zygotePids()) {
        if (key == zygoteKey(pid))
            return ::kill(pid_t(pid), signal) == 0;
    }
    return false;
}

bool AppProcesses::end(quint64 key)
{
    return key != BrowserKey && sendSignal(key, SIGKILL);
}

} // namespace bulkhead
