// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/cages/process_facts.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

namespace bulkhead {

std::optional<ProcessFacts> ProcessFacts::of(qint64 pid)
{
    QFile status(QStringLiteral("/proc/%1/status").arg(pid));
    if (pid <= 0 || !status.open(QIODevice::ReadOnly))
        return {};
    ProcessFacts facts;
    const QList<QByteArray> lines = status.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray key = line.left(line.indexOf(':'));
        const QByteArray value = line.mid(key.size() + 1).trimmed();
        if (key == "Seccomp")
            facts.seccompMode = value.toInt();
        else if (key == "Seccomp_filters")
            facts.seccompFilters = value.toInt();
        else if (key == "NoNewPrivs")
            facts.noNewPrivileges = value == "1";
        else if (key == "CapEff" || key == "CapPrm" || key == "CapInh" || key == "CapBnd" || key == "CapAmb")
            facts.capabilities |= value.toULongLong(nullptr, 16);
        else if (key == "Threads")
            facts.threads = value.toInt();
        else if (key == "VmRSS")
            facts.residentBytes = value.split(' ').first().toULongLong() << 10;
    }
    QFile limits(QStringLiteral("/proc/%1/limits").arg(pid));
    if (limits.open(QIODevice::ReadOnly)) {
        static const QRegularExpression Row(QStringLiteral("^(Max [a-z ]+?) {2,}(\\S+)"),
                                            QRegularExpression::MultilineOption);
        for (auto rows = Row.globalMatch(QString::fromLatin1(limits.readAll())); rows.hasNext();) {
            const QRegularExpressionMatch row = rows.next();
            facts.limits.insert(row.captured(1), row.captured(2));
        }
    }
    return facts;
}

QMap<QString, quint64> ownNamespaces()
{
    QMap<QString, quint64> namespaces;
    for (const char *kind : {"user", "mnt", "net", "ipc", "uts", "cgroup", "pid"}) {
        // A link to something like "net:[4026531840]", which is no file.
        const QByteArray target = QDir(QStringLiteral("/proc/self/ns")).exists()
                                      ? QFile::symLinkTarget(QStringLiteral("/proc/self/ns/") + QLatin1String(kind))
                                            .section(u'[', 1)
                                            .toLatin1()
                                      : QByteArray();
        namespaces.insert(QLatin1String(kind), target.chopped(target.endsWith(']') ? 1 : 0).toULongLong());
    }
    return namespaces;
}

} // namespace bulkhead
