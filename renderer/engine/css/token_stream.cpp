// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/token.h"

#include "renderer/engine/css/tokenizer.h"

#include <algorithm>

namespace bulkhead::engine::css {

namespace {

constexpr std::size_t MaxTokens = 1'000'000; // 48 bytes each

TokenType closerOf(TokenType opener)
{
    switch (opener) {
    case TokenType::Function:
    case TokenType::OpenParen:
        return TokenType::Close;
    case TokenType::OpenSquare:
        return TokenType::CloseSquare;
    case TokenType::OpenCurly:
        return TokenType::CloseCurly;
    default:
        return TokenType::End;
    }
}

const Token &endToken()
{
    static const Token end;
    return end;
}

} // namespace

void OpenBlocks::see(const Token &token)
{
    const TokenType closer = closerOf(token.type);
    if (closer != TokenType::End)
        m_open.push_back(closer);
    else if (!m_open.empty() && m_open.back() == token.type)
        m_open.pop_back();
}

void OpenBlocks::close(std::vector<Token> &into, std::uint32_t position)
{
    for (; !m_open.empty(); m_open.pop_back()) {
        Token closer;
        closer.type = m_open.back();
        closer.start = position;
        into.push_back(closer);
    }
}

std::vector<Token> tokenize(QStringView source)
{
    std::vector<Token> tokens;
    Tokenizer tokenizer(source);
    OpenBlocks open;
    Token token = tokenizer.next();
    for (; !token.is(TokenType::End) && tokens.size() < MaxTokens; token = tokenizer.next()) {
        open.see(token);
        tokens.push_back(std::move(token));
    }
    open.close(tokens, token.start);
    Token end;
    end.start = token.start;
    tokens.push_back(end);
    return tokens;
}

const Token &TokenStream::peek(std::size_t ahead) const
{
    const std::size_t at = m_at + ahead;
    return at < m_tokens.size() ? m_tokens[at] : endToken();
}

const Token &TokenStream::next()
{
    const Token &token = peek();
    if (m_at < m_tokens.size() && !token.is(TokenType::End))
        ++m_at;
    return token;
}

void TokenStream::skipWhitespace()
{
    while (peek().is(TokenType::Whitespace))
        ++m_at;
}

const Token &TokenStream::peekPastWhitespace() const
{
    std::size_t ahead = 0;
    while (peek(ahead).is(TokenType::Whitespace))
        ++ahead;
    return peek(ahead);
}

std::span<const Token> TokenStream::takeBlock()
{
    const std::span<const Token> whole = takeComponent();
    if (whole.empty() || closerOf(whole.front().type) == TokenType::End)
        return {};
    const bool isClosed = whole.size() > 1 && whole.back().type == closerOf(whole.front().type);
    return whole.subspan(1, whole.size() - (isClosed ? 2 : 1));
}

std::span<const Token> TokenStream::takeComponent()
{
    const std::size_t begin = m_at;
    OpenBlocks open;
    do {
        const Token &token = peek();
        if (token.is(TokenType::End))
            break;
        open.see(token);
        ++m_at;
    } while (!open.isEmpty());
    return m_tokens.subspan(begin, m_at - begin);
}

} // namespace bulkhead::engine::css
