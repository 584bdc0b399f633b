// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/selector_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

/// Types and attributes, which may have namespaces.
namespace bulkhead::engine::css {

namespace {

/// HTML, "Case-sensitivity of selectors": their values are compared without regard to case.
bool isCaseInsensitiveInHtml(const QString &attribute)
{
    static constexpr QStringView Names[] = {
        u"accept",     u"accept-charset", u"align",     u"alink",    u"axis",     u"bgcolor", u"charset",
        u"checked",    u"clear",          u"codetype",  u"color",    u"compact",  u"declare", u"defer",
        u"dir",        u"direction",      u"disabled",  u"enctype",  u"face",     u"frame",   u"hreflang",
        u"http-equiv", u"lang",           u"language",  u"link",     u"media",    u"method",  u"multiple",
        u"nohref",     u"noresize",       u"noshade",   u"nowrap",   u"readonly", u"rel",     u"rev",
        u"rules",      u"scope",          u"scrolling", u"selected", u"shape",    u"target",  u"text",
        u"type",       u"valign",         u"valuetype", u"vlink"};
    return std::find(std::begin(Names), std::end(Names), QStringView(attribute)) != std::end(Names);
}

bool isName(const Token &token)
{
    return token.is(TokenType::Ident) || token.isDelim(u'*');
}

/// "=" or "~=" and its like; nothing is taken when there is none.
std::optional<AttributeTest> takeOperator(TokenStream &tokens)
{
    if (tokens.peek().isDelim(u'=')) {
        tokens.next();
        return AttributeTest::Equals;
    }
    static constexpr std::pair<char16_t, AttributeTest> Operators[] = {
        {u'~', AttributeTest::Includes}, {u'|', AttributeTest::DashMatch}, {u'^', AttributeTest::Prefix},
        {u'$', AttributeTest::Suffix},   {u'*', AttributeTest::Substring},
    };
    for (const auto &[character, test] : Operators) {
        if (tokens.peek().isDelim(character) && tokens.peek(1).isDelim(u'=')) {
            tokens.next();
            tokens.next();
            return test;
        }
    }
    return std::nullopt;
}

/// The prefix before "|", if the next two or three tokens are one ("a|b", "*|b", "|b"), taken with the bar.
std::optional<QString> takePrefix(TokenStream &tokens)
{
    QString prefix;
    if (tokens.peek().isDelim(u'|') && isName(tokens.peek(1))) {
        tokens.next();
        return prefix;
    }
    if (!isName(tokens.peek()) || !tokens.peek(1).isDelim(u'|') || !isName(tokens.peek(2)))
        return std::nullopt;
    prefix = tokens.peek().isDelim(u'*') ? QStringLiteral("*") : tokens.peek().text;
    tokens.next();
    tokens.next();
    return prefix;
}

} // namespace

/// False when nobody declared it.
bool SelectorBuilder::resolvePrefix(const QString &prefix, SimpleSelector &simple) const
{
    if (prefix == QLatin1String("*")) // an escaped one is no declared prefix either
        return true;
    simple.anyNamespace = false;
    if (prefix.isEmpty())
        return true;
    if (!m_context.namespaces)
        return false;
    const auto found = m_context.namespaces->uris.constFind(prefix);
    if (found == m_context.namespaces->uris.constEnd())
        return false;
    simple.namespaceUri = *found;
    return true;
}

/// Takes a type selector or "*" if one is there; false when it is invalid.
bool SelectorBuilder::takeTypeSelector(ParsedCompound &compound)
{
    SimpleSelector simple;
    if (const std::optional<QString> prefix = takePrefix(m_tokens)) {
        if (!resolvePrefix(*prefix, simple))
            return false;
    } else if (!isName(m_tokens.peek())) {
        return true;
    } else if (m_context.namespaces && m_context.namespaces->defaultUri) {
        simple.anyNamespace = false;
        simple.namespaceUri = *m_context.namespaces->defaultUri;
    }
    compound.isEmpty = false;
    const Token &name = m_tokens.next();
    if (name.is(TokenType::Ident)) {
        simple.kind = SimpleKind::Type;
        simple.name = m_context.atoms->intern(name.text);
        simple.lowerName = m_context.atoms->internLower(name.text);
        count({0, 0, 1});
    } else if (simple.anyNamespace) {
        return true;
    }
    compound.simples.push_back(std::move(simple));
    return true;
}

/// selectors-4 6.
bool SelectorBuilder::takeAttribute(ParsedCompound &compound)
{
    TokenStream inside(m_tokens.takeBlock());
    SimpleSelector simple;
    simple.kind = SimpleKind::Attribute;
    simple.anyNamespace = false;
    inside.skipWhitespace();
    const std::optional<QString> prefix = takePrefix(inside);
    if (prefix && !resolvePrefix(*prefix, simple))
        return false;
    if (!inside.peek().is(TokenType::Ident))
        return false;
    const QString name = inside.next().text;
    simple.name = m_context.atoms->intern(name);
    simple.lowerName = m_context.atoms->internLower(name);
    inside.skipWhitespace();
    if (!inside.atEnd()) {
        const std::optional<AttributeTest> test = takeOperator(inside);
        inside.skipWhitespace();
        if (!test || !(inside.peek().is(TokenType::Ident) || inside.peek().is(TokenType::String)))
            return false;
        simple.test = *test;
        auto argument = std::make_shared<SelectorArgument>();
        argument->value = inside.next().text;
        simple.argument = std::move(argument);
        if (isCaseInsensitiveInHtml(m_context.atoms->name(simple.lowerName)))
            simple.attributeCase = AttributeCase::HtmlInsensitive;
        inside.skipWhitespace();
        if (inside.peek().isIdent(u"i") || inside.peek().isIdent(u"s")) {
            simple.attributeCase = inside.next().isIdent(u"i") ? AttributeCase::Insensitive : AttributeCase::Sensitive;
            inside.skipWhitespace();
        }
        if (!inside.atEnd())
            return false;
    }
    count({0, 1, 0});
    compound.simples.push_back(std::move(simple));
    return true;
}

} // namespace bulkhead::engine::css
