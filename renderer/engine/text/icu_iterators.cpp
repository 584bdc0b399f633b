// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/icu_iterators.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

namespace bulkhead::engine {

namespace {

struct CloseIterator
{
    void operator()(UBreakIterator *iterator) const { ubrk_close(iterator); }
};
using Iterator = std::unique_ptr<UBreakIterator, CloseIterator>;

/// Documents name languages, so there may be any number.
constexpr std::size_t MostIterators = 32;

} // namespace

QByteArray icuLocale(const QString &language)
{
    const QStringView known = QStringView(language).left(24);
    QByteArray locale;
    for (const QChar c : known) {
        if (c == u'-' || c == u'_')
            locale.append('_');
        else if ((c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9'))
            locale.append(char(c.unicode()));
        else
            return {};
    }
    return locale;
}

UBreakIterator *breakIterator(UBreakIteratorType kind, const QByteArray &locale, QStringView text)
{
    thread_local std::map<std::pair<int, QByteArray>, Iterator> iterators;
    if (iterators.size() >= MostIterators)
        iterators.clear();
    Iterator &iterator = iterators[{int(kind), locale}];
    UErrorCode error = U_ZERO_ERROR;
    if (!iterator)
        iterator.reset(ubrk_open(kind, locale.constData(), nullptr, 0, &error));
    if (!iterator || U_FAILURE(error))
        return nullptr;
    ubrk_setText(iterator.get(), reinterpret_cast<const UChar *>(text.utf16()), int32_t(text.size()), &error);
    return U_FAILURE(error) ? nullptr : iterator.get();
}

} // namespace bulkhead::engine
