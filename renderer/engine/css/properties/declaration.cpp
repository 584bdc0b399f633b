// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/declaration.h"

#include "renderer/engine/css/properties/parse_value.h"
#include "renderer/engine/css/properties/quirks.h"
#include "renderer/engine/css/properties/shorthands.h"

#include <algorithm>
#include <utility>

namespace bulkhead::engine::css {

namespace {

using Kind = PropertyValue::Kind;
using Tokens = std::span<const Token>;

Tokens trimmed(Tokens tokens)
{
    const auto isNothing = [](const Token &token) {
        return token.is(TokenType::Whitespace) || token.is(TokenType::End);
    };
    while (!tokens.empty() && isNothing(tokens.front()))
        tokens = tokens.subspan(1);
    while (!tokens.empty() && isNothing(tokens.back()))
        tokens = tokens.first(tokens.size() - 1);
    return tokens;
}

/// css-syntax-3 9.2: <declaration-value>
bool isDeclarationValue(Tokens tokens)
{
    int depth = 0;
    for (const Token &token : tokens) {
        switch (token.type) {
        case TokenType::BadString:
        case TokenType::BadUrl:
            return false;
        case TokenType::Function:
        case TokenType::OpenParen:
        case TokenType::OpenSquare:
        case TokenType::OpenCurly:
            ++depth;
            break;
        case TokenType::Close:
        case TokenType::CloseSquare:
        case TokenType::CloseCurly:
            if (--depth < 0)
                return false;
            break;
        case TokenType::Semicolon:
            if (depth == 0)
                return false;
            break;
        default:
            if (depth == 0 && token.isDelim(u'!'))
                return false;
        }
    }
    return true;
}

enum class Substitution { None, Valid, Invalid };

/// Whether var() or env() stand anywhere, and whether they are well-formed.
Substitution substitutionIn(Tokens tokens)
{
    Substitution found = Substitution::None;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        const bool isVar = tokens[i].isFunction(u"var");
        if (!isVar && !tokens[i].isFunction(u"env"))
            continue;
        found = Substitution::Valid;
        TokenStream stream(tokens.subspan(i + 1));
        stream.skipWhitespace();
        const Token &name = stream.next();
        if (!name.is(TokenType::Ident) || (isVar && (!name.text.startsWith(u"--") || name.text.size() < 3)))
            return Substitution::Invalid;
        const Token &after = stream.peekPastWhitespace();
        if (!after.is(TokenType::Comma) && !after.is(TokenType::Close) && !after.is(TokenType::End) && isVar)
            return Substitution::Invalid;
    }
    return found;
}

QString sourceOf(Tokens tokens, QStringView source)
{
    if (tokens.empty())
        return {};
    const qsizetype start = tokens.front().start;
    return source.mid(start, qsizetype(tokens.back().start) + tokens.back().length - start).toString();
}

PropertyValue makePending(PropertyId written, Tokens tokens, QStringView source, const ParseContext &context)
{
    PropertyValue value;
    value.kind = Kind::Pending;
    value.pending = std::make_shared<const PendingValue>(PendingValue{sourceOf(tokens, source), written, context});
    return value;
}

struct Adder
{
    std::vector<Declaration> &into;
    Importance importance;

    void add(PropertyId id, PropertyValue value) const { into.push_back({id, importance, {}, std::move(value)}); }
    /// The same for all longhands of a shorthand.
    void addAll(PropertyId id, const PropertyValue &value) const
    {
        if (!isShorthand(id)) {
            add(id, value);
            return;
        }
        for (const PropertyId longhand : shorthandInfo(id).longhands)
            add(longhand, value);
    }
};

bool addShorthand(PropertyId id, Tokens tokens, const ParseContext &context, const Adder &adder)
{
    const ShorthandInfo &info = shorthandInfo(id);
    Values values;
    if (!expandShorthand(info, tokens, valueContext(id, context), values))
        return false;
    for (std::size_t i = 0; i < info.longhands.size(); ++i) {
        PropertyValue value;
        value.kind = values[i].isMissing() ? Kind::Initial : Kind::Parsed;
        value.parsed = std::move(values[i]);
        adder.add(info.longhands[i], std::move(value));
    }
    return true;
}

} // namespace

PropertyValue::Kind wideKeyword(Tokens tokens)
{
    tokens = trimmed(tokens);
    if (tokens.size() != 1 || !tokens.front().is(TokenType::Ident))
        return Kind::Parsed;
    switch (keywordOf(tokens.front().text)) {
    case "initial"_kw:
        return Kind::Initial;
    case "inherit"_kw:
        return Kind::Inherit;
    case "unset"_kw:
        return Kind::Unset;
    case "revert"_kw:
        return Kind::Revert;
    case "revert-layer"_kw:
        return Kind::RevertLayer;
    default:
        return Kind::Parsed;
    }
}

bool parseLonghand(PropertyId longhand, Tokens tokens, const ParseContext &context, PropertyValue &into)
{
    into.kind = wideKeyword(tokens);
    return into.kind != Kind::Parsed ||
           propertyGrammar(longhand).matchAll(tokens, valueContext(longhand, context), into.parsed);
}

bool parseSubstituted(PropertyId longhand, const PendingValue &pending, QStringView text, PropertyValue &into)
{
    const std::vector<Token> tokens = tokenize(text);
    if (pending.written == PropertyId::All || !isShorthand(pending.written)) {
        if (pending.written != PropertyId::All)
            return parseLonghand(longhand, tokens, pending.context, into);
        into.kind = wideKeyword(tokens);
        return into.kind != Kind::Parsed;
    }
    into.kind = wideKeyword(tokens);
    if (into.kind != Kind::Parsed)
        return true;
    const ShorthandInfo &info = shorthandInfo(pending.written);
    Values values;
    if (!expandShorthand(info, trimmed(tokens), valueContext(pending.written, pending.context), values))
        return false;
    const auto found = std::find(info.longhands.begin(), info.longhands.end(), longhand);
    if (found == info.longhands.end())
        return false;
    into.parsed = values[std::size_t(found - info.longhands.begin())];
    into.kind = into.parsed.isMissing() ? Kind::Initial : Kind::Parsed;
    return true;
}

const Value &initialValue(PropertyId longhand)
{
    static std::vector<Value> values(LonghandCount);
    Value &value = values[std::size_t(longhand)];
    if (value.isMissing()) {
        const std::vector<Token> tokens = tokenize(QString::fromLatin1(propertyInfo(longhand).initial));
        const ParseContext context;
        propertyGrammar(longhand).matchAll(tokens, {context}, value);
    }
    return value;
}

bool parseDeclaration(QStringView name, Tokens value, QStringView source, Importance importance,
                      const ParseContext &context, std::vector<Declaration> &into)
{
    const PropertyId id = propertyByName(name);
    if (id == PropertyId::Invalid || !isDeclarationValue(value))
        return false;
    const Tokens tokens = trimmed(value);
    PropertyValue wide;
    wide.kind = wideKeyword(tokens);
    const Substitution substitution = substitutionIn(tokens);
    if (substitution == Substitution::Invalid)
        return false;
    if (id == PropertyId::Custom) {
        into.push_back({id, importance, name.toString(),
                        wide.kind != Kind::Parsed ? wide : makePending(id, tokens, source, context)});
        return true;
    }
    if (tokens.empty())
        return false;
    const Adder adder{into, importance};
    if (wide.kind != Kind::Parsed) {
        adder.addAll(id, wide);
        return true;
    }
    if (substitution == Substitution::Valid) {
        adder.addAll(id, makePending(id, tokens, source, context));
        return true;
    }
    if (id == PropertyId::All)
        return false;
    if (isShorthand(id))
        return addShorthand(id, tokens, context, adder);
    PropertyValue parsed;
    if (!propertyGrammar(id).matchAll(tokens, valueContext(id, context), parsed.parsed))
        return false;
    adder.add(id, std::move(parsed));
    return true;
}

bool isSupported(QStringView name, Tokens value, QStringView source)
{
    std::vector<Declaration> declarations;
    return parseDeclaration(name, value, source, Importance::Normal, {}, declarations);
}

} // namespace bulkhead::engine::css
