// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QFont>
#include <QFontMetricsF>
#include <QGlyphRun>
#include <QRectF>
#include <QString>

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace bulkhead {

class FontFace;

/// A word (or what the engine takes for one) in one font, measured once and shared by all places that show it.
struct ShapedText
{
    QString text;
    int width = 0;                   ///< CSS pixels
    QRectF ink;                      ///< what drawing may touch, relative to the baseline's start; may be generous
    mutable QList<QGlyphRun> glyphs; ///< filled by the painter when first drawn, and dropped again by it
};

/// Position of a line under, through or over text, relative to the baseline.
struct TextLine
{
    qreal top = 0;
    qreal thickness = 1;
};

/// One font of a document with a bounded cache of shaped words. Metrics are linear (no hinting), so that text laid out
/// in CSS pixels fits at every scale. Main thread.
class FontFace
{
public:
    enum Decoration { Underline = 1, LineThrough = 2, Overline = 4 };

    FontFace(const QStringList &families, int pixelSize, int weight, QFont::Style style, int decorations);

    std::shared_ptr<const ShapedText> shape(std::string_view utf8);

    const QFont &font() const { return m_font; }
    int ascent() const { return m_ascent; }
    int descent() const { return m_descent; }
    int xHeight() const { return m_xHeight; }
    int pixelSize() const { return m_font.pixelSize(); }
    int decorations() const { return m_decorations; }
    const std::vector<TextLine> &lines() const { return m_lines; }

    /// Distance from the start of the text to the place before character @p index.
    int cursorX(const QString &text, int index) const;
    /// Nearest place between characters.
    int indexAt(const QString &text, qreal x) const;

private:
    struct Hash : std::hash<std::string_view>
    {
        using is_transparent = void;
    };

    QFont m_font;
    QFontMetricsF m_metrics;
    int m_ascent;
    int m_descent;
    int m_xHeight;
    int m_decorations;
    std::vector<TextLine> m_lines;
    std::unordered_map<std::string, std::shared_ptr<const ShapedText>, Hash, std::equal_to<>> m_cache;
};

} // namespace bulkhead
