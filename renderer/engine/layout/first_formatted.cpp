// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/first_formatted.h"

#include "renderer/engine/text/line_breaks.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine {

namespace {

bool isPunctuation(QChar c)
{
    switch (c.category()) {
    case QChar::Punctuation_Open:
    case QChar::Punctuation_Close:
    case QChar::Punctuation_InitialQuote:
    case QChar::Punctuation_FinalQuote:
    case QChar::Punctuation_Other:
        return true;
    default:
        return false;
    }
}

bool isSpace(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || c == u'\r' || c == u'\f';
}

// css-pseudo-4 2.2.1: with the punctuation before and after it. 0 when there is no letter.
qsizetype letterEnd(QStringView text, qsizetype start)
{
    qsizetype end = start;
    while (end < text.size() && isPunctuation(text[end]))
        ++end;
    if (end >= text.size())
        return end > start ? end : 0;
    if (isSpace(text[end]))
        return end > start ? end : 0;
    end = qsizetype(nextGrapheme(text, std::size_t(end)));
    while (end < text.size() && isPunctuation(text[end]) && text[end].category() != QChar::Punctuation_Open)
        ++end;
    return end;
}

} // namespace

void FirstFormatted::apply()
{
    // The inner ones last, theirs are stronger.
    const std::size_t count = m_tree->boxes.size();
    for (std::size_t i = 1; i < count; ++i) {
        const auto id = BoxId(i);
        const Box box = m_tree->box(id);
        const bool isContainer = box.type == Box::Type::Block || box.type == Box::Type::TableCell;
        if (!isContainer || box.isAnonymous || box.isTableWrapper || box.pseudo != PseudoElement::None ||
            box.node == NodeId::None || box.node == NodeId::Root)
            continue;
        const auto line = m_styles->pseudo(box.node, PseudoElement::FirstLine);
        const auto letter = m_styles->pseudo(box.node, PseudoElement::FirstLetter);
        if (!line && !letter)
            continue;
        const BoxId lines = firstLines(id);
        if (lines == BoxId::None)
            continue;
        if (letter && !m_styles->style(*letter).display.isNone()) {
            const BoxId text = firstText(lines);
            if (text != BoxId::None)
                addLetter(text, id, *letter);
        }
        if (line)
            addLine(lines, id, *line);
    }
}

// The block container with the first formatted line: this or the first in the flow of its blocks.
BoxId FirstFormatted::firstLines(BoxId block) const
{
    while (!m_tree->box(block).isInlineRoot) {
        BoxId first = BoxId::None;
        for (const BoxId child : m_tree->children(block)) {
            const Box &box = m_tree->box(child);
            const ComputedStyle &style = m_styles->style(box.style);
            if (box.type == Box::Type::Marker || style.isOutOfFlow() || style.isFloating())
                continue;
            if (box.type == Box::Type::Block && !box.isTableWrapper && !style.display.isInlineLevel())
                first = child;
            break;
        }
        if (first == BoxId::None)
            return BoxId::None;
        block = first;
    }
    return block;
}

BoxId FirstFormatted::firstText(BoxId parent) const
{
    for (const BoxId child : m_tree->children(parent)) {
        const Box &box = m_tree->box(child);
        if (box.type == Box::Type::Text) {
            if (box.pseudo != PseudoElement::Marker && !m_boxes->isBlank(child))
                return child;
            continue;
        }
        const ComputedStyle &style = m_styles->style(box.style);
        if (box.type == Box::Type::Marker || box.pseudo == PseudoElement::Marker || style.isOutOfFlow() ||
            style.isFloating())
            continue;
        if (box.type != Box::Type::Inline)
            return BoxId::None; // something else comes first
        if (box.firstChild == BoxId::None)
            continue;
        const BoxId found = firstText(child);
        if (found != BoxId::None)
            return found;
    }
    return BoxId::None;
}

void FirstFormatted::addLetter(BoxId text, BoxId block, StyleId style)
{
    const QStringView all = (*m_texts)[std::size_t(text)];
    qsizetype start = 0;
    while (start < all.size() && isSpace(all[start]))
        ++start;
    const qsizetype end = letterEnd(all, start);
    if (end <= start || m_tree->box(m_tree->box(text).parent).pseudo == PseudoElement::FirstLetter)
        return;
    const Box rest = m_tree->box(text);
    Box letter;
    const ComputedStyle &computed = m_styles->style(style);
    letter.type = computed.isFloating() || !computed.display.isInlineLevel() ? Box::Type::Block : Box::Type::Inline;
    letter.isFlowRoot = letter.isInlineRoot = letter.type == Box::Type::Block;
    letter.pseudo = PseudoElement::FirstLetter;
    letter.node = m_tree->box(block).node;
    letter.style = style;
    letter.parent = rest.parent;
    const auto letterId = BoxId(m_tree->boxes.size());
    m_tree->boxes.push_back(letter);
    Box inner = rest;
    inner.style = style;
    inner.next = BoxId::None;
    m_texts->resize(m_tree->boxes.size());
    const BoxId innerId = m_tree->append(letterId, inner);
    m_texts->resize(m_tree->boxes.size());
    (*m_texts)[std::size_t(innerId)] = all.mid(start, end - start);
    (*m_texts)[std::size_t(text)] = all.mid(end);
    // In front of the rest.
    m_tree->box(letterId).next = text;
    Box &parent = m_tree->box(rest.parent);
    if (parent.firstChild == text) {
        parent.firstChild = letterId;
        return;
    }
    for (BoxId child = parent.firstChild; child != BoxId::None; child = m_tree->box(child).next) {
        if (m_tree->box(child).next == text && child != letterId) {
            m_tree->box(child).next = letterId;
            return;
        }
    }
}

void FirstFormatted::addLine(BoxId lines, BoxId block, StyleId style)
{
    m_tree->firstLineStyles[lines] = onFirstLine(m_tree->box(lines).style, m_tree->box(block).style, style);
    addLineStyles(lines, block, style);
}

void FirstFormatted::addLineStyles(BoxId parent, BoxId block, StyleId line)
{
    for (const BoxId child : m_tree->children(parent)) {
        const Box &box = m_tree->box(child);
        if (box.type != Box::Type::Inline && box.type != Box::Type::Text)
            continue;
        m_tree->firstLineStyles[child] = onFirstLine(m_tree->firstLineStyle(child), m_tree->box(block).style, line);
        if (box.type == Box::Type::Inline)
            addLineStyles(child, block, line);
    }
}

namespace {

template <typename T>
void follow(T &value, const T &ofBlock, const T &ofLine)
{
    if (value == ofBlock)
        value = ofLine;
}

} // namespace

// An inline box inherits from ::first-line what it would have inherited from the block. What it has of its own is seen
// by its being different.
StyleId FirstFormatted::onFirstLine(StyleId id, StyleId blockId, StyleId lineId)
{
    const std::array<StyleId, 3> key{id, blockId, lineId};
    const auto known = m_made.find(key);
    if (known != m_made.end())
        return known->second;
    const ComputedStyle &block = m_styles->style(blockId);
    const ComputedStyle &line = m_styles->style(lineId);
    ComputedStyle style = m_styles->style(id);
    FontDescription &font = *style.font;
    const FontDescription &blockFont = *block.font, &lineFont = *line.font;
    follow(font.families, blockFont.families, lineFont.families);
    follow(font.size, blockFont.size, lineFont.size);
    follow(font.weight, blockFont.weight, lineFont.weight);
    follow(font.slant, blockFont.slant, lineFont.slant);
    follow(font.stretch, blockFont.stretch, lineFont.stretch);
    follow(font.caps, blockFont.caps, lineFont.caps);
    follow(font.features, blockFont.features, lineFont.features);
    TextStyle &text = *style.text;
    const TextStyle &blockText = *block.text, &lineText = *line.text;
    follow(text.color, blockText.color, lineText.color);
    follow(text.lineHeight, blockText.lineHeight, lineText.lineHeight);
    follow(text.letterSpacing, blockText.letterSpacing, lineText.letterSpacing);
    follow(text.wordSpacing, blockText.wordSpacing, lineText.wordSpacing);
    if (id == blockId) {
        // Of the pseudo-element itself.
        style.rare->underline |= line.rare->underline;
        style.rare->overline |= line.rare->overline;
        style.rare->lineThrough |= line.rare->lineThrough;
        style.rare->decorationColor = line.rare->decorationColor;
        style.rare->decorationStyle = line.rare->decorationStyle;
    }
    return m_made[key] = m_styles->add(std::move(style));
}

} // namespace bulkhead::engine
