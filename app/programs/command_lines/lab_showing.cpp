// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/lab_showing.h"

#include "app/programs/command_lines/lab_output.h"
#include "browser/pages/fetch/safe_file.h"
#include "ipc/lab/engine/compare.h"
#include "ipc/lab/engine/leftovers.h"
#include "ipc/lab/engine/report.h"
#include "ipc/text/amounts.h"
#include "ipc/text/text_table.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace bulkhead {

namespace {

using namespace lab;

constexpr qint64 MostResultBytes = 256 << 20;

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
        details += tr("; at most %1 (%2)").arg(bytesText(double(m.largest()), BytesIn::Exact), text(m.limited_by()));
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
    const Result<QByteArray> content = safe_file::read(name, MostResultBytes);
    if (!content)
        return fail(Error{
            tr("%1 cannot be read: %2").arg(name, QString::fromStdString(content.error().what)).toStdString(), 0});
    const QJsonDocument document = QJsonDocument::fromJson(*content);
    if (!document.isObject())
        return fail(Error{tr("%1 is not JSON.").arg(name).toStdString(), 0});
    return document.object();
}

} // namespace

int labList(const ParsedCommand &given, const Cancel &cancel)
{
    const bool json = given.has("json");
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

int labLeftovers(const ParsedCommand &given, const Cancel &)
{
    const bool clean = given.has("clean"), json = given.has("json");
    QJsonArray entries;
    TextTable table;
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
            table.row({clean    ? tr("removed")
                       : orphan ? tr("orphan")
                                : tr("in use"),
                       kindText(leftover.kind), bytesText(double(leftover.bytes)), text(leftover.name)});
        }
    }
    if (!json)
        print(table.toText());
    else
        print(QJsonObject{{clean ? QStringLiteral("removed") : QStringLiteral("leftovers"), entries}});
    return 0;
}

int labCompare(const ParsedCommand &given, const Cancel &)
{
    const bool json = given.has("json");
    std::vector<QJsonObject> runs;
    for (const QString &name : given.words) {
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
