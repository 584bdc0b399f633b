// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/typeface.h"

#include <QStringView>

#include <cstddef>

namespace bulkhead::engine {

/// The character at an offset; half a surrogate pair is itself.
char32_t codePointAt(QStringView text, std::size_t offset);

/// Combining marks, joiners, variation selectors, skin tones: what stays in the font of the character before.
bool staysWithBase(char32_t character);
/// Has no glyph of its own that a font should be looked for.
bool isSpaceOrIgnorable(char32_t character);
/// Controls that would show as boxes, and the object replacement character.
constexpr bool isInvisibleControl(char16_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xfffc || c == 0xfeff;
}
/// Whether the cluster asks to be shown in colour (UTS 51).
bool isEmojiCluster(QStringView cluster);
/// Whether the face shows the cluster: each of its characters or the one that they compose to.
bool hasAllOf(const Typeface &face, QStringView cluster);

} // namespace bulkhead::engine
