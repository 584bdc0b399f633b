// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/processes/child_launcher.h"
#include "browser/processes/child_process.h"
#include "ipc/channel/message_channel.h"
#include "ipc/messages/zygote.pb.h"

#include <QObject>

namespace bulkhead {

/// Gets children by asking the zygote to fork itself. Starts the zygote at once and again when it has died; children
/// that exist are not touched by that. When it cannot be had, @p fallback is used, and the log says so. Main thread.
class ZygoteLauncher : public QObject, public ChildLauncher
{
    Q_OBJECT
public:
    /// @p fallback outlives the launcher.
    ZygoteLauncher(QString program, ChildLauncher &fallback, QObject *parent = nullptr);
    ~ZygoteLauncher() override;

    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override;

    /// 0 while there is none.
    qint64 pid() const { return m_process && m_process->isRunning() ? m_process->pid() : 0; }

Q_SIGNALS:
    /// The zygote has loaded everything and waits.
    void ready(std::chrono::microseconds preload);

private:
    using ZygoteChannel = MessageChannel<wire::BrowserToZygote, wire::ZygoteToBrowser>;

    bool startZygote();
    void zygoteGone();

    QString m_program;
    ChildLauncher &m_fallback;
    std::unique_ptr<ChildProcess> m_process;
    std::unique_ptr<ZygoteChannel> m_channel;
    quint32 m_nextChild = 1;
    int m_failures = 0;
};

} // namespace bulkhead
