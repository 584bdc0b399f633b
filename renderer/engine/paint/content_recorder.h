// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/box_recorder.h"
#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/fragment_places.h"
#include "renderer/engine/paint/paint_input.h"
#include "renderer/engine/paint/text_decoration.h"

namespace bulkhead::engine {

/// Records what is in boxes: texts, markers of lists, replaced content. The list's state is set before.
class ContentRecorder
{
public:
    ContentRecorder(const PaintInput &input, DisplayList &list, const FragmentPlaces &places, const BoxRecorder &boxes);

    /// @p line is the line box that the text is on; None when it is on none.
    void text(FragmentId id, FragmentId line);
    void marker(FragmentId id);
    void replaced(FragmentId id);

private:
    double decorationShift(FragmentId text, BoxId decorating) const;
    void image(FragmentId id, const QUrl &url);
    void picture(const ImageValue &image, const LayoutRect &area, const RoundedRect &clip);

    const PaintInput &m_input;
    DisplayList &m_list;
    const FragmentPlaces &m_places;
    const BoxRecorder &m_boxRecorder;
    Decorations m_decorations;
};

} // namespace bulkhead::engine
