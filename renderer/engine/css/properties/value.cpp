// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/value.h"

namespace bulkhead::engine::css {

Keyword keywordOf(QStringView name)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (const QChar character : name) {
        const char16_t code = character.unicode();
        if (code >= 0x80)
            return Keyword::None;
        hash = (hash ^ (code >= u'A' && code <= u'Z' ? code + 32u : code)) * 0x100000001b3;
    }
    return Keyword(hash);
}

const Value &Value::operator[](std::size_t index) const
{
    static const Value missing;
    return items && index < items->size() ? (*items)[index] : missing;
}

} // namespace bulkhead::engine::css
