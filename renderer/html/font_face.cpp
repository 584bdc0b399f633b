// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/font_face.h"

#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace bulkhead {

namespace {

QFont makeFont(const QStringList &families, int pixelSize, int weight, QFont::Style style)
{
    QFont font;
    font.setFamilies(families);
    font.setPixelSize(std::clamp(pixelSize, 1, 512));
    font.setWeight(QFont::Weight(std::clamp(weight, 1, 1000)));
    font.setStyle(style);
    font.setHintingPreference(QFont::PreferNoHinting);
    return font;
}

// Glyphs of these scripts stay near their advance; for others the font has to be asked.
bool isSimple(const QString &text)
{
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return c.unicode() < 0x250 || (c.unicode() >= 0x2010 && c.unicode() < 0x2030); });
}

constexpr std::size_t maxCachedWords = 50'000;

} // namespace

FontFace::FontFace(const QStringList &families, int pixelSize, int weight, QFont::Style style, int decorations)
    : m_font(makeFont(families, pixelSize, weight, style)), m_metrics(m_font),
      m_ascent(int(std::lround(m_metrics.ascent()))), m_descent(int(std::lround(m_metrics.descent()))),
      m_xHeight(int(std::lround(m_metrics.xHeight()))), m_decorations(decorations)
{
    // Whole CSS pixels keep lines crisp at scale 1.
    const qreal thickness = std::max(1.0, std::round(m_metrics.lineWidth()));
    if (decorations & Underline)
        m_lines.push_back({std::max(1.0, std::floor(m_metrics.underlinePos())), thickness});
    if (decorations & LineThrough)
        m_lines.push_back({-std::round(m_metrics.strikeOutPos()), thickness});
    if (decorations & Overline)
        m_lines.push_back({-qreal(m_ascent), thickness});
}

std::shared_ptr<const ShapedText> FontFace::shape(std::string_view utf8)
{
    if (const auto found = m_cache.find(utf8); found != m_cache.end())
        return found->second;
    if (m_cache.size() >= maxCachedWords)
        m_cache.clear();
    auto shaped = std::make_shared<ShapedText>();
    shaped->text = QString::fromUtf8(utf8.data(), qsizetype(utf8.size()));
    const qreal width = m_metrics.horizontalAdvance(shaped->text);
    shaped->width = int(std::lround(std::min(width, 1e6)));
    const qreal em = pixelSize();
    shaped->ink = QRectF(0, -m_metrics.ascent(), width, m_metrics.height());
    if (!isSimple(shaped->text))
        shaped->ink |= m_metrics.boundingRect(shaped->text);
    shaped->ink.adjust(-em / 2, -em / 3, em / 2, em / 3);
    m_cache.emplace(std::string(utf8), shaped);
    return shaped;
}

int FontFace::cursorX(const QString &text, int index) const
{
    QTextLayout layout(text, m_font);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    return line.isValid() ? int(std::lround(line.cursorToX(index))) : 0;
}

int FontFace::indexAt(const QString &text, qreal x) const
{
    QTextLayout layout(text, m_font);
    layout.beginLayout();
    const QTextLine line = layout.createLine();
    layout.endLayout();
    return line.isValid() ? line.xToCursor(x) : 0;
}

} // namespace bulkhead
