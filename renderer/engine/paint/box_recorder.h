// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/background.h"
#include "renderer/engine/paint/border_drawing.h"
#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/fragment_places.h"
#include "renderer/engine/paint/paint_input.h"

#include <map>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// A colour or an image is behind the box.
bool paintsBackground(const DecorationStyleGroup &style);

/// Records what is drawn of boxes themselves: shadows, backgrounds, borders, outlines. The list's state is set before.
class BoxRecorder
{
public:
    BoxRecorder(const PaintInput &input, DisplayList &list, const FragmentPlaces &places);

    /// The background that covers the canvas (css-backgrounds-3 2.11): the root element's or the body's. Sets the
    /// list's canvas colour, too.
    void canvas();
    /// Shadows, background and border of a box or of a part of an inline box.
    void decorations(FragmentId id);
    /// The background of a part of a table, behind one of its cells (CSS 2.1 17.5.1).
    void tableBackground(FragmentId part, FragmentId cell);
    bool hasBackground(FragmentId id) const;
    void outline(FragmentId id);
    /// Lines between columns, and borders that cells share.
    void columnRules(FragmentId id);
    void collapsedBorders(FragmentId table);
    /// What clips the content of a replaced element: its content edge with the corners that are left.
    RoundedRect contentEdge(FragmentId id) const;

private:
    struct Backdrop
    {
        const DecorationStyleGroup *style = nullptr;
        BackgroundEdges edges; ///< what layers are positioned by
        RoundedRect border;    ///< the edges that they are clipped to
        RoundedRect padding;
        RoundedRect content;
        bool coversAll = false;                ///< all is clipped to the border edge, whatever background-clip says
        FragmentId scrolls = FragmentId::None; ///< its own scroll area is what background-attachment: local refers to
        bool isCanvas = false;                 ///< its colour is the canvas's: nothing is painted for it
    };

    BorderDrawing::Edges edgesOf(FragmentId id) const;
    bool paintsOwnBorder(FragmentId id) const;
    LayoutRect slicedArea(FragmentId id);
    void shadows(FragmentId id, const RoundedRect &edge, bool isInset);
    void background(const Backdrop &backdrop);
    void backgroundThroughText(FragmentId id, const Backdrop &backdrop);
    void draw(const QRectF &bounds, std::unique_ptr<const Drawing> drawing);
    void layer(const Backdrop &backdrop, const BackgroundLayer &layer);
    PaintState attached(const Backdrop &backdrop, const BackgroundLayer &layer, LayoutRect &area, RoundedRect &tiled);
    bool borderImage(FragmentId id, const RoundedRect &edge, const BorderDrawing::Edges &edges);
    const RoundedRect &clipOf(const Backdrop &backdrop, BackgroundBox box) const;

    const PaintInput &m_input;
    DisplayList &m_list;
    const FragmentPlaces &m_places;
    BoxId m_canvasBox = BoxId::None; ///< whose background the canvas has
    std::map<FragmentId, LayoutRect> m_sliced;
    std::vector<std::unique_ptr<const Drawing>> *m_instead = nullptr; ///< takes drawings in place of the list
    int m_clippingTexts = 20'000; ///< that may still be drawn to clip backgrounds, each once for each box round it
};

} // namespace bulkhead::engine
