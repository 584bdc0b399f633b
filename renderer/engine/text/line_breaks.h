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

/// What decides on the places where lines may break (css-text-3 5), apart from white-space, which layout asks.
struct BreakRules
{
    WordBreak wordBreak = WordBreak::Normal; ///< BreakWord is Normal here, with overflow-wrap: anywhere
    LineBreak lineBreak = LineBreak::Auto;
    Hyphens hyphens = Hyphens::Manual; ///< None: soft hyphens are no places to break
    QString language;                  ///< BCP 47

    bool operator==(const BreakRules &) const = default;
};

/// Rules of a stretch of text that ends before @p end and begins where the one before ends.
struct BreakRange
{
    std::size_t end = 0;
    BreakRules rules;
};

/// The soft wrap opportunities of one inline formatting context's whole text, in which atomic inlines are U+FFFC and
/// forced breaks U+000A (they are not found here). A break comes after spaces, which then hang.
class LineBreaks
{
public:
    void find(QStringView text, std::span<const BreakRange> ranges);

    /// Before the character at @p offset. Never at 0; always at the end.
    bool isAllowed(std::size_t offset) const { return m_allowed[offset] != 0; }
    /// The first place after @p offset, at most the text's size.
    std::size_t next(std::size_t offset) const;

private:
    void findAnywhere(QStringView text, std::size_t start, std::size_t end);
    void findIn(QStringView text, const BreakRules &rules, std::size_t start, std::size_t end);
    void keepWords(QStringView text, std::size_t start, std::size_t end);

    std::vector<std::uint8_t> m_allowed; // by offset, of the text's size + 1
};

/// The end of the grapheme cluster that begins at @p offset: where overflow-wrap: anywhere breaks, letter-spacing goes
/// and carets stand. Quick for what is not near marks, joiners and emoji.
std::size_t nextGrapheme(QStringView text, std::size_t offset);

} // namespace bulkhead::engine
