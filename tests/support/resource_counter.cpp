// SPDX-License-Identifier: BSD-3-Clause
#include "tests/support/resource_counter.h"

#include "tests/support/wait_for.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>

#include <atomic>
#include <dirent.h>
#include <memory>
#include <sys/prctl.h>
#include <unistd.h>
#include <vector>

namespace bulkhead {

namespace {

// Files of /proc have no size, which QFile::readAll copes with; they may vanish at any time.
QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

// "socket:[1234]" and the like carry an inode, "/memfd:name (deleted)" a remark.
QString kindOf(QString target)
{
    static const QRegularExpression inode(QStringLiteral(":\\[\\d+\\]$"));
    target.remove(inode);
    target.remove(QStringLiteral("anon_inode:"));
    target.remove(QStringLiteral(" (deleted)"));
    if (target.startsWith(QLatin1String("/memfd:")))
        target.remove(0, 1);
    return target;
}

void countDescriptors(ResourceCounter::Counts &counts)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> folder(opendir("/proc/self/fd"), closedir);
    if (!folder)
        return;
    while (const dirent *entry = readdir(folder.get())) {
        char target[4096];
        const ssize_t length = readlinkat(dirfd(folder.get()), entry->d_name, target, sizeof target);
        // The folder's own descriptor is the counting's.
        if (length > 0 && atoi(entry->d_name) != dirfd(folder.get()))
            ++counts[QStringLiteral("fd ") + kindOf(QString::fromLocal8Bit(target, length))];
    }
}

void countMappings(ResourceCounter::Counts &counts)
{
    for (const QByteArray &line : contentOf(QStringLiteral("/proc/self/maps")).split('\n')) {
        const auto name = line.indexOf("/memfd:");
        if (name >= 0)
            ++counts[QStringLiteral("mapping ") + kindOf(QString::fromLocal8Bit(line.mid(name)))];
    }
}

struct ProcessEntry
{
    qint64 id = 0;
    qint64 parent = 0;
    char state = '?';
    QString name;
};

std::vector<ProcessEntry> allProcesses()
{
    std::vector<ProcessEntry> all;
    for (const QString &folder : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        bool isNumber = false;
        const qint64 id = folder.toLongLong(&isNumber);
        if (!isNumber)
            continue;
        // "4711 (name, which may hold anything) S 1 ..."
        const QByteArray stat = contentOf(QStringLiteral("/proc/%1/stat").arg(id));
        const auto open = stat.indexOf('(');
        const auto close = stat.lastIndexOf(')');
        const QList<QByteArray> rest = stat.mid(close + 2).split(' ');
        if (open < 0 || close < open || rest.size() < 2)
            continue;
        all.push_back(
            {id, rest[1].toLongLong(), rest[0].at(0), QString::fromLocal8Bit(stat.mid(open + 1, close - open - 1))});
    }
    return all;
}

std::atomic<bool> adoptsOrphans = false;

void countDescendants(ResourceCounter::Counts &counts)
{
    const std::vector<ProcessEntry> all = allProcesses();
    std::vector<qint64> parents = {getpid()};
    while (!parents.empty()) {
        const qint64 parent = parents.back();
        parents.pop_back();
        for (const ProcessEntry &process : all) {
            if (process.parent != parent)
                continue;
            parents.push_back(process.id);
            const bool isDead = process.state == 'Z' || process.state == 'X';
            if (isDead && adoptsOrphans && parent == getpid())
                continue;
            ++counts[QStringLiteral("process %1 %2%3")
                         .arg(process.name)
                         .arg(process.id)
                         .arg(isDead ? QStringLiteral(" (zombie)") : QString())];
        }
    }
}

void countMachineObjects(ResourceCounter::Counts &counts)
{
    for (const QString &name : QDir(QStringLiteral("/dev/shm"))
                                   .entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        ++counts[QStringLiteral("/dev/shm/") + name];
    for (const char *kind : {"shm", "sem", "msg"}) {
        const QString table = QStringLiteral("/proc/sysvipc/") + QLatin1String(kind);
        // A line of titles, then one per object: key, id, ...
        for (const QByteArray &line : contentOf(table).split('\n').mid(1)) {
            const QList<QByteArray> fields = line.simplified().split(' ');
            if (fields.size() > 1)
                ++counts[QStringLiteral("System V %1 %2").arg(QLatin1String(kind), QLatin1String(fields[1]))];
        }
    }
}

} // namespace

ResourceCounter::ResourceCounter(ResourceScope scope) : m_scope(scope), m_before(now()) {}

ResourceCounter::Counts ResourceCounter::now() const
{
    Counts counts;
    countDescriptors(counts);
    countMappings(counts);
    countDescendants(counts);
    if (m_scope == ResourceScope::Machine)
        countMachineObjects(counts);
    return counts;
}

QString ResourceCounter::difference() const
{
    const Counts current = now();
    Counts names = m_before;
    names.insert(current);
    QString text;
    for (auto name = names.keyBegin(); name != names.keyEnd(); ++name) {
        const int before = m_before.value(*name), after = current.value(*name);
        if (before != after && !(after < before && *name == u"fd [eventfd]"))
            text += QStringLiteral("%1: %2 before, %3 now\n").arg(*name).arg(before).arg(after);
    }
    return text;
}

QString ResourceCounter::waitUntilRestored(std::chrono::milliseconds timeout) const
{
    QString text;
    (void)waitFor(
        [&] {
            text = difference();
            return text.isEmpty();
        },
        timeout);
    return text;
}

int ResourceCounter::count(const QString &prefix) const
{
    const Counts current = now();
    int sum = 0;
    for (auto entry = current.lowerBound(prefix); entry != current.end() && entry.key().startsWith(prefix); ++entry)
        sum += *entry;
    return sum;
}

void ResourceCounter::adoptOrphans()
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    adoptsOrphans = true;
}

} // namespace bulkhead
