// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/token.h"

#include <QString>
#include <QStringView>

#include <cstdint>
#include <vector>

namespace bulkhead::engine::css {

enum class UnicodeRanges : std::uint8_t {
    Off,
    On, ///< "U+26" is a range: only in the descriptor unicode-range
};

/// Tokens one after the other (css-syntax-3 4). What preprocessing would replace (CRLF, NUL, lone surrogates) is
/// replaced on the way, so that positions are those of the source. Closes no blocks.
class Tokenizer
{
public:
    /// @p source outlives this.
    explicit Tokenizer(QStringView source, UnicodeRanges ranges = UnicodeRanges::Off)
        : m_source(source), m_ranges(ranges)
    {
    }
    /// End for ever after the last.
    Token next();

private:
    static constexpr char32_t EndOfSource = 0xffffffff;

    char32_t at(qsizetype position) const;
    char32_t ahead(qsizetype count = 0) const { return at(m_at + count); }
    bool startsEscape(qsizetype position) const;
    bool startsIdentifier(qsizetype position) const;
    bool startsNumber(qsizetype position) const;
    void skipNewline();
    void skipWhitespace();
    void skipComments();
    void take(Token &token);
    void takePunctuation(Token &token, char16_t character);
    void takeDelim(Token &token);
    void takeHash(Token &token);
    void takeString(Token &token, char32_t quote);
    void takeNumeric(Token &token);
    void takeNumber(Token &token);
    void takeIdentLike(Token &token);
    void takeUrl(Token &token);
    void takeBadUrl(Token &token);
    void takeUnicodeRange(Token &token);
    void appendEscape(QString &into);
    void appendCharacter(QString &into);
    QString takeName();

    QStringView m_source;
    qsizetype m_at = 0;
    UnicodeRanges m_ranges;
};

/// Follows which blocks are open, in the order they were opened.
class OpenBlocks
{
public:
    /// What @p token opens or closes.
    void see(const Token &token);
    bool isEmpty() const { return m_open.empty(); }
    std::size_t depth() const { return m_open.size(); }
    /// Appends the tokens that close what is open, at the source's end @p position, and forgets them.
    void close(std::vector<Token> &into, std::uint32_t position);

private:
    std::vector<TokenType> m_open; // what closes them
};

} // namespace bulkhead::engine::css
