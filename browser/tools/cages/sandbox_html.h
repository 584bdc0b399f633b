// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/sandbox_verdict.h"
#include "browser/tools/cages/process_facts.h"
#include "browser/tools/cages/sandbox_trial.h"

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
    QString token; ///< for this page's deeds: InternalActs
};

/// The content of the page, HTML in UTF-8; everything that comes from elsewhere is escaped.
QByteArray sandboxHtml(const SandboxView &view);

QString roleName(const std::string &role);

} // namespace bulkhead
