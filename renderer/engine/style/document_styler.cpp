// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/document_styler.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/css/declaration_list.h"
#include "renderer/engine/style/presentational_hints.h"

#include <utility>

namespace bulkhead::engine {

std::size_t DocumentStyler::KeyHash::operator()(const Key &key) const
{
    std::uint64_t hash = std::uint64_t(key.parent) * 0x9e3779b97f4a7c15;
    hash = (hash ^ std::uint64_t(key.rules)) * 0x9e3779b97f4a7c15;
    hash = (hash ^ key.local) * 0x9e3779b97f4a7c15;
    hash ^= std::uint64_t(key.pseudo) << 8 | std::uint64_t(key.container);
    return std::size_t(hash ^ hash >> 29);
}

DocumentStyler::DocumentStyler(const Document &document, const MatchedRuleTable &matched, const StyleInput &input)
    : m_document(document), m_matched(matched), m_input(input)
{
    ComputedStyle initial = initialStyle(input.environment);
    initial.text->language = input.state.language;
    m_styles.add(std::move(initial));
    m_root.size = input.environment.fontSize;
}

DocumentStyles DocumentStyler::run()
{
    std::vector<Open> open{{NodeId::Root, StyleId::Initial, NodeId::None, StylePlace::Container::Flow}};
    NodeId node = m_document.node(NodeId::Root).firstChild;
    while (node != NodeId::None) {
        while (m_document.node(node).parent != open.back().element)
            open.pop_back();
        if (m_document.isElement(node))
            styleElement(node, open);
        else
            m_styles.set(node, open.back().style);
        node = m_document.nextInTree(node);
    }
    return std::move(m_styles);
}

void DocumentStyler::styleElement(NodeId element, std::vector<Open> &open)
{
    const Open &parent = open.back();
    const bool isRoot = parent.element == NodeId::Root;
    const MatchSetId rules = m_matched.idOf(element);
    const LocalId local = localOf(element, parent.table);
    const Key key{parent.style, rules, local, PseudoElement::None, parent.container};
    const CascadeInput input{&m_matched.of(element), &m_locals[local].hints, &m_locals[local].inlineStyle};
    const StyleId style = compute(key, input, isRoot ? StylePlace::Role::RootElement : StylePlace::Role::Element);
    m_styles.set(element, style);
    if (isRoot)
        noteRoot(style);
    const Display display = m_styles.style(style).display;
    StylePlace::Container container = StylePlace::Container::Flow;
    if (display.outside == DisplayOutside::Contents)
        container = parent.container;
    else if (!display.isTablePart() && (display.inside == DisplayInside::Flex || display.inside == DisplayInside::Grid))
        container = StylePlace::Container::FlexOrGrid;
    const NodeId table = m_document.isElement(element, tag::Table) ? element : parent.table;
    open.push_back({element, style, table, container}); // parent is no longer valid
    stylePseudos(element, style, rules);
}

void DocumentStyler::noteRoot(StyleId root)
{
    const ComputedStyle &style = m_styles.style(root);
    m_root.size = double(style.font->size);
    if (m_input.environment.fonts)
        m_root.units = m_input.environment.fonts->units(*style.font);
    const Length &height = style.text->lineHeight;
    m_root.lineHeight = height.is(Length::Kind::Number)  ? double(height.value()) * m_root.size
                        : height.is(Length::Kind::Fixed) ? double(height.value())
                                                         : m_root.units.lineHeight;
}

StyleId DocumentStyler::compute(const Key &key, const CascadeInput &input, StylePlace::Role role)
{
    const auto known = m_known.find(key);
    if (known != m_known.end())
        return known->second;
    StylePlace place{
        m_styles.style(key.parent),  m_styles.style(StyleId::Initial), m_input.environment, m_root, key.container, role,
        m_locals[key.local].language};
    const StyleId style = m_styles.add(computeStyle(input, place));
    m_known.emplace(key, style);
    return style;
}

void DocumentStyler::stylePseudos(NodeId element, StyleId style, MatchSetId rules)
{
    if (rules == MatchSetId::Nothing)
        return;
    const MatchSet &set = m_matched.set(rules);
    for (std::size_t i = 1; i < PseudoElementCount; ++i) {
        const auto pseudo = PseudoElement(i);
        if (set[i].isEmpty() || !mayHave(element, style, pseudo))
            continue;
        const bool isBox = pseudo == PseudoElement::Before || pseudo == PseudoElement::After;
        const DisplayInside inside = m_styles.style(style).display.inside;
        const bool isItem = isBox && (inside == DisplayInside::Flex || inside == DisplayInside::Grid);
        const Key key{style, rules, 0, pseudo,
                      isItem ? StylePlace::Container::FlexOrGrid : StylePlace::Container::Flow};
        const StyleId made = compute(key, {&set[i], nullptr, nullptr}, StylePlace::Role::Pseudo);
        const ComputedStyle &computed = m_styles.style(made);
        if (!isBox || (computed.rare->content && !computed.display.isNone()))
            m_styles.setPseudo(element, pseudo, made);
    }
}

/// The user agent's sheet has rules for pseudo-elements that most elements lack.
bool DocumentStyler::mayHave(NodeId element, StyleId style, PseudoElement pseudo) const
{
    if (pseudo == PseudoElement::Marker)
        return m_styles.style(style).display.isListItem;
    if (pseudo == PseudoElement::Placeholder)
        return m_document.isElement(element, tag::Input) || m_document.isElement(element, tag::Textarea);
    return true;
}

css::DeclarationBlock DocumentStyler::parse(const QString &text)
{
    css::ParseContext context;
    context.base = m_input.base;
    if (m_document.quirks() == QuirksMode::Quirks)
        context.syntax = css::Syntax::Quirks;
    return css::parseDeclarationList(text, context);
}

DocumentStyler::LocalId DocumentStyler::localOf(NodeId element, NodeId table)
{
    const QString hints = presentationalHints(m_document, element, table);
    const QString *style = m_document.attribute(element, attr::Style);
    const QString *language = m_document.attribute(element, attr::XmlLang);
    if (!language)
        language = m_document.attribute(element, attr::Lang);
    if (hints.isEmpty() && (!style || style->isEmpty()) && !language)
        return 0;
    QString key = hints;
    key += QChar(1);
    if (style)
        key += *style;
    if (language)
        key += QChar(2) + *language;
    const auto known = m_localIds.constFind(key);
    if (known != m_localIds.cend())
        return *known;
    Local local;
    if (!hints.isEmpty())
        local.hints = parse(hints);
    if (style)
        local.inlineStyle = parse(*style);
    if (language)
        local.language = *language;
    m_locals.push_back(std::move(local));
    const auto id = LocalId(m_locals.size() - 1);
    m_localIds.insert(key, id);
    return id;
}

} // namespace bulkhead::engine
