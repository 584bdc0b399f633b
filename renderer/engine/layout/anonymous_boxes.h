// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/anonymous_styles.h"
#include "renderer/engine/layout/box_tree.h"

#include <QStringView>

#include <vector>

namespace bulkhead::engine {

/// Puts anonymous boxes round children that their parent cannot have: CSS 2.1 9.2.1.1 and 17.2.1, css-flexbox-1 4.
/// Works on boxes whose own children are right already.
class AnonymousBoxes
{
public:
    /// @p texts by BoxId: of Text boxes.
    AnonymousBoxes(BoxTree &tree, DocumentStyles &styles, AnonymousStyles &anonymous,
                   const std::vector<QStringView> &texts)
        : m_tree(&tree), m_styles(&styles), m_anonymous(&anonymous), m_texts(&texts)
    {
    }

    void fix(BoxId parent);
    /// A text of nothing but white space that collapses.
    bool isBlank(BoxId box) const;

private:
    using Boxes = std::vector<BoxId>;

    const ComputedStyle &style(BoxId id) const { return m_styles->style(m_tree->box(id).style); }
    Boxes childrenOf(BoxId parent) const;
    void setChildren(BoxId parent, const Boxes &children);
    BoxId newBox(Box::Type type, BoxId parent, DisplayOutside outside, DisplayInside inside);
    bool isInFlow(BoxId id) const;
    bool isInlineLevel(BoxId id) const;
    bool isTablePart(BoxId id) const;

    void fixBlockContainer(BoxId parent);
    void fixItems(BoxId parent);
    void fixColumns(BoxId parent);
    void wrapLines(BoxId parent, Boxes &run, Boxes &result);
    void fixMisplacedTableParts(BoxId parent);
    void fixTable(BoxId table);
    void fixRows(BoxId group);
    void fixCells(BoxId row);
    void fixColumnGroup(BoxId group);
    void wrapTable(BoxId parent, const Boxes &run, Boxes &result);
    void moveCaptions(BoxId table);
    template <typename IsProper>
    void wrapImproper(BoxId parent, IsProper isProper, Box::Type type, DisplayInside inside);

    BoxTree *m_tree;
    DocumentStyles *m_styles;
    AnonymousStyles *m_anonymous;
    const std::vector<QStringView> *m_texts;
};

} // namespace bulkhead::engine
