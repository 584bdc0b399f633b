// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/cages/sandbox_html.h"

#include "browser/pages/fetch/internal_acts.h"
#include "ipc/text/amounts.h"

#include <QCoreApplication>

#include <cstring>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("SandboxPage", source);
}

QString cell(const QString &text, const char *attributes = "")
{
    return QStringLiteral("<td%1>%2</td>").arg(QLatin1String(attributes), text.toHtmlEscaped());
}

QString yesNo(bool yes)
{
    return yes ? QStringLiteral("<td class=\"yes\">%1</td>").arg(tr("yes"))
               : QStringLiteral("<td class=\"no\">%1</td>").arg(tr("no"));
}

QString row(const QString &key, const QString &value)
{
    return QStringLiteral("<tr>") + cell(key, " class=\"key\"") + cell(value) + QStringLiteral("</tr>");
}

QString memory(quint64 bytes)
{
    return bytesText(double(bytes));
}

QString limit(const std::optional<ProcessFacts> &facts, const char *name)
{
    const QString value = facts ? facts->limits.value(QLatin1String(name), QStringLiteral("?")) : QStringLiteral("?");
    bool isNumber = false;
    const quint64 number = value.toULongLong(&isNumber);
    return isNumber && number >= (1 << 20) ? memory(number) : value;
}

QString processTable(const SandboxView &view)
{
    QString html =
        QStringLiteral(
            "<h2>%1</h2><table class=\"list compact\"><tr><th>%2</th><th>%3</th><th>%4</th><th>%5</th><th>%6</th>"
            "<th>%7</th><th>%8</th></tr>")
            .arg(tr("Processes"), tr("Process"), tr("Pages of"), tr("Sandbox"), tr("seccomp"), tr("Calls allowed"),
                 tr("Landlock"), tr("Memory"));
    for (const SandboxedProcess &process : view.processes) {
        const SandboxVerdict verdict = verdictOn(process.report);
        html += QStringLiteral("<tr><td><a href=\"about:sandbox?process=%1\">%1</a></td>").arg(process.pid) +
                cell(process.title) +
                cell(sandboxLevelName(verdict.level),
                     verdict.level == SandboxLevel::Full ? " class=\"yes\"" : " class=\"no\"") +
                cell(process.facts ? QString::number(process.facts->seccompMode) : QStringLiteral("?")) +
                cell(QString::number(process.report.allowed_calls())) +
                cell(QString::number(process.report.landlock_abi())) +
                cell(process.facts ? memory(process.facts->residentBytes) : QStringLiteral("?")) +
                QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString layerTable(const SandboxedProcess &process)
{
    QString html = QStringLiteral("<h3>%1</h3><table class=\"list compact\">").arg(tr("Layers"));
    for (const wire::SandboxLayer layer : sandboxLayers()) {
        const wire::SandboxStep *step = stepOf(process.report, layer);
        QString note = layerSentence(layer);
        if (step && !step->done() && step->error() != 0)
            note += QStringLiteral(" (%1)").arg(QString::fromLatin1(::strerrorname_np(step->error())));
        html += QStringLiteral("<tr>") + cell(layerName(layer), " class=\"key\"") + yesNo(step && step->done()) +
                cell(note) + QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

QString namespaceTable(const SandboxedProcess &process)
{
    const QMap<QString, quint64> own = ownNamespaces();
    QString html =
        QStringLiteral("<h3>%1</h3><table class=\"list compact\"><tr><th>%2</th><th>%3</th><th>%4</th><th>%5</th></tr>")
            .arg(tr("Namespaces"), tr("Kind"), tr("This process"), tr("The browser"), tr("Apart"));
    for (const wire::SandboxNamespace &entry : process.report.namespaces()) {
        const QString kind = QString::fromStdString(entry.kind());
        html += QStringLiteral("<tr>") + cell(kind, " class=\"key\"") + cell(QString::number(entry.id())) +
                cell(QString::number(own.value(kind))) + yesNo(own.value(kind) != entry.id()) + QStringLiteral("</tr>");
    }
    return process.report.namespaces().empty() ? QString() : html + QStringLiteral("</table>");
}

QString factTable(const SandboxedProcess &process)
{
    QString html = QStringLiteral("<h3>%1</h3><table class=\"list values compact\">").arg(tr("What the kernel says"));
    const auto &facts = process.facts;
    const wire::SandboxReport &report = process.report;
    html += row(tr("Role"), roleName(report.role()));
    if (facts) {
        html +=
            row(tr("Capabilities"), facts->capabilities == 0
                                        ? tr("none")
                                        : QStringLiteral("0x") + QString::number(facts->capabilities, 16)) +
            row(tr("seccomp mode"), facts->seccompMode == 2 ? tr("2 (filter)") : QString::number(facts->seccompMode)) +
            row(tr("No new privileges"), facts->noNewPrivileges ? tr("yes") : tr("no")) +
            row(tr("Threads"), QString::number(facts->threads));
    }
    html += row(tr("System calls"),
                tr("%1 allowed, %2 refused with an error, all others end the process (%3 filter instructions)")
                    .arg(report.allowed_calls())
                    .arg(report.softly_refused_calls())
                    .arg(report.filter_instructions())) +
            row(tr("Landlock"), report.landlock_abi() > 0 ? tr("ABI %1").arg(report.landlock_abi()) : tr("none")) +
            row(tr("Open descriptors"),
                process.descriptors >= 0 ? QString::number(process.descriptors) : QStringLiteral("?")) +
            row(tr("Private memory"), limit(facts, "Max data size")) +
            row(tr("Address space"), limit(facts, "Max address space")) +
            row(tr("Threads, at most"), limit(facts, "Max processes")) +
            row(tr("Descriptors, at most"), limit(facts, "Max open files")) +
            row(tr("File size, at most"), limit(facts, "Max file size")) +
            row(tr("Core dump"), limit(facts, "Max core file size"));
    return html + QStringLiteral("</table>");
}

QString trialTable(const SandboxView &view)
{
    QString html =
        QStringLiteral("<h3 id=\"try\">%1</h3><p class=\"muted\">%2</p><table class=\"list compact\">")
            .arg(tr("Try it"),
                 tr("What the filter forbids ends the process, with its pages, as it would end an attacker."));
    for (const SandboxDeed &deed : sandboxDeeds()) {
        html += QStringLiteral("<tr>") + cell(deed.name, " class=\"key\"") +
                QStringLiteral("<td><a href=\"about:sandbox?process=%1&amp;%2#try\">%3</a></td>")
                    .arg(view.chosenKey, InternalActs::query(deed.key, view.token).toHtmlEscaped(), tr("Try"));
        const auto result = view.results.constFind(deed.key);
        if (result == view.results.constEnd())
            html += QStringLiteral("<td class=\"muted\">%1</td></tr>").arg(tr("not tried"));
        else
            html += cell(result->answer, result->prevented() ? " class=\"yes\"" : " class=\"no\"") +
                    QStringLiteral("</tr>");
    }
    return html +
           QStringLiteral("</table><p><a class=\"button\" href=\"about:sandbox?process=new&amp;%1#try\">%2</a></p>")
               .arg(InternalActs::query(QStringLiteral("all"), view.token).toHtmlEscaped(),
                    tr("Try everything in new processes"));
}

} // namespace

QString roleName(const std::string &role)
{
    if (role == "renderer")
        return tr("renderer");
    if (role == "plugin")
        return tr("plugin host");
    if (role == "lab-worker")
        return tr("lab worker");
    return QString::fromStdString(role).toHtmlEscaped();
}

QByteArray sandboxHtml(const SandboxView &view)
{
    const SandboxVerdict verdict = verdictOn(view.chosen.report);
    QString html = QStringLiteral("<div class=\"note %1\"><p>%2</p></div>")
                       .arg(verdict.level == SandboxLevel::Full ? QStringLiteral("good") : QStringLiteral("bad"),
                            verdict.sentence.toHtmlEscaped());
    if (!view.advice.isEmpty())
        html += QStringLiteral("<h2>%1</h2><pre>%2</pre>").arg(tr("What to do"), view.advice.toHtmlEscaped());
    html += processTable(view);
    html += QStringLiteral("<h2>%1</h2><p class=\"muted\">%2</p>")
                .arg(tr("Process %1").arg(view.chosen.pid), view.chosen.title.toHtmlEscaped());
    html += trialTable(view) + layerTable(view.chosen) + namespaceTable(view.chosen) + factTable(view.chosen);
    return html.toUtf8();
}

} // namespace bulkhead
