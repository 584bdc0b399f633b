// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/declaration_list.h"
#include "renderer/engine/css/selector_parser.h"
#include "renderer/engine/css/sheet.h"
#include "renderer/engine/css/sheet_parser.h"
#include "renderer/engine/css/token.h"

#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

/// The parts of the sheet parser.
namespace bulkhead::engine::css {

/// What a sheet may ask; real ones stay far below.
namespace sheet_limits {
inline constexpr std::size_t Rules = 200'000;
inline constexpr int Depth = 32;            ///< of rules in each other
inline constexpr std::size_t Layers = 1000; ///< in one statement
} // namespace sheet_limits

/// An at-rule before it is understood.
struct RawAtRule
{
    QString name; ///< lowered
    std::span<const Token> prelude;
    std::span<const Token> block;
    bool hasBlock = false;
};

/// Makes rules of tokens.
class RuleParser
{
public:
    RuleParser(QStringView source, const SheetContext &context) : m_source(source), m_context(context) {}

    /// Takes one rule, at the outermost level.
    void takeTopLevelRule(TokenStream &tokens, std::vector<Rule> &into);

private:
    /// What the rules stand in.
    struct Place
    {
        int depth = 0;
        std::shared_ptr<const SelectorArgument> parent; ///< of the style rule round them; null: none
    };
    enum class Stage : std::uint8_t { Imports, Namespaces, Rules };
    /// Whether a rule was valid, which is what @import must precede.
    enum class Validity : std::uint8_t { Invalid, Valid };

    void parseRules(std::span<const Token> block, const Place &place, std::vector<Rule> &into);
    void parseBlock(std::span<const Token> block, const Place &place, std::vector<Rule> &into);
    void parseStyleBlock(std::span<const Token> block, const Place &place, std::vector<Rule> &into);
    Validity takeStyleRule(TokenStream &tokens, const Place &place, std::vector<Rule> &into);
    RawAtRule takeAtRule(TokenStream &tokens);
    Validity addAtRule(const RawAtRule &rule, const Place &place, std::vector<Rule> &into);
    Validity addLayer(const RawAtRule &rule, const Place &place, std::vector<Rule> &into);
    Validity addDescriptors(const RawAtRule &rule, std::vector<Rule> &into);
    Validity addPage(const RawAtRule &rule, std::vector<Rule> &into);
    Validity addCounterStyle(const RawAtRule &rule, std::vector<Rule> &into);
    void addImport(const RawAtRule &rule, std::vector<Rule> &into);
    Validity addNamespace(const RawAtRule &rule);
    SelectorContext selectorContext(const Place &place) const;
    template <typename Content>
    void add(Content content, std::vector<Rule> &into);

    QStringView m_source;
    const SheetContext &m_context;
    Namespaces m_namespaces;
    Stage m_stage = Stage::Imports;
    std::size_t m_count = 0;
};

template <typename Content>
void RuleParser::add(Content content, std::vector<Rule> &into)
{
    if (m_count++ < sheet_limits::Rules)
        into.push_back(Rule{std::move(content)});
}

} // namespace bulkhead::engine::css
