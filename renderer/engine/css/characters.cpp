// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/characters.h"

#include <QChar>

#include <algorithm>

namespace bulkhead::engine::css {

namespace {

char16_t lowered(QChar character)
{
    const char16_t unit = character.unicode();
    return unit >= u'A' && unit <= u'Z' ? char16_t(unit + 0x20) : unit;
}

} // namespace

QString asciiLower(QStringView text)
{
    QString lower = text.toString();
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (lowered(text[i]) != text[i].unicode())
            lower[i] = QChar(lowered(text[i])); // detaches only when there is something to lower
    }
    return lower;
}

bool equalsIgnoringAsciiCase(QStringView a, QStringView b)
{
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](QChar x, QChar y) { return lowered(x) == lowered(y); });
}

} // namespace bulkhead::engine::css
