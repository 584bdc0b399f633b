// SPDX-License-Identifier: BSD-3-Clause
#include "app/lab_showing.h"

#include "app/lab_output.h"
#include "ipc/lab/compare.h"
#include "ipc/lab/leftovers.h"
#include "ipc/lab/report.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

namespace bulkhead {

namespace {

using namespace lab;

QString tr(const char *source)
{
    return QCoreApplication::translate("LabCommand", source);
}

QString text(const std::string &utf8)
{
    return QString::fromStdString(utf8);
}

QStringList waitsOf(const wire::LabMechanism &mechanism)
{
    QStringList waits;
    for (const std::uint32_t wait : mechanism.waits())
        waits << QString::fromLatin1(waitName(Wait(wait)));
    return waits;
}

QJsonArray arrayOf(const google::protobuf::RepeatedPtrField<std::string> &strings)
{
    QJsonArray array;
    for (const std::string &string : strings)
        array.append(text(string));
    return array;
}

QJsonObject mechanismToJson(const wire::LabMechanism &m)
{
    return {
        {QStringLiteral("name"), text(m.name())},
        {QStringLiteral("title"), text(m.title())},
        {QStringLiteral("summary"), text(m.summary())},
        {QStringLiteral("data_path"), text(m.data_path())},
        {QStringLiteral("waits"), QJsonArray::fromStringList(waitsOf(m))},
        {QStringLiteral("largest"), m.largest() ? QJsonValue(double(m.largest())) : QJsonValue()},
        {QStringLiteral("limited_by"), text(m.limited_by())},
        {QStringLiteral("lossy"), m.lossy()},
        {QStringLiteral("system_calls"), arrayOf(m.calls())},
        {QStringLiteral("resources"), arrayOf(m.resources())},
        {QStringLiteral("source"), text(m.source())},
        {QStringLiteral("unavailable"), m.unavailable().empty() ? QJsonValue() : QJsonValue(text(m.unavailable()))}};
}

QString mechanismToText(const wire::LabMechanism &m)
{
    constexpr int Indent = 24;
    QString details = waitsOf(m).join(QStringLiteral(", "));
    if (m.largest())
        details += tr("; at most %1 (%2)").arg(sizeText(m.largest()), text(m.limited_by()));
    if (m.lossy())
        details += tr("; may lose messages");
    QString lines = QStringLiteral("%1%2\n%3%4\n")
                        .arg(text(m.name()), -Indent)
                        .arg(text(m.title()))
                        .arg(QString(), Indent)
                        .arg(details);
    if (!m.unavailable().empty())
        lines += QStringLiteral("%1%2\n").arg(QString(), Indent).arg(tr("NOT HERE: %1").arg(text(m.unavailable())));
    return lines;
}

QString kindText(LeftoverKind kind)
{
    switch (kind) {
    case LeftoverKind::Folder:
        return tr("folder");
    case LeftoverKind::SharedMemoryFile:
        return tr("shared memory");
    case LeftoverKind::PosixQueue:
        return tr("POSIX queue");
    case LeftoverKind::SysvMemory:
        return tr("System V memory");
    case LeftoverKind::SysvQueue:
        return tr("System V queue");
    case LeftoverKind::SysvSemaphores:
        break;
    }
    return tr("System V semaphores");
}

Result<QJsonObject> readResults(const QString &name)
{
    QFile file(name);
    if (!file.open(QIODevice::ReadOnly))
        return fail(Error{tr("%1 cannot be read: %2").arg(name, file.errorString()).toStdString(), 0});
    const QJsonDocument document = QJsonDocument::fromJson(file.readAll());
    if (!document.isObject())
        return fail(Error{tr("%1 is not JSON.").arg(name).toStdString(), 0});
    return document.object();
}

} // namespace

int labList(const QStringList &arguments, const Cancel &cancel)
{
    const bool json = arguments == QStringList(QStringLiteral("--json"));
    if (!json && !arguments.isEmpty())
        return complain(tr("\"list\" takes nothing but --json, not \"%1\".").arg(arguments.first()), ExitUsage);
    const Result<std::vector<wire::LabMechanism>> known = catalogue(labWorkerProgram(), cancel);
    if (!known)
        return complain(known.error(), ExitFailed);
    if (!json) {
        for (const wire::LabMechanism &mechanism : *known)
            print(mechanismToText(mechanism));
        print(tr("Shared memory goes with every way of synchronising: MEMORY+SYNC, with sysv-shm, posix-shm, memfd or "
                 "mmap-file\n"
                 "and sysv-sem, posix-sem, mutex, robust-mutex, futex, eventfd or spin.\n"));
        return 0;
    }
    QJsonArray entries;
    for (const wire::LabMechanism &mechanism : *known)
        entries.append(mechanismToJson(mechanism));
    print(QJsonObject{{QStringLiteral("mechanisms"), entries}});
    return 0;
}

int labLeftovers(const QStringList &arguments)
{
    bool clean = false, json = false;
    for (const QString &argument : arguments) {
        if (argument == u"--clean")
            clean = true;
        else if (argument == u"--json")
            json = true;
        else
            return complain(tr("\"leftovers\" takes --clean and --json, not \"%1\".").arg(argument), ExitUsage);
    }
    QJsonArray entries;
    for (const Leftover &leftover : clean ? cleanLeftovers() : listLeftovers()) {
        const bool orphan = leftover.state == LeftoverState::Orphan;
        if (json) {
            entries.append(QJsonObject{{QStringLiteral("kind"), kindText(leftover.kind)},
                                       {QStringLiteral("name"), text(leftover.name)},
                                       {QStringLiteral("run"), text(leftover.run)},
                                       {QStringLiteral("bytes"), double(leftover.bytes)},
                                       {QStringLiteral("attached"), double(leftover.users)},
                                       {QStringLiteral("orphan"), orphan}});
        } else {
            print(QStringLiteral("%1 %2 %3  %4\n")
                      .arg(clean    ? tr("removed")
                           : orphan ? tr("orphan")
                                    : tr("in use"),
                           -8)
                      .arg(kindText(leftover.kind), -20)
                      .arg(sizeText(leftover.bytes), 10)
                      .arg(text(leftover.name)));
        }
    }
    if (json)
        print(QJsonObject{{clean ? QStringLiteral("removed") : QStringLiteral("leftovers"), entries}});
    return 0;
}

int labCompare(const QStringList &arguments)
{
    QStringList files = arguments;
    const bool json = files.removeAll(QStringLiteral("--json")) > 0;
    if (files.size() != 2)
        return complain(
            tr("\"compare\" needs two files that \"bulkhead lab run --json\" has written, not %1.").arg(files.size()),
            ExitUsage);
    std::vector<QJsonObject> runs;
    for (const QString &name : files) {
        const Result<QJsonObject> run = readResults(name);
        if (!run)
            return complain(run.error(), ExitUsage);
        runs.push_back(*run);
    }
    const Result<std::vector<Comparison>> comparisons = compare(runs[0], runs[1]);
    if (!comparisons)
        return complain(comparisons.error(), ExitUsage);
    if (!json) {
        print(comparisonToTable(*comparisons));
        return 0;
    }
    QJsonArray entries;
    for (const Comparison &c : *comparisons) {
        entries.append(QJsonObject{
            {QStringLiteral("job"), c.job},
            {QStringLiteral("before_ns"), c.before},
            {QStringLiteral("after_ns"), c.after},
            {QStringLiteral("ratio"), c.before > 0 ? QJsonValue(c.after / c.before) : QJsonValue()},
            {QStringLiteral("verdict"), c.verdict == Comparison::Verdict::Faster   ? QStringLiteral("faster")
                                        : c.verdict == Comparison::Verdict::Slower ? QStringLiteral("slower")
                                                                                   : QStringLiteral("same")}});
    }
    print(QJsonObject{{QStringLiteral("comparisons"), entries}});
    return 0;
}

} // namespace bulkhead
