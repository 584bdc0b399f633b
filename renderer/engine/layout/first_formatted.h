// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/layout/anonymous_boxes.h"
#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/style/document_styles.h"

#include <QStringView>

#include <array>
#include <map>
#include <vector>

namespace bulkhead::engine {

/// ::first-line and ::first-letter (css-pseudo-4 2): finds the first formatted line of each block container that has
/// such a pseudo-element, gives its first letter a box, and its boxes the styles that they have on that line.
class FirstFormatted
{
public:
    FirstFormatted(BoxTree &tree, const Document &document, DocumentStyles &styles, std::vector<QStringView> &texts,
                   const AnonymousBoxes &boxes)
        : m_tree(&tree), m_document(&document), m_styles(&styles), m_texts(&texts), m_boxes(&boxes)
    {
    }

    void apply();

private:
    BoxId firstLines(BoxId block) const;
    BoxId firstText(BoxId inlineParent) const;
    void addLetter(BoxId text, BoxId block, StyleId style);
    void addLine(BoxId lines, BoxId block, StyleId style);
    StyleId onFirstLine(StyleId id, StyleId block, StyleId line);
    void addLineStyles(BoxId parent, BoxId block, StyleId line);

    BoxTree *m_tree;
    const Document *m_document;
    DocumentStyles *m_styles;
    std::vector<QStringView> *m_texts;
    const AnonymousBoxes *m_boxes;
    std::map<std::array<StyleId, 3>, StyleId> m_made;
};

} // namespace bulkhead::engine
