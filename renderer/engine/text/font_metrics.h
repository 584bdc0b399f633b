// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/font_face.h"
#include "renderer/engine/text/shaper.h"

#include <hb.h>

namespace bulkhead::engine {

/// The metrics of a font at @p size pixels, to which it is scaled (Typeface::hbFont), rounded as Chromium does.
FontMetrics fontMetrics(hb_font_t *font, float size);
/// In pixels, not rounded.
float xHeight(hb_font_t *font, float size);
/// ascent-override and its siblings.
void overrideMetrics(FontMetrics &metrics, const FontFaceDescriptors &descriptors, float size);

} // namespace bulkhead::engine
