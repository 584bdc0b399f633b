// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/inline_content.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/layout/words.h"

#include <algorithm>

/// Intrinsic widths of lines (css-sizing-3 4.1): between all soft wrap opportunities, and between none.
namespace bulkhead::engine {

namespace {

/// What stands side by side, of which the spaces at the end do not count.
struct Row
{
    LayoutUnit position;
    LayoutUnit trailing;
    LayoutUnit floats;

    void add(LayoutUnit width, LayoutUnit spaces)
    {
        position += width + spaces;
        // Boxes that end after spaces do not hold these.
        if (width != 0)
            trailing = spaces;
        else
            trailing += spaces;
    }
    LayoutUnit width() const { return position - trailing + floats; }
};

class Measurer
{
public:
    Measurer(LayoutPass &pass, BoxId root) : m_pass(&pass), m_content(&inlineContent(pass, root))
    {
        const Length &indent = pass.style(root).text->textIndent;
        if (!indent.dependsOnBase() && pass.box(root).parent != BoxId::None &&
            !pass.style(root).text->textIndentHanging)
            m_line.position = m_part.position = indent.resolve(LayoutUnit());
    }

    Intrinsic measure()
    {
        bool mayEnd = false;
        for (const InlineItem &item : m_content->items) {
            if (mayEnd && item.kind != InlineItem::Kind::Close)
                endPart();
            mayEnd = (mayEnd && item.kind == InlineItem::Kind::Close) || item.breaksAfter;
            add(item);
        }
        endLine();
        return m_widths;
    }

private:
    void endPart()
    {
        m_widths.min = std::max(m_widths.min, m_part.width());
        m_part = {};
    }

    void endLine()
    {
        endPart();
        m_widths.max = std::max(m_widths.max, m_line.width());
        m_line = {};
    }

    void addBoth(LayoutUnit width, LayoutUnit spaces)
    {
        m_line.add(width, spaces);
        m_part.add(width, spaces);
    }

    void add(const InlineItem &item)
    {
        switch (item.kind) {
        case InlineItem::Kind::Word:
            addWord(item);
            break;
        case InlineItem::Kind::Tab:
            addBoth(widthOfTab(*m_pass, item.box, m_line.position), {});
            break;
        case InlineItem::Kind::Open:
        case InlineItem::Kind::Close: {
            const ComputedStyle &style = m_pass->style(item.box);
            const LayoutEdges edges = borderAndPadding(style, {}) + marginOf(style, {});
            const bool isLeft = (item.kind == InlineItem::Kind::Open) == (style.text->direction == Direction::Ltr);
            addBoth(isLeft ? edges.left : edges.right, {});
            break;
        }
        case InlineItem::Kind::Atomic: {
            const Intrinsic own = m_pass->contribution(item.box);
            m_line.add(own.max, {});
            m_part.add(own.min, {});
            break;
        }
        case InlineItem::Kind::Float: {
            const Intrinsic own = m_pass->contribution(item.box);
            m_widths.min = std::max(m_widths.min, own.min);
            if (m_pass->style(item.box).clear != Clear::None) {
                m_widths.max = std::max(m_widths.max, m_line.floats);
                m_line.floats = {};
            }
            m_line.floats += std::max(LayoutUnit(), own.max);
            break;
        }
        case InlineItem::Kind::ForcedBreak:
            endLine();
            break;
        case InlineItem::Kind::Block: {
            endLine();
            const Intrinsic own = m_pass->contribution(item.box);
            m_widths.min = std::max(m_widths.min, own.min);
            m_widths.max = std::max(m_widths.max, own.max);
            break;
        }
        case InlineItem::Kind::Absolute:
            break;
        }
    }

    void addWord(const InlineItem &item)
    {
        const TextStyle &style = *m_pass->style(item.box).text;
        const bool breaksAnywhere = style.wrap == TextWrap::Wrap && (style.overflowWrap == OverflowWrap::Anywhere ||
                                                                     style.wordBreak == WordBreak::BreakWord);
        const LayoutUnit spaces = item.spaceWidth;
        m_line.add(item.width, spaces);
        if (!breaksAnywhere) {
            m_part.add(item.width, spaces);
            return;
        }
        endPart();
        float widest = 0;
        for (const ShapedText::Glyph &glyph : m_content->words[item.word]->glyphs)
            widest = std::max(widest, glyph.advance);
        m_part.add(LayoutUnit::fromPixelsCeil(double(widest) + double(style.letterSpacing)), {});
        endPart();
    }

    LayoutPass *m_pass;
    const InlineContent *m_content;
    Row m_line, m_part;
    Intrinsic m_widths;
};

} // namespace

Intrinsic inlineIntrinsic(LayoutPass &pass, BoxId root)
{
    return Measurer(pass, root).measure();
}

} // namespace bulkhead::engine
