// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_launcher.h"

#include "ipc/messages/zygote.pb.h"

#include <QObject>
#include <QString>

namespace bulkhead {

/// Starts every child from a new program: a fork server of its own, which ends after that one child, so that a child
/// goes the same way into the sandbox however it was started. Slower and larger than forking the one zygote, and free
/// of anything inherited: for debugging, for comparison, and for when the zygote cannot be had. Main thread.
class ExecLauncher : public QObject, public ChildLauncher
{
    Q_OBJECT
public:
    explicit ExecLauncher(QString program, SandboxUse sandbox = SandboxUse::On, QStringList arguments = {})
        : m_program(std::move(program)), m_sandbox(sandbox), m_arguments(std::move(arguments))
    {
    }

    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override;

Q_SIGNALS:
    /// What a program started so says before its child.
    void ready(const bulkhead::wire::ZygoteReady &ready);

private:
    const QString m_program;
    const SandboxUse m_sandbox;
    const QStringList m_arguments;
};

} // namespace bulkhead
