// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/transform.h"

#include "renderer/engine/text/icu_iterators.h"

#include <QHash>

#include <unicode/casemap.h>
#include <unicode/edits.h>
#include <unicode/uchar.h>
#include <unicode/ustring.h>

#include <algorithm>
#include <array>

namespace bulkhead::engine {

namespace {

const UChar *characters(QStringView text)
{
    return reinterpret_cast<const UChar *>(text.utf16());
}

/// An offset for each character of the new text, from what the mapping says it changed.
std::vector<std::uint32_t> sourcesOf(const icu::Edits &edits, qsizetype size)
{
    std::vector<std::uint32_t> sources;
    if (!edits.hasChanges() || edits.lengthDelta() == 0)
        return sources;
    sources.reserve(std::size_t(size));
    UErrorCode error = U_ZERO_ERROR;
    icu::Edits::Iterator change = edits.getFineIterator();
    while (change.next(error)) {
        for (int32_t i = 0; i < change.newLength(); ++i)
            sources.push_back(std::uint32_t(change.sourceIndex() + std::min(i, std::max(0, change.oldLength() - 1))));
    }
    return sources;
}

TransformedText mapCase(QStringView text, TextTransform kind, const QByteArray &locale)
{
    // Full mappings make of one character at most three.
    QString out(std::min<qsizetype>(text.size() * 3, 1 << 29), Qt::Uninitialized);
    auto *buffer = reinterpret_cast<UChar *>(out.data());
    icu::Edits edits;
    UErrorCode error = U_ZERO_ERROR;
    const auto map = kind == TextTransform::Uppercase ? icu::CaseMap::toUpper : icu::CaseMap::toLower;
    const int32_t length =
        map(locale.constData(), 0, characters(text), int32_t(text.size()), buffer, int32_t(out.size()), &edits, error);
    if (U_FAILURE(error))
        return {text.toString(), {}};
    out.truncate(length);
    std::vector<std::uint32_t> sources = sourcesOf(edits, length);
    return {std::move(out), std::move(sources)};
}

/// Characters with a full-width form (css-text-3 2.1.3): those of which Unicode says that they are wide or narrow
/// versions of others.
const QHash<char16_t, char16_t> &fullWidthForms()
{
    static const QHash<char16_t, char16_t> forms = [] {
        QHash<char16_t, char16_t> table;
        table.insert(u' ', 0x3000);
        for (char16_t c = 0xff01; c < 0xfff0; ++c) {
            const QString other = QChar::decomposition(c);
            if (other.size() != 1)
                continue;
            if (QChar::decompositionTag(char32_t(c)) == QChar::Wide)
                table.insert(other[0].unicode(), c);
            else if (QChar::decompositionTag(char32_t(c)) == QChar::Narrow)
                table.insert(c, other[0].unicode());
        }
        return table;
    }();
    return forms;
}

/// The letter that begins a word, as a title has it: "ß" becomes "Ss", Dutch "ij" becomes "IJ". Returns how many
/// characters it takes from @p text.
qsizetype appendTitle(QStringView text, const QByteArray &locale, QString &out)
{
    const bool isPair = text[0].isHighSurrogate() && text.size() > 1;
    qsizetype taken = isPair ? 2 : 1;
    if (locale.startsWith("nl") && text.size() > 1 && text[0].toLower() == u'i' && text[1].toLower() == u'j')
        taken = 2;
    std::array<UChar, 8> title{};
    UErrorCode error = U_ZERO_ERROR;
    const int32_t length = u_strToTitle(title.data(), int32_t(title.size()), characters(text), int32_t(taken), nullptr,
                                        locale.constData(), &error);
    if (U_FAILURE(error))
        out.append(text.left(taken));
    else
        out.append(reinterpret_cast<const QChar *>(title.data()), length);
    return taken;
}

} // namespace

TransformedText TextTransformer::transform(QStringView text, TextTransform kind, const QString &language)
{
    if (text.isEmpty())
        return {};
    TransformedText result;
    switch (kind) {
    case TextTransform::None:
        result.text = text.toString();
        break;
    case TextTransform::Uppercase:
    case TextTransform::Lowercase:
        result = mapCase(text, kind, icuLocale(language));
        break;
    case TextTransform::Capitalize:
        result = capitalize(text, language);
        break;
    case TextTransform::FullWidth:
        result.text = text.toString();
        for (QChar &c : result.text)
            c = QChar(fullWidthForms().value(c.unicode(), c.unicode()));
        break;
    }
    m_previous = text.right(text.back().isLowSurrogate() ? 2 : 1).toString();
    return result;
}

TransformedText TextTransformer::capitalize(QStringView text, const QString &language)
{
    const QByteArray locale = icuLocale(language);
    // The word that the text before left open goes on.
    QString joined = m_previous;
    joined.append(text);
    const qsizetype before = m_previous.size();
    UBreakIterator *words = breakIterator(UBRK_WORD, locale, joined);
    if (!words)
        return {text.toString(), {}};
    TransformedText result;
    result.text.reserve(text.size() + 8);
    bool isSameLength = true;
    for (int32_t start = 0, end = ubrk_next(words); end != UBRK_DONE; start = end, end = ubrk_next(words)) {
        qsizetype at = std::max(qsizetype(start), before);
        if (start >= before && at < end) {
            const qsizetype taken = appendTitle(QStringView(joined).mid(at, end - at), locale, result.text);
            while (qsizetype(result.sources.size()) < result.text.size())
                result.sources.push_back(std::uint32_t(at - before));
            isSameLength = isSameLength && result.text.size() == at - before + taken;
            at += taken;
        }
        for (; at < end; ++at) {
            result.text.append(joined[at]);
            result.sources.push_back(std::uint32_t(at - before));
        }
    }
    if (isSameLength)
        result.sources.clear();
    return result;
}

} // namespace bulkhead::engine
