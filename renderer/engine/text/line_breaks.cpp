// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/line_breaks.h"

#include "renderer/engine/text/ascii_breaks.h"
#include "renderer/engine/text/characters.h"
#include "renderer/engine/text/icu_iterators.h"

#include <unicode/uchar.h>

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr char16_t ObjectReplacement = 0xfffc;
constexpr char16_t SoftHyphen = 0xad;
constexpr char16_t NoBreakSpace = 0xa0;
/// How much of the neighbourhood of a range ICU sees, so that ranges by the thousand stay cheap.
constexpr std::size_t Context = 32;

char32_t codePointBefore(QStringView text, std::size_t at)
{
    const QChar c = text[qsizetype(at) - 1];
    if (c.isLowSurrogate() && at >= 2)
        return QChar::surrogateToUcs4(text[qsizetype(at) - 2], c);
    return c.unicode();
}

ULineBreak lineBreakClass(char32_t c)
{
    return ULineBreak(u_getIntPropertyValue(UChar32(c), UCHAR_LINE_BREAK));
}

/// What word-break calls letters: typographic letter units, and those of the classes NU, AL, AI, ID.
bool isLetterLike(char32_t c)
{
    switch (lineBreakClass(c)) {
    case U_LB_ALPHABETIC:
    case U_LB_AMBIGUOUS:
    case U_LB_HEBREW_LETTER:
    case U_LB_NUMERIC:
    case U_LB_IDEOGRAPHIC:
    case U_LB_CONDITIONAL_JAPANESE_STARTER:
    case U_LB_H2:
    case U_LB_H3:
    case U_LB_JL:
    case U_LB_JV:
    case U_LB_JT:
    case U_LB_COMPLEX_CONTEXT:
        return true;
    default:
        return false;
    }
}

/// word-break: break-all takes letters and digits for ideographs (css-text-3 5.2), so does ICU when it sees some.
QString withIdeographs(QStringView text)
{
    QString out = text.toString();
    for (qsizetype i = 0; i < out.size(); ++i) {
        const char32_t c = codePointAt(text, std::size_t(i));
        const ULineBreak kind = lineBreakClass(c);
        const bool isLetter = isLetterLike(c) && kind != U_LB_IDEOGRAPHIC && !(u_getCombiningClass(UChar32(c)) > 0);
        if (c > 0xffff) {
            if (isLetter) {
                out[i] = QChar(QChar::highSurrogate(0x20000));
                out[i + 1] = QChar(QChar::lowSurrogate(0x20000));
            }
            ++i;
        } else if (isLetter) {
            out[i] = QChar(0x4e00);
        }
    }
    return out;
}

QByteArray lineLocale(const BreakRules &rules)
{
    switch (rules.lineBreak) {
    case LineBreak::Loose:
        return icuLocale(rules.language) + "@lb=loose";
    case LineBreak::Strict:
        return icuLocale(rules.language) + "@lb=strict";
    case LineBreak::Normal:
        return icuLocale(rules.language) + "@lb=normal";
    default:
        // Strict, as UAX 14 has it where nothing is said.
        return {};
    }
}

bool isMark(char32_t c)
{
    return c >= 0x300 && (U_MASK(u_charType(UChar32(c))) & U_GC_M_MASK) != 0;
}

constexpr bool isSpaceOrTab(char16_t c)
{
    return c == u' ' || c == u'\t';
}

/// Whether white space ends before @p offset: there lines may break, whatever follows.
bool isAfterSpaces(QStringView text, std::size_t offset)
{
    const char16_t next = text[qsizetype(offset)].unicode();
    return isSpaceOrTab(text[qsizetype(offset) - 1].unicode()) && !isSpaceOrTab(next) && next != u'\n' && !isMark(next);
}

/// Atomic inlines may be parted from whatever is beside them, U+00A0 included (css-text-3 5.1), but from nothing else
/// that is there to glue.
bool isGlue(char32_t c)
{
    if (c == NoBreakSpace)
        return false;
    const ULineBreak kind = lineBreakClass(c);
    return kind == U_LB_GLUE || kind == U_LB_WORD_JOINER || kind == U_LB_ZWJ;
}

} // namespace

void LineBreaks::find(QStringView text, std::span<const BreakRange> ranges)
{
    const auto size = std::size_t(text.size());
    m_allowed.assign(size + 1, 0);
    std::size_t start = 0;
    for (std::size_t i = 0; i < ranges.size() && start < size; ++i) {
        std::size_t end = std::min(ranges[i].end, size);
        const BreakRules &rules = ranges[i].rules;
        while (i + 1 < ranges.size() && ranges[i + 1].rules == rules)
            end = std::min(ranges[++i].end, size);
        if (end <= start)
            continue;
        if (rules.lineBreak == LineBreak::Anywhere)
            findAnywhere(text, start, end);
        else
            findIn(text, rules, start, end);
        start = end;
    }
    m_allowed[0] = 0;
    m_allowed[size] = 1;
}

std::size_t LineBreaks::next(std::size_t offset) const
{
    const auto begin = m_allowed.begin() + std::ptrdiff_t(offset) + 1;
    if (begin >= m_allowed.end())
        return m_allowed.size() - 1;
    return std::size_t(std::find(begin, m_allowed.end(), std::uint8_t(1)) - m_allowed.begin());
}

void LineBreaks::findAnywhere(QStringView text, std::size_t start, std::size_t end)
{
    for (std::size_t at = nextGrapheme(text, start); at <= end; at = nextGrapheme(text, at)) {
        if (at >= std::size_t(text.size()))
            break;
        const char16_t next = text[qsizetype(at)].unicode();
        m_allowed[at] = !isSpaceOrTab(next) && next != u'\n'; // which hang, or break themselves
    }
}

void LineBreaks::findIn(QStringView text, const BreakRules &rules, std::size_t start, std::size_t end)
{
    const std::size_t from = start > Context ? start - Context : 0;
    const std::size_t to = std::min(std::size_t(text.size()), end + Context);
    const QStringView slice = text.mid(qsizetype(from), qsizetype(to - from));
    const bool breaksAll = rules.wordBreak == WordBreak::BreakAll;
    const bool isAscii = std::all_of(slice.begin(), slice.end(), [](QChar c) { return c.unicode() < 0x80; });
    if (breaksAll || !isAscii) {
        const QString copy = breaksAll ? withIdeographs(slice) : QString();
        UBreakIterator *iterator = breakIterator(UBRK_LINE, lineLocale(rules), breaksAll ? QStringView(copy) : slice);
        for (int32_t at = iterator ? ubrk_next(iterator) : UBRK_DONE; at != UBRK_DONE; at = ubrk_next(iterator)) {
            const std::size_t offset = from + std::size_t(at);
            if (offset > start && offset <= end)
                m_allowed[offset] = 1;
        }
    }
    for (std::size_t at = start + 1; at <= end && at < std::size_t(text.size()); ++at) {
        const char16_t before = text[qsizetype(at) - 1].unicode(), after = text[qsizetype(at)].unicode();
        if (before <= u' ')
            m_allowed[at] = isAfterSpaces(text, at);
        else if (!breaksAll && before < 0x80 && after < 0x80)
            m_allowed[at] = isAsciiBreak(text, at);
        else if (before == SoftHyphen && rules.hyphens == Hyphens::None)
            m_allowed[at] = 0;
        else if (before == ObjectReplacement || after == ObjectReplacement)
            m_allowed[at] = after != u' ' && after != u'\n' && !isGlue(codePointBefore(text, at)) &&
                            !isGlue(codePointAt(text, at)) && !isMark(after);
    }
    if (rules.wordBreak == WordBreak::KeepAll)
        keepWords(text, start, end);
}

void LineBreaks::keepWords(QStringView text, std::size_t start, std::size_t end)
{
    for (std::size_t at = start + 1; at <= end && at < std::size_t(text.size()); ++at) {
        if (!m_allowed[at])
            continue;
        const char32_t before = codePointBefore(text, at), after = codePointAt(text, at);
        const bool isThai = lineBreakClass(before) == U_LB_COMPLEX_CONTEXT;
        if (!isThai && isLetterLike(before) && isLetterLike(after))
            m_allowed[at] = 0;
    }
}

std::size_t nextGrapheme(QStringView text, std::size_t offset)
{
    const auto size = std::size_t(text.size());
    if (offset + 1 >= size)
        return size;
    const auto isSimple = [](QChar c) { return c.unicode() < 0x300; };
    if (isSimple(text[qsizetype(offset)]) && isSimple(text[qsizetype(offset) + 1]))
        return offset + 1;
    // A cluster of more than that is no text.
    const QStringView slice = text.mid(qsizetype(offset), 64);
    UBreakIterator *iterator = breakIterator(UBRK_CHARACTER, {}, slice);
    const int32_t next = iterator ? ubrk_next(iterator) : UBRK_DONE;
    return next == UBRK_DONE ? offset + 1 : offset + std::size_t(next);
}

} // namespace bulkhead::engine
