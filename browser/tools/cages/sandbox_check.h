// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/tools/cages/fresh_child.h"
#include "browser/tools/cages/sandbox_html.h"
#include "ipc/messages/zygote.pb.h"

#include <QObject>

namespace bulkhead {

/// `bulkhead sandbox-check`: sends a fresh child into the sandbox, tries the deeds, and says what came of it. Main
/// thread.
class SandboxCheck : public QObject
{
    Q_OBJECT
public:
    enum class Format { Text, Json };
    /// finished()'s exit codes.
    static constexpr int Full = 0;
    static constexpr int NotFull = 1;

    /// @p launcher outlives the check.
    SandboxCheck(ChildLauncher &launcher, QString childProgram, Format format, QObject *parent = nullptr);

    void setZygote(const wire::ZygoteReady &ready) { m_zygote = ready; }
    void start();

Q_SIGNALS:
    /// The text for standard output, and the exit code.
    void finished(const QByteArray &text, int exitCode);

private:
    void report();
    QByteArray text(const SandboxVerdict &verdict) const;
    QByteArray json(const SandboxVerdict &verdict) const;

    ChildLauncher &m_launcher;
    const QString m_childProgram;
    const Format m_format;
    wire::ZygoteReady m_zygote;
    std::unique_ptr<FreshChild> m_child;
    SandboxedProcess m_process;
    QString m_failure; ///< why there was no child
    QMap<QString, TrialResult> m_results;
};

} // namespace bulkhead
