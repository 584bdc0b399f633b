// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/inline_content.h"

#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/sizes.h"
#include "renderer/engine/text/line_breaks.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bulkhead::engine {

namespace {

constexpr char16_t SoftHyphen = 0xad;
constexpr char16_t ZeroWidthSpace = 0x200b;

constexpr bool isForcedBreak(char16_t c)
{
    return c == u'\n' || c == 0x2028; // the latter ends no bidi paragraph
}

LayoutUnit nearest(double pixels)
{
    return LayoutUnit::fromPixels(pixels + 0.5 / LayoutUnit::Denominator);
}

/// The block container in whose lines a box is.
BoxId inlineRootOf(const LayoutPass &pass, BoxId id)
{
    while (!pass.box(id).isInlineRoot && pass.box(id).parent != BoxId::None)
        id = pass.box(id).parent;
    return id;
}

enum class Variant : std::uint8_t { Usual, FirstLine };

/// Walks over the inline boxes of one block container and cuts its text into items.
class ItemBuilder
{
public:
    ItemBuilder(LayoutPass &pass, BoxId root, Variant variant)
        : m_pass(&pass), m_tree(&pass.boxes()), m_root(root), m_start(pass.box(root).textStart),
          m_text(pass.boxes().textOf(root)), m_variant(variant), m_content(std::make_unique<InlineContent>())
    {
    }

    std::unique_ptr<InlineContent> build()
    {
        findBreaks();
        m_ancestors.push_back(m_root);
        for (const BoxId child : m_tree->children(m_root))
            addBox(child);
        m_content->nextSolid.resize(m_content->items.size() + 1, std::uint32_t(m_content->items.size()));
        for (std::size_t i = m_content->items.size(); i-- > 0;) {
            const InlineItem &item = m_content->items[i];
            const bool stops = item.isSolid || item.kind == InlineItem::Kind::Block;
            m_content->nextSolid[i] = stops ? std::uint32_t(i) : m_content->nextSolid[i + 1];
        }
        return std::move(m_content);
    }

private:
    void findBreaks()
    {
        collectRules(m_root);
        m_breaks.find(m_text, m_rules);
        const ComputedStyle &style = m_pass->style(m_root);
        const bool isRtl = style.text->direction == Direction::Rtl;
        m_bidi.analyze(m_text, style.unicodeBidi == UnicodeBidi::Plaintext ? BaseDirection::Auto
                               : isRtl                                     ? BaseDirection::Rtl
                                                                           : BaseDirection::Ltr);
        m_content->hasBidi = !m_bidi.isTrivial();
        m_content->baseLevel = m_bidi.isTrivial() ? (isRtl ? 1 : 0) : m_bidi.baseLevel(0);
    }

    void collectRules(BoxId above)
    {
        for (const BoxId id : m_tree->children(above)) {
            const Box &box = m_tree->box(id);
            if (box.type == Box::Type::Inline)
                collectRules(id);
            if (box.type != Box::Type::Text || box.textLength == 0)
                continue;
            const TextStyle &style = *m_pass->style(id).text;
            BreakRules rules{style.wordBreak, style.lineBreak, style.hyphens, style.language};
            const std::size_t end = box.textStart + box.textLength - m_start;
            if (!m_rules.empty() && m_rules.back().rules == rules)
                m_rules.back().end = end;
            else
                m_rules.push_back({end, std::move(rules)});
        }
        if (above != m_root)
            return;
        if (m_rules.empty())
            m_rules.push_back({}); // nothing but boxes
        m_rules.back().end = std::size_t(m_text.size());
    }

    InlineItem &push(InlineItem item)
    {
        m_content->items.push_back(item);
        return m_content->items.back();
    }

    void addBox(BoxId id)
    {
        const Box &box = m_tree->box(id);
        const ComputedStyle &style = m_pass->style(id);
        InlineItem item;
        item.box = id;
        item.textStart = box.textStart;
        if (box.type == Box::Type::Marker)
            return;
        if (box.type == Box::Type::Text) {
            addText(id);
        } else if (style.isOutOfFlow() || style.isFloating()) {
            item.kind = style.isOutOfFlow() ? InlineItem::Kind::Absolute : InlineItem::Kind::Float;
            push(item);
        } else if (box.type == Box::Type::Inline) {
            addInline(id);
        } else if (box.type == Box::Type::LineBreak) {
            item.kind = InlineItem::Kind::ForcedBreak;
            item.isSolid = true;
            beforeText(box.textStart - m_start);
            push(item);
            m_textItem = 0;
            noteBaseLevel(box.textStart - m_start + 1);
        } else if (box.type == Box::Type::WordBreak) {
            beforeText(box.textStart - m_start);
        } else if (isAtomic(*m_pass, id)) {
            addAtomic(item);
        } else {
            item.kind = InlineItem::Kind::Block;
            push(item);
            m_textItem = 0;
        }
    }

    void addInline(BoxId id)
    {
        InlineItem item;
        item.box = id;
        item.kind = InlineItem::Kind::Open;
        const ComputedStyle &style = m_pass->style(id);
        // Used values of percentages are not known here; they count as something.
        const LayoutEdges edges = borderAndPadding(style, LayoutUnit(100));
        const LayoutEdges margin = marginOf(style, LayoutUnit(100));
        const bool isLtr = style.text->direction == Direction::Ltr;
        const bool left = edges.left != 0 || margin.left != 0;
        const bool right = edges.right != 0 || margin.right != 0;
        item.isSolid = isLtr ? left : right;
        push(item);
        m_ancestors.push_back(id);
        for (const BoxId child : m_tree->children(id))
            addBox(child);
        m_ancestors.pop_back();
        m_least = std::min(m_least, m_ancestors.size());
        item.kind = InlineItem::Kind::Close;
        item.isSolid = isLtr ? right : left;
        push(item);
    }

    void addAtomic(InlineItem item)
    {
        const std::size_t at = item.textStart - m_start;
        beforeText(at);
        item.kind = InlineItem::Kind::Atomic;
        item.textLength = 1;
        item.isSolid = true;
        item.level = m_bidi.level(at);
        push(item);
        m_textItem = m_content->items.size();
    }

    // Something stands at that offset: whether a line may end before it. The nearest common ancestor of the two sides
    // says whether lines wrap (css-text-3 5).
    void beforeText(std::size_t offset)
    {
        const BoxId common = m_ancestors[std::min(m_least, m_ancestors.size()) - 1];
        m_least = m_ancestors.size();
        if (m_textItem == 0 || offset == 0 || !m_breaks.isAllowed(offset))
            return;
        InlineItem &before = m_content->items[m_textItem - 1];
        // Spaces that are preserved and do not wrap end nothing.
        if (m_pass->style(common).text->wrap == TextWrap::Wrap)
            before.breaksAfter = true;
    }

    void addText(BoxId id)
    {
        const Box &box = m_tree->box(id);
        const std::size_t end = box.textStart + box.textLength - m_start;
        std::size_t at = box.textStart - m_start;
        while (at < end) {
            const char16_t c = m_text[qsizetype(at)].unicode();
            if (isForcedBreak(c) || c == '\t') {
                addControl(id, at, c);
                ++at;
            } else if (c == ZeroWidthSpace) {
                beforeText(at);
                ++at;
            } else if (isBidiControl(c)) {
                ++at;
            } else {
                at = addWord(id, at, end);
            }
        }
    }

    void addControl(BoxId id, std::size_t at, char16_t c)
    {
        beforeText(at);
        InlineItem item;
        item.box = id;
        item.kind = c == '\t' ? InlineItem::Kind::Tab : InlineItem::Kind::ForcedBreak;
        item.isSolid = true;
        item.collapses = false;
        item.textStart = std::uint32_t(at + m_start);
        item.textLength = 1;
        item.level = m_bidi.level(at);
        push(item);
        m_textItem = c == '\t' ? m_content->items.size() : 0;
        if (c == '\n')
            noteBaseLevel(at + 1);
    }

    /// A bidi paragraph begins there, with the next item.
    void noteBaseLevel(std::size_t offset)
    {
        if (!m_content->hasBidi || offset >= std::size_t(m_text.size()))
            return;
        const BidiLevel level = m_bidi.baseLevel(offset);
        if (level != m_content->baseLevelAt(m_content->items.size()))
            m_content->baseLevels.emplace_back(m_content->items.size(), level);
    }

    std::size_t addWord(BoxId id, std::size_t at, std::size_t end)
    {
        beforeText(at);
        std::size_t stop = std::min(end, m_breaks.next(at));
        if (m_content->hasBidi)
            stop = m_bidi.levelEnd(at, stop);
        for (std::size_t i = at + 1; i < stop; ++i) {
            const char16_t c = m_text[qsizetype(i)].unicode();
            if (isForcedBreak(c) || c == '\t' || isBidiControl(c) || c == ZeroWidthSpace) {
                stop = i;
                break;
            }
        }
        const StyleId style = styleOf(id);
        InlineItem item = shapeWord(*m_pass, id, style, std::uint32_t(at + m_start), std::uint32_t(stop - at),
                                    m_bidi.level(at), m_content->words);
        const WhiteSpaceCollapse mode = m_pass->styles().style(style).text->whiteSpace;
        item.collapses = mode == WhiteSpaceCollapse::Collapse || mode == WhiteSpaceCollapse::PreserveBreaks;
        item.isSolid = item.spaces < item.textLength || !item.collapses;
        push(item);
        m_textItem = m_content->items.size();
        return stop;
    }

    StyleId styleOf(BoxId id) const
    {
        return m_variant == Variant::FirstLine ? m_tree->firstLineStyle(id) : m_tree->box(id).style;
    }

    LayoutPass *m_pass;
    const BoxTree *m_tree;
    BoxId m_root;
    std::size_t m_start;
    QStringView m_text;
    Variant m_variant;
    std::unique_ptr<InlineContent> m_content;
    LineBreaks m_breaks;
    BidiParagraph m_bidi;
    std::vector<BreakRange> m_rules;
    std::vector<BoxId> m_ancestors;
    std::size_t m_least = 1;    // depth of the nearest common ancestor of the last text and this place
    std::size_t m_textItem = 0; // index + 1 of the last item that is text; 0: none that a line could end after
};

} // namespace

BidiLevel InlineContent::baseLevelAt(std::size_t item) const
{
    const auto after = std::upper_bound(baseLevels.begin(), baseLevels.end(), item,
                                        [](std::size_t at, const auto &change) { return at < change.first; });
    return after == baseLevels.begin() ? baseLevel : std::prev(after)->second;
}

const InlineContent &inlineContent(LayoutPass &pass, BoxId root)
{
    if (const InlineContent *known = pass.boxes().inlineCache.find(root))
        return *known;
    std::unique_ptr<InlineContent> made = ItemBuilder(pass, root, Variant::Usual).build();
    if (pass.boxes().firstLineStyles.contains(root)) {
        std::unique_ptr<InlineContent> variant = ItemBuilder(pass, root, Variant::FirstLine).build();
        if (variant->items.size() == made->items.size() && variant->words.size() == made->words.size())
            made->firstLine = std::move(variant);
    }
    return pass.boxes().inlineCache.set(root, std::move(made));
}

InlineItem shapeWord(LayoutPass &pass, BoxId box, StyleId styleId, std::uint32_t start, std::uint32_t length,
                     BidiLevel level, std::vector<ShapedWord> &words)
{
    const QStringView all = pass.boxes().text;
    const ComputedStyle &style = pass.styles().style(styleId);
    QStringView text = all.mid(start, length);
    InlineItem item;
    item.box = box;
    item.level = level;
    item.textStart = start;
    item.textLength = length;
    // Spaces of pre and break-spaces are like letters: they neither go nor hang.
    const bool hangs = style.text->whiteSpace != WhiteSpaceCollapse::BreakSpaces &&
                       (style.text->whiteSpace != WhiteSpaceCollapse::Preserve || style.text->wrap == TextWrap::Wrap);
    while (hangs && item.spaces < length && text[qsizetype(length - item.spaces - 1)] == u' ')
        ++item.spaces;
    if (text.endsWith(QChar(SoftHyphen))) {
        item.hasSoftHyphen = true;
        text.chop(1);
    }
    item.word = std::uint32_t(words.size());
    if (text.isEmpty()) {
        words.push_back(std::make_shared<ShapedText>());
        return item;
    }
    const Box &root = pass.box(inlineRootOf(pass, box));
    const bool isInside = start >= root.textStart && start + length <= root.textStart + root.textLength;
    const QStringView around = isInside ? all.mid(root.textStart, root.textLength) : text;
    words.push_back(pass.shaper().shapeWithin(pass.font(styleId), around, isInside ? start - root.textStart : 0,
                                              std::size_t(text.size()), level % 2 ? Direction::Rtl : Direction::Ltr,
                                              style.text->language));
    const ShapedText &shaped = *words.back();
    const std::uint32_t firstSpace = length - item.spaces;
    double letters = 0, spaces = 0;
    std::uint32_t lastCluster = 0xffffffff;
    for (const ShapedText::Glyph &glyph : shaped.glyphs) {
        double advance = double(glyph.advance);
        const QChar c = text[qsizetype(std::min<std::size_t>(glyph.cluster, std::size_t(text.size() - 1)))];
        if (glyph.cluster != lastCluster) {
            advance += double(style.text->letterSpacing);
            if (c == u' ' || c == QChar(0xa0))
                advance += double(style.text->wordSpacing);
        }
        lastCluster = glyph.cluster;
        (glyph.cluster >= firstSpace ? spaces : letters) += advance;
    }
    item.width = nearest(letters);
    item.spaceWidth = nearest(spaces);
    return item;
}

bool isAtomic(const LayoutPass &pass, BoxId id)
{
    const Box &box = pass.box(id);
    if (box.type == Box::Type::Text || box.type == Box::Type::Inline || box.type == Box::Type::LineBreak ||
        box.type == Box::Type::WordBreak || box.type == Box::Type::Marker)
        return false;
    return pass.style(id).display.isInlineLevel();
}

} // namespace bulkhead::engine
