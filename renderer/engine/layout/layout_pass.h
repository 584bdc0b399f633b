// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/formatting_context.h"
#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/layout/natural_sizes.h"
#include "renderer/engine/layout/space.h"
#include "renderer/engine/style/document_styles.h"
#include "renderer/engine/text/shaper.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// What a formatting context keeps of a box between measuring and placing, as a table its grid of cells.
class FormattingData
{
public:
    virtual ~FormattingData() = default;
};

/// One layout of a box tree: dispatches by the type of boxes, remembers what they measured, and makes fragments.
class LayoutPass
{
public:
    LayoutPass(const BoxTree &boxes, const DocumentStyles &styles, Shaper &shaper, NaturalSizes &naturalSizes,
               LayoutSize viewport, QuirksMode quirks);
    ~LayoutPass();

    const BoxTree &boxes() const { return *m_boxes; }
    const Box &box(BoxId id) const { return m_boxes->box(id); }
    const ComputedStyle &style(BoxId id) const { return m_styles->style(m_boxes->box(id).style); }
    const DocumentStyles &styles() const { return *m_styles; }
    Shaper &shaper() { return *m_shaper; }
    NaturalSizes &naturalSizes() { return *m_naturalSizes; }
    LayoutSize viewport() const { return m_viewport; }
    QuirksMode quirks() const { return m_quirks; }
    LayoutTree &tree() { return m_tree; }

    /// Of any box that lays out content: remembered.
    Intrinsic intrinsic(BoxId box);
    /// intrinsic() with the box's own width, min-width and max-width applied, and its margins added: what it
    /// contributes to the intrinsic width of its container (css-sizing-3 5.2). Percentages count as auto, none or 0.
    Intrinsic contribution(BoxId box);
    /// Remembers two spaces. Boxes that are visited too often get what they last measured.
    Measured heightAt(BoxId box, const Space &space);
    /// Once for a box. The fragment's offset is where relative positioning moves it; attach() adds the rest.
    Placed place(BoxId box, const Space &space);

    /// A fragment of a box, with a geometry whose border and padding are filled in (percentages of @p containingWidth).
    FragmentId newFragment(BoxId box, LayoutSize size, LayoutUnit containingWidth);
    /// Of any kind: lines, texts, parts of inline boxes. Whoever makes it fills it in.
    FragmentId addFragment(const Fragment &fragment);
    /// Makes @p child a child of @p parent at @p offset from its border box, plus what relative positioning adds.
    void attach(FragmentId parent, FragmentId child, LayoutPoint offset);
    /// Moves all children of a placed fragment down, with the static positions in it: cells align their content so.
    void moveContent(FragmentId parent, LayoutUnit down);
    /// For position: absolute and fixed, instead of place(); placed when all that is in the flow is.
    void addOutOfFlow(BoxId box, const StaticPosition &position);

    /// Of those that wait: for who cuts a fragment in pieces after it was placed.
    std::size_t outOfFlowCount() const { return m_outOfFlow.size(); }
    StaticPosition &staticPosition(std::size_t index) { return m_outOfFlow[index].second; }

    /// How many fragments there are; forget() removes those made since, for columns, which only placing measures.
    struct Mark
    {
        std::size_t fragments, runs, geometries, outOfFlow;
    };
    Mark mark() const;
    void forget(const Mark &since);

    /// Other border widths than the style has: of tables that collapse borders, and of their cells. Before the box is
    /// asked for anything.
    void setBorder(BoxId box, const LayoutEdges &border) { m_borders[std::uint32_t(box)] = border; }
    /// Null: those of the style.
    const LayoutEdges *border(BoxId box) const;
    FontId font(StyleId style);

    /// Null when the formatting context has not kept anything.
    FormattingData *data(BoxId box);
    FormattingData *keep(BoxId box, std::unique_ptr<FormattingData> data);

    /// The whole document.
    LayoutTree run();

    struct Visits
    {
        std::size_t intrinsic = 0, heightAt = 0, place = 0;
    };
    const Visits &visits() const { return m_visits; }

private:
    struct Remembered
    {
        Space space;
        Measured measured;
        bool isSet = false;
    };
    struct Memory
    {
        Remembered last, before;
        std::uint32_t visits = 0;
    };

    Memory &memory(BoxId box);

    const BoxTree *m_boxes;
    const DocumentStyles *m_styles;
    Shaper *m_shaper;
    NaturalSizes *m_naturalSizes;
    LayoutSize m_viewport;
    QuirksMode m_quirks;
    LayoutTree m_tree;
    std::vector<Intrinsic> m_intrinsic;    // by box; a negative minimum: not yet asked
    std::vector<std::uint32_t> m_memoryOf; // by box: index + 1
    std::vector<std::unique_ptr<Memory>> m_memories;
    std::vector<std::pair<BoxId, StaticPosition>> m_outOfFlow;
    std::unordered_map<std::uint32_t, LayoutEdges> m_borders;
    std::vector<FontId> m_fonts; // by style; NoFont: not yet asked
    std::unordered_map<std::uint32_t, std::unique_ptr<FormattingData>> m_data;
    Visits m_visits;
};

} // namespace bulkhead::engine
