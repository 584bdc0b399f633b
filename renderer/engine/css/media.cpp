// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/media.h"

#include "renderer/engine/css/media_features.h"

#include <algorithm>

namespace bulkhead::engine::css {

namespace {

constexpr int MaxDepth = 16; // of parentheses in each other
constexpr std::size_t MaxQueries = 256;

/// mediaqueries-4 3.2: what is not understood is neither true nor false.
enum class Truth : std::uint8_t { False, Unknown, True };

Truth negated(Truth truth)
{
    return Truth(2 - int(truth));
}

Truth evaluate(const MediaCondition &condition, const MediaEnvironment &environment)
{
    switch (condition.kind) {
    case MediaCondition::Kind::Feature:
        return matchesFeature(condition.feature, environment) ? Truth::True : Truth::False;
    case MediaCondition::Kind::Not:
        return negated(evaluate(condition.parts.front(), environment));
    case MediaCondition::Kind::And:
    case MediaCondition::Kind::Or: {
        const bool isAnd = condition.kind == MediaCondition::Kind::And;
        Truth result = isAnd ? Truth::True : Truth::False;
        for (const MediaCondition &part : condition.parts) {
            const Truth truth = evaluate(part, environment);
            result = isAnd ? std::min(result, truth) : std::max(result, truth);
        }
        return result;
    }
    case MediaCondition::Kind::Unknown:
        break;
    }
    return Truth::Unknown;
}

enum class Ors : std::uint8_t { Allowed, Forbidden };

std::optional<MediaCondition> takeCondition(TokenStream &tokens, Ors ors, int depth);

/// "(condition)", "(feature)", or anything in parentheses.
std::optional<MediaCondition> takeInParens(TokenStream &tokens, int depth)
{
    tokens.skipWhitespace();
    const bool isFunction = tokens.peek().is(TokenType::Function);
    if (!isFunction && !tokens.peek().is(TokenType::OpenParen))
        return std::nullopt;
    const std::span<const Token> inside = tokens.takeBlock();
    MediaCondition condition;
    if (isFunction || depth >= MaxDepth)
        return condition;
    if (std::optional<MediaFeature> feature = parseMediaFeature(inside)) {
        condition.kind = MediaCondition::Kind::Feature;
        condition.feature = std::move(*feature);
        return condition;
    }
    TokenStream stream(inside);
    const std::optional<MediaCondition> nested = takeCondition(stream, Ors::Allowed, depth + 1);
    stream.skipWhitespace();
    return nested && stream.atEnd() ? nested : condition;
}

std::optional<MediaCondition> takeCondition(TokenStream &tokens, Ors ors, int depth)
{
    tokens.skipWhitespace();
    const bool isNegated = tokens.peek().isIdent(u"not");
    if (isNegated)
        tokens.next();
    std::optional<MediaCondition> first = takeInParens(tokens, depth);
    if (!first)
        return std::nullopt;
    MediaCondition condition;
    condition.parts.push_back(std::move(*first));
    if (isNegated) {
        condition.kind = MediaCondition::Kind::Not;
        return condition;
    }
    const Token &word = tokens.peekPastWhitespace();
    const bool isOr = word.isIdent(u"or");
    if (!isOr && !word.isIdent(u"and"))
        return condition.parts.front();
    if (isOr && ors == Ors::Forbidden)
        return std::nullopt;
    condition.kind = isOr ? MediaCondition::Kind::Or : MediaCondition::Kind::And;
    while (tokens.peekPastWhitespace().isIdent(isOr ? u"or" : u"and")) {
        tokens.skipWhitespace();
        tokens.next();
        std::optional<MediaCondition> part = takeInParens(tokens, depth);
        if (!part)
            return std::nullopt;
        condition.parts.push_back(std::move(*part));
    }
    return condition;
}

/// mediaqueries-4 3: what is no media query is "not all".
std::optional<MediaQuery> takeQuery(TokenStream &tokens)
{
    MediaQuery query;
    tokens.skipWhitespace();
    const bool isNot = tokens.peek().isIdent(u"not");
    const bool hasWord = isNot || tokens.peek().isIdent(u"only");
    const std::size_t begin = tokens.position();
    if (hasWord) {
        tokens.next();
        tokens.skipWhitespace();
    }
    if (tokens.peek().is(TokenType::Ident)) {
        query.isNegated = isNot;
        query.type = asciiLower(tokens.next().text);
        for (const QStringView reserved : {u"not", u"only", u"and", u"or", u"layer"}) {
            if (query.type == reserved)
                return std::nullopt;
        }
        if (!tokens.peekPastWhitespace().isIdent(u"and"))
            return query;
        tokens.skipWhitespace();
        tokens.next();
        query.condition = takeCondition(tokens, Ors::Forbidden, 0);
    } else {
        tokens.rewind(begin);
        query.condition = takeCondition(tokens, Ors::Allowed, 0);
    }
    return query.condition ? std::optional(query) : std::nullopt;
}

bool matchesType(const QString &type, const MediaEnvironment &environment)
{
    if (type.isEmpty() || type == QLatin1String("all"))
        return true;
    return type ==
           (environment.type == MediaEnvironment::Type::Print ? QLatin1String("print") : QLatin1String("screen"));
}

bool matchesQuery(const MediaQuery &query, const MediaEnvironment &environment)
{
    Truth truth = matchesType(query.type, environment) ? Truth::True : Truth::False;
    if (query.condition)
        truth = std::min(truth, evaluate(*query.condition, environment));
    return (query.isNegated ? negated(truth) : truth) == Truth::True;
}

} // namespace

MediaQueryList MediaQueryList::parse(QStringView text)
{
    return parse(tokenize(text));
}

MediaQueryList MediaQueryList::parse(std::span<const Token> tokens)
{
    MediaQueryList list;
    TokenStream stream(tokens);
    stream.skipWhitespace();
    if (stream.atEnd())
        return list;
    while (list.m_queries.size() < MaxQueries) {
        std::optional<MediaQuery> query = takeQuery(stream);
        stream.skipWhitespace();
        if (!query || !(stream.atEnd() || stream.peek().is(TokenType::Comma))) {
            query.emplace();
            query->isNegated = true;
        }
        list.m_queries.push_back(std::move(*query));
        while (!stream.atEnd() && !stream.peek().is(TokenType::Comma))
            stream.takeComponent();
        if (stream.atEnd())
            break;
        stream.next();
    }
    return list;
}

bool MediaQueryList::matches(const MediaEnvironment &environment) const
{
    return m_queries.empty() || std::any_of(m_queries.begin(), m_queries.end(),
                                            [&](const MediaQuery &query) { return matchesQuery(query, environment); });
}

} // namespace bulkhead::engine::css
