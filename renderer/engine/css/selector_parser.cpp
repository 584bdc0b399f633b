// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/selector_parser.h"

#include "renderer/engine/css/selector_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// Past the next comma that is in no block; false at the end.
bool skipPastComma(TokenStream &tokens)
{
    while (!tokens.atEnd()) {
        const auto component = tokens.takeComponent();
        if (component.front().is(TokenType::Comma))
            return true;
    }
    return false;
}

/// Whether "&" stands anywhere before the next comma, also in functions.
bool namesParent(TokenStream tokens)
{
    while (!tokens.atEnd()) {
        const auto component = tokens.takeComponent();
        if (component.front().is(TokenType::Comma))
            return false;
        if (std::any_of(component.begin(), component.end(), [](const Token &token) { return token.isDelim(u'&'); }))
            return true;
    }
    return false;
}

} // namespace

Specificity highestSpecificity(const SelectorList &selectors)
{
    Specificity highest;
    for (const Selector &selector : selectors)
        highest = std::max(highest, selector.specificity);
    return highest;
}

std::optional<SelectorList> takeSelectors(std::span<const Token> tokens, const SelectorContext &context,
                                          SelectorPlace place)
{
    SelectorList selectors;
    if (place.depth > selector_limits::Depth)
        return std::nullopt;
    TokenStream stream(tokens);
    if (place.isForgiving && stream.peekPastWhitespace().is(TokenType::End))
        return selectors;
    while (true) {
        std::optional<Selector> selector = SelectorBuilder(stream, context, place).take();
        if (!selector && !place.isForgiving)
            return std::nullopt;
        if (selector)
            selectors.push_back(std::move(*selector));
        if (selectors.size() > selector_limits::Selectors)
            return std::nullopt;
        if (!skipPastComma(stream))
            return selectors;
    }
}

std::optional<SelectorList> parseSelectorList(std::span<const Token> tokens, const SelectorContext &context)
{
    return takeSelectors(tokens, context, {});
}

bool isSupportedSelector(std::span<const Token> tokens, const SelectorContext &context)
{
    TokenStream stream(tokens);
    const std::optional<Selector> selector = SelectorBuilder(stream, context, {}).take();
    return selector && stream.atEnd();
}

std::optional<Selector> SelectorBuilder::take()
{
    m_tokens.skipWhitespace();
    if (!takeComplex())
        return std::nullopt;
    m_tokens.skipWhitespace();
    if (!m_tokens.atEnd() && !m_tokens.peek().is(TokenType::Comma))
        return std::nullopt;
    return assemble();
}

bool SelectorBuilder::takeComplex()
{
    const bool isNested = m_context.nestedIn && m_place.depth == 0;
    const bool hasNesting = isNested && namesParent(m_tokens);
    const Combinator leading = takeCombinator();
    if (leading != Combinator::None && !isNested && !m_place.isRelative)
        return false;
    Combinator left = leading;
    while (true) {
        ParsedCompound compound;
        compound.left = left;
        if (!takeCompound(compound) || m_compounds.size() >= selector_limits::Compounds)
            return false;
        m_simpleCount += compound.simples.size();
        if (m_simpleCount > selector_limits::Simples)
            return false;
        m_compounds.push_back(std::move(compound));
        if (m_hasPseudoElement)
            break;
        left = takeCombinator();
        if (left == Combinator::None)
            break;
        if (left == Combinator::Descendant && (m_tokens.atEnd() || m_tokens.peek().is(TokenType::Comma)))
            break;
    }
    if (isNested && (!hasNesting || leading != Combinator::None)) { // css-nesting-1 3.1: "& " goes before it
        ParsedCompound parent;
        addNesting(parent);
        if (leading == Combinator::None)
            m_compounds.front().left = Combinator::Descendant;
        m_compounds.insert(m_compounds.begin(), std::move(parent));
    } else if (m_place.isRelative && leading == Combinator::None) {
        m_compounds.front().left = Combinator::Descendant;
    }
    return true;
}

/// None when another compound cannot follow; takes white space round it.
Combinator SelectorBuilder::takeCombinator()
{
    const bool hasSpace = m_tokens.peek().is(TokenType::Whitespace);
    m_tokens.skipWhitespace();
    Combinator combinator = hasSpace ? Combinator::Descendant : Combinator::None;
    const Token &token = m_tokens.peek();
    if (token.isDelim(u'>'))
        combinator = Combinator::Child;
    else if (token.isDelim(u'+'))
        combinator = Combinator::NextSibling;
    else if (token.isDelim(u'~'))
        combinator = Combinator::SubsequentSibling;
    else
        return combinator;
    m_tokens.next();
    m_tokens.skipWhitespace();
    return combinator;
}

bool SelectorBuilder::takeCompound(ParsedCompound &compound)
{
    if (!takeTypeSelector(compound))
        return false;
    if (compound.isEmpty)
        addDefaultNamespace(compound);
    while (true) {
        const Token &token = m_tokens.peek();
        const bool goesOn = token.is(TokenType::Hash) || token.isDelim(u'.') || token.is(TokenType::OpenSquare) ||
                            token.is(TokenType::Colon) || token.isDelim(u'&');
        if (!goesOn)
            break;
        if (!takeSimple(compound))
            return false;
        compound.isEmpty = false;
    }
    return !compound.isEmpty;
}

bool SelectorBuilder::takeSimple(ParsedCompound &compound)
{
    const Token &token = m_tokens.peek();
    if (token.is(TokenType::Colon))
        return takePseudo(compound);
    if (m_hasPseudoElement)
        return false;
    if (token.is(TokenType::OpenSquare))
        return takeAttribute(compound);
    m_tokens.next();
    if (token.isDelim(u'&')) {
        addNesting(compound);
        return true;
    }
    if (token.is(TokenType::Hash)) {
        if (!token.isId)
            return false;
        addName(compound, SimpleKind::Id, token.text);
        count({1, 0, 0});
        return true;
    }
    if (!m_tokens.peek().is(TokenType::Ident))
        return false;
    addName(compound, SimpleKind::Class, m_tokens.next().text);
    count({0, 1, 0});
    return true;
}

void SelectorBuilder::addName(ParsedCompound &compound, SimpleKind kind, const QString &name)
{
    SimpleSelector simple;
    simple.kind = kind;
    simple.name = m_context.atoms->intern(name);
    simple.lowerName = m_context.atoms->internLower(name);
    compound.simples.push_back(std::move(simple));
}

/// css-nesting-1 4: outside of nested rules "&" is :scope, and adds nothing.
void SelectorBuilder::addNesting(ParsedCompound &compound)
{
    SimpleSelector simple;
    simple.kind = SimpleKind::PseudoClass;
    simple.pseudo = m_context.nestedIn ? PseudoClass::Is : PseudoClass::Scope;
    simple.argument = m_context.nestedIn;
    if (m_context.nestedIn)
        count(m_context.nestedIn->specificity);
    compound.simples.push_back(std::move(simple));
    compound.isEmpty = false;
}

/// css-namespaces-3 3.1: what names no type is of the default namespace, outside of functions.
void SelectorBuilder::addDefaultNamespace(ParsedCompound &compound)
{
    if (m_place.depth > 0 || !m_context.namespaces || !m_context.namespaces->defaultUri)
        return;
    SimpleSelector simple;
    simple.anyNamespace = false;
    simple.namespaceUri = *m_context.namespaces->defaultUri;
    compound.simples.push_back(std::move(simple));
}

/// The compounds from right to left.
Selector SelectorBuilder::assemble()
{
    Selector selector;
    selector.specificity = m_specificity;
    selector.pseudoElement = m_pseudoElement;
    selector.matchesNothing = m_matchesNothing;
    selector.simples.reserve(m_simpleCount);
    selector.compounds.reserve(m_compounds.size());
    for (auto parsed = m_compounds.rbegin(); parsed != m_compounds.rend(); ++parsed) {
        Compound compound;
        compound.first = std::uint16_t(selector.simples.size());
        compound.count = std::uint16_t(parsed->simples.size());
        compound.left = parsed->left;
        std::move(parsed->simples.begin(), parsed->simples.end(), std::back_inserter(selector.simples));
        selector.compounds.push_back(compound);
    }
    return selector;
}

} // namespace bulkhead::engine::css
