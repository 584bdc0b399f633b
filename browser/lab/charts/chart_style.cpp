// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/charts/chart_style.h"

#include "browser/pages/shown/outside_text.h"
#include "browser/widgets/color_scheme.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPalette>

#include <algorithm>
#include <array>

namespace bulkhead {

namespace {

/// Distinguishable with the common kinds of colour blindness: Okabe and Ito, "Color Universal Design", 2008, some
/// darker or lighter for contrast with the ground.
constexpr std::array<QRgb, ChartStyle::SeriesCount> OnLight{0xff1f639f, 0xffb85c00, 0xff00795a, 0xff9a4a7c,
                                                            0xff3f9fd0, 0xff8a6d00, 0xffb3261e, 0xff4a5461};
constexpr std::array<QRgb, ChartStyle::SeriesCount> OnDark{0xff6db6ea, 0xfff0a24b, 0xff45c9a5, 0xffdf9cc4,
                                                           0xff9fd6f5, 0xffe8d44d, 0xffff8a80, 0xffb3bcc7};

/// Lines that fill @p rect, in a direction and distance of the series' own.
void hatch(QPainter &painter, const QRectF &rect, int series)
{
    const int kind = series % 4;
    if (kind == 0)
        return; // plain
    constexpr qreal Step = 6;
    if (kind == 3) {
        for (qreal x = rect.left() + Step / 2; x < rect.right(); x += Step)
            painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()));
        return;
    }
    // Diagonals, cut at the rectangle by hand: SVG as Qt writes it knows no clipping.
    for (qreal offset = -rect.height(); offset < rect.width(); offset += Step) {
        const qreal from = std::max(0.0, offset), to = std::min(rect.width(), offset + rect.height());
        if (from >= to)
            continue;
        QPointF a(rect.left() + from, rect.top() + (from - offset)), b(rect.left() + to, rect.top() + (to - offset));
        if (kind == 2) {
            a.setY(rect.bottom() - (from - offset));
            b.setY(rect.bottom() - (to - offset));
        }
        painter.drawLine(a, b);
    }
}

} // namespace

ChartStyle::ChartStyle(const QPalette &palette, const QFont &f)
    : ground(palette.color(QPalette::Window)), text(palette.color(QPalette::WindowText)),
      faint(chrome::mix(text, ground, 0.35)), grid(chrome::mix(ground, text, 0.16)), accent(chrome::accent(palette)),
      good(isDark(palette) ? QColor(0x6c, 0xc7, 0x85) : QColor(0x1a, 0x7f, 0x37)), bad(chrome::error(palette)), font(f),
      m_dark(isDark(palette))
{
}

ChartStyle ChartStyle::forPaper(const QFont &font)
{
    ChartStyle style;
    style.ground = Qt::white;
    style.text = QColor(0x1f, 0x24, 0x2b);
    style.faint = QColor(0x5b, 0x64, 0x70);
    style.grid = QColor(0xdd, 0xe2, 0xe8);
    style.accent = QColor(0x1f, 0x63, 0x9f);
    style.good = QColor(0x1a, 0x7f, 0x37);
    style.bad = QColor(0xb3, 0x1d, 0x1d);
    style.font = font;
    return style;
}

QColor ChartStyle::series(int index) const
{
    return QColor::fromRgb((m_dark ? OnDark : OnLight)[std::size_t(index % SeriesCount)]);
}

QFont ChartStyle::bold() const
{
    QFont strong = font;
    strong.setBold(true);
    return strong;
}

QFont ChartStyle::small() const
{
    QFont little = font;
    if (font.pointSizeF() > 0)
        little.setPointSizeF(font.pointSizeF() * 0.88);
    else
        little.setPixelSize(std::max(8, int(font.pixelSize() * 0.88)));
    return little;
}

void ChartStyle::bar(QPainter &painter, const QRectF &rect, int index) const
{
    const QColor color = series(index);
    painter.setPen(Qt::NoPen);
    painter.setBrush(index % 4 == 0 ? color : chrome::mix(ground, color, 0.45));
    painter.drawRect(rect);
    painter.setPen(QPen(color, 1.2));
    hatch(painter, rect, index);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect);
}

QPen ChartStyle::line(int index, qreal width) const
{
    constexpr std::array Kinds{Qt::SolidLine, Qt::DashLine, Qt::DashDotLine, Qt::DotLine};
    return QPen(series(index), width, Kinds[std::size_t(index / 4 + index) % 4], Qt::RoundCap, Qt::RoundJoin);
}

void ChartStyle::mark(QPainter &painter, QPointF c, int index, qreal r) const
{
    painter.setPen(QPen(series(index), 1.6));
    painter.setBrush(index < 4 ? series(index) : ground);
    switch (index % 4) {
    case 0:
        painter.drawEllipse(c, r, r);
        break;
    case 1:
        painter.drawRect(QRectF(c.x() - r, c.y() - r, 2 * r, 2 * r));
        break;
    case 2:
        painter.drawPolygon(
            QPolygonF{{c.x(), c.y() - r * 1.2}, {c.x() + r * 1.1, c.y() + r}, {c.x() - r * 1.1, c.y() + r}});
        break;
    default:
        painter.drawPolygon(QPolygonF{
            {c.x(), c.y() - r * 1.3}, {c.x() + r * 1.3, c.y()}, {c.x(), c.y() + r * 1.3}, {c.x() - r * 1.3, c.y()}});
    }
}

void ChartStyle::label(QPainter &painter, const QRectF &rect, int flags, const QString &words) const
{
    const QFontMetricsF metrics(painter.font(), painter.device());
    painter.drawText(rect, flags | Qt::TextSingleLine,
                     metrics.elidedText(OutsideText(words).plain(), Qt::ElideRight, rect.width() + 1));
}

} // namespace bulkhead
