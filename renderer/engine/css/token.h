// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/characters.h"

#include <QString>
#include <QStringView>

#include <cstdint>
#include <span>
#include <vector>

namespace bulkhead::engine::css {

/// css-syntax-3 4.
enum class TokenType : std::uint8_t {
    Ident,
    Function, ///< "name("; what it holds follows, up to its Close
    AtKeyword,
    Hash,
    String,
    BadString,
    Url,
    BadUrl,
    Delim,
    Number,
    Percentage,
    Dimension,
    UnicodeRange,
    Whitespace, ///< comments are gone
    Cdo,
    Cdc,
    Colon,
    Semicolon,
    Comma,
    OpenSquare,
    CloseSquare,
    OpenParen,
    Close, ///< ")"
    OpenCurly,
    CloseCurly,
    End,
};

struct Token
{
    TokenType type = TokenType::End;
    bool isInteger = false; ///< of a number: written without "." and "e"
    bool isId = false;      ///< of a hash: an identifier follows "#"
    bool hasSign = false;   ///< of a number
    char16_t delim = 0;
    double number = 0;
    QString text;                        ///< unescaped: identifier, name, string, address; the unit of a dimension
    std::uint32_t start = 0, length = 0; ///< where it stands in the source, to copy var() fallbacks and custom values

    bool is(TokenType wanted) const { return type == wanted; }
    bool isDelim(char16_t wanted) const { return type == TokenType::Delim && delim == wanted; }
    /// An identifier, compared without regard to the case of A to Z; @p lower is lower case.
    bool isIdent(QStringView lower) const { return type == TokenType::Ident && equalsIgnoringAsciiCase(text, lower); }
    bool isFunction(QStringView lower) const
    {
        return type == TokenType::Function && equalsIgnoringAsciiCase(text, lower);
    }
};

/// All tokens of @p source, the last of type End. Blocks and functions are closed in the order they were opened: where
/// the source ends too soon, the missing ones are added.
std::vector<Token> tokenize(QStringView source);

/// Walks over tokens. Never past their end: there it gives End.
class TokenStream
{
public:
    explicit TokenStream(std::span<const Token> tokens) : m_tokens(tokens) {}

    const Token &peek(std::size_t ahead = 0) const;
    const Token &next();
    bool atEnd() const { return peek().type == TokenType::End; }
    void skipWhitespace();
    /// The token after white space, without taking anything.
    const Token &peekPastWhitespace() const;
    /// What a function or block that peek() opens holds, without its ends; the stream then stands after it.
    std::span<const Token> takeBlock();
    /// Takes one component value: a token, or a whole block or function with its ends.
    std::span<const Token> takeComponent();
    std::size_t position() const { return m_at; }
    void rewind(std::size_t position) { m_at = position; }
    std::span<const Token> rest() const { return m_tokens.subspan(m_at); }

private:
    std::span<const Token> m_tokens;
    std::size_t m_at = 0;
};

} // namespace bulkhead::engine::css
