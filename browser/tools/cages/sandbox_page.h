// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/internal_acts.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/tools/cages/sandbox_html.h"
#include "ipc/messages/zygote.pb.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace bulkhead {

/// about:sandbox: shows how each process is locked down, and lets a person try the locks.
///   about:sandbox                         a new process, looked at and let go
///   about:sandbox?process=PID             one that has pages
/// Its acts are deeds (sandboxDeeds()) that the process shown tries; in a new process also "all". Only a person or an
/// internal page can open it (AccessPolicy), and only a click in it makes anything try (InternalActs). Main thread.
class SandboxPage : public QObject
{
    Q_OBJECT
public:
    /// @p pool, @p launcher and @p acts outlive the page. @p childProgram is named in advice.
    SandboxPage(PageProcessPool &pool, ChildLauncher &launcher, InternalActs &acts, QString childProgram,
                QObject *parent = nullptr);

    /// What the machine allows, once a zygote knows.
    void setZygote(const wire::ZygoteReady &ready) { m_zygote = ready; }

    std::unique_ptr<Fetch> open(const InternalRequest &request);

private:
    using Answer = std::function<void(SandboxView)>;

    void inspectNew(const QString &deed, Answer answer);
    void inspect(PageProcess &host, const QString &deed, Answer answer);
    SandboxView viewOf(PageProcess &host, const QString &key) const;
    void addProcesses(SandboxView &view) const;
    SandboxedProcess processOf(const PageProcess &host) const;

    PageProcessPool &m_pool;
    ChildLauncher &m_launcher;
    InternalActs &m_acts;
    const QString m_childProgram;
    wire::ZygoteReady m_zygote;
    QHash<QString, QMap<QString, TrialResult>> m_results; ///< by process as in the address, then by deed
};

} // namespace bulkhead
