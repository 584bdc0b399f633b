// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/chart.h"

#include "ipc/lab/engine/report.h"
#include "ipc/text/amounts.h"

#include <QCoreApplication>
#include <QXmlStreamWriter>

#include <algorithm>
#include <cmath>

namespace bulkhead::lab {

namespace {

// Pixels.
constexpr double Width = 960;
constexpr double Left = 230;
constexpr double Right = 120;
constexpr double RowHeight = 22;
constexpr double HeadHeight = 58;
constexpr double Margin = 20;

QString tr(const char *text)
{
    return QCoreApplication::translate("LabChart", text);
}

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

/// One size and placement.
struct Group
{
    std::size_t size;
    Placement placement;
    std::vector<const JobResult *> rows;
};

std::vector<Group> groupsOf(const std::vector<JobResult> &results)
{
    std::vector<Group> groups;
    for (const JobResult &result : results) {
        if (result.state != JobState::Measured || result.roundTrip.count() == 0)
            continue;
        auto group = std::find_if(groups.begin(), groups.end(), [&](const Group &g) {
            return g.size == result.job.size && g.placement == result.job.placement;
        });
        if (group == groups.end())
            group = groups.insert(groups.end(), {result.job.size, result.job.placement, {}});
        group->rows.push_back(&result);
    }
    for (Group &group : groups) {
        std::stable_sort(group.rows.begin(), group.rows.end(), [](const JobResult *a, const JobResult *b) {
            return a->roundTrip.percentile(0.5) < b->roundTrip.percentile(0.5);
        });
    }
    return groups;
}

class Painter
{
public:
    Painter(QXmlStreamWriter &out, double least, double most)
        : m_out(out), m_low(std::floor(std::log10(least))), m_high(std::max(m_low + 1, std::ceil(std::log10(most))))
    {
    }

    double x(double nanoseconds) const
    {
        const double share = (std::log10(std::max(nanoseconds, 1.0)) - m_low) / (m_high - m_low);
        return Left + std::clamp(share, 0.0, 1.0) * (Width - Left - Right);
    }

    void text(double x, double y, const QString &words, const char *anchor = "start", const char *weight = "normal")
    {
        m_out.writeStartElement(QStringLiteral("text"));
        attribute("x", number(x));
        attribute("y", number(y));
        attribute("text-anchor", QString::fromLatin1(anchor));
        attribute("font-weight", QString::fromLatin1(weight));
        m_out.writeCharacters(words);
        m_out.writeEndElement();
    }
    void line(double x1, double y1, double x2, double y2, const char *color, double width)
    {
        m_out.writeEmptyElement(QStringLiteral("line"));
        attribute("x1", number(x1));
        attribute("y1", number(y1));
        attribute("x2", number(x2));
        attribute("y2", number(y2));
        attribute("stroke", QString::fromLatin1(color));
        attribute("stroke-width", number(width));
    }
    void rectangle(double left, double top, double right, double height, const char *fill)
    {
        m_out.writeEmptyElement(QStringLiteral("rect"));
        attribute("x", number(left));
        attribute("y", number(top));
        attribute("width", number(std::max(1.0, right - left)));
        attribute("height", number(height));
        attribute("fill", QString::fromLatin1(fill));
    }

    void group(const Group &group, double top)
    {
        const double bottom = top + HeadHeight + double(group.rows.size()) * RowHeight;
        text(Margin, top + 16,
             tr("%1 per message, placement %2")
                 .arg(bytesText(double(group.size), BytesIn::Exact),
                      QString::fromLatin1(placementName(group.placement))),
             "start", "bold");
        for (double decade = m_low; decade <= m_high; ++decade) {
            const double at = x(std::pow(10, decade));
            line(at, top + 40, at, bottom, "#c8c8c8", 1);
            text(at, top + 36, decadeText(decade), "middle");
        }
        double y = top + HeadHeight;
        for (const JobResult *result : group.rows) {
            row(*result, y);
            y += RowHeight;
        }
    }

private:
    static QString decadeText(double decade)
    {
        constexpr const char *Units[] = {"ns", "us", "ms", "s"};
        const int unit = std::clamp(int(decade) / 3, 0, 3);
        return QStringLiteral("%1 %2").arg(std::pow(10, decade - 3 * unit)).arg(QString::fromLatin1(Units[unit]));
    }

    void row(const JobResult &result, double y)
    {
        const double middle = y + RowHeight / 2;
        QString name = QString::fromStdString(result.job.mechanism);
        if (result.job.wait != Wait::Blocking)
            name += QStringLiteral(" (%1)").arg(QString::fromLatin1(waitName(result.job.wait)));
        text(Left - 8, middle + 4, name, "end");
        const Histogram &times = result.roundTrip;
        // Half of all round trips are left of the dark bar's end; the grey goes to p99, the line to p99.9.
        const double p50 = x(times.percentile(0.5)), p99 = x(times.percentile(0.99)), p999 = x(times.percentile(0.999));
        rectangle(Left, middle - 6, p50, 12, "#1f4e79");
        rectangle(p50, middle - 3, p99, 6, "#9db8d2");
        line(p99, middle, p999, middle, "#555555", 1.5);
        line(p999, middle - 4, p999, middle + 4, "#555555", 1.5);
        QString figure = timeText(times.percentile(0.5));
        if (result.actualSize != result.job.size)
            figure += QStringLiteral(" (%1)").arg(bytesText(double(result.actualSize), BytesIn::Exact));
        text(Width - Margin, middle + 4, figure, "end");
    }

    void attribute(const char *name, const QString &value) { m_out.writeAttribute(QString::fromLatin1(name), value); }

    QXmlStreamWriter &m_out;
    double m_low, m_high; ///< powers of ten
};

} // namespace

QByteArray resultsToSvg(const std::vector<JobResult> &results)
{
    const std::vector<Group> groups = groupsOf(results);
    double least = 1e9, most = 10, height = 2 * Margin + 24;
    for (const Group &group : groups) {
        height += HeadHeight + double(group.rows.size()) * RowHeight + Margin;
        for (const JobResult *result : group.rows) {
            least = std::min(least, std::max(1.0, result->roundTrip.percentile(0.5)));
            most = std::max(most, result->roundTrip.percentile(0.999));
        }
    }
    QByteArray svg;
    QXmlStreamWriter out(&svg);
    out.setAutoFormatting(true);
    out.writeStartDocument();
    out.writeStartElement(QStringLiteral("svg"));
    out.writeDefaultNamespace(QStringLiteral("http://www.w3.org/2000/svg"));
    out.writeAttribute(QStringLiteral("width"), number(Width));
    out.writeAttribute(QStringLiteral("height"), number(height));
    out.writeAttribute(QStringLiteral("viewBox"), QStringLiteral("0 0 %1 %2").arg(number(Width), number(height)));
    out.writeAttribute(QStringLiteral("font-family"), QStringLiteral("DejaVu Sans, Liberation Sans, sans-serif"));
    out.writeAttribute(QStringLiteral("font-size"), QStringLiteral("12"));
    Painter painter(out, least, most);
    painter.rectangle(0, 0, Width, height, "#ffffff");
    painter.text(Margin, Margin + 8,
                 tr("Round trip of a message and its answer: median (dark), to p99 (light), to p99.9 (line); figures "
                    "are medians"));
    double top = Margin + 24;
    for (const Group &group : groups) {
        painter.group(group, top);
        top += HeadHeight + double(group.rows.size()) * RowHeight + Margin;
    }
    out.writeEndElement();
    out.writeEndDocument();
    return svg;
}

} // namespace bulkhead::lab
