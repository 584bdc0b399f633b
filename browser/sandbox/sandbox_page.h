// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/fetch.h"
#include "browser/pages/renderer_pool.h"
#include "browser/sandbox/sandbox_html.h"
#include "ipc/messages/zygote.pb.h"

#include <QHash>
#include <QObject>

#include <functional>

namespace bulkhead {

/// about:sandbox: shows how each process is locked down, and lets a person try the locks.
///   about:sandbox                         a new process, looked at and let go
///   about:sandbox?process=PID             one that has pages
///   about:sandbox?process=PID&try=DEED    the same, after it has tried the deed (sandboxDeeds()), if it survived
///   about:sandbox?process=new&try=DEED    in a new process; DEED may be "all"
/// Only a person or an internal page can open it (AccessPolicy). Main thread.
class SandboxPage : public QObject
{
    Q_OBJECT
public:
    /// @p pool and @p launcher outlive the page. @p childProgram is named in advice.
    SandboxPage(RendererPool &pool, ChildLauncher &launcher, QString childProgram, QObject *parent = nullptr);

    /// What the machine allows, once a zygote knows.
    void setZygote(const wire::ZygoteReady &ready) { m_zygote = ready; }

    std::unique_ptr<Fetch> open(const QUrl &url);

private:
    using Answer = std::function<void(SandboxView)>;

    void inspectNew(const QString &deed, Answer answer);
    void inspect(RendererHost &host, const QString &deed, Answer answer);
    SandboxView viewOf(RendererHost &host, const QString &key) const;
    void addProcesses(SandboxView &view) const;
    SandboxedProcess processOf(const RendererHost &host) const;

    RendererPool &m_pool;
    ChildLauncher &m_launcher;
    const QString m_childProgram;
    wire::ZygoteReady m_zygote;
    QHash<QString, QMap<QString, TrialResult>> m_results; ///< by process as in the address, then by deed
};

} // namespace bulkhead
