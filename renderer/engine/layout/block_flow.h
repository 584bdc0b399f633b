// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/block_widths.h"
#include "renderer/engine/layout/float_area.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/margin_strut.h"
#include "renderer/engine/layout/space.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace bulkhead::engine {

/// One block formatting context, measured or placed: CSS 2.1 8.3.1 (margins that collapse), 9.4.1, 9.5 (floats, clear).
///
/// One pass from the top to the bottom. Margins that still may collapse wait in a strut; the boxes whose top edges
/// depend on them stay open ("not known") until a line, border, padding or the like resolves them all to one place.
/// Floats that come before that wait, too. Coordinates are of the root's border box.
class BlockFlow
{
public:
    enum class Mode : std::uint8_t { Measure, Place };

    /// A block that is open.
    struct Frame
    {
        BoxId box = BoxId::None;
        Frame *parent = nullptr;
        FragmentId fragment = FragmentId::None; ///< when placing
        LayoutUnit x;                           ///< of its border box
        LayoutUnit top;                         ///< of its border box, when isTopKnown
        bool isTopKnown = false;
        BoxId marker = BoxId::None; ///< an outside marker that waits for a line
        LayoutUnit contentLeft;
        Containing in; ///< what it is for its children

        LayoutUnit contentRight() const { return contentLeft + in.width; }
    };

    /// A float whose size is known.
    struct FloatBox
    {
        BoxId box = BoxId::None;
        FragmentId fragment = FragmentId::None;
        FragmentId parent = FragmentId::None;
        LayoutUnit parentX, parentTop; ///< the latter is where it comes to be when it is not yet known
        bool isParentTopKnown = false;
        LayoutSize marginBox;
        LayoutUnit marginLeft, marginTop;
        LayoutUnit left, right; ///< of its containing block
        LayoutPoint shift;      ///< by relative positioning of inline boxes round it
    };

    struct Result
    {
        FragmentId fragment = FragmentId::None;
        LayoutUnit autoHeight; ///< of the border box
        Baselines baselines;
    };

    BlockFlow(LayoutPass &pass, Mode mode) : m_pass(&pass), m_mode(mode) {}
    Result run(BoxId root, const Space &space);

    // For lines, which are a part of the flow.
    LayoutPass &pass() const { return *m_pass; }
    bool places() const { return m_mode == Mode::Place; }
    FloatArea &floats() { return m_floats; }
    /// Of the block that contains the frame's box.
    LayoutUnit containingWidth(const Frame &frame) const
    {
        return frame.parent ? frame.parent->in.width : m_containingWidth;
    }
    /// Nothing more collapses with the margins so far: what follows begins at the place that this returns.
    LayoutUnit resolve();
    /// Where something without margins would come to be now.
    LayoutUnit currentY() const { return m_fixedTop.value_or(m_strutStart + m_strut.sum()); }
    /// Lines have been laid out down to there.
    void advanceTo(LayoutUnit y);
    void addChild(Frame &frame, BoxId child);
    FloatBox makeFloat(const Frame &frame, BoxId child);
    /// Not above @p y. Gives the place of the margin box.
    LayoutPoint placeFloat(const FloatBox &box, LayoutUnit y);
    void addFloat(Frame &frame, BoxId child);
    void addStatic(Frame &frame, BoxId child);
    void addBaseline(LayoutUnit y);
    /// The first line in @p frame has its baseline at @p baseline and begins @p inset to the right (left) of where it
    /// would without floats.
    void placeMarkers(Frame &frame, LayoutUnit baseline, LayoutUnit insetLeft, LayoutUnit insetRight);

private:
    void layOutChildren(Frame &frame);
    void addBlock(Frame &parent, BoxId child);
    void addRoot(Frame &parent, BoxId child);
    void closeBlock(Frame &frame, const Space &space, const LayoutEdges &extra, LayoutUnit marginBottom);
    bool collapsesThrough(const Frame &frame, const Space &space, const LayoutEdges &extra);
    void closeEmpty(Frame &frame, LayoutUnit marginBottom);
    void finish(const Frame &frame, LayoutUnit height);
    bool collapseFirstMargins(BoxId block, LayoutUnit containingWidth, MarginStrut &strut);
    void applyClear(Frame &parent, BoxId child, LayoutUnit marginTop);
    void placeWaitingFloats(LayoutUnit y);
    LayoutUnit findRootPlace(const Frame &parent, BoxId child, BlockWidth &width, LayoutUnit &x, Space &space);
    LayoutPoint relativeToFrame(const Frame &frame, LayoutPoint position) const;

    LayoutPass *m_pass;
    Mode m_mode;
    LayoutUnit m_containingWidth; // of the root
    FloatArea m_floats;
    MarginStrut m_strut;
    LayoutUnit m_strutStart;               // where the strut's margins begin
    std::optional<LayoutUnit> m_fixedTop;  // a box with clearance: its margins collapse, but it is there
    bool m_strutHasClearance = false;      // of an empty box: it does not collapse with its parent's bottom margin
    Frame *m_innermost = nullptr;          // of the open blocks
    std::vector<FloatBox> m_waitingFloats; // for the place of the blocks they are in
    Baselines m_baselines;
};

} // namespace bulkhead::engine
