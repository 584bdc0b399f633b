// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/control_label.h"

#include "renderer/engine/paint/text_drawing.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

namespace bulkhead::engine {

namespace {

constexpr qsizetype mostCharacters = 2000;
constexpr int mostLines = 500;

/// Has what it draws.
class LabelDrawing final : public Drawing
{
public:
    LabelDrawing(TextRun run, QString text, Faces &faces, QPointF origin, double width, TextDrawing::Look look)
        : m_run(std::move(run)), m_text(std::move(text)),
          m_drawing(m_run, m_text, faces, origin, width, std::move(look))
    {
    }

    QRectF bounds() const { return m_drawing.bounds(); }
    void paint(QPainter &painter, const ReplayContext &context) const override
    {
        m_drawing.paint(painter, {context.damage, context.scale, nullptr});
    }

private:
    TextRun m_run;
    QString m_text;
    TextDrawing m_drawing;
};

struct Label
{
    TextRun run;
    double width = 0;
};

// Word by word, as the shaper wants it.
Label shapeLabel(Shaper &shaper, FontId font, const QString &text, const QString &language)
{
    Label label;
    label.run.font = font;
    label.run.textLength = std::uint32_t(text.size());
    const Direction direction = text.isRightToLeft() ? Direction::Rtl : Direction::Ltr;
    label.run.isRightToLeft = direction == Direction::Rtl;
    LayoutUnit x;
    for (qsizetype start = 0; start < text.size();) {
        qsizetype end = text.indexOf(u' ', start);
        end = end < 0 ? text.size() : end + 1;
        TextRun::Piece piece;
        piece.shaped = shaper.shape(font, QStringView(text).mid(start, end - start), direction, language);
        piece.glyphCount = std::uint32_t(piece.shaped->glyphs.size());
        piece.textStart = std::uint32_t(start);
        piece.x = x;
        x += LayoutUnit::fromPixelsCeil(double(piece.shaped->width));
        label.run.pieces.push_back(std::move(piece));
        start = end;
    }
    if (label.run.isRightToLeft) {
        // The first word is at the right.
        for (TextRun::Piece &piece : label.run.pieces)
            piece.x = x - piece.x - LayoutUnit::fromPixelsCeil(double(piece.shaped->width));
    }
    label.width = x.toDouble();
    return label;
}

QString printable(const QString &text)
{
    QString result = text.left(mostCharacters);
    for (QChar &c : result) {
        if (c.unicode() < 0x20)
            c = u' ';
    }
    return result;
}

void recordRun(const PaintInput &input, DisplayList &list, const ComputedStyle &style, Label label, QString text,
               QPointF origin, const QColor &color)
{
    TextDrawing::Look look;
    look.color = color;
    look.fontSize = double(style.font->size);
    look.markTop = origin.y();
    const double width = label.width;
    auto drawing = std::make_unique<LabelDrawing>(std::move(label.run), std::move(text), input.faces, origin, width,
                                                  std::move(look));
    const QRectF bounds = drawing->bounds();
    list.draw(bounds, std::move(drawing));
}

/// Cuts off what is recorded while it lives.
class Cut
{
public:
    Cut(DisplayList &list, const QRectF &area) : m_list(list), m_before(list.state())
    {
        PaintState state = m_before;
        state.clip = list.states().addClip(state.clip, state.space, {area, {}});
        list.setState(state);
    }
    ~Cut() { m_list.setState(m_before); }
    Q_DISABLE_COPY_MOVE(Cut)

private:
    DisplayList &m_list;
    PaintState m_before;
};

} // namespace

void recordLabel(const PaintInput &input, DisplayList &list, const ComputedStyle &style, const QString &text,
                 const QRectF &area, const QColor &color, LabelAlign align)
{
    if (text.isEmpty() || area.isEmpty() || color.alpha() == 0)
        return;
    const FontId font = input.shaper.font(*style.font);
    const FontMetrics metrics = input.shaper.metrics(font);
    const QString shown = printable(text);
    Label label = shapeLabel(input.shaper, font, shown, style.text->language);
    const double height = double(metrics.ascent + metrics.descent);
    double left = area.left();
    if (align == LabelAlign::Center)
        left += std::max(0.0, (area.width() - label.width) / 2);
    else if (style.text->direction == Direction::Rtl)
        left = area.right() - label.width;
    const double top = area.top() + (area.height() - height) / 2;
    const Cut cut(list, area.adjusted(0, -1, 0, 1));
    recordRun(input, list, style, std::move(label), shown, {left, std::round(top + double(metrics.ascent))}, color);
}

void recordLabelLines(const PaintInput &input, DisplayList &list, const ComputedStyle &style, const QString &text,
                      const QRectF &area, const QColor &color)
{
    if (area.isEmpty() || color.alpha() == 0)
        return;
    const FontId font = input.shaper.font(*style.font);
    const FontMetrics metrics = input.shaper.metrics(font);
    const double height = std::max(1.0, double(metrics.ascent + metrics.descent));
    const Cut cut(list, area);
    double top = area.top();
    int lines = 0;
    const auto add = [&](const QString &line) {
        if (++lines > mostLines || top >= area.bottom())
            return;
        recordRun(input, list, style, shapeLabel(input.shaper, font, line, style.text->language), line,
                  {area.left(), std::round(top + double(metrics.ascent))}, color);
        top += height;
    };
    for (const QString &paragraph : text.split(u'\n')) {
        QString line;
        double width = 0;
        const QStringList words = printable(paragraph).split(u' ');
        for (qsizetype i = 0; i < words.size() && lines <= mostLines; ++i) {
            const QString word = i + 1 < words.size() ? words[i] + u' ' : words[i];
            const double more = shapeLabel(input.shaper, font, words[i], style.text->language).width;
            if (!line.isEmpty() && width + more > area.width()) {
                add(line);
                line.clear();
                width = 0;
            }
            line += word;
            width += shapeLabel(input.shaper, font, word, style.text->language).width;
        }
        add(line);
        if (lines > mostLines || top >= area.bottom())
            return;
    }
}

} // namespace bulkhead::engine
