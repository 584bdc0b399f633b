// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/css/media.h"
#include "renderer/engine/dom/html_parser.h"
#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/page/document_facts.h"
#include "renderer/engine/page/page_images.h"
#include "renderer/engine/page/sheet_loader.h"
#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/engine/style/match_state.h"
#include "renderer/engine/style/matched_rules.h"
#include "renderer/engine/style/rule_index.h"
#include "renderer/engine/text/hb_shaper.h"

#include <QColor>
#include <QSize>

#include <memory>
#include <vector>

namespace bulkhead::engine {

/// What a document is rendered with.
struct RenderContext
{
    HbShaper &shaper;
    PageImages &images;
    QSize viewport{800, 600};
    double scale = 1;
    css::MediaEnvironment media;
    MatchState state;
};

/// One parse of a document, and all that is made of it, step by step: styles, boxes, fragments, a display list. Each
/// step needs the ones before it, and ends what those after it made.
class Rendering
{
public:
    /// @p url is the document's own.
    Rendering(ParsedDocument parsed, const QUrl &url);
    Rendering(const Rendering &) = delete;
    Rendering &operator=(const Rendering &) = delete;

    void setSheets(const std::vector<SheetLoader::Loaded> &sheets, const RenderContext &context);
    void style(const RenderContext &context);
    /// The elements for which other rules count in @p state than when they were styled.
    std::vector<NodeId> changedBy(const MatchState &state) const;
    void buildBoxes(const RenderContext &context);
    void layOut(const RenderContext &context);
    void record(const RenderContext &context);

    const ParsedDocument &parsed() const { return m_parsed; }
    const Document &document() const { return m_parsed.document; }
    const DocumentFacts &facts() const { return m_facts; }
    const RuleIndex *rules() const { return m_rules.get(); }
    const DocumentStyles &styles() const { return *m_styles; }
    const BoxTree &boxes() const { return *m_boxes; }
    const LayoutTree &tree() const { return *m_tree; }
    /// Null until something was recorded.
    const DisplayList *list() const { return m_list.get(); }
    DisplayList *list() { return m_list.get(); }

    QSize documentSize() const;
    /// What is seen where the document paints nothing; never transparent.
    QColor canvasColor() const;

private:
    ParsedDocument m_parsed;
    DocumentFacts m_facts;
    std::unique_ptr<RuleIndex> m_rules;
    std::unique_ptr<MatchedRuleTable> m_matched;
    std::unique_ptr<DocumentStyles> m_styles;
    std::unique_ptr<BoxTree> m_boxes;
    std::unique_ptr<LayoutTree> m_tree;
    std::unique_ptr<DisplayList> m_list;
};

} // namespace bulkhead::engine
