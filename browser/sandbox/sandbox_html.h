// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/processes/sandbox_verdict.h"
#include "browser/sandbox/process_facts.h"
#include "browser/sandbox/sandbox_trial.h"

#include <QByteArray>

namespace bulkhead {

/// One process as about:sandbox shows it.
struct SandboxedProcess
{
    qint64 pid = 0;
    QString title; ///< "example.org", "spare", "a new process, for this page only"
    wire::SandboxReport report;
    std::optional<ProcessFacts> facts;
    int descriptors = -1; ///< open ones; negative: unknown
};

/// What about:sandbox shows.
struct SandboxView
{
    std::vector<SandboxedProcess> processes;
    SandboxedProcess chosen;
    QString chosenKey;                  ///< for links: the pid, or "new"
    QMap<QString, TrialResult> results; ///< of the chosen process, by deed
    QString advice;
};

/// The content of the page, HTML in UTF-8; everything that comes from elsewhere is escaped.
QByteArray sandboxHtml(const SandboxView &view);

QString roleName(wire::SandboxRole role);

} // namespace bulkhead
