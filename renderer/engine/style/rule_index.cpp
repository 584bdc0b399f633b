// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/rule_index.h"

#include "renderer/engine/base/limits.h"
#include "renderer/engine/style/rule_index_layers.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace bulkhead::engine {

namespace {

constexpr std::size_t MaxSelectors = 1'000'000; // of a document's sheets

} // namespace

/// Flattens what applies of the sheets.
class RuleCollector
{
public:
    RuleCollector(RuleIndex &index, const css::MediaEnvironment &environment)
        : m_index(index), m_environment(environment)
    {
    }

    void collect(const SheetSource &source)
    {
        if (!source.sheet || !source.media.matches(m_environment))
            return;
        m_origin = source.origin;
        collect(source.sheet->rules, LayerTree::Root);
    }

    /// Layers are known only when all sheets are.
    void finish()
    {
        std::array<std::vector<std::uint32_t>, 3> orders;
        for (std::size_t i = 0; i < orders.size(); ++i)
            orders[i] = m_layers[i].order();
        for (RankedSelector &ranked : m_index.m_ranked)
            ranked.layer = orders[std::size_t(ranked.origin)][ranked.layer];
        std::stable_sort(m_index.m_ranked.begin(), m_index.m_ranked.end(),
                         [](const RankedSelector &a, const RankedSelector &b) {
                             if (a.origin != b.origin)
                                 return a.origin < b.origin;
                             if (a.layer != b.layer)
                                 return a.layer < b.layer;
                             return a.selector->specificity < b.selector->specificity;
                         });
    }

private:
    LayerTree &layers() { return m_layers[std::size_t(m_origin)]; }

    void collect(const std::vector<css::Rule> &rules, LayerTree::Layer layer)
    {
        for (const css::Rule &rule : rules)
            std::visit([this, layer](const auto &content) { see(content, layer); }, rule.content);
    }

    void see(const css::StyleRule &rule, LayerTree::Layer layer)
    {
        for (const css::Selector &selector : rule.selectors->selectors) {
            if (!selector.matchesNothing && m_index.m_ranked.size() < MaxSelectors)
                m_index.m_ranked.push_back({&selector, &rule, m_origin, layer});
        }
    }
    void see(const css::MediaRule &rule, LayerTree::Layer layer)
    {
        if (rule.media.matches(m_environment))
            collect(rule.rules, layer);
    }
    void see(const css::LayerBlock &block, LayerTree::Layer layer)
    {
        collect(block.rules, layers().enter(layer, block.name));
    }
    void see(const css::LayerStatement &statement, LayerTree::Layer layer)
    {
        for (const css::LayerName &name : statement.names)
            layers().enter(layer, name);
    }
    void see(const css::ImportRule &import, LayerTree::Layer layer)
    {
        if (!import.media.matches(m_environment))
            return;
        const LayerTree::Layer inside = import.isLayered ? layers().enter(layer, import.layer) : layer;
        if (!import.sheet || m_importDepth >= limits::ImportDepth)
            return;
        ++m_importDepth;
        collect(import.sheet->rules, inside);
        --m_importDepth;
    }
    void see(const css::FontFace &face, LayerTree::Layer) { m_index.m_fontFaces.push_back(&face); }
    void see(const css::PageRule &page, LayerTree::Layer) { m_index.m_pages.push_back(&page); }
    void see(const css::CounterStyleRule &style, LayerTree::Layer) { m_index.m_counterStyles.push_back(&style); }

    RuleIndex &m_index;
    const css::MediaEnvironment &m_environment;
    std::array<LayerTree, 3> m_layers; // by origin
    Origin m_origin = Origin::Author;
    int m_importDepth = 0;
};

RuleIndex::RuleIndex(std::vector<SheetSource> sheets, const css::MediaEnvironment &environment,
                     const Document &document)
    : m_sheets(std::move(sheets))
{
    RuleCollector collector(*this, environment);
    for (const Origin origin : {Origin::UserAgent, Origin::User, Origin::Author}) {
        for (const SheetSource &source : m_sheets) {
            if (source.origin == origin)
                collector.collect(source);
        }
    }
    collector.finish();
    const NameCase names = document.quirks() == QuirksMode::Quirks ? NameCase::Lowered : NameCase::AsWritten;
    for (std::size_t rank = 0; rank < m_ranked.size(); ++rank)
        add(std::uint32_t(rank), names);
}

void RuleIndex::add(std::uint32_t rank, NameCase names)
{
    const css::Selector &selector = *m_ranked[rank].selector;
    const IndexedSelector entry{rank, ancestorHashes(selector, names)};
    const std::vector<RuleKey> keys = keysOf(selector, names);
    for (const RuleKey &key : keys)
        m_byName[std::size_t(key.kind)][key.name].push_back(entry);
    if (keys.empty())
        m_universal.push_back(entry);
    note(selector);
}

/// What a selector and those in its functions ask. Nested rules share lists: each is looked through once.
void RuleIndex::note(const css::Selector &selector)
{
    for (const css::SimpleSelector &simple : selector.simples) {
        if (simple.kind != css::SimpleKind::PseudoClass)
            continue;
        m_asked |= std::uint64_t(1) << unsigned(simple.pseudo);
        if (!simple.argument || simple.argument->selectors.empty() || m_noted.contains(simple.argument.get()))
            continue;
        m_noted.insert(simple.argument.get());
        for (const css::Selector &inner : simple.argument->selectors)
            note(inner);
    }
}

std::span<const IndexedSelector> RuleIndex::find(RuleKeyKind kind, Atom name) const
{
    const auto &byName = m_byName[std::size_t(kind)];
    const auto found = byName.constFind(name);
    if (found == byName.constEnd())
        return {};
    return *found;
}

} // namespace bulkhead::engine
