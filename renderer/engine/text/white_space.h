// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/keywords.h"

#include <QString>
#include <QStringView>

#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// Joins the texts of one inline formatting context, in document order, and collapses their white space on the way:
/// phase I of css-text-3 4.1.1. What remains for layout: spaces at the ends of lines (those at the very start and after
/// a forced break are gone already), tabs and line feeds that are preserved.
class WhiteSpaceCollapser
{
public:
    /// Appends to @p paragraph, which outlives this.
    explicit WhiteSpaceCollapser(QString &paragraph) : m_paragraph(paragraph) {}

    /// @p sources, when given, receives for each appended character its offset in @p text. A space that goes because
    /// another is before it leaves U+200B when lines may break at it (@p wrap), but not at that one.
    void appendText(QStringView text, WhiteSpaceCollapse mode, TextWrap wrap,
                    std::vector<std::uint32_t> *sources = nullptr);
    /// An atomic inline: U+FFFC.
    void appendObject();
    /// <br>: U+000A; the spaces after it are gone.
    void appendForcedBreak();
    /// A bidi control or U+200B of <wbr>: spaces round it collapse as if it were not there.
    void appendInvisible(char16_t character) { m_paragraph.append(QChar(character)); }

    const QString &paragraph() const { return m_paragraph; }

private:
    enum class Last : std::uint8_t {
        LineStart,  ///< nothing, or a forced break: a space that follows is dropped
        Space,      ///< one that can collapse: likewise
        BreakSpace, ///< likewise; it was a segment break
        Other,
    };

    void appendCollapsibleSpace(bool isSegmentBreak, std::uint32_t source);
    void appendCharacter(QChar character, std::uint32_t source);
    /// css-text-3 4.1.3: a segment break between wide characters vanishes. Its space was given out already, so it
    /// becomes U+200B.
    void dropBreakSpaceBefore(char32_t next);

    QString &m_paragraph;
    std::vector<std::uint32_t> *m_sources = nullptr;
    qsizetype m_breakSpaceAt = 0; // where the last collapsible space is
    Last m_last = Last::LineStart;
    TextWrap m_wrap = TextWrap::Wrap;      // of the text that is appended
    TextWrap m_spaceWrap = TextWrap::Wrap; // of the last collapsible space
};

} // namespace bulkhead::engine
