// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QStringView>

#include <cstdint>

/// Code points as css-syntax-3 4.2 names them. The end of the source (0xffffffff) is none of them.
namespace bulkhead::engine::css {

constexpr bool isNewline(char32_t c)
{
    return c == '\n' || c == '\r' || c == '\f';
}
constexpr bool isWhitespace(char32_t c)
{
    return c == ' ' || c == '\t' || isNewline(c);
}
constexpr bool isDigit(char32_t c)
{
    return c >= '0' && c <= '9';
}
constexpr bool isHexDigit(char32_t c)
{
    return isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
/// Of a hexadecimal digit.
constexpr std::uint32_t hexValue(char32_t c)
{
    return isDigit(c) ? c - '0' : (c | 0x20) - 'a' + 10;
}
constexpr bool isNameStart(char32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0x80 && c != 0xffffffff);
}
constexpr bool isName(char32_t c)
{
    return isNameStart(c) || isDigit(c) || c == '-';
}

/// With A to Z lowered, and nothing else.
QString asciiLower(QStringView text);
/// Equal but for the case of A to Z.
bool equalsIgnoringAsciiCase(QStringView a, QStringView b);

} // namespace bulkhead::engine::css
