// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/rule_parser.h"

#include "renderer/engine/css/selector_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// What "&" stands for in a rule with these selectors: elements only (css-nesting-1 4).
std::shared_ptr<const SelectorArgument> elementsOf(const std::shared_ptr<const SelectorArgument> &selectors)
{
    const auto isOfElement = [](const Selector &selector) {
        return selector.pseudoElement == PseudoElement::None && !selector.matchesNothing;
    };
    if (std::all_of(selectors->selectors.begin(), selectors->selectors.end(), isOfElement))
        return selectors;
    auto elements = std::make_shared<SelectorArgument>();
    std::copy_if(selectors->selectors.begin(), selectors->selectors.end(), std::back_inserter(elements->selectors),
                 isOfElement);
    elements->specificity = highestSpecificity(elements->selectors);
    return elements;
}

} // namespace

SelectorContext RuleParser::selectorContext(const Place &place) const
{
    return {m_context.atoms, &m_namespaces, place.parent};
}

void RuleParser::takeTopLevelRule(TokenStream &tokens, std::vector<Rule> &into)
{
    if (!tokens.peek().is(TokenType::AtKeyword)) {
        if (takeStyleRule(tokens, {}, into) == Validity::Valid)
            m_stage = Stage::Rules;
        return;
    }
    const RawAtRule rule = takeAtRule(tokens);
    if (rule.name == QLatin1String("import")) {
        if (m_stage == Stage::Imports)
            addImport(rule, into);
    } else if (rule.name == QLatin1String("namespace")) {
        if (m_stage != Stage::Rules && addNamespace(rule) == Validity::Valid)
            m_stage = Stage::Namespaces;
    } else if (addAtRule(rule, {}, into) == Validity::Valid) {
        const bool isStatement = rule.name == QLatin1String("layer") && !rule.hasBlock;
        if (!isStatement)
            m_stage = Stage::Rules;
    }
}

/// Up to and with its semicolon or block (css-syntax-3 5.5.2).
RawAtRule RuleParser::takeAtRule(TokenStream &tokens)
{
    RawAtRule rule;
    rule.name = asciiLower(tokens.next().text);
    const std::span<const Token> rest = tokens.rest();
    const std::size_t begin = tokens.position();
    while (!tokens.atEnd() && !tokens.peek().is(TokenType::Semicolon) && !tokens.peek().is(TokenType::OpenCurly))
        tokens.takeComponent();
    rule.prelude = rest.first(tokens.position() - begin);
    if (tokens.peek().is(TokenType::OpenCurly)) {
        rule.hasBlock = true;
        rule.block = tokens.takeBlock();
    } else {
        tokens.next();
    }
    return rule;
}

/// Rules in a block that is in no style rule.
void RuleParser::parseRules(std::span<const Token> block, const Place &place, std::vector<Rule> &into)
{
    TokenStream tokens(block);
    for (tokens.skipWhitespace(); !tokens.atEnd(); tokens.skipWhitespace()) {
        if (tokens.peek().is(TokenType::AtKeyword))
            addAtRule(takeAtRule(tokens), place, into);
        else
            takeStyleRule(tokens, place, into);
    }
}

/// What a conditional rule or a layer holds: within a style rule declarations, too.
void RuleParser::parseBlock(std::span<const Token> block, const Place &place, std::vector<Rule> &into)
{
    const Place inside{place.depth + 1, place.parent};
    if (inside.depth > sheet_limits::Depth)
        return;
    if (place.parent)
        parseStyleBlock(block, inside, into);
    else
        parseRules(block, inside, into);
}

/// css-syntax-3 5.5.4 with css-nesting-1: declarations, and rules between them. What follows a rule also comes after it
/// in the cascade.
void RuleParser::parseStyleBlock(std::span<const Token> block, const Place &place, std::vector<Rule> &into)
{
    StyleRule pending{place.parent, {}};
    const auto flush = [&] {
        if (!pending.block.isEmpty())
            add(std::exchange(pending, StyleRule{place.parent, {}}), into);
    };
    TokenStream tokens(block);
    while (!tokens.atEnd()) {
        const Token &token = tokens.peek();
        if (token.is(TokenType::Whitespace) || token.is(TokenType::Semicolon)) {
            tokens.next();
        } else if (token.is(TokenType::AtKeyword)) {
            const RawAtRule rule = takeAtRule(tokens);
            flush();
            addAtRule(rule, place, into);
        } else if (const std::optional<RawDeclaration> declaration = takeDeclaration(tokens)) {
            addDeclaration(*declaration, m_source, m_context.values, pending.block);
        } else {
            flush();
            takeStyleRule(tokens, place, into);
        }
    }
    flush();
}

/// css-syntax-3 5.5.3. Within a style rule a semicolon ends it.
RuleParser::Validity RuleParser::takeStyleRule(TokenStream &tokens, const Place &place, std::vector<Rule> &into)
{
    const std::span<const Token> rest = tokens.rest();
    const std::size_t begin = tokens.position();
    while (!tokens.atEnd() && !tokens.peek().is(TokenType::OpenCurly)) {
        if (place.parent && tokens.peek().is(TokenType::Semicolon))
            return Validity::Invalid;
        tokens.takeComponent();
    }
    if (tokens.atEnd())
        return Validity::Invalid;
    const std::span<const Token> prelude = rest.first(tokens.position() - begin);
    const std::span<const Token> block = tokens.takeBlock();
    if (place.depth >= sheet_limits::Depth || m_count >= sheet_limits::Rules)
        return Validity::Invalid;
    Place outer = place;
    if (outer.parent)
        outer.parent = elementsOf(outer.parent);
    std::optional<SelectorList> selectors = parseSelectorList(prelude, selectorContext(outer));
    if (!selectors)
        return Validity::Invalid;
    auto argument = std::make_shared<SelectorArgument>();
    argument->specificity = highestSpecificity(*selectors);
    argument->selectors = std::move(*selectors);
    parseStyleBlock(block, {place.depth + 1, std::move(argument)}, into);
    return Validity::Valid;
}

} // namespace bulkhead::engine::css
