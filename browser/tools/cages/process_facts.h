// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QMap>
#include <QString>

#include <optional>

namespace bulkhead {

/// What the kernel tells the world about a process, from /proc: not the process's own word.
struct ProcessFacts
{
    int seccompMode = -1; ///< 2: filtered
    int seccompFilters = -1;
    bool noNewPrivileges = false;
    quint64 capabilities = 0; ///< effective, permitted, inheritable and bounding together
    int threads = 0;
    quint64 residentBytes = 0;
    QMap<QString, QString> limits; ///< "Max open files" to "256"

    /// Nothing when there is no such process.
    static std::optional<ProcessFacts> of(qint64 pid);
};

/// The namespaces this process is in: "net" to 4026531840.
QMap<QString, quint64> ownNamespaces();

} // namespace bulkhead
