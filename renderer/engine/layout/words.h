// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/inline_content.h"
#include "renderer/engine/layout/line.h"

#include <cstdint>
#include <utility>
#include <vector>

/// Small questions about text in lines.
namespace bulkhead::engine {

/// How many characters of a Word fit into @p room, cut at the end of a grapheme: at least one when the line @p
/// hasContent not yet; all when it is one grapheme.
std::uint32_t fittingPart(LayoutPass &pass, const InlineItem &item, LayoutUnit room, bool hasContent,
                          const ShapedText &shaped);
/// To the next tab stop from the line's @p position (css-text-3 4.2).
LayoutUnit widthOfTab(LayoutPass &pass, BoxId box, LayoutUnit position);
/// What is shown where a line ends at a soft hyphen.
std::pair<ShapedWord, LayoutUnit> shapeHyphen(LayoutPass &pass, StyleId style);
/// Where the content of a line begins in its band, by text-align; 0 when it sticks out.
LayoutUnit lineStart(LayoutPass &pass, const Line &line, BoxId root);

} // namespace bulkhead::engine
