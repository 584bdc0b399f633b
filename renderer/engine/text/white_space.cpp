// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/white_space.h"

#include "renderer/engine/text/bidi.h"
#include "renderer/engine/text/characters.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <cstddef>

namespace bulkhead::engine {

namespace {

constexpr char16_t ZeroWidthSpace = 0x200b;
// Breaks whatever white-space says (css-text-3 5.1).
constexpr char16_t LineSeparator = 0x2028, ParagraphSeparator = 0x2029;
constexpr char16_t ObjectReplacement = 0xfffc;

/// Chinese, Japanese and Yi are written without spaces, so a line's end in their midst means none (css-text-3 4.1.3).
bool isWide(char32_t c)
{
    if (c < 0x1100)
        return false;
    const int width = u_getIntPropertyValue(UChar32(c), UCHAR_EAST_ASIAN_WIDTH);
    if (width != U_EA_FULLWIDTH && width != U_EA_HALFWIDTH && width != U_EA_WIDE)
        return false;
    UErrorCode error = U_ZERO_ERROR;
    return uscript_getScript(UChar32(c), &error) != USCRIPT_HANGUL;
}

/// The character before @p at, invisible ones left out; 0 when there is none.
char32_t characterBefore(const QString &text, qsizetype at)
{
    if (at <= 0)
        return 0;
    const QChar c = text[at - 1];
    if (c.isLowSurrogate() && at >= 2 && text[at - 2].isHighSurrogate())
        return QChar::surrogateToUcs4(text[at - 2], c);
    return c.unicode();
}

} // namespace

void WhiteSpaceCollapser::appendText(QStringView text, WhiteSpaceCollapse mode, TextWrap wrap,
                                     std::vector<std::uint32_t> *sources)
{
    m_sources = sources;
    m_wrap = wrap;
    m_paragraph.reserve(m_paragraph.size() + text.size());
    const bool keepsBreaks = mode != WhiteSpaceCollapse::Collapse;
    const bool keepsSpaces = mode == WhiteSpaceCollapse::Preserve || mode == WhiteSpaceCollapse::BreakSpaces;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char16_t c = text[i].unicode();
        const auto source = std::uint32_t(i);
        if (isBidiControl(c)) {
            // As if it were not there (css-text-3 4.1).
            appendCharacter(text[i], source);
        } else if (c == LineSeparator || c == ParagraphSeparator) {
            appendCharacter(c == LineSeparator ? text[i] : QChar(u'\n'), source);
            m_last = keepsSpaces ? Last::Other : Last::LineStart;
        } else if (c == u'\n' && keepsBreaks) {
            appendCharacter(text[i], source);
            m_last = keepsSpaces ? Last::Other : Last::LineStart;
        } else if (keepsSpaces) {
            appendCharacter(c == u'\r' ? QChar(u' ') : text[i], source);
            m_last = Last::Other;
        } else if (c == u' ' || c == u'\t' || c == u'\n' || c == u'\r') {
            appendCollapsibleSpace(c == u'\n', source);
        } else {
            if (m_last == Last::BreakSpace)
                dropBreakSpaceBefore(codePointAt(text, std::size_t(i)));
            appendCharacter(text[i], source);
            m_last = Last::Other;
        }
    }
    m_sources = nullptr;
}

void WhiteSpaceCollapser::appendObject()
{
    m_paragraph.append(QChar(ObjectReplacement));
    m_last = Last::Other;
}

void WhiteSpaceCollapser::appendForcedBreak()
{
    m_paragraph.append(QChar(u'\n'));
    m_last = Last::LineStart;
}

void WhiteSpaceCollapser::appendCollapsibleSpace(bool isSegmentBreak, std::uint32_t source)
{
    if (m_last == Last::LineStart)
        return;
    if (m_last != Last::Other && m_wrap == TextWrap::Wrap && m_spaceWrap == TextWrap::NoWrap) {
        // It has no width, but is still a place to break (css-text-3 4.1.1).
        appendCharacter(QChar(ZeroWidthSpace), source);
        m_spaceWrap = TextWrap::Wrap;
    }
    if (m_last == Last::BreakSpace)
        return;
    if (m_last == Last::Space) {
        // The spaces round a segment break are removed, so what stands there is the break.
        if (isSegmentBreak)
            m_last = Last::BreakSpace;
        return;
    }
    m_breakSpaceAt = m_paragraph.size();
    m_spaceWrap = m_wrap;
    appendCharacter(QChar(u' '), source);
    m_last = isSegmentBreak ? Last::BreakSpace : Last::Space;
}

void WhiteSpaceCollapser::appendCharacter(QChar character, std::uint32_t source)
{
    m_paragraph.append(character);
    if (m_sources)
        m_sources->push_back(source);
}

void WhiteSpaceCollapser::dropBreakSpaceBefore(char32_t next)
{
    const char32_t previous = characterBefore(m_paragraph, m_breakSpaceAt);
    const bool isBesideBreak = previous == ZeroWidthSpace || next == ZeroWidthSpace;
    if (isBesideBreak || (isWide(previous) && isWide(next)))
        m_paragraph[m_breakSpaceAt] = QChar(ZeroWidthSpace);
}

} // namespace bulkhead::engine
