// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/grammar_compiler.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <charconv>
#include <string>
#include <utility>

namespace bulkhead::engine::css {

Grammar::Grammar(std::string_view definition)
{
    Compiler compiler(definition);
    m_root = compiler.alternatives();
}

void Grammar::Compiler::skipSpaces()
{
    while (!m_rest.empty() && m_rest.front() == ' ')
        m_rest.remove_prefix(1);
}

bool Grammar::Compiler::take(std::string_view symbol)
{
    skipSpaces();
    if (m_rest.substr(0, symbol.size()) != symbol)
        return false;
    m_rest.remove_prefix(symbol.size());
    return true;
}

bool Grammar::Compiler::takeSingleBar()
{
    skipSpaces();
    return m_rest.substr(0, 2) != "||" && take("|");
}

/// Combinators bind in this order, the loosest first: "|", "||", "&&", juxtaposition.
Grammar::Node Grammar::Compiler::alternatives()
{
    return combined(Node::Kind::OneOf);
}

Grammar::Node Grammar::Compiler::combined(Node::Kind kind)
{
    const auto part = [&] {
        switch (kind) {
        case Node::Kind::OneOf:
            return combined(Node::Kind::AnyOf);
        case Node::Kind::AnyOf:
            return combined(Node::Kind::AllOf);
        case Node::Kind::AllOf:
            return combined(Node::Kind::Sequence);
        default:
            return term();
        }
    };
    const auto isMore = [&] {
        skipSpaces();
        switch (kind) {
        case Node::Kind::OneOf:
            return takeSingleBar();
        case Node::Kind::AnyOf:
            return take("||");
        case Node::Kind::AllOf:
            return take("&&");
        default:
            return !m_rest.empty() && m_rest.front() != '|' && m_rest.front() != '&' && m_rest.front() != ']';
        }
    };
    Node node;
    node.kind = kind;
    do {
        node.children.push_back(part());
        node.children.back().ordinal = std::uint8_t(node.children.size() - 1);
    } while (isMore());
    return node.children.size() == 1 ? Node(std::move(node.children.front())) : node;
}

Grammar::Node Grammar::Compiler::term()
{
    Node node;
    if (take("[")) {
        node = alternatives();
        [[maybe_unused]] const bool isClosed = take("]");
        assert(isClosed);
        if (node.isRepeated || node.least == 0) { // "[ A+ ]#": two multipliers are two nodes
            Node outer;
            outer.children.push_back(std::move(node));
            node = std::move(outer);
        }
    } else if (take("<")) {
        node = type();
    } else if (take("/")) {
        node.kind = Node::Kind::Delimiter;
        node.delimiter = u'/';
    } else {
        const std::size_t length = std::min(m_rest.find_first_of(" |&[]?*+#{"), m_rest.size());
        assert(length > 0);
        node.kind = Node::Kind::Keyword;
        node.keyword = keywordOf(m_rest.data(), length);
        m_rest.remove_prefix(length);
    }
    multiplier(node);
    return node;
}

void Grammar::Compiler::multiplier(Node &node)
{
    const auto repeat = [&node](int least, int most) {
        node.least = std::uint8_t(least);
        node.most = std::uint8_t(most);
        node.isRepeated = true;
    };
    if (m_rest.empty())
        return;
    switch (m_rest.front()) {
    case '?':
        node.least = 0;
        break;
    case '*':
        repeat(0, 0xff);
        break;
    case '+':
        repeat(1, 0xff);
        break;
    case '#':
        repeat(1, 0xff);
        node.hasCommas = true;
        break;
    case '{': {
        const int least = m_rest[1] - '0';
        repeat(least, m_rest[2] == ',' ? m_rest[3] - '0' : least);
        m_rest.remove_prefix(m_rest.find('}'));
        break;
    }
    default:
        return;
    }
    m_rest.remove_prefix(1);
}

namespace {

constexpr std::array<std::pair<std::string_view, NumericType>, 8> NumericTypes{
    {{"number", NumericType::Number},
     {"integer", NumericType::Integer},
     {"length", NumericType::Length},
     {"percentage", NumericType::Percentage},
     {"length-percentage", NumericType::LengthPercentage},
     {"angle", NumericType::Angle},
     {"time", NumericType::Time},
     {"flex", NumericType::Fraction}}};

/// "[0,]" or "[1,1000]", taken off the name.
NumericRange takeRange(std::string_view &name)
{
    NumericRange range;
    const std::size_t open = name.find('[');
    if (open == std::string_view::npos)
        return range;
    const std::string_view text = name.substr(open + 1, name.size() - open - 2);
    const std::size_t comma = text.find(',');
    std::from_chars(text.data(), text.data() + comma, range.min);
    std::from_chars(text.data() + comma + 1, text.data() + text.size(), range.max);
    name = name.substr(0, open);
    return range;
}

} // namespace

Grammar::Node Grammar::Compiler::type()
{
    std::string_view name = m_rest.substr(0, m_rest.find('>'));
    m_rest.remove_prefix(name.size() + 1);
    Node node;
    if (name.front() == '\'') {
        node.kind = Node::Kind::Reference;
        const std::string property(name.substr(1, name.size() - 2));
        node.reference = &propertyGrammar(propertyByName(QString::fromLatin1(property.c_str())));
        return node;
    }
    node.range = takeRange(name);
    for (const auto &[numeric, numericType] : NumericTypes) {
        if (numeric == name) {
            node.kind = Node::Kind::Numeric;
            node.numeric = numericType;
            return node;
        }
    }
    node.parser = valueParser(name);
    node.kind = node.parser ? Node::Kind::Type : Node::Kind::Reference;
    if (!node.parser)
        node.reference = namedGrammar(name);
    assert(node.parser || node.reference);
    return node;
}

} // namespace bulkhead::engine::css
