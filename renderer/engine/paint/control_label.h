// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/display_list.h"
#include "renderer/engine/paint/paint_input.h"

#include <QColor>
#include <QRectF>
#include <QString>

namespace bulkhead::engine {

enum class LabelAlign { Start, Center };

/// Records a line of text that is no text of the document, in the middle of @p area and cut off at its edges.
void recordLabel(const PaintInput &input, DisplayList &list, const ComputedStyle &style, const QString &text,
                 const QRectF &area, const QColor &color, LabelAlign align);

/// Records lines from the top of @p area, broken at line feeds and where a word does not fit.
void recordLabelLines(const PaintInput &input, DisplayList &list, const ComputedStyle &style, const QString &text,
                      const QRectF &area, const QColor &color);

} // namespace bulkhead::engine
