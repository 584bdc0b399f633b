// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/bidi.h"

#include <unicode/ubidi.h>
#include <unicode/uchar.h>

#include <algorithm>
#include <memory>
#include <utility>

namespace bulkhead::engine {

namespace {

struct CloseBidi
{
    void operator()(UBiDi *bidi) const { ubidi_close(bidi); }
};

constexpr char16_t Lre = 0x202a, Rle = 0x202b, Pdf = 0x202c, Lro = 0x202d, Rlo = 0x202e;
constexpr char16_t Lri = 0x2066, Rli = 0x2067, Fsi = 0x2068, Pdi = 0x2069;

/// ICU's own limit; deeper embeddings count but have no effect.
constexpr qsizetype DeepestEmbedding = 125;

/// Nothing that is written from right to left, and no control, is below.
constexpr char16_t FirstBidi = 0x590;

bool isPlain(char16_t c)
{
    return c < FirstBidi || (c >= 0x2000 && c < 0x200e) || (c > 0x2010 && c < 0x202a) || (c >= 0x3000 && c < 0xd800) ||
           c == 0xfffc;
}

/// Keeps the controls that are open at the end of @p text after those of @p open.
void follow(QStringView text, QString &open)
{
    for (const QChar character : text) {
        const char16_t c = character.unicode();
        if (c < Lre || c > Pdi)
            continue;
        if (c == Lre || c == Rle || c == Lro || c == Rlo || c == Lri || c == Rli || c == Fsi) {
            if (open.size() < DeepestEmbedding)
                open.append(character);
        } else if (c == Pdf) {
            if (!open.isEmpty() && open.back().unicode() <= Rlo)
                open.chop(1);
        } else if (c == Pdi) {
            const auto isolate = std::find_if(open.crbegin(), open.crend(), [](QChar o) { return o.unicode() >= Lri; });
            if (isolate != open.crend())
                open.truncate(qsizetype(open.crend() - isolate) - 1);
        }
    }
}

/// Trailing white space goes to the paragraph's level, and what has no width goes with it (UAX 9, L1 and 5.2).
bool isEndSpace(char16_t c)
{
    return c == u' ' || c == u'\t' || c == u'\n' || (c >= 0x2000 && c <= 0x200a) || c == 0x3000 || isBidiControl(c) ||
           c == 0x2028 || c == 0x200b;
}

} // namespace

BidiControls bidiControls(UnicodeBidi mode, Direction direction)
{
    const bool rtl = direction == Direction::Rtl;
    switch (mode) {
    case UnicodeBidi::Normal:
        break;
    case UnicodeBidi::Embed:
        return {rtl ? u"\u202b" : u"\u202a", u"\u202c"};
    case UnicodeBidi::BidiOverride:
        return {rtl ? u"\u202e" : u"\u202d", u"\u202c"};
    case UnicodeBidi::Isolate:
        return {rtl ? u"\u2067" : u"\u2066", u"\u2069"};
    case UnicodeBidi::IsolateOverride:
        return {rtl ? u"\u2068\u202e" : u"\u2068\u202d", u"\u202c\u2069"};
    case UnicodeBidi::Plaintext:
        return {u"\u2068", u"\u2069"};
    }
    return {};
}

void BidiParagraph::analyze(QStringView text, BaseDirection base)
{
    m_levels.clear();
    m_parts.clear();
    if (base != BaseDirection::Rtl &&
        std::all_of(text.begin(), text.end(), [](QChar c) { return isPlain(c.unicode()); }))
        return;
    m_levels.assign(std::size_t(text.size()), 0);
    QString open;
    for (qsizetype start = 0; start <= text.size();) {
        const qsizetype feed = text.indexOf(u'\n', start);
        const qsizetype end = feed < 0 ? text.size() : feed + 1;
        if (start == end && start > 0)
            break;
        analyzePart(text, open, std::size_t(start), std::size_t(end), base);
        if (feed < 0)
            break;
        follow(text.mid(start, end - start), open);
        start = end;
    }
    const bool isFlat = std::all_of(m_levels.begin(), m_levels.end(), [](BidiLevel level) { return level == 0; });
    const bool isLtr = std::all_of(m_parts.begin(), m_parts.end(), [](const Part &part) { return part.base == 0; });
    if (isFlat && isLtr)
        m_levels.clear();
}

void BidiParagraph::analyzePart(QStringView text, const QString &open, std::size_t start, std::size_t end,
                                BaseDirection base)
{
    QString part = open;
    part.append(text.mid(qsizetype(start), qsizetype(end - start)));
    UBiDiLevel level = base == BaseDirection::Rtl ? 1 : 0;
    if (base == BaseDirection::Auto)
        level = UBIDI_DEFAULT_LTR;
    UErrorCode error = U_ZERO_ERROR;
    thread_local const std::unique_ptr<UBiDi, CloseBidi> bidi(ubidi_open());
    const auto *characters = reinterpret_cast<const UChar *>(part.utf16());
    ubidi_setPara(bidi.get(), characters, int32_t(part.size()), level, nullptr, &error);
    const UBiDiLevel *levels = part.isEmpty() ? nullptr : ubidi_getLevels(bidi.get(), &error);
    if (U_FAILURE(error)) {
        m_parts.push_back({start, BidiLevel(base == BaseDirection::Rtl ? 1 : 0)});
        return;
    }
    if (levels)
        std::copy(levels + open.size(), levels + part.size(), m_levels.begin() + std::ptrdiff_t(start));
    m_parts.push_back({start, ubidi_getParaLevel(bidi.get())});
}

BidiLevel BidiParagraph::baseLevel(std::size_t offset) const
{
    const auto after = std::upper_bound(m_parts.begin(), m_parts.end(), offset,
                                        [](std::size_t at, const Part &part) { return at < part.start; });
    return after == m_parts.begin() ? 0 : std::prev(after)->base;
}

std::size_t BidiParagraph::levelEnd(std::size_t offset, std::size_t end) const
{
    if (m_levels.empty())
        return end;
    std::size_t at = offset + 1;
    while (at < end && m_levels[at] == m_levels[offset])
        ++at;
    return at;
}

std::vector<BidiLevel> BidiParagraph::lineLevels(QStringView text, std::size_t start, std::size_t end) const
{
    std::vector<BidiLevel> levels(end - start, 0);
    if (m_levels.empty())
        return levels;
    std::copy(m_levels.begin() + std::ptrdiff_t(start), m_levels.begin() + std::ptrdiff_t(end), levels.begin());
    const BidiLevel base = baseLevel(start);
    bool isAtEnd = true;
    for (std::size_t i = end; i-- > start;) {
        const char16_t c = text[qsizetype(i)].unicode();
        // Tabs are segment separators: they and the spaces before them are on the paragraph's level as well.
        isAtEnd = (isAtEnd && isEndSpace(c)) || c == u'\t';
        if (isAtEnd)
            levels[i - start] = base;
    }
    return levels;
}

std::vector<std::int32_t> visualOrder(std::span<const BidiLevel> levels)
{
    std::vector<std::int32_t> order(levels.size());
    ubidi_reorderVisual(levels.data(), int32_t(levels.size()), order.data());
    return order;
}

} // namespace bulkhead::engine
