// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/grammar.h"

#include "renderer/engine/css/properties/numbers.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine::css {

bool Grammar::matchAll(std::span<const Token> tokens, const ValueContext &context, Value &into) const
{
    TokenStream stream(tokens);
    stream.skipWhitespace();
    if (stream.atEnd() || !match(stream, context, into))
        return false;
    stream.skipWhitespace();
    return stream.atEnd();
}

bool Grammar::matchRepeated(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into)
{
    const std::size_t start = tokens.position();
    if (!node.isRepeated) {
        tokens.skipWhitespace();
        if (matchOnce(node, tokens, context, into))
            return true;
        tokens.rewind(start);
        into = {};
        return node.least == 0;
    }
    Values found;
    while (found.size() < node.most || node.most == 0xff) {
        const std::size_t before = tokens.position();
        tokens.skipWhitespace();
        if (node.hasCommas && !found.empty()) {
            if (!tokens.peek().is(TokenType::Comma)) {
                tokens.rewind(before);
                break;
            }
            tokens.next();
            tokens.skipWhitespace();
        }
        Value item;
        if (tokens.atEnd() || !matchOnce(node, tokens, context, item)) {
            tokens.rewind(before);
            break;
        }
        found.push_back(std::move(item));
    }
    if (found.size() < node.least) {
        tokens.rewind(start);
        return false;
    }
    into = Value::makeList(std::move(found));
    return true;
}

bool Grammar::matchOnce(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into)
{
    const Token &token = tokens.peek();
    switch (node.kind) {
    case Node::Kind::Keyword:
        if (!token.is(TokenType::Ident) || keywordOf(token.text) != node.keyword)
            return false;
        into = Value::makeKeyword(node.keyword);
        into.number = node.ordinal;
        into.text = token.text;
        tokens.next();
        return true;
    case Node::Kind::Delimiter:
        if (!token.isDelim(node.delimiter))
            return false;
        tokens.next();
        return true;
    case Node::Kind::Numeric:
        return parseNumeric(tokens, context, node.numeric, node.range, into);
    case Node::Kind::Type:
        return node.parser(tokens, context, into);
    case Node::Kind::Reference:
        return node.reference->match(tokens, context, into);
    case Node::Kind::Sequence:
        return matchSequence(node, tokens, context, into);
    case Node::Kind::AllOf:
    case Node::Kind::AnyOf:
        return matchInAnyOrder(node, tokens, context, into);
    case Node::Kind::OneOf:
        break;
    }
    const std::size_t start = tokens.position();
    return std::any_of(node.children.begin(), node.children.end(), [&](const Node &child) {
        tokens.rewind(start);
        into = {};
        return matchRepeated(child, tokens, context, into);
    });
}

bool Grammar::matchSequence(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into)
{
    Values parts;
    for (const Node &child : node.children) {
        Value part;
        if (!matchRepeated(child, tokens, context, part))
            return false;
        if (child.kind != Node::Kind::Delimiter)
            parts.push_back(std::move(part));
    }
    into = Value::makeList(std::move(parts));
    return true;
}

bool Grammar::matchInAnyOrder(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into)
{
    Values parts(node.children.size());
    std::vector<bool> done(node.children.size());
    bool found = true;
    while (found) {
        found = false;
        for (std::size_t i = 0; i < parts.size() && !found; ++i) {
            if (done[i])
                continue;
            const std::size_t before = tokens.position();
            tokens.skipWhitespace();
            if (tokens.atEnd())
                break;
            const Node &child = node.children[i];
            found = child.isRepeated ? matchRepeated(child, tokens, context, parts[i])
                                     : matchOnce(child, tokens, context, parts[i]);
            if (found && tokens.position() > before)
                done[i] = true;
            else
                found = false;
            if (!found) {
                tokens.rewind(before);
                parts[i] = {};
            }
        }
    }
    bool isAny = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        isAny |= done[i];
        if (!done[i] && node.kind == Node::Kind::AllOf && node.children[i].least > 0)
            return false;
    }
    into = Value::makeList(std::move(parts));
    return isAny;
}

} // namespace bulkhead::engine::css
