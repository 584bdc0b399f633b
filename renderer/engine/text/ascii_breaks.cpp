// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/ascii_breaks.h"

#include <string_view>

namespace bulkhead::engine {

namespace {

constexpr std::u16string_view BeforeBracket = u"!\"#%&)*+,.:;=>\\]|}~";
constexpr std::u16string_view Brackets = u"(<[{";
constexpr std::u16string_view NotAfterHyphen = u"!$),./:;?]}";
constexpr std::u16string_view NotAfterQuestion = u"!\"'),./:;?]}";

constexpr bool isIn(std::u16string_view set, char16_t c)
{
    return set.find(c) != std::u16string_view::npos;
}

constexpr bool isDigit(char16_t c)
{
    return c >= u'0' && c <= u'9';
}

constexpr bool isAlphanumeric(char16_t c)
{
    return isDigit(c) || (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z');
}

} // namespace

bool isAsciiBreak(QStringView text, std::size_t offset)
{
    const auto at = qsizetype(offset);
    const char16_t before = text[at - 1].unicode(), after = text[at].unicode();
    if (after <= u' ')
        return false;
    switch (before) {
    case u'-':
        // Before a digit it may be a minus, unless it joins something.
        if (isDigit(after))
            return at >= 2 && isAlphanumeric(text[at - 2].unicode());
        return !isIn(NotAfterHyphen, after);
    case u'?':
        return !isIn(NotAfterQuestion, after);
    default:
        return isIn(Brackets, after) && isIn(BeforeBracket, before);
    }
}

} // namespace bulkhead::engine
