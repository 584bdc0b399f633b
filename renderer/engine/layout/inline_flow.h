// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/block_flow.h"
#include "renderer/engine/layout/inline_content.h"
#include "renderer/engine/layout/line.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// The lines of one block container (CSS 2.1 9.4.2), between blocks inside inline boxes, as a part of a block
/// formatting context: floats in mid-line shorten it.
class InlineFlow
{
public:
    InlineFlow(BlockFlow &flow, BlockFlow::Frame &frame);
    void run();

private:
    enum class Filled : std::uint8_t {
        Line,
        NeedsRoom, ///< nothing fits beside the floats
    };
    /// Where a line may end, while it is filled.
    struct Filling
    {
        LayoutUnit y;
        LayoutUnit position; // with spaces
        LayoutUnit trailing; // spaces at its end
        bool isSolid = false;
        bool mayEnd = false; // before the next item that is no Close
        std::optional<std::size_t> endItems;
        std::size_t endAt = 0;
        LayoutUnit needed; // NeedsRoom: this width
        std::size_t at = 0;
    };

    void passEmptyLine(std::size_t end);
    void layOutLine();
    LayoutUnit settle(Line &line, Filling &filling, LayoutUnit y);
    Filled fill(Line &line, Filling &filling);
    bool addToLine(Line &line, Filling &filling, const InlineItem &item);
    bool endLine(Line &line, Filling &filling, const InlineItem &item, LayoutUnit width);
    bool cutWord(Line &line, Filling &filling, const InlineItem &item);
    void addFloat(Line &line, Filling &filling, const InlineItem &item);
    LayoutUnit widthOf(const InlineItem &item, const Filling &filling);
    LayoutUnit hyphenWidth(const InlineItem &item) const;
    const ShapedText &shaped(const InlineItem &item, bool isFirstLine) const;
    void trim(Line &line);
    const AtomicBox &atomic(std::size_t index);
    void finishLine(Line &line, const Filling &filling, LayoutUnit y);
    void addStatics(const Line &line, FragmentId fragment);
    LayoutUnit indent(bool isFirst) const;
    const InlineItem &source(std::size_t index, bool isFirstLine) const;

    BlockFlow *m_flow;
    BlockFlow::Frame *m_frame;
    LayoutPass *m_pass;
    const InlineContent *m_content;
    std::size_t m_at = 0;
    std::optional<InlineItem> m_rest; // of the word at m_at, which was cut
    std::optional<InlineItem> m_nextRest;
    std::vector<BoxId> m_open;        // inline boxes
    std::vector<AtomicBox> m_atomics; // by item
    std::vector<ShapedWord> m_moreWords;
    std::vector<BlockFlow::FloatBox> m_lateFloats; // that come below the line
    std::size_t m_floatsDone = 0;                  // up to that item
    bool m_isFirstLine = true;
    bool m_afterBreak = false; // the next line follows a forced break
};

} // namespace bulkhead::engine
