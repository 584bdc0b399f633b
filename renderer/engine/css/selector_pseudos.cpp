// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/selector_builder.h"

#include "renderer/engine/css/nth.h"

#include <algorithm>
#include <iterator>
#include <utility>

/// Pseudo-classes and pseudo-elements.
namespace bulkhead::engine::css {

namespace {

struct NamedClass
{
    QStringView name;
    PseudoClass pseudo;
    Nth nth = {};
};

constexpr NamedClass Classes[] = {
    {u"root", PseudoClass::Root},
    {u"scope", PseudoClass::Scope},
    {u"empty", PseudoClass::Empty},
    {u"first-child", PseudoClass::NthChild, {0, 1}},
    {u"last-child", PseudoClass::NthLastChild, {0, 1}},
    {u"first-of-type", PseudoClass::NthOfType, {0, 1}},
    {u"last-of-type", PseudoClass::NthLastOfType, {0, 1}},
    {u"only-child", PseudoClass::OnlyChild},
    {u"only-of-type", PseudoClass::OnlyOfType},
    {u"link", PseudoClass::AnyLink},
    {u"any-link", PseudoClass::AnyLink},
    {u"-webkit-any-link", PseudoClass::AnyLink},
    {u"visited", PseudoClass::Never},
    {u"hover", PseudoClass::Hover},
    {u"active", PseudoClass::Active},
    {u"focus", PseudoClass::Focus},
    {u"focus-within", PseudoClass::FocusWithin},
    {u"focus-visible", PseudoClass::FocusVisible},
    {u"target", PseudoClass::Target},
    {u"target-within", PseudoClass::TargetWithin},
    {u"enabled", PseudoClass::Enabled},
    {u"disabled", PseudoClass::Disabled},
    {u"checked", PseudoClass::Checked},
    {u"indeterminate", PseudoClass::Indeterminate},
    {u"default", PseudoClass::Default},
    {u"required", PseudoClass::Required},
    {u"optional", PseudoClass::Optional},
    {u"read-only", PseudoClass::ReadOnly},
    {u"read-write", PseudoClass::ReadWrite},
    {u"placeholder-shown", PseudoClass::PlaceholderShown},
    {u"defined", PseudoClass::Defined},
    {u"open", PseudoClass::Open},
    // Of what this engine has not: validation, full screen, media, shadow trees.
    {u"valid", PseudoClass::Never},
    {u"invalid", PseudoClass::Never},
    {u"in-range", PseudoClass::Never},
    {u"out-of-range", PseudoClass::Never},
    {u"user-valid", PseudoClass::Never},
    {u"user-invalid", PseudoClass::Never},
    {u"autofill", PseudoClass::Never},
    {u"-webkit-autofill", PseudoClass::Never},
    {u"fullscreen", PseudoClass::Never},
    {u"-webkit-full-screen", PseudoClass::Never},
    {u"modal", PseudoClass::Never},
    {u"popover-open", PseudoClass::Never},
    {u"picture-in-picture", PseudoClass::Never},
    {u"playing", PseudoClass::Never},
    {u"paused", PseudoClass::Never},
    {u"host", PseudoClass::Never},
};

struct NamedElement
{
    QStringView name;
    PseudoElement element;
};

constexpr NamedElement Elements[] = {
    {u"before", PseudoElement::Before},
    {u"after", PseudoElement::After},
    {u"first-line", PseudoElement::FirstLine},
    {u"first-letter", PseudoElement::FirstLetter}, // up to here also with one colon
    {u"marker", PseudoElement::Marker},
    {u"selection", PseudoElement::Selection},
    {u"placeholder", PseudoElement::Placeholder},
};
constexpr std::size_t LegacyElements = 4;

/// Known to browsers, and nothing of them is here.
constexpr QStringView AbsentElements[] = {u"backdrop",       u"cue",           u"file-selector-button",
                                          u"target-text",    u"grammar-error", u"spelling-error",
                                          u"details-content"};

const NamedClass *findClass(QStringView name)
{
    const auto found = std::find_if(std::begin(Classes), std::end(Classes), [name](const NamedClass &entry) {
        return equalsIgnoringAsciiCase(name, entry.name);
    });
    return found == std::end(Classes) ? nullptr : found;
}

bool isLegacyElement(QStringView name)
{
    return std::any_of(std::begin(Elements), std::begin(Elements) + LegacyElements,
                       [name](const NamedElement &entry) { return equalsIgnoringAsciiCase(name, entry.name); });
}

std::optional<PseudoClass> nthClass(const Token &name)
{
    static constexpr NamedClass Functions[] = {
        {u"nth-child", PseudoClass::NthChild},
        {u"nth-last-child", PseudoClass::NthLastChild},
        {u"nth-of-type", PseudoClass::NthOfType},
        {u"nth-last-of-type", PseudoClass::NthLastOfType},
    };
    for (const NamedClass &entry : Functions) {
        if (name.isFunction(entry.name))
            return entry.pseudo;
    }
    return std::nullopt;
}

} // namespace

bool SelectorBuilder::takePseudo(ParsedCompound &compound)
{
    m_tokens.next();
    if (m_tokens.peek().is(TokenType::Colon)) {
        m_tokens.next();
        return takePseudoElement(m_tokens.peek());
    }
    const Token &name = m_tokens.peek();
    if (name.is(TokenType::Ident) && isLegacyElement(name.text))
        return takePseudoElement(name);
    if (m_hasPseudoElement) {
        // selectors-4 3.6.3: what a pseudo-element may be asked, as ":hover", which is never so here.
        m_matchesNothing = true;
        m_tokens.next();
        return name.is(TokenType::Ident) && findClass(name.text);
    }
    if (name.is(TokenType::Ident))
        return takePseudoClass(compound, m_tokens.next());
    if (name.is(TokenType::Function))
        return takeFunction(compound, name);
    return false;
}

bool SelectorBuilder::takePseudoElement(const Token &name)
{
    if (m_place.depth > 0)
        return false;
    if (m_hasPseudoElement) { // "::before::marker"
        const bool isGenerated = m_pseudoElement == PseudoElement::Before || m_pseudoElement == PseudoElement::After;
        m_matchesNothing = true;
        m_tokens.next();
        return isGenerated && name.isIdent(u"marker");
    }
    m_hasPseudoElement = true;
    count({0, 0, 1});
    if (name.is(TokenType::Function)) {
        m_matchesNothing = true;
        m_tokens.takeBlock();
        return name.isFunction(u"slotted") || name.isFunction(u"part") || name.isFunction(u"cue") ||
               name.isFunction(u"highlight");
    }
    if (!name.is(TokenType::Ident))
        return false;
    m_tokens.next();
    for (const NamedElement &entry : Elements) {
        if (name.isIdent(entry.name)) {
            m_pseudoElement = entry.element;
            return true;
        }
    }
    m_matchesNothing = true;
    // compat.spec.whatwg.org: any name with that prefix is valid.
    const bool isPrefixed = name.text.startsWith(QLatin1String("-webkit-"), Qt::CaseInsensitive);
    return isPrefixed || std::any_of(std::begin(AbsentElements), std::end(AbsentElements),
                                     [&name](QStringView absent) { return name.isIdent(absent); });
}

bool SelectorBuilder::takePseudoClass(ParsedCompound &compound, const Token &name)
{
    const NamedClass *known = findClass(name.text);
    if (!known)
        return false;
    SimpleSelector simple;
    simple.kind = SimpleKind::PseudoClass;
    simple.pseudo = known->pseudo;
    if (known->nth.offset != 0) {
        auto argument = std::make_shared<SelectorArgument>();
        argument->nth = known->nth;
        simple.argument = std::move(argument);
    }
    count({0, 1, 0});
    compound.simples.push_back(std::move(simple));
    return true;
}

bool SelectorBuilder::takeFunction(ParsedCompound &compound, const Token &name)
{
    const std::span<const Token> arguments = m_tokens.takeBlock();
    SimpleSelector simple;
    simple.kind = SimpleKind::PseudoClass;
    bool isValid = false;
    if (nthClass(name)) {
        isValid = takeNthFunction(simple, name, arguments);
    } else if (name.isFunction(u"lang")) {
        isValid = takeLanguages(simple, arguments);
    } else if (name.isFunction(u"dir")) {
        TokenStream inside(arguments);
        inside.skipWhitespace();
        auto argument = std::make_shared<SelectorArgument>();
        argument->value = asciiLower(inside.peek().text);
        isValid = inside.next().is(TokenType::Ident) && inside.peekPastWhitespace().is(TokenType::End);
        simple.pseudo = PseudoClass::Direction;
        simple.argument = std::move(argument);
        count({0, 1, 0});
    } else if (name.isFunction(u"host") || name.isFunction(u"host-context")) {
        isValid = true;
        count({0, 1, 0});
    } else {
        isValid = takeSelectorFunction(simple, name, arguments);
    }
    compound.simples.push_back(std::move(simple));
    return isValid;
}

/// selectors-4 4: :is(), :where(), :not(), :has().
bool SelectorBuilder::takeSelectorFunction(SimpleSelector &simple, const Token &name, std::span<const Token> arguments)
{
    SelectorPlace inside{m_place.depth + 1, m_place.isInHas, false, false};
    const bool isWhere = name.isFunction(u"where");
    if (name.isFunction(u"is") || isWhere || name.isFunction(u"-webkit-any")) {
        simple.pseudo = PseudoClass::Is;
        inside.isForgiving = true;
    } else if (name.isFunction(u"not")) {
        simple.pseudo = PseudoClass::Not;
    } else if (name.isFunction(u"has") && !m_place.isInHas) {
        simple.pseudo = PseudoClass::Has;
        inside.isInHas = true;
        inside.isRelative = true;
    } else {
        return false;
    }
    std::optional<SelectorList> selectors = takeSelectors(arguments, m_context, inside);
    if (!selectors)
        return false;
    auto argument = std::make_shared<SelectorArgument>();
    argument->specificity = highestSpecificity(*selectors);
    if (!isWhere)
        count(argument->specificity);
    argument->selectors = std::move(*selectors);
    simple.argument = std::move(argument);
    return true;
}

bool SelectorBuilder::takeNthFunction(SimpleSelector &simple, const Token &name, std::span<const Token> arguments)
{
    simple.pseudo = *nthClass(name);
    TokenStream inside(arguments);
    const std::optional<Nth> nth = takeNth(inside);
    if (!nth)
        return false;
    count({0, 1, 0});
    auto argument = std::make_shared<SelectorArgument>();
    argument->nth = *nth;
    const bool mayHaveOf = simple.pseudo == PseudoClass::NthChild || simple.pseudo == PseudoClass::NthLastChild;
    if (mayHaveOf && inside.peek().isIdent(u"of")) {
        inside.next();
        std::optional<SelectorList> of =
            takeSelectors(inside.rest(), m_context, {m_place.depth + 1, m_place.isInHas, false, false});
        if (!of)
            return false;
        argument->specificity = highestSpecificity(*of);
        count(argument->specificity);
        argument->selectors = std::move(*of);
    } else if (!inside.atEnd()) {
        return false;
    }
    simple.argument = std::move(argument);
    return true;
}

/// selectors-4 7.2.
bool SelectorBuilder::takeLanguages(SimpleSelector &simple, std::span<const Token> arguments)
{
    simple.pseudo = PseudoClass::Language;
    auto argument = std::make_shared<SelectorArgument>();
    TokenStream inside(arguments);
    while (true) {
        inside.skipWhitespace();
        const Token &range = inside.next();
        if (!range.is(TokenType::Ident) && !range.is(TokenType::String))
            return false;
        argument->languages.push_back(range.text);
        inside.skipWhitespace();
        if (!inside.peek().is(TokenType::Comma))
            break;
        inside.next();
    }
    if (!inside.atEnd())
        return false;
    count({0, 1, 0});
    simple.argument = std::move(argument);
    return true;
}

} // namespace bulkhead::engine::css
