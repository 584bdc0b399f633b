// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/crashes/crash_pages.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("CrashPages", source);
}

QString cell(const QString &text, const char *type = "")
{
    return QStringLiteral("<td%1>%2</td>").arg(QLatin1String(type), text.toHtmlEscaped());
}

QString row(const QString &name, const QString &value)
{
    return value.isEmpty() ? QString()
                           : QStringLiteral("<tr>%1%2</tr>\n").arg(cell(name, " class=\"key\""), cell(value));
}

QString localTime(const CrashReport &report)
{
    return QLocale().toString(report.time.toLocalTime(), QStringLiteral("yyyy-MM-dd HH:mm:ss"));
}

QString list(const CrashStore &store)
{
    QString html =
        QStringLiteral("<h1>%1</h1><p class=\"lead\">%2</p>\n")
            .arg(tr("Crashes").toHtmlEscaped(),
                 tr("Processes that ended otherwise than they should, and stacks that were captured. The reports "
                    "stay on this machine; the newest %1 are kept.")
                     .arg(CrashStore::MaxReports)
                     .toHtmlEscaped());
    if (store.reports().isEmpty())
        return html + QStringLiteral("<p>%1</p>").arg(tr("There are none. about:crash makes one.").toHtmlEscaped());
    html += QStringLiteral("<table class=\"list\">\n");
    for (const CrashReport &report : store.reports()) {
        const QString where =
            report.function().isEmpty()
                ? QString()
                : QStringLiteral("<br><code>%1</code>").arg(report.function().left(160).toHtmlEscaped());
        html += QStringLiteral("<tr><td class=\"key\"><a href=\"about:crashes/%1\">%2</a></td><td>%3%4<br>"
                               "<span class=\"address\">%5</span></td></tr>\n")
                    .arg(report.id, localTime(report).toHtmlEscaped(), report.reason.toHtmlEscaped(), where,
                         report.urls.join(u' ').left(300).toHtmlEscaped());
    }
    return html + QStringLiteral("</table>\n");
}

QString stack(const CrashReport &report)
{
    QString lines;
    int number = 0;
    for (const StackFrame &frame : report.frames)
        lines += QStringLiteral("%1  %2\n").arg(QString::number(number++).rightJustified(2), describe(frame));
    return lines;
}

QString details(const CrashReport &report)
{
    QString html =
        QStringLiteral("<p class=\"crumb\"><a href=\"about:crashes\">%1</a></p><h1>%2</h1><p class=\"lead\">%3</p>\n")
            .arg(tr("Crashes").toHtmlEscaped(),
                 (report.isCapture ? tr("Captured stack") : tr("Crash report")).toHtmlEscaped(),
                 report.sentence.toHtmlEscaped());
    html += QStringLiteral("<table class=\"list values\">\n");
    html += row(tr("When"), localTime(report)) + row(tr("Reason"), report.reason) +
            row(tr("Pages"), report.urls.join(u' ')) + row(tr("Process"), QString::number(report.pid)) +
            row(tr("Fault address"), report.signal[QStringLiteral("fault_address")].toString()) +
            row(tr("Version"), report.version);
    html += QStringLiteral("</table>\n");
    const auto section = [&html](const QString &title, const QString &text) {
        if (!text.isEmpty())
            html += QStringLiteral("<h2>%1</h2><pre>%2</pre>\n").arg(title.toHtmlEscaped(), text.toHtmlEscaped());
    };
    section(tr("Stack"), stack(report));
    QString registers;
    int column = 0;
    for (auto it = report.registers.begin(); it != report.registers.end(); ++it)
        registers +=
            it.key().leftJustified(7) + it.value().toString().leftJustified(20) + (++column % 3 == 0 ? u'\n' : u' ');
    section(tr("Registers"), registers);
    QString messages;
    const double last = report.messages.isEmpty() ? 0 : report.messages.last()[QStringLiteral("time")].toDouble();
    for (auto it = report.messages.rbegin(); it != report.messages.rend(); ++it)
        messages += QStringLiteral("%1 s  %2  %3  %4\n")
                        .arg(QString::number((*it)[QStringLiteral("time")].toDouble() - last, 'f', 3).rightJustified(9),
                             (*it)[QStringLiteral("direction")].toString().leftJustified(8),
                             (*it)[QStringLiteral("name")].toString().leftJustified(20),
                             QString::number((*it)[QStringLiteral("bytes")].toInt()));
    section(tr("Last messages, newest first: time, direction, name, bytes"), messages);
    return html;
}

} // namespace

std::optional<QByteArray> crashPage(const CrashStore &store, const QString &id)
{
    const CrashReport *report = id.isEmpty() ? nullptr : store.find(id);
    if (!id.isEmpty() && !report)
        return {};
    QFile frame(QStringLiteral(":/bulkhead/pages/crashes.html"));
    QByteArray html = frame.open(QIODevice::ReadOnly)
                          ? frame.readAll()
                          : QByteArray("<!DOCTYPE html><meta charset=\"utf-8\"><!--content-->");
    return html.replace("<!--content-->", (report ? details(*report) : list(store)).toUtf8());
}

} // namespace bulkhead
