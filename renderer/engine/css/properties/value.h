// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QStringView>

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bulkhead::engine::css {

/// A keyword: the hash (FNV-1a) of its lowered name, so that no table of all keywords is needed. Who makes another name
/// with the same hash only misspells a keyword of his own page.
class Keyword
{
public:
    static const Keyword None;

    constexpr Keyword() = default;
    constexpr explicit Keyword(std::uint64_t hash) : m_hash(hash) {}
    /// So that it can be switched by.
    constexpr operator std::uint64_t() const { return m_hash; }
    friend constexpr bool operator==(Keyword, Keyword) = default;

private:
    std::uint64_t m_hash = 0;
};
inline constexpr Keyword Keyword::None{};

constexpr Keyword keywordOf(const char *lower, std::size_t length)
{
    std::uint64_t hash = 0xcbf29ce484222325;
    for (std::size_t i = 0; i < length; ++i)
        hash = (hash ^ std::uint8_t(lower[i])) * 0x100000001b3;
    return Keyword(hash);
}
constexpr Keyword operator""_kw(const char *lower, std::size_t length)
{
    return keywordOf(lower, length);
}
/// Of an identifier in any case; None when it has characters beyond ASCII.
Keyword keywordOf(QStringView name);

/// css-values-4 6 and 7. Absolute lengths become Px, angles Deg, times S and resolutions Dppx when they are parsed.
enum class Unit : std::uint8_t {
    None,
    Px,
    Em,
    Rem,
    Ex,
    Rex,
    Ch,
    Rch,
    Cap,
    Rcap,
    Ic,
    Ric,
    Lh,
    Rlh,
    Vw, ///< s, l and d variants are the same here: nothing of the window comes and goes; inline is horizontal
    Vh,
    Vmin,
    Vmax,
    Percent,
    Deg,
    S,
    Dppx,
    Fr,
};

class MathNode;
struct Value;
using Values = std::vector<Value>;

/// A specified value, or a part of one: what a grammar made of tokens. The grammar of a property (property_list.h) says
/// which shape its values have:
///   a keyword                     Keyword
///   A | B                         what matched
///   A || B, A && B, A B           List with a place for each part in the order of the grammar, Missing where it was
///   left out A?                            A or Missing A+, A{1,4}, A#                List of those there are
struct Value
{
    enum class Kind : std::uint8_t {
        Missing,
        Keyword,    ///< keyword; text as written
        Number,     ///< number
        Percentage, ///< number in percent
        Dimension,  ///< number of unit: a length, angle, time, resolution or fraction
        Math,       ///< calc() and its like, where it does not come to one of the above at once
        Color,      ///< color; currentcolor and system colours are keywords
        String,     ///< text
        Ident,      ///< text: a name of the author's
        Url,        ///< text: resolved
        Function,   ///< keyword is its name, items its arguments: a gradient, a transform, counter(), ...
        List,       ///< items
    };

    Kind kind = Kind::Missing;
    Unit unit = Unit::None;
    Keyword keyword = Keyword::None;
    double number = 0;
    std::array<float, 4> color{}; ///< sRGB and alpha, not premultiplied, 0 to 1
    QString text;
    std::shared_ptr<const Values> items;
    std::shared_ptr<const MathNode> math;

    bool is(Kind wanted) const { return kind == wanted; }
    bool is(Keyword wanted) const { return kind == Kind::Keyword && keyword == wanted; }
    bool isFunction(Keyword name) const { return kind == Kind::Function && keyword == name; }
    bool isMissing() const { return kind == Kind::Missing; }
    /// Parts of a list or function; those that are not there are Missing.
    const Value &operator[](std::size_t index) const;
    std::size_t size() const { return items ? items->size() : 0; }

    static Value makeKeyword(Keyword keyword)
    {
        Value value;
        value.kind = Kind::Keyword;
        value.keyword = keyword;
        return value;
    }
    static Value makeNumber(double number)
    {
        Value value;
        value.kind = Kind::Number;
        value.number = number;
        return value;
    }
    static Value makeDimension(double number, Unit unit)
    {
        Value value;
        value.kind = unit == Unit::Percent ? Kind::Percentage : Kind::Dimension;
        value.number = number;
        value.unit = unit;
        return value;
    }
    static Value makeText(Kind kind, const QString &text)
    {
        Value value;
        value.kind = kind;
        value.text = text;
        return value;
    }
    static Value makeList(Values items)
    {
        Value value;
        value.kind = Kind::List;
        value.items = std::make_shared<const Values>(std::move(items));
        return value;
    }
    static Value makeFunction(Keyword name, Values items)
    {
        Value value = makeList(std::move(items));
        value.kind = Kind::Function;
        value.keyword = name;
        return value;
    }
};

} // namespace bulkhead::engine::css
