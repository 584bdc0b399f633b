// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/supports.h"

#include "renderer/engine/css/declaration_list.h"

#include <optional>

namespace bulkhead::engine::css {

namespace {

constexpr int MaxDepth = 32; // of parentheses in each other

/// css-conditional-3 6.1. Nothing: it is no condition.
class SupportsCondition
{
public:
    SupportsCondition(QStringView source, const SelectorContext &selectors) : m_source(source), m_selectors(selectors)
    {
    }

    std::optional<bool> evaluate(std::span<const Token> tokens, int depth = 0) const
    {
        TokenStream stream(tokens);
        stream.skipWhitespace();
        const bool isNegated = stream.peek().isIdent(u"not");
        if (isNegated && !takeWord(stream))
            return std::nullopt;
        std::optional<bool> result = takeInParens(stream, depth);
        if (!result)
            return std::nullopt;
        if (isNegated) {
            stream.skipWhitespace();
            return stream.atEnd() ? std::optional(!*result) : std::nullopt;
        }
        const bool isOr = stream.peekPastWhitespace().isIdent(u"or");
        while (stream.peekPastWhitespace().isIdent(isOr ? u"or" : u"and")) {
            if (!stream.peek().is(TokenType::Whitespace))
                return std::nullopt;
            stream.skipWhitespace();
            if (!takeWord(stream))
                return std::nullopt;
            const std::optional<bool> next = takeInParens(stream, depth);
            if (!next)
                return std::nullopt;
            result = isOr ? *result || *next : *result && *next;
        }
        stream.skipWhitespace();
        return stream.atEnd() ? result : std::nullopt;
    }

    /// "name: value".
    std::optional<bool> evaluateDeclaration(std::span<const Token> tokens) const
    {
        TokenStream stream(tokens);
        stream.skipWhitespace();
        const std::optional<RawDeclaration> declaration = takeDeclaration(stream);
        if (!declaration || !stream.atEnd() || endsWithSemicolon(tokens))
            return std::nullopt;
        return isSupported(declaration->name, declaration->value, m_source);
    }

private:
    static bool endsWithSemicolon(std::span<const Token> tokens)
    {
        while (!tokens.empty() && tokens.back().is(TokenType::Whitespace))
            tokens = tokens.first(tokens.size() - 1);
        return !tokens.empty() && tokens.back().is(TokenType::Semicolon);
    }

    /// "not", "and", "or", which white space has to follow.
    static bool takeWord(TokenStream &stream)
    {
        stream.next();
        const bool hasSpace = stream.peek().is(TokenType::Whitespace);
        stream.skipWhitespace();
        return hasSpace;
    }

    std::optional<bool> takeInParens(TokenStream &stream, int depth) const
    {
        const Token &opener = stream.peek();
        if (!opener.is(TokenType::OpenParen) && !opener.is(TokenType::Function))
            return std::nullopt;
        const std::span<const Token> inside = stream.takeBlock();
        if (opener.isFunction(u"selector"))
            return isSupportedSelector(inside, m_selectors);
        if (opener.is(TokenType::Function) || depth >= MaxDepth)
            return false; // general-enclosed
        if (const std::optional<bool> nested = evaluate(inside, depth + 1))
            return nested;
        return evaluateDeclaration(inside).value_or(false);
    }

    QStringView m_source;
    const SelectorContext &m_selectors;
};

} // namespace

bool evaluateSupports(std::span<const Token> tokens, QStringView source, const SelectorContext &selectors,
                      SupportsSyntax syntax)
{
    const SupportsCondition condition(source, selectors);
    std::optional<bool> result = condition.evaluate(tokens);
    if (!result && syntax == SupportsSyntax::ConditionOrDeclaration)
        result = condition.evaluateDeclaration(tokens);
    return result.value_or(false);
}

} // namespace bulkhead::engine::css
