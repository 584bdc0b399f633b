// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_launcher.h"
#include "browser/host/processes/child_process.h"
#include "ipc/channel/message_channel.h"
#include "ipc/messages/zygote.pb.h"

#include <QObject>
#include <QStringList>

namespace bulkhead {

/// One running fork server (app/zygote): started by start(), asked for children, noticed when it is gone. Main thread.
class Zygote : public QObject
{
    Q_OBJECT
public:
    /// @p arguments come on top of those that every fork server gets.
    Zygote(QString program, SandboxUse sandbox, QStringList arguments = {}, QObject *parent = nullptr);
    ~Zygote() override;

    Result<void> start();
    bool isRunning() const { return m_process && m_process->isRunning(); }
    qint64 pid() const { return isRunning() ? m_process->pid() : 0; }

    /// A child. @p done is called once, later; with an error when the zygote is gone or its answer makes no sense.
    /// Number 0 in the error: another zygote might do better.
    void fork(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done);

    /// Answers what it has been asked, then ends by itself; gone() follows. Its children are not touched. Nobody waits.
    void retire();

Q_SIGNALS:
    /// It has loaded everything and waits.
    void ready(const bulkhead::wire::ZygoteReady &ready);
    void gone();

private:
    using ZygoteChannel = MessageChannel<wire::BrowserToZygote, wire::ZygoteToBrowser>;

    void endIfRetired();
    Result<LaunchedChild> understand(const wire::ZygoteToBrowser *reply, Channel::Envelope &envelope) const;

    const QString m_program;
    const SandboxUse m_sandbox;
    const QStringList m_arguments;
    std::unique_ptr<ChildProcess> m_process;
    std::unique_ptr<ZygoteChannel> m_channel;
    wire::ZygoteReady m_ready;
    quint32 m_nextChild = 1;
    int m_unanswered = 0;
    bool m_isRetired = false;
};

} // namespace bulkhead
