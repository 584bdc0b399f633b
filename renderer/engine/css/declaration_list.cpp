// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/declaration_list.h"

#include <algorithm>

namespace bulkhead::engine::css {

namespace {

constexpr std::size_t MaxDeclarations = 20'000; // of one block, as longhands

std::span<const Token> trimmed(std::span<const Token> tokens)
{
    while (!tokens.empty() && tokens.front().is(TokenType::Whitespace))
        tokens = tokens.subspan(1);
    while (!tokens.empty() && (tokens.back().is(TokenType::Whitespace) || tokens.back().is(TokenType::End)))
        tokens = tokens.first(tokens.size() - 1);
    return tokens;
}

/// Cuts "!important" off.
Importance takeImportance(std::span<const Token> &value)
{
    if (value.size() < 2 || !value.back().isIdent(u"important"))
        return Importance::Normal;
    const std::span<const Token> before = trimmed(value.first(value.size() - 1));
    if (before.empty() || !before.back().isDelim(u'!'))
        return Importance::Normal;
    value = trimmed(before.first(before.size() - 1));
    return Importance::Important;
}

/// css-syntax-3 5.5.6: what cannot be in a value, so that it may be a rule's selector.
bool isValue(const std::span<const Token> &component)
{
    const TokenType type = component.front().type;
    return type != TokenType::OpenCurly && type != TokenType::CloseCurly;
}

} // namespace

std::optional<RawDeclaration> takeDeclaration(TokenStream &tokens)
{
    const std::size_t begin = tokens.position();
    RawDeclaration declaration;
    const Token &name = tokens.next();
    tokens.skipWhitespace();
    if (!name.is(TokenType::Ident) || !tokens.peek().is(TokenType::Colon)) {
        tokens.rewind(begin);
        return std::nullopt;
    }
    tokens.next();
    declaration.name = name.text;
    const bool isCustom = name.text.startsWith(QLatin1String("--"));
    const std::span<const Token> rest = tokens.rest();
    const std::size_t valueBegin = tokens.position();
    while (!tokens.atEnd() && !tokens.peek().is(TokenType::Semicolon)) {
        if (!isValue(tokens.takeComponent()) && !isCustom) {
            tokens.rewind(begin);
            return std::nullopt;
        }
    }
    declaration.value = trimmed(rest.first(tokens.position() - valueBegin));
    declaration.importance = takeImportance(declaration.value);
    tokens.next(); // the semicolon
    return declaration;
}

void skipDeclaration(TokenStream &tokens)
{
    while (!tokens.atEnd()) {
        if (tokens.takeComponent().front().is(TokenType::Semicolon))
            return;
    }
}

void forEachDeclaration(std::span<const Token> block, const std::function<void(const RawDeclaration &)> &see)
{
    TokenStream tokens(block);
    while (!tokens.atEnd()) {
        const Token &token = tokens.peek();
        if (token.is(TokenType::Whitespace) || token.is(TokenType::Semicolon)) {
            tokens.next();
        } else if (token.is(TokenType::AtKeyword)) {
            // Ends at a block or a semicolon.
            while (!tokens.atEnd()) {
                const TokenType type = tokens.takeComponent().front().type;
                if (type == TokenType::Semicolon || type == TokenType::OpenCurly)
                    break;
            }
        } else if (const std::optional<RawDeclaration> declaration = takeDeclaration(tokens)) {
            see(*declaration);
        } else {
            skipDeclaration(tokens);
        }
    }
}

void addDeclaration(const RawDeclaration &raw, QStringView source, const ParseContext &context, DeclarationBlock &into)
{
    if (into.declarations.size() >= MaxDeclarations)
        return;
    if (!parseDeclaration(raw.name, raw.value, source, raw.importance, context, into.declarations))
        return;
    (raw.importance == Importance::Important ? into.hasImportant : into.hasNormal) = true;
}

DeclarationBlock parseDeclarations(std::span<const Token> block, QStringView source, const ParseContext &context)
{
    DeclarationBlock declarations;
    forEachDeclaration(block, [&](const RawDeclaration &raw) { addDeclaration(raw, source, context, declarations); });
    return declarations;
}

DeclarationBlock parseDeclarationList(QStringView text, const ParseContext &context)
{
    return parseDeclarations(tokenize(text), text, context);
}

std::vector<std::span<const Token>> splitAtCommas(std::span<const Token> tokens)
{
    std::vector<std::span<const Token>> items;
    TokenStream stream(tokens);
    std::size_t begin = 0;
    while (!stream.atEnd()) {
        const std::size_t at = stream.position();
        if (stream.takeComponent().front().is(TokenType::Comma)) {
            items.push_back(tokens.subspan(begin, at - begin));
            begin = stream.position();
        }
    }
    items.push_back(tokens.subspan(begin, stream.position() - begin));
    return items;
}

QStringView textOf(std::span<const Token> tokens, QStringView source)
{
    if (tokens.empty())
        return {};
    const Token &last = tokens.back();
    return source.mid(tokens.front().start, qsizetype(last.start) + last.length - tokens.front().start);
}

} // namespace bulkhead::engine::css
