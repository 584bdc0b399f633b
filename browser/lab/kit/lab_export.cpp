// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/lab_export.h"

#include "browser/lab/charts/data_path.h"
#include "browser/lab/kit/lab_page.h"
#include "browser/lab/kit/mechanism_card.h"
#include "ipc/lab/engine/report.h"
#include "ipc/text/csv.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QDateTime>
#include <QJsonDocument>
#include <QLocale>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("LabExport", source);
}

/// RFC 4180.
QString element(const char *name, const QString &text)
{
    return QStringLiteral("<%1>%2</%1>\n").arg(QLatin1String(name), text.toHtmlEscaped());
}

QString tableToHtml(const LabTable &table)
{
    QString html = element("h2", table.title) + QStringLiteral("<table>\n");
    for (qsizetype i = 0; i < table.rows.size(); ++i) {
        html += QStringLiteral("<tr>");
        for (const QString &text : table.rows[i])
            html += (i == 0 ? QStringLiteral("<th>%1</th>") : QStringLiteral("<td>%1</td>")).arg(text.toHtmlEscaped());
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</table>\n");
}

QString machineText(const QJsonObject &machine)
{
    QStringList parts;
    for (auto it = machine.begin(); it != machine.end(); ++it) {
        const QString value = it->isString()   ? it->toString()
                              : it->isDouble() ? QString::number(it->toDouble())
                                               : QString();
        if (!value.isEmpty())
            parts << QStringLiteral("%1: %2").arg(QString(it.key()).replace(u'_', u' '), value);
    }
    return parts.join(QStringLiteral(" · "));
}

constexpr char Style[] =
    "body{font:14px/1.5 sans-serif;max-width:960px;margin:32px auto;padding:0 16px;color:#1f242b;background:#fff}"
    "h1{font-size:26px;margin:0 0 4px}h2{font-size:16px;margin:28px 0 6px}"
    ".lead{font-size:16px;color:#4a5461}.lesson{border-left:4px solid #1f639f;background:#f1f6fa;padding:8px 14px}"
    "table{border-collapse:collapse;font-size:13px}th,td{text-align:right;padding:3px 10px;border-bottom:1px solid "
    "#dde2e8}"
    "th:first-child,td:first-child{text-align:left}.foot{color:#66707c;font-size:12px;margin-top:28px}"
    "svg{max-width:100%;height:auto}@media print{body{margin:0}}";

QByteArray toHtml(const LabPage &page)
{
    const QJsonObject document = labDocument(page);
    QString html =
        QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">\n<head><meta charset=\"utf-8\">\n<title>%1</title>\n"
                       "<style>%2</style></head>\n<body>\n")
            .arg(page.description().title.toHtmlEscaped(), QLatin1String(Style));
    html += element("h1", page.description().title);
    html += QStringLiteral("<p class=\"lead\">%1</p>\n").arg(page.description().purpose.toHtmlEscaped());
    for (const QString &lesson : page.lessons())
        html += QStringLiteral("<p class=\"lesson\">%1</p>\n").arg(lesson.toHtmlEscaped());
    if (!page.charts().isEmpty()) {
        QString svg = QString::fromUtf8(chartsToSvg(page.charts(), 928));
        svg.remove(0, svg.indexOf(QStringLiteral("<svg")));
        html += svg + u'\n';
    }
    for (const LabTable &table : page.tables()) {
        if (table.rows.size() > 1)
            html += tableToHtml(table);
    }
    html += QStringLiteral("<p class=\"foot\">%1<br>%2</p>\n</body>\n</html>\n")
                .arg(machineText(document[QStringLiteral("machine")].toObject()).toHtmlEscaped(),
                     tr("Measured with the IPC Lab of Bulkhead %1, %2.")
                         .arg(QStringLiteral(BULKHEAD_VERSION), document[QStringLiteral("made")].toString())
                         .toHtmlEscaped());
    return html.toUtf8();
}

} // namespace

std::optional<LabFormat> labFormatFromName(const QString &name)
{
    constexpr std::pair<QLatin1String, LabFormat> Names[] = {{QLatin1String("json"), LabFormat::Json},
                                                             {QLatin1String("csv"), LabFormat::Csv},
                                                             {QLatin1String("svg"), LabFormat::Svg},
                                                             {QLatin1String("png"), LabFormat::Png},
                                                             {QLatin1String("html"), LabFormat::Html}};
    for (const auto &[known, format] : Names) {
        if (name.compare(known, Qt::CaseInsensitive) == 0)
            return format;
    }
    return {};
}

QJsonObject labDocument(const LabPage &page)
{
    return {{QStringLiteral("page"), page.name()},
            {QStringLiteral("title"), page.description().title},
            {QStringLiteral("made"), QDateTime::currentDateTime().toString(Qt::ISODate)},
            {QStringLiteral("machine"), lab::machineToJson()},
            {QStringLiteral("result"), page.exported()}};
}

QByteArray labTablesToCsv(const QList<LabTable> &tables)
{
    QString out;
    for (const LabTable &table : tables) {
        if (!out.isEmpty())
            out += u'\n';
        if (tables.size() > 1)
            out += csvLine({table.title});
        for (const QStringList &row : table.rows)
            out += csvLine(row);
    }
    return out.toUtf8();
}

QImage labPicture(const LabPage &page)
{
    return chartsToImage(page.charts(), ChartStyle(page.palette(), page.font()));
}

QByteArray labExport(const LabPage &page, LabFormat format)
{
    switch (format) {
    case LabFormat::Json:
        return QJsonDocument(labDocument(page)).toJson();
    case LabFormat::Csv:
        return page.csv();
    case LabFormat::Svg:
        return chartsToSvg(page.charts());
    case LabFormat::Png: {
        QBuffer buffer;
        labPicture(page).save(&buffer, "PNG");
        return buffer.data();
    }
    case LabFormat::Html:
        break;
    }
    return toHtml(page);
}

} // namespace bulkhead
