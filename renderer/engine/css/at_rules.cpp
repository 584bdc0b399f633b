// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/rule_parser.h"

#include "renderer/engine/css/supports.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace bulkhead::engine::css {

namespace {

/// A string or an address, taken.
std::optional<QString> takeAddress(TokenStream &tokens)
{
    if (tokens.peek().is(TokenType::String) || tokens.peek().is(TokenType::Url))
        return tokens.next().text;
    if (!tokens.peek().isFunction(u"url"))
        return std::nullopt;
    TokenStream inside(tokens.takeBlock());
    inside.skipWhitespace();
    return inside.peek().is(TokenType::String) ? std::optional(inside.peek().text) : std::nullopt;
}

/// "a.b", with nothing between the parts (css-cascade-5 6.4.2).
std::optional<LayerName> parseLayerName(std::span<const Token> tokens)
{
    static constexpr QStringView Reserved[] = {u"initial", u"inherit",      u"unset",
                                               u"revert",  u"revert-layer", u"default"};
    LayerName name;
    TokenStream stream(tokens);
    stream.skipWhitespace();
    while (true) {
        const Token &part = stream.next();
        if (!part.is(TokenType::Ident) || std::any_of(std::begin(Reserved), std::end(Reserved),
                                                      [&part](QStringView word) { return part.isIdent(word); }))
            return std::nullopt;
        name.push_back(part.text);
        if (!stream.peek().isDelim(u'.'))
            break;
        stream.next();
    }
    return stream.peekPastWhitespace().is(TokenType::End) ? std::optional(name) : std::nullopt;
}

bool isBlank(std::span<const Token> tokens)
{
    return TokenStream(tokens).peekPastWhitespace().is(TokenType::End);
}

} // namespace

RuleParser::Validity RuleParser::addAtRule(const RawAtRule &rule, const Place &place, std::vector<Rule> &into)
{
    if (rule.name == QLatin1String("layer"))
        return addLayer(rule, place, into);
    if (!rule.hasBlock)
        return Validity::Invalid;
    if (rule.name == QLatin1String("media")) {
        MediaRule media{MediaQueryList::parse(rule.prelude), {}};
        parseBlock(rule.block, place, media.rules);
        add(std::move(media), into);
        return Validity::Valid;
    }
    if (rule.name == QLatin1String("supports")) {
        if (evaluateSupports(rule.prelude, m_source, selectorContext({})))
            parseBlock(rule.block, place, into);
        return Validity::Valid;
    }
    return place.parent ? Validity::Invalid : addDescriptors(rule, into);
}

/// css-cascade-5 6.4.
RuleParser::Validity RuleParser::addLayer(const RawAtRule &rule, const Place &place, std::vector<Rule> &into)
{
    if (rule.hasBlock) {
        LayerBlock layer;
        if (!isBlank(rule.prelude)) {
            std::optional<LayerName> name = parseLayerName(rule.prelude);
            if (!name)
                return Validity::Invalid;
            layer.name = std::move(*name);
        }
        parseBlock(rule.block, place, layer.rules);
        add(std::move(layer), into);
        return Validity::Valid;
    }
    LayerStatement statement;
    for (const std::span<const Token> item : splitAtCommas(rule.prelude)) {
        std::optional<LayerName> name = parseLayerName(item);
        if (!name || statement.names.size() >= sheet_limits::Layers || place.parent)
            return Validity::Invalid;
        statement.names.push_back(std::move(*name));
    }
    add(std::move(statement), into);
    return Validity::Valid;
}

RuleParser::Validity RuleParser::addDescriptors(const RawAtRule &rule, std::vector<Rule> &into)
{
    if (rule.name == QLatin1String("font-face")) {
        if (!isBlank(rule.prelude))
            return Validity::Invalid;
        if (std::optional<FontFace> face = parseFontFace(rule.block, m_source, m_context.values.base))
            add(std::move(*face), into);
        return Validity::Valid;
    }
    if (rule.name == QLatin1String("page"))
        return addPage(rule, into);
    if (rule.name == QLatin1String("counter-style"))
        return addCounterStyle(rule, into);
    return Validity::Invalid;
}

/// css-page-3 4.
RuleParser::Validity RuleParser::addPage(const RawAtRule &rule, std::vector<Rule> &into)
{
    static constexpr std::pair<QStringView, PageRule::Pages> Names[] = {{u"first", PageRule::Pages::First},
                                                                        {u"left", PageRule::Pages::Left},
                                                                        {u"right", PageRule::Pages::Right},
                                                                        {u"blank", PageRule::Pages::Blank}};
    const DeclarationBlock block = parseDeclarations(rule.block, m_source, m_context.values);
    for (const std::span<const Token> item : splitAtCommas(rule.prelude)) {
        PageRule page{PageRule::Pages::All, block};
        TokenStream selector(item);
        selector.skipWhitespace();
        if (selector.peek().is(TokenType::Ident))
            page.pages = PageRule::Pages::Named;
        if (selector.peek().is(TokenType::Colon)) {
            const auto *const found = std::find_if(std::begin(Names), std::end(Names), [&](const auto &entry) {
                return selector.peek(1).isIdent(entry.first);
            });
            if (found == std::end(Names))
                return Validity::Invalid;
            page.pages = found->second;
        }
        add(std::move(page), into);
    }
    return Validity::Valid;
}

RuleParser::Validity RuleParser::addCounterStyle(const RawAtRule &rule, std::vector<Rule> &into)
{
    TokenStream prelude(rule.prelude);
    prelude.skipWhitespace();
    CounterStyleRule style;
    style.name = prelude.peek().text;
    if (!prelude.next().is(TokenType::Ident) || !prelude.peekPastWhitespace().is(TokenType::End))
        return Validity::Invalid;
    forEachDeclaration(rule.block, [&](const RawDeclaration &raw) {
        style.descriptors.emplace_back(asciiLower(raw.name), textOf(raw.value, m_source).toString());
    });
    add(std::move(style), into);
    return Validity::Valid;
}

/// css-cascade-5 2. One whose supports() does not hold is left out.
void RuleParser::addImport(const RawAtRule &rule, std::vector<Rule> &into)
{
    TokenStream prelude(rule.prelude);
    prelude.skipWhitespace();
    const std::optional<QString> address = takeAddress(prelude);
    if (!address || rule.hasBlock)
        return;
    ImportRule import;
    import.url = m_context.values.base.resolved(QUrl(*address));
    prelude.skipWhitespace();
    if (prelude.peek().isIdent(u"layer")) {
        prelude.next();
        import.isLayered = true;
    } else if (prelude.peek().isFunction(u"layer")) {
        const std::size_t before = prelude.position();
        if (std::optional<LayerName> name = parseLayerName(prelude.takeBlock())) {
            import.isLayered = true;
            import.layer = std::move(*name);
        } else {
            prelude.rewind(before); // a media query that is not understood
        }
    }
    prelude.skipWhitespace();
    if (prelude.peek().isFunction(u"supports") &&
        !evaluateSupports(prelude.takeBlock(), m_source, selectorContext({}), SupportsSyntax::ConditionOrDeclaration))
        return;
    import.media = MediaQueryList::parse(prelude.rest());
    add(std::move(import), into);
}

/// css-namespaces-3 2.
RuleParser::Validity RuleParser::addNamespace(const RawAtRule &rule)
{
    TokenStream prelude(rule.prelude);
    prelude.skipWhitespace();
    std::optional<QString> prefix;
    if (prelude.peek().is(TokenType::Ident))
        prefix = prelude.next().text;
    prelude.skipWhitespace();
    const std::optional<QString> address = takeAddress(prelude);
    if (!address || !prelude.peekPastWhitespace().is(TokenType::End) || rule.hasBlock)
        return Validity::Invalid;
    const Atom uri = m_context.atoms->intern(*address);
    if (prefix)
        m_namespaces.uris.insert(*prefix, uri);
    else
        m_namespaces.defaultUri = uri;
    return Validity::Valid;
}

} // namespace bulkhead::engine::css
