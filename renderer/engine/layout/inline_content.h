// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/space.h"
#include "renderer/engine/text/bidi.h"
#include "renderer/engine/text/shaper.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace bulkhead::engine {

class LayoutPass;

/// A piece of what stands in lines, as small as lines need it.
struct InlineItem
{
    enum class Kind : std::uint8_t {
        Word,  ///< shaped, with the spaces after it; also of spaces alone
        Tab,   ///< a preserved tab
        Open,  ///< an inline box begins
        Close, ///< and ends
        Atomic,
        Float,
        Absolute,
        ForcedBreak,
        Block, ///< a block inside an inline box
    };
    Kind kind = Kind::Word;
    bool breaksAfter = false;   ///< a soft wrap opportunity
    bool collapses = true;      ///< Word: its spaces go at the end of a line; else they hang
    bool hasSoftHyphen = false; ///< Word: a hyphen is shown where a line ends after it
    bool isSolid = false;       ///< makes a line that is not empty (CSS 2.1 9.4.2)
    BidiLevel level = 0;
    BoxId box = BoxId::None;                     ///< of the text, inline box, ...
    std::uint32_t textStart = 0, textLength = 0; ///< in BoxTree::text, with the spaces
    std::uint32_t spaces = 0;                    ///< at the end
    std::uint32_t word = 0;                      ///< in InlineContent::words
    LayoutUnit width;                            ///< without the spaces
    LayoutUnit spaceWidth;
};

using ShapedWord = std::shared_ptr<const ShapedText>;

/// The items of a block container's lines in document order, independent of any width.
class InlineContent
{
public:
    std::vector<InlineItem> items;
    std::vector<ShapedWord> words;
    /// By item, and one more: the next solid item or Block, at that place or after it.
    std::vector<std::uint32_t> nextSolid;
    BidiLevel baseLevel = 0; ///< of the first line
    /// Where unicode-bidi: plaintext changes it: from that item on.
    std::vector<std::pair<std::size_t, BidiLevel>> baseLevels;
    bool hasBidi = false;

    BidiLevel baseLevelAt(std::size_t item) const;
    /// The same with what ::first-line sets; the items are those of this one.
    std::unique_ptr<const InlineContent> firstLine;
};

/// Shapes on first use; remembered in the box tree.
const InlineContent &inlineContent(LayoutPass &pass, BoxId root);

/// A Word of @p box's text between those places in BoxTree::text, which are within one word and level.
InlineItem shapeWord(LayoutPass &pass, BoxId box, StyleId style, std::uint32_t start, std::uint32_t length,
                     BidiLevel level, std::vector<ShapedWord> &words);

/// Whether a box stands in a line as one piece: everything inline-level but texts and inline boxes.
bool isAtomic(const LayoutPass &pass, BoxId box);

/// Of the content box.
Intrinsic inlineIntrinsic(LayoutPass &pass, BoxId root);

} // namespace bulkhead::engine
