// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/page/fragment_map.h"
#include "renderer/engine/paint/highlights.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/page/text_range.h"

#include <QPoint>
#include <QRect>
#include <QString>

#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// The visible text of a layout in reading order, as it is copied and searched, and which character is where.
class PageText
{
public:
    PageText(const Document &document, const DocumentStyles &styles, const BoxTree &boxes, const LayoutTree &tree);

    const QString &text() const { return m_text; }
    /// As copied: without characters that only lay text out.
    QString plain(TextRange range) const;

    /// One rectangle for each piece of a line inside the range.
    std::vector<QRect> rects(TextRange range, const FragmentMap &map) const;
    /// What to highlight of the layout's text.
    std::vector<HighlightLayer::Range> layoutRanges(const std::vector<TextRange> &ranges) const;

    /// Offset nearest to a point.
    int offsetAt(QPointF point, const FragmentMap &map) const;
    TextRange wordAt(int offset) const;
    TextRange paragraphAt(int offset) const;

private:
    /// A run of the layout: consecutive characters of it are so here.
    struct Segment
    {
        int start = 0, length = 0;
        std::uint32_t layoutStart = 0;
        FragmentId fragment = FragmentId::None;
    };
    class Walk;

    std::size_t firstEndingAfter(int offset) const;

    const LayoutTree &m_tree;
    QString m_text;
    std::vector<Segment> m_segments; // by start
};

} // namespace bulkhead::engine
