// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/declaration.h"
#include "renderer/engine/css/properties/value.h"
#include "renderer/engine/css/token.h"

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace bulkhead::engine::css {

/// What parsers of values have to know besides the tokens.
struct ValueContext
{
    const ParseContext &parse;
    bool unitlessLengths = false; ///< quirks.spec.whatwg.org 3.2
    bool hashlessColors = false;  ///< quirks.spec.whatwg.org 3.1
    int depth = 0;                ///< of colours and images within others, up to MostValueDepth
};

constexpr int MostValueDepth = 8;

/// Reads one value from where the stream stands, which is not white space. Where it fails, the stream may stand
/// anywhere.
using ValueParser = bool (*)(TokenStream &tokens, const ValueContext &context, Value &into);

struct NumericRange
{
    double min = -1e300;
    double max = 1e300;
};

/// Which kinds of numbers a place in a grammar takes.
enum class NumericType : std::uint8_t { Number, Integer, Length, Percentage, LengthPercentage, Angle, Time, Fraction };

/// A grammar in the value definition syntax (css-values-4 2), compiled. Matching is greedy and does not go back within
/// a sequence, which the grammars in use do not need.
class Grammar
{
public:
    explicit Grammar(std::string_view definition);

    /// Of all of @p tokens, white space around them aside.
    bool matchAll(std::span<const Token> tokens, const ValueContext &context, Value &into) const;
    /// Of what stands next; the stream stays where it is when that does not match.
    bool match(TokenStream &tokens, const ValueContext &context, Value &into) const
    {
        return matchRepeated(m_root, tokens, context, into);
    }

private:
    struct Node
    {
        enum class Kind : std::uint8_t { Keyword, Numeric, Type, Reference, Delimiter, Sequence, AllOf, AnyOf, OneOf };
        Kind kind = Kind::Sequence;
        NumericType numeric = NumericType::Number;
        char16_t delimiter = 0;
        std::uint8_t ordinal = 0; ///< of a keyword, among the alternatives it is one of
        std::uint8_t least = 1, most = 1;
        bool isRepeated = false; ///< has a multiplier that makes a list
        bool hasCommas = false;
        Keyword keyword = Keyword::None;
        NumericRange range;
        ValueParser parser = nullptr;
        const Grammar *reference = nullptr;
        std::vector<Node> children;
    };
    class Compiler;

    static bool matchRepeated(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into);
    static bool matchOnce(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into);
    static bool matchSequence(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into);
    static bool matchInAnyOrder(const Node &node, TokenStream &tokens, const ValueContext &context, Value &into);

    Node m_root;
};

/// What a grammar calls "<name>": a parser, or null when the name stands for another grammar.
ValueParser valueParser(std::string_view name);
/// The grammar that "<name>" stands for; null when there is none.
const Grammar *namedGrammar(std::string_view name);
/// The grammar of a longhand, or of a shorthand that has one; compiled when it is first asked for.
const Grammar &propertyGrammar(PropertyId property);

} // namespace bulkhead::engine::css
