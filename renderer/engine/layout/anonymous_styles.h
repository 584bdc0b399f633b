// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/document_styles.h"

#include <cstdint>
#include <map>
#include <utility>

namespace bulkhead::engine {

/// Styles of boxes that no element has: inherited properties of the parent, all else initial (css-display-3 2.5). Each
/// is made once.
class AnonymousStyles
{
public:
    explicit AnonymousStyles(DocumentStyles &styles) : m_styles(&styles) {}

    StyleId inherit(StyleId parent, DisplayOutside outside, DisplayInside inside);

    struct TableStyles
    {
        StyleId wrapper; ///< position, float, margins and effects
        StyleId table;   ///< all else
    };
    /// The style of a table, shared out over its two boxes (CSS 2.1 17.4).
    TableStyles table(StyleId style);
    /// The same with overflow: visible, for the element whose overflow the viewport took (css-overflow-3 3.3).
    StyleId withoutOverflow(StyleId style);
    /// A picture in generated content.
    StyleId image(StyleId parent, const ContentItem &item);

private:
    using Key = std::pair<StyleId, std::uint32_t>;

    DocumentStyles *m_styles;
    std::map<Key, StyleId> m_inherited;
    std::map<StyleId, TableStyles> m_tables;
};

} // namespace bulkhead::engine
