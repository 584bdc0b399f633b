// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/css/pseudo_element.h"

#include <QString>

#include <algorithm>
#include <compare>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

namespace bulkhead::engine::css {

/// What stands between a compound and the one to its left (selectors-4 14).
enum class Combinator : std::uint8_t {
    None, ///< there is nothing to the left
    Descendant,
    Child,
    NextSibling,
    SubsequentSibling,
};

enum class SimpleKind : std::uint8_t {
    Universal, ///< of a namespace; "*" of any is left out
    Type,
    Id,
    Class,
    Attribute,
    PseudoClass,
};

enum class AttributeTest : std::uint8_t { Exists, Equals, Includes, DashMatch, Prefix, Suffix, Substring };

enum class AttributeCase : std::uint8_t {
    Sensitive,
    Insensitive,
    HtmlInsensitive, ///< in HTML elements: HTML says so of this attribute
};

enum class PseudoClass : std::uint8_t {
    Never, ///< known, and never true here: ":visited", or what follows a pseudo-element
    // With other selectors:
    Is, ///< also :where, whose specificity is all that differs
    Not,
    Has,
    // By the tree:
    Root,
    Scope,
    Empty,
    NthChild, ///< first-child and last-child, too; with selectors for "of"
    NthLastChild,
    NthOfType,
    NthLastOfType,
    OnlyChild,
    OnlyOfType,
    // By what the document says:
    Language,
    Direction,
    AnyLink,
    Enabled,
    Disabled,
    Checked,
    Indeterminate,
    Default,
    Required,
    Optional,
    ReadOnly,
    ReadWrite,
    PlaceholderShown,
    Defined,
    Open,
    // By what the person does:
    Hover,
    Active,
    Focus,
    FocusWithin,
    FocusVisible,
    Target,
    TargetWithin,
};

/// Packed so that it compares as selectors-4 17 says: ids, then classes and their like, then types.
class Specificity
{
public:
    constexpr Specificity() = default;
    constexpr Specificity(unsigned ids, unsigned classes, unsigned types)
        : m_packed(std::min(ids, 1023u) << 20 | std::min(classes, 1023u) << 10 | std::min(types, 1023u))
    {
    }
    constexpr unsigned ids() const { return m_packed >> 20; }
    constexpr unsigned classes() const { return m_packed >> 10 & 1023; }
    constexpr unsigned types() const { return m_packed & 1023; }
    friend constexpr Specificity operator+(Specificity a, Specificity b)
    {
        return {a.ids() + b.ids(), a.classes() + b.classes(), a.types() + b.types()};
    }
    friend constexpr auto operator<=>(Specificity, Specificity) = default;

private:
    std::uint32_t m_packed = 0;
};

/// "an+b" (css-syntax-3 6).
struct Nth
{
    int step = 0;
    int offset = 0;

    /// @p index counts from 1.
    constexpr bool contains(std::int64_t index) const
    {
        const std::int64_t distance = index - offset;
        return step == 0 ? distance == 0 : distance % step == 0 && distance / step >= 0;
    }
};

struct SelectorArgument;

struct SimpleSelector
{
    SimpleKind kind = SimpleKind::Universal;
    PseudoClass pseudo = PseudoClass::Never;
    AttributeTest test = AttributeTest::Exists;
    AttributeCase attributeCase = AttributeCase::Sensitive;
    bool anyNamespace = true; ///< of types and attributes; else namespaceUri, None for no namespace
    Atom name = Atom::None;   ///< as it is written
    Atom lowerName = Atom::None;
    Atom namespaceUri = Atom::None;
    std::shared_ptr<const SelectorArgument> argument; ///< where the kind has one
};

/// Simple selectors of one element, and what stands to its left.
struct Compound
{
    std::uint16_t first = 0; ///< in Selector::simples
    std::uint16_t count = 0;
    Combinator left = Combinator::None; ///< of the leftmost: None; in :has() its relation to the anchor
};

/// A complex selector with its pseudo-element. The subject is compounds[0]; they go to the left.
struct Selector
{
    std::vector<SimpleSelector> simples;
    std::vector<Compound> compounds;
    Specificity specificity;
    PseudoElement pseudoElement = PseudoElement::None;
    bool matchesNothing = false; ///< it is of a pseudo-element that parses and is not there ("::-webkit-...")

    std::span<const SimpleSelector> simplesOf(const Compound &compound) const
    {
        return {simples.data() + compound.first, compound.count};
    }
};

using SelectorList = std::vector<Selector>;

/// Of attributes and functional pseudo-classes.
struct SelectorArgument
{
    QString value;                  ///< an attribute's; "ltr" or "rtl"
    Nth nth;                        ///< of :nth-child() and its like
    SelectorList selectors;         ///< of :is(), :not(), :has(), and of "of"
    Specificity specificity;        ///< the highest of them
    std::vector<QString> languages; ///< ranges of :lang()
};

} // namespace bulkhead::engine::css
