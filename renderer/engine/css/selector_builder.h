// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/selector.h"
#include "renderer/engine/css/selector_parser.h"
#include "renderer/engine/css/token.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

/// The parts of the selector parser.
namespace bulkhead::engine::css {

/// What a sheet may ask; real ones stay far below.
namespace selector_limits {
inline constexpr std::size_t Selectors = 8192; ///< of one list
inline constexpr std::size_t Compounds = 128;  ///< of one selector
inline constexpr std::size_t Simples = 1024;   ///< likewise
inline constexpr int Depth = 8;                ///< of functions in each other
} // namespace selector_limits

/// Where a list of selectors stands.
struct SelectorPlace
{
    int depth = 0; ///< in functions
    bool isInHas = false;
    bool isForgiving = false; ///< an invalid selector is left out
    bool isRelative = false;  ///< begins with a combinator, or with a descendant that is not written
};

/// A compound while it is read.
struct ParsedCompound
{
    std::vector<SimpleSelector> simples;
    Combinator left = Combinator::None;
    bool isEmpty = true; ///< nothing is written, not even "*"
};

/// Reads one complex selector.
class SelectorBuilder
{
public:
    SelectorBuilder(TokenStream &tokens, const SelectorContext &context, SelectorPlace place)
        : m_tokens(tokens), m_context(context), m_place(place)
    {
    }
    /// Up to a comma or the end.
    std::optional<Selector> take();

private:
    bool takeComplex();
    bool takeCompound(ParsedCompound &compound);
    bool takeSimple(ParsedCompound &compound);
    bool takeTypeSelector(ParsedCompound &compound);
    bool takeAttribute(ParsedCompound &compound);
    bool takePseudo(ParsedCompound &compound);
    bool takePseudoElement(const Token &name);
    bool takePseudoClass(ParsedCompound &compound, const Token &name);
    bool takeFunction(ParsedCompound &compound, const Token &name);
    bool takeSelectorFunction(SimpleSelector &simple, const Token &name, std::span<const Token> arguments);
    bool takeNthFunction(SimpleSelector &simple, const Token &name, std::span<const Token> arguments);
    bool takeLanguages(SimpleSelector &simple, std::span<const Token> arguments);
    Combinator takeCombinator();
    void addName(ParsedCompound &compound, SimpleKind kind, const QString &name);
    void addNesting(ParsedCompound &compound);
    void addDefaultNamespace(ParsedCompound &compound);
    bool resolvePrefix(const QString &prefix, SimpleSelector &simple) const;
    void count(Specificity more) { m_specificity = m_specificity + more; }
    Selector assemble();

    TokenStream &m_tokens;
    const SelectorContext &m_context;
    SelectorPlace m_place;
    std::vector<ParsedCompound> m_compounds; // from left to right
    std::size_t m_simpleCount = 0;
    Specificity m_specificity;
    PseudoElement m_pseudoElement = PseudoElement::None;
    bool m_hasPseudoElement = false;
    bool m_matchesNothing = false;
};

/// A list in a function or a rule; nothing when it is invalid.
std::optional<SelectorList> takeSelectors(std::span<const Token> tokens, const SelectorContext &context,
                                          SelectorPlace place);

/// The highest of them.
Specificity highestSpecificity(const SelectorList &selectors);

} // namespace bulkhead::engine::css
