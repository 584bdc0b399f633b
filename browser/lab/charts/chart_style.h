// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QColor>
#include <QFont>
#include <QPen>
#include <QRectF>

class QPainter;
class QPalette;

namespace bulkhead {

/// How charts look: colours from a palette, and for every series a shade, a hatch and a mark, so that they can be told
/// apart without colour, too.
class ChartStyle
{
public:
    /// As a widget with @p palette and @p font looks.
    ChartStyle(const QPalette &palette, const QFont &font);
    /// Dark on white, for paper.
    static ChartStyle forPaper(const QFont &font);

    QColor ground, text, faint, grid, accent, good, bad;
    QFont font;

    /// Series repeat after so many.
    static constexpr int SeriesCount = 8;
    QColor series(int index) const;

    QFont bold() const;
    QFont small() const;

    // Drawing that looks the same on screen, in PNG and in SVG: patterns are lines, not brushes.
    void bar(QPainter &painter, const QRectF &rect, int series) const;
    void mark(QPainter &painter, QPointF center, int series, qreal radius = 4) const;
    QPen line(int series, qreal width = 2) const;
    /// @p text shortened to @p width where it must be.
    void label(QPainter &painter, const QRectF &rect, int flags, const QString &text) const;

private:
    ChartStyle() = default;
    bool m_dark = false;
};

} // namespace bulkhead
