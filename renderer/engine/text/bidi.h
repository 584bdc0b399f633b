// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/keywords.h"

#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace bulkhead::engine {

/// 0 is left to right, 1 right to left, 2 a left-to-right stretch within that, and so on.
using BidiLevel = std::uint8_t;

enum class BaseDirection : std::uint8_t {
    Ltr,
    Rtl,
    Auto, ///< unicode-bidi: plaintext; each line-feed-separated part by its first strong character
};

/// The control characters that stand for an inline element's unicode-bidi and direction (css-writing-modes-3 2.4.2).
/// Layout puts them round the element's text; both are empty for unicode-bidi: normal.
struct BidiControls
{
    QStringView open;
    QStringView close;
};
BidiControls bidiControls(UnicodeBidi mode, Direction direction);

/// Whether a character that layout inserted or found has no glyph because it only steers bidi.
constexpr bool isBidiControl(char16_t c)
{
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0x200e || c == 0x200f || c == 0x61c;
}

/// The levels of one inline formatting context's text (UAX 9 by ICU). U+000A ends a bidi paragraph; elements that are
/// open there go on in the next.
class BidiParagraph
{
public:
    void analyze(QStringView text, BaseDirection base);

    /// Everything is on level 0: no reordering, and level() need not be asked.
    bool isTrivial() const { return m_levels.empty(); }
    BidiLevel level(std::size_t offset) const { return m_levels.empty() ? 0 : m_levels[offset]; }
    /// Of the part between line feeds that @p offset is in.
    BidiLevel baseLevel(std::size_t offset) const;
    /// Where the level ends that begins at @p offset, not beyond @p end.
    std::size_t levelEnd(std::size_t offset, std::size_t end) const;
    /// The levels of the line from @p start to @p end: white space at its end has the paragraph's (rule L1).
    std::vector<BidiLevel> lineLevels(QStringView text, std::size_t start, std::size_t end) const;

private:
    struct Part
    {
        std::size_t start = 0;
        BidiLevel base = 0;
    };

    void analyzePart(QStringView text, const QString &open, std::size_t start, std::size_t end, BaseDirection base);

    std::vector<BidiLevel> m_levels; // empty: all 0
    std::vector<Part> m_parts;
};

/// Rule L2: for each place from the left, which of the items stands there. @p levels are of the items in logical order.
std::vector<std::int32_t> visualOrder(std::span<const BidiLevel> levels);

} // namespace bulkhead::engine
