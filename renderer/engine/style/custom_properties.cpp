// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/custom_properties.h"

#include "renderer/engine/css/properties/parse_value.h"
#include "renderer/engine/css/token.h"

#include <algorithm>
#include <span>
#include <utility>

namespace bulkhead::engine {

using namespace css;

namespace {

/// Substitutes in one text.
class Substitution
{
public:
    Substitution(const VariableLookup &lookup) : m_lookup(lookup) {}

    std::optional<QString> run(QStringView text, int depth);

private:
    bool replace(TokenStream &inside, bool isVar, QStringView source, int depth, QString &into);

    const VariableLookup &m_lookup;
};

/// Comments keep what stood apart from becoming one token.
void appendApart(QString &text, QStringView more)
{
    if (!text.isEmpty() && !more.isEmpty())
        text += QStringLiteral("/**/");
    text += more;
}

/// Which of var() and env() @p token opens, if any.
bool opensSubstitution(const Token &token, bool &isVar)
{
    isVar = token.isFunction(u"var");
    return isVar || token.isFunction(u"env");
}

std::optional<QString> Substitution::run(QStringView text, int depth)
{
    if (!text.contains(u'('))
        return text.toString();
    const std::vector<Token> tokens = tokenize(text);
    TokenStream stream(tokens);
    QString result;
    qsizetype copied = 0;
    bool isAfterValue = false;
    const auto copyUpTo = [&](qsizetype end) {
        const QStringView plain = text.mid(copied, end - copied);
        if (isAfterValue)
            appendApart(result, plain);
        else
            result += plain;
    };
    while (!stream.atEnd()) {
        bool isVar = false;
        const Token &token = stream.peek();
        if (!opensSubstitution(token, isVar)) {
            stream.next();
            continue;
        }
        copyUpTo(token.start);
        TokenStream inside(stream.takeBlock());
        QString value;
        if (depth > limits::FallbackDepth || !replace(inside, isVar, text, depth, value))
            return std::nullopt;
        appendApart(result, value);
        isAfterValue = true;
        copied = stream.atEnd() ? text.size() : qsizetype(stream.peek().start);
        if (result.size() > limits::ExpandedCharacters)
            return std::nullopt;
    }
    copyUpTo(text.size());
    return result.size() > limits::ExpandedCharacters ? std::nullopt : std::optional(result);
}

bool Substitution::replace(TokenStream &inside, bool isVar, QStringView source, int depth, QString &into)
{
    inside.skipWhitespace();
    const Token &name = inside.next();
    if (!name.is(TokenType::Ident))
        return false;
    inside.skipWhitespace();
    while (!isVar && inside.peek().is(TokenType::Number)) { // which of several displays
        inside.next();
        inside.skipWhitespace();
    }
    std::optional<QString> fallback;
    if (inside.peek().is(TokenType::Comma)) {
        inside.next();
        const std::span<const Token> rest = inside.rest();
        // Computed even when it is not needed: a circle through it counts.
        QStringView text;
        if (!rest.empty()) {
            const qsizetype start = rest.front().start;
            text = source.mid(start, qsizetype(rest.back().start) + rest.back().length - start);
        }
        fallback = run(text, depth + 1);
    } else if (!inside.atEnd()) {
        return false;
    }
    std::optional<QString> value;
    if (isVar)
        value = m_lookup(name.text);
    else if (name.text.startsWith(u"safe-area-inset-"))
        value = QStringLiteral("0px");
    if (!value)
        value = std::move(fallback);
    if (!value)
        return false;
    into = value->trimmed();
    return true;
}

/// Computes each declared property once, those that it refers to before it.
class Resolver
{
public:
    Resolver(const CustomProperties &inherited, const QHash<QString, const PropertyValue *> &declared)
        : m_inherited(inherited), m_declared(declared), m_made(inherited),
          m_lookup([this](const QString &name) { return value(name); })
    {
    }

    CustomProperties run()
    {
        for (auto it = m_declared.cbegin(); it != m_declared.cend(); ++it)
            value(it.key());
        return std::move(m_made);
    }

private:
    std::optional<QString> value(const QString &name);
    std::optional<QString> compute(const QString &name, const PropertyValue &declared);

    const CustomProperties &m_inherited;
    const QHash<QString, const PropertyValue *> &m_declared;
    CustomProperties m_made;
    VariableLookup m_lookup;
    QHash<QString, bool> m_done;
    std::vector<QString> m_open;                ///< that are being computed, each for the one before it
    qsizetype m_characters = 0;                 ///< of those that are done
    std::size_t m_circleFrom = ~std::size_t(0); ///< from there on m_open is a circle
};

std::optional<QString> Resolver::value(const QString &name)
{
    const PropertyValue *declared = m_declared.value(name);
    if (!declared || m_done.contains(name)) {
        const auto found = m_made.constFind(name);
        return found == m_made.cend() ? std::nullopt : std::optional(*found);
    }
    const auto open = std::find(m_open.begin(), m_open.end(), name);
    if (open != m_open.end()) {
        m_circleFrom = std::min(m_circleFrom, std::size_t(open - m_open.begin()));
        return std::nullopt;
    }
    if (m_open.size() >= std::size_t(limits::VariableDepth))
        return std::nullopt;
    m_open.push_back(name);
    std::optional<QString> made = compute(name, *declared);
    const std::size_t at = m_open.size() - 1;
    m_open.pop_back();
    if (m_circleFrom <= at) // it is in the circle
        made.reset();
    if (m_circleFrom >= at)
        m_circleFrom = ~std::size_t(0);
    m_done.insert(name, true);
    if (made && (m_characters += made->size()) > limits::CustomCharacters)
        made.reset();
    if (made)
        m_made.insert(name, *made);
    else
        m_made.remove(name);
    return made;
}

std::optional<QString> Resolver::compute(const QString &name, const PropertyValue &declared)
{
    using Kind = PropertyValue::Kind;
    const auto inherited = [&]() -> std::optional<QString> {
        const auto found = m_inherited.constFind(name);
        return found == m_inherited.cend() ? std::nullopt : std::optional(*found);
    };
    if (declared.kind == Kind::Initial)
        return std::nullopt;
    if (declared.kind != Kind::Pending)
        return inherited();
    std::optional<QString> made = substituteVariables(declared.pending->text, m_lookup);
    if (!made)
        return std::nullopt;
    if (made->size() <= 12) { // what was substituted may be a keyword of all properties
        switch (wideKeyword(tokenize(*made))) {
        case Kind::Parsed:
            return made;
        case Kind::Initial:
            return std::nullopt;
        default:
            return inherited();
        }
    }
    return made;
}

} // namespace

std::optional<QString> substituteVariables(QStringView text, const VariableLookup &lookup)
{
    return Substitution(lookup).run(text, 0);
}

CustomProperties computeCustomProperties(const CustomProperties &inherited,
                                         const QHash<QString, const PropertyValue *> &declared)
{
    return Resolver(inherited, declared).run();
}

} // namespace bulkhead::engine
