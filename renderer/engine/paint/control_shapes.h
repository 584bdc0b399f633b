// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/display_list.h"

#include <QColor>
#include <QRectF>

namespace bulkhead::engine {

/// What form controls are drawn with, light or dark.
struct ControlColors
{
    QColor field, border, accent, onAccent, track, disabled;

    static ControlColors of(bool isDark);
};

enum class ControlState { Off, On, Mixed };

/// A check box (@p isRound: a radio button) in the middle of @p area.
void recordCheck(DisplayList &list, const QRectF &area, ControlState state, bool isRound, bool isDisabled,
                 const ControlColors &colors);
/// The arrow that opens a list, at the end of @p area.
void recordArrow(DisplayList &list, const QRectF &area, const QColor &color);
/// A bar of which @p part (0 to 1) is filled from the start; a negative part: it is not known.
void recordBar(DisplayList &list, const QRectF &area, double part, bool isRightToLeft, const QColor &filled,
               const ControlColors &colors);
/// A bar with a knob.
void recordSlider(DisplayList &list, const QRectF &area, double part, bool isRightToLeft, bool isDisabled,
                  const ControlColors &colors);

} // namespace bulkhead::engine
