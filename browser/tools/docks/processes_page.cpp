// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/docks/processes_page.h"

#include "browser/host/processes/sandbox_verdict.h"
#include "browser/pages/fetch/internal_acts.h"
#include "browser/tools/model/figures.h"
#include "browser/tools/model/process_list.h"

#include <QCoreApplication>
#include <QFile>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ProcessesPage", source);
}

QString cell(const QString &text, const char *tag = "td")
{
    return QStringLiteral("<%1>%2</%1>").arg(QLatin1String(tag), text.toHtmlEscaped());
}

} // namespace

QByteArray processesPage(ProcessList &processes, const QString &token)
{
    processes.refresh();
    QString rows;
    for (const ProcessInfo &info : processes.processes()) {
        const auto sample = ProcSample::of(info.pid); // thirty microseconds each
        rows += QStringLiteral("<tr>") + cell(roleText(info.role)) + cell(QString::number(info.pid)) +
                cell(info.title()) + cell(phaseText(info.phase)) +
                cell(sample ? figures::bytes(double(sample->residentBytes)) : QString()) +
                cell(figures::bytes(double(info.sharedBytes()))) +
                cell(info.hasSandbox ? sandboxLevelName(verdictOn(info.sandbox).level) : QString()) +
                QStringLiteral("</tr>");
    }
    const QString content =
        QStringLiteral(
            "<h1>%1</h1><p class=\"lead\">%2</p><p>%6</p><table class=\"list compact\"><tr>%3</tr>%4</table><p>%5</p>")
            .arg(tr("Processes").toHtmlEscaped(),
                 tr("Everything that is at work at this moment. The process map shows it live.").toHtmlEscaped(),
                 cell(tr("Role"), "th") + cell(tr("PID"), "th") + cell(tr("What"), "th") + cell(tr("State"), "th") +
                     cell(tr("Resident"), "th") + cell(tr("Shared pictures"), "th") + cell(tr("Sandbox"), "th"),
                 rows,
                 tr("Ctrl+Shift+M shows and hides the map, Shift+Esc the task manager, Ctrl+Shift+I the IPC inspector.")
                     .toHtmlEscaped(),
                 QStringLiteral("<a class=\"button\" href=\"about:processes?%1\">%2</a>")
                     .arg(InternalActs::query(QStringLiteral("map"), token).toHtmlEscaped(),
                          tr("Show the process map").toHtmlEscaped()));
    QFile file(QStringLiteral(":/bulkhead/pages/experiments.html"));
    QByteArray frame = file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArrayLiteral("<!--content-->");
    return frame.replace("<title>Experiments", "<title>Processes").replace("<!--content-->", content.toUtf8());
}

} // namespace bulkhead
