// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/rendering.h"

#include "renderer/engine/layout/box_tree_builder.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/page/font_units.h"
#include "renderer/engine/paint/paint_input.h"
#include "renderer/engine/style/matcher.h"
#include "renderer/engine/style/style_computer.h"
#include "renderer/engine/style/user_agent_sheet.h"

#include <algorithm>
#include <map>
#include <utility>

namespace bulkhead::engine {

namespace {

// Over what: a document may let the person's preference shine through.
QColor blended(const QColor &color, const QColor &under)
{
    const auto mix = [&color](int over, int below) {
        return (over * color.alpha() + below * (255 - color.alpha()) + 127) / 255;
    };
    return QColor(mix(color.red(), under.red()), mix(color.green(), under.green()), mix(color.blue(), under.blue()));
}

bool areSame(const std::vector<MatchedRule> &one, const std::vector<MatchedRule> &other)
{
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](const MatchedRule &a, const MatchedRule &b) {
                          return a.rule == b.rule && a.origin == b.origin && a.layer == b.layer;
                      });
}

bool areDifferent(const MatchSet &one, const MatchSet &other)
{
    return !std::equal(one.begin(), one.end(), other.begin(), [](const MatchedRules &a, const MatchedRules &b) {
        return areSame(a.normal, b.normal) && areSame(a.important, b.important);
    });
}

} // namespace

Rendering::Rendering(ParsedDocument parsed, const QUrl &url)
    : m_parsed(std::move(parsed)), m_facts(factsOf(m_parsed.document, url))
{
}

void Rendering::setSheets(const std::vector<SheetLoader::Loaded> &sheets, const RenderContext &context)
{
    std::vector<SheetSource> sources = userAgentSheets(m_parsed.document);
    for (const SheetLoader::Loaded &loaded : sheets)
        sources.push_back({loaded.sheet, loaded.media, Origin::Author});
    m_rules = std::make_unique<RuleIndex>(std::move(sources), context.media, m_parsed.document);
}

void Rendering::style(const RenderContext &context)
{
    m_list.reset();
    m_tree.reset();
    m_boxes.reset();
    ShaperUnits units(context.shaper);
    StyleInput input;
    input.environment.media = context.media;
    input.environment.fonts = &units;
    input.state = context.state;
    input.base = m_facts.base;
    m_matched = std::make_unique<MatchedRuleTable>(matchDocument(m_parsed.document, *m_rules, context.state));
    m_styles = std::make_unique<DocumentStyles>(computeStyles(m_parsed.document, *m_matched, input));
}

std::vector<NodeId> Rendering::changedBy(const MatchState &state) const
{
    const MatchedRuleTable now = matchDocument(m_parsed.document, *m_rules, state);
    std::map<std::pair<MatchSetId, MatchSetId>, bool> known; // pairs of sets: whether they differ
    std::vector<NodeId> changed;
    for (NodeId id = NodeId::Root; id != NodeId::None; id = m_parsed.document.nextInTree(id)) {
        if (!m_parsed.document.isElement(id))
            continue;
        const auto [pair, isNew] = known.try_emplace({m_matched->idOf(id), now.idOf(id)}, false);
        if (isNew)
            pair->second = areDifferent(m_matched->set(pair->first.first), now.set(pair->first.second));
        if (pair->second)
            changed.push_back(id);
    }
    return changed;
}

void Rendering::buildBoxes(const RenderContext &context)
{
    m_list.reset();
    m_tree.reset();
    m_boxes = std::make_unique<BoxTree>(buildBoxTree(m_parsed.document, *m_styles, context.images));
}

void Rendering::layOut(const RenderContext &context)
{
    m_list.reset();
    const LayoutSize viewport{context.viewport.width(), context.viewport.height()};
    LayoutPass pass(*m_boxes, *m_styles, context.shaper, context.images, viewport, m_parsed.document.quirks());
    m_tree = std::make_unique<LayoutTree>(pass.run());
}

void Rendering::record(const RenderContext &context)
{
    PaintInput input{m_parsed.document, *m_styles, *m_boxes, *m_tree, context.shaper, context.shaper};
    input.images = &context.images;
    input.viewport = context.viewport;
    input.scale = context.scale;
    m_list = recordDisplayList(input);
}

QSize Rendering::documentSize() const
{
    return m_tree ? QSize(m_tree->documentSize.width.round(), m_tree->documentSize.height.round()) : QSize();
}

QColor Rendering::canvasColor() const
{
    const NodeId root = m_parsed.document.documentElement();
    const bool isDark = m_styles && root != NodeId::None && m_styles->of(root).inherited->darkScheme;
    const QColor under = isDark ? QColor(0x12, 0x12, 0x12) : QColor(Qt::white);
    return m_list ? blended(m_list->canvasColor(), under) : under;
}

} // namespace bulkhead::engine
