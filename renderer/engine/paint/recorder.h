// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/box_recorder.h"
#include "renderer/engine/paint/content_recorder.h"
#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/fragment_places.h"
#include "renderer/engine/paint/paint_input.h"
#include "renderer/engine/paint/stacking.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

namespace bulkhead::engine {

/// Goes through the fragments in painting order (CSS 2.1 appendix E) and records what each paints.
class Recorder
{
public:
    Recorder(const PaintInput &input, DisplayList &list);

    void run();

private:
    // What a layer paints in its steps, in the order of the document.
    struct Step
    {
        enum class What : std::uint8_t { Self, CollapsedBorders, Content, Whole } what = What::Self;
        FragmentId fragment = FragmentId::None;
    };
    struct Steps
    {
        std::vector<Step> blocks;
        std::vector<FragmentId> floats;
        std::vector<Step> foreground;
        std::vector<FragmentId> outlines;
        std::vector<FragmentId> scrollAreas;
    };

    /// A stacking context or what is painted as if it were one. Only a context paints layers.
    void layer(FragmentId id, EffectId around);
    void collect(FragmentId parent, Steps &steps);
    void collectBlock(FragmentId id, Steps &steps);
    void collectFloatsInLine(FragmentId line, Steps &steps);
    std::vector<FragmentId> children(FragmentId parent) const;
    void self(FragmentId id);
    void tablePart(FragmentId id);
    void paintCells(FragmentId part, FragmentId in);
    void foreground(const Step &step, Steps &steps);
    void inlineContent(FragmentId parent, Steps &steps);
    void outline(FragmentId id);
    void scrollBars(FragmentId id);
    bool isVisible(FragmentId id) const;
    void enter(FragmentId id);
    void enterInside(FragmentId id);

    const PaintInput &m_input;
    DisplayList &m_list;
    FragmentPlaces m_places;
    Stacking m_stacking;
    BoxRecorder m_boxes;
    ContentRecorder m_content;
    std::map<FragmentId, std::size_t> m_scrollAreas; ///< index in the list
    EffectId m_effect = EffectId::None;
    FragmentId m_line = FragmentId::None; ///< that inline content is on
};

} // namespace bulkhead::engine
