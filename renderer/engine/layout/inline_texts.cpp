// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/inline_texts.h"

#include "renderer/engine/text/bidi.h"
#include "renderer/engine/text/transform.h"
#include "renderer/engine/text/white_space.h"

#include <algorithm>
#include <cstdint>

namespace bulkhead::engine {

namespace {

/// The text of one block container's lines.
class Collector
{
public:
    Collector(BoxTree &tree, const DocumentStyles &styles, const std::vector<QStringView> &texts)
        : m_tree(&tree), m_styles(&styles), m_texts(&texts), m_collapser(m_paragraph)
    {
    }

    void collect(BoxId root)
    {
        const ComputedStyle &style = m_styles->style(m_tree->box(root).style);
        const bool overrides =
            style.unicodeBidi == UnicodeBidi::BidiOverride || style.unicodeBidi == UnicodeBidi::IsolateOverride;
        const BidiControls controls = bidiControls(UnicodeBidi::BidiOverride, style.text->direction);
        if (overrides)
            addControls(controls.open);
        addChildren(root);
        if (overrides)
            addControls(controls.close);
        const auto start = std::uint32_t(m_tree->text.size());
        for (const BoxId id : m_boxes)
            m_tree->box(id).textStart += start;
        m_tree->text += m_paragraph;
        m_tree->box(root).textStart = start;
        m_tree->box(root).textLength = std::uint32_t(m_paragraph.size());
    }

private:
    void addControls(QStringView controls)
    {
        for (const QChar c : controls)
            m_collapser.appendInvisible(c.unicode());
    }

    void addChildren(BoxId parent)
    {
        for (const BoxId child : m_tree->children(parent))
            addBox(child);
    }

    void addBox(BoxId id)
    {
        Box &box = m_tree->box(id);
        const ComputedStyle &style = m_styles->style(box.style);
        if (box.type == Box::Type::Text) {
            addText(id);
            return;
        }
        if (box.type == Box::Type::Marker || style.isOutOfFlow() || style.isFloating())
            return;
        box.textStart = std::uint32_t(m_paragraph.size());
        m_boxes.push_back(id);
        switch (box.type) {
        case Box::Type::Inline: {
            const BidiControls controls = bidiControls(style.unicodeBidi, style.text->direction);
            addControls(controls.open);
            addChildren(id);
            addControls(controls.close);
            break;
        }
        case Box::Type::LineBreak:
            m_collapser.appendForcedBreak();
            m_transformer.endWord();
            break;
        case Box::Type::WordBreak:
            m_collapser.appendInvisible(0x200b);
            break;
        default:
            // A block ends the line.
            if (style.display.isInlineLevel())
                m_collapser.appendObject();
            else
                m_collapser.appendForcedBreak();
            m_transformer.endWord();
            break;
        }
    }

    void addText(BoxId id)
    {
        const TextStyle &style = *m_styles->style(m_tree->box(id).style).text;
        const TransformedText transformed =
            m_transformer.transform((*m_texts)[std::size_t(id)], style.textTransform, style.language);
        m_sources.clear();
        m_collapser.appendText(transformed.text, style.whiteSpace, style.wrap, &m_sources);
        Box &box = m_tree->box(id);
        box.textLength = std::uint32_t(m_sources.size());
        box.textStart = std::uint32_t(m_paragraph.size()) - box.textLength;
        // A segment break before it may have gone after all.
        if (m_lastText != BoxId::None)
            trimLast(box.textStart);
        m_boxes.push_back(id);
        m_lastText = id;
    }

    void trimLast(std::uint32_t end)
    {
        Box &last = m_tree->box(m_lastText);
        if (last.textStart + last.textLength > end)
            last.textLength = std::max(end, last.textStart) - last.textStart;
    }

    BoxTree *m_tree;
    const DocumentStyles *m_styles;
    const std::vector<QStringView> *m_texts;
    QString m_paragraph;
    WhiteSpaceCollapser m_collapser;
    TextTransformer m_transformer;
    std::vector<BoxId> m_boxes; // whose textStart is relative to the paragraph
    std::vector<std::uint32_t> m_sources;
    BoxId m_lastText = BoxId::None;
};

} // namespace

void collectTexts(BoxTree &tree, const DocumentStyles &styles, const std::vector<QStringView> &texts)
{
    // In document order, that is along the links.
    BoxId id = BoxId::Root;
    while (id != BoxId::None) {
        if (tree.box(id).isInlineRoot)
            Collector(tree, styles, texts).collect(id);
        if (tree.box(id).type == Box::Type::Marker) {
            for (const BoxId text : tree.children(id)) {
                tree.box(text).textStart = std::uint32_t(tree.text.size());
                tree.text += texts[std::size_t(text)];
                tree.box(text).textLength = std::uint32_t(texts[std::size_t(text)].size());
            }
        }
        if (tree.box(id).firstChild != BoxId::None) {
            id = tree.box(id).firstChild;
            continue;
        }
        while (id != BoxId::None && tree.box(id).next == BoxId::None)
            id = tree.box(id).parent;
        if (id != BoxId::None)
            id = tree.box(id).next;
    }
}

} // namespace bulkhead::engine
