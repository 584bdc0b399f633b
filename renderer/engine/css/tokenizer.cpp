// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/tokenizer.h"

#include "renderer/engine/css/characters.h"

#include <QChar>

#include <algorithm>
#include <cfloat>
#include <cmath>

namespace bulkhead::engine::css {

namespace {

constexpr char16_t Replacement = 0xfffd;

bool isNonPrintable(char32_t c)
{
    return c <= 8 || c == 0xb || (c >= 0xe && c <= 0x1f) || c == 0x7f;
}

} // namespace

char32_t Tokenizer::at(qsizetype position) const
{
    if (position >= m_source.size())
        return EndOfSource;
    const char16_t unit = m_source[position].unicode();
    return unit == 0 ? Replacement : unit;
}

/// css-syntax-3 4.3.8.
bool Tokenizer::startsEscape(qsizetype position) const
{
    return at(position) == '\\' && !isNewline(at(position + 1));
}

/// 4.3.9.
bool Tokenizer::startsIdentifier(qsizetype position) const
{
    const char32_t first = at(position);
    if (first == '-') {
        const char32_t second = at(position + 1);
        return isNameStart(second) || second == '-' || (startsEscape(position + 1));
    }
    return isNameStart(first) || (first == '\\' && startsEscape(position));
}

/// 4.3.10.
bool Tokenizer::startsNumber(qsizetype position) const
{
    if (at(position) == '+' || at(position) == '-')
        ++position;
    return isDigit(at(position)) || (at(position) == '.' && isDigit(at(position + 1)));
}

void Tokenizer::skipNewline()
{
    m_at += at(m_at) == '\r' && at(m_at + 1) == '\n' ? 2 : 1;
}

void Tokenizer::skipWhitespace()
{
    while (isWhitespace(ahead()))
        ++m_at;
}

void Tokenizer::skipComments()
{
    while (ahead() == '/' && ahead(1) == '*') {
        const qsizetype end = m_source.indexOf(u"*/", m_at + 2);
        m_at = end < 0 ? m_source.size() : end + 2;
    }
}

Token Tokenizer::next()
{
    skipComments();
    Token token;
    token.start = std::uint32_t(m_at);
    if (m_at < m_source.size())
        take(token);
    token.length = std::uint32_t(m_at) - token.start;
    return token;
}

/// 4.3.1.
void Tokenizer::take(Token &token)
{
    const char32_t first = ahead();
    if (isWhitespace(first)) {
        token.type = TokenType::Whitespace;
        return skipWhitespace();
    }
    if (first == '"' || first == '\'')
        return takeString(token, first);
    if (m_ranges == UnicodeRanges::On && (first == 'u' || first == 'U') && ahead(1) == '+' &&
        (isHexDigit(ahead(2)) || ahead(2) == '?'))
        return takeUnicodeRange(token);
    if (startsNumber(m_at))
        return takeNumeric(token);
    if (m_source.mid(m_at).startsWith(u"-->")) {
        token.type = TokenType::Cdc;
        m_at += 3;
        return;
    }
    if (startsIdentifier(m_at))
        return takeIdentLike(token);
    takePunctuation(token, char16_t(first));
}

void Tokenizer::takePunctuation(Token &token, char16_t character)
{
    static constexpr struct
    {
        char16_t character;
        TokenType type;
    } Punctuation[] = {
        {u':', TokenType::Colon},      {u';', TokenType::Semicolon},   {u',', TokenType::Comma},
        {u'[', TokenType::OpenSquare}, {u']', TokenType::CloseSquare}, {u'(', TokenType::OpenParen},
        {u')', TokenType::Close},      {u'{', TokenType::OpenCurly},   {u'}', TokenType::CloseCurly},
    };
    for (const auto &entry : Punctuation) {
        if (entry.character == character) {
            token.type = entry.type;
            ++m_at;
            return;
        }
    }
    if (character == u'#' && (isName(ahead(1)) || startsEscape(m_at + 1)))
        return takeHash(token);
    if (character == u'@' && startsIdentifier(m_at + 1)) {
        ++m_at;
        token.type = TokenType::AtKeyword;
        token.text = takeName();
        return;
    }
    if (character == u'<' && m_source.mid(m_at).startsWith(u"<!--")) {
        token.type = TokenType::Cdo;
        m_at += 4;
        return;
    }
    token.type = TokenType::Delim;
    token.delim = character;
    ++m_at;
}

void Tokenizer::takeHash(Token &token)
{
    ++m_at;
    token.type = TokenType::Hash;
    token.isId = startsIdentifier(m_at);
    token.text = takeName();
}

/// 4.3.5.
void Tokenizer::takeString(Token &token, char32_t quote)
{
    token.type = TokenType::String;
    ++m_at;
    while (true) {
        const qsizetype run = m_at;
        while (m_at < m_source.size() && at(m_at) != quote && at(m_at) != '\\' && !isNewline(at(m_at)) &&
               at(m_at) != Replacement && !QChar::isSurrogate(at(m_at)))
            ++m_at;
        token.text += m_source.mid(run, m_at - run);
        const char32_t c = ahead();
        if (c == EndOfSource)
            return;
        if (c == quote) {
            ++m_at;
            return;
        }
        if (isNewline(c)) {
            token.type = TokenType::BadString;
            return;
        }
        if (c != '\\') {
            appendCharacter(token.text);
            continue;
        }
        ++m_at;
        if (isNewline(ahead()))
            skipNewline();
        else if (ahead() != EndOfSource)
            appendEscape(token.text);
    }
}

/// 4.3.3.
void Tokenizer::takeNumeric(Token &token)
{
    takeNumber(token);
    if (startsIdentifier(m_at)) {
        token.type = TokenType::Dimension;
        token.text = takeName();
    } else if (ahead() == '%') {
        token.type = TokenType::Percentage;
        ++m_at;
    } else {
        token.type = TokenType::Number;
    }
}

/// 4.3.12 and 4.3.13; clamped to what a float holds.
void Tokenizer::takeNumber(Token &token)
{
    const qsizetype begin = m_at;
    token.isInteger = true;
    token.hasSign = ahead() == '+' || ahead() == '-';
    if (token.hasSign)
        ++m_at;
    while (isDigit(ahead()))
        ++m_at;
    if (ahead() == '.' && isDigit(ahead(1))) {
        token.isInteger = false;
        for (++m_at; isDigit(ahead());)
            ++m_at;
    }
    const bool signedExponent = ahead(1) == '+' || ahead(1) == '-';
    if ((ahead() == 'e' || ahead() == 'E') && isDigit(ahead(signedExponent ? 2 : 1))) {
        token.isInteger = false;
        for (m_at += signedExponent ? 2 : 1; isDigit(ahead());)
            ++m_at;
    }
    const QStringView digits = m_source.mid(begin, m_at - begin);
    const double value = digits.toDouble();
    token.number = std::isnan(value) ? 0 : std::clamp<double>(value, -FLT_MAX, FLT_MAX);
}

/// 4.3.4.
void Tokenizer::takeIdentLike(Token &token)
{
    token.text = takeName();
    if (ahead() != '(') {
        token.type = TokenType::Ident;
        return;
    }
    ++m_at;
    token.type = TokenType::Function;
    if (!equalsIgnoringAsciiCase(token.text, u"url"))
        return;
    qsizetype look = m_at;
    while (isWhitespace(at(look)))
        ++look;
    if (at(look) == '"' || at(look) == '\'')
        return;
    m_at = look;
    token.text.clear();
    takeUrl(token);
}

/// 4.3.6.
void Tokenizer::takeUrl(Token &token)
{
    token.type = TokenType::Url;
    while (true) {
        const char32_t c = ahead();
        if (c == EndOfSource)
            return;
        if (c == ')') {
            ++m_at;
            return;
        }
        if (isWhitespace(c)) {
            skipWhitespace();
            if (ahead() != ')' && ahead() != EndOfSource)
                return takeBadUrl(token);
            continue;
        }
        if (c == '"' || c == '\'' || c == '(' || isNonPrintable(c) || (c == '\\' && !startsEscape(m_at)))
            return takeBadUrl(token);
        if (c == '\\') {
            ++m_at;
            appendEscape(token.text);
        } else {
            appendCharacter(token.text);
        }
    }
}

/// 4.3.14.
void Tokenizer::takeBadUrl(Token &token)
{
    token.type = TokenType::BadUrl;
    token.text.clear();
    while (m_at < m_source.size()) {
        const char32_t c = ahead();
        ++m_at;
        if (c == ')')
            return;
        if (c == '\\' && !isNewline(ahead()) && ahead() != EndOfSource)
            ++m_at; // what it escapes is no end
    }
}

/// css-syntax-3 4.3.14 of 2023: digits, then "?" or an end. The text is what stands after "U+".
void Tokenizer::takeUnicodeRange(Token &token)
{
    token.type = TokenType::UnicodeRange;
    m_at += 2;
    const qsizetype begin = m_at;
    const auto skipDigits = [this](qsizetype end) {
        while (m_at < end && isHexDigit(ahead()))
            ++m_at;
    };
    skipDigits(begin + 6);
    const qsizetype afterDigits = m_at;
    while (m_at < begin + 6 && ahead() == '?')
        ++m_at;
    if (m_at == afterDigits && ahead() == '-' && isHexDigit(ahead(1))) {
        ++m_at;
        skipDigits(m_at + 6);
    }
    token.text = m_source.mid(begin, m_at - begin).toString();
}

/// 4.3.7, after the backslash.
void Tokenizer::appendEscape(QString &into)
{
    if (ahead() == EndOfSource) {
        into += QChar(Replacement);
        return;
    }
    if (!isHexDigit(ahead()))
        return appendCharacter(into);
    char32_t code = 0;
    for (int digits = 0; digits < 6 && isHexDigit(ahead()); ++digits, ++m_at)
        code = code * 16 + hexValue(ahead());
    if (isWhitespace(ahead()))
        skipNewline();
    if (code == 0 || code > 0x10ffff || QChar::isSurrogate(code))
        into += QChar(Replacement);
    else
        into += QChar::fromUcs4(code);
}

/// A character as it stands there, which may be two units.
void Tokenizer::appendCharacter(QString &into)
{
    const char32_t c = ahead();
    ++m_at;
    if (!QChar::isSurrogate(c)) {
        into += QChar(char16_t(c));
    } else if (QChar::isHighSurrogate(c) && m_at < m_source.size() && m_source[m_at].isLowSurrogate()) {
        into += QChar(char16_t(c));
        into += m_source[m_at];
        ++m_at;
    } else {
        into += QChar(Replacement);
    }
}

/// 4.3.11.
QString Tokenizer::takeName()
{
    const qsizetype begin = m_at;
    while (isName(ahead()) && ahead() != Replacement && !QChar::isSurrogate(ahead()))
        ++m_at;
    QString name = m_source.mid(begin, m_at - begin).toString();
    while (true) {
        if (ahead() != EndOfSource && isName(ahead())) {
            appendCharacter(name);
        } else if (startsEscape(m_at)) {
            ++m_at;
            appendEscape(name);
        } else {
            return name;
        }
    }
}

} // namespace bulkhead::engine::css
