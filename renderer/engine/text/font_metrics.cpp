// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/font_metrics.h"

#include "renderer/engine/text/typeface.h"

#include <hb-ot.h>

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

float pixels(hb_position_t value)
{
    return float(value) / float(Typeface::Scale);
}

float advanceOf(hb_font_t *font, hb_codepoint_t character, float otherwise)
{
    hb_codepoint_t glyph = 0;
    if (!hb_font_get_nominal_glyph(font, character, &glyph))
        return otherwise;
    return pixels(hb_font_get_glyph_h_advance(font, glyph));
}

/// The value of a table of the font, else the height of a letter.
float height(hb_font_t *font, hb_ot_metrics_tag_t tag, hb_codepoint_t letter, float otherwise)
{
    hb_position_t value = 0;
    if (hb_ot_metrics_get_position(font, tag, &value) && value > 0)
        return pixels(value);
    hb_codepoint_t glyph = 0;
    hb_glyph_extents_t extents = {};
    if (hb_font_get_nominal_glyph(font, letter, &glyph) && hb_font_get_glyph_extents(font, glyph, &extents) &&
        extents.y_bearing > 0)
        return pixels(extents.y_bearing);
    return otherwise;
}

/// css-text-decor-4 2.8 leaves this to us: the line keeps away from the baseline by half of its thickness, at least a
/// pixel, whatever the font says, so that it does not jump between fonts.
void placeLines(FontMetrics &metrics, float size)
{
    const float thickness = std::max(1.0F, size / 10);
    const float gap = std::max(1.0F, std::ceil(thickness / 2));
    metrics.underlineThickness = std::floor(thickness);
    metrics.underlinePosition = gap + metrics.underlineThickness / 2;
    metrics.strikePosition = metrics.ascent / 3;
}

} // namespace

FontMetrics fontMetrics(hb_font_t *font, float size)
{
    FontMetrics metrics;
    hb_font_extents_t extents = {};
    hb_font_get_h_extents(font, &extents);
    metrics.ascent = std::round(pixels(extents.ascender));
    metrics.descent = std::round(-pixels(extents.descender));
    metrics.lineGap = std::round(pixels(extents.line_gap));
    metrics.xHeight = xHeight(font, size);
    metrics.capHeight = height(font, HB_OT_METRICS_TAG_CAP_HEIGHT, 'H', pixels(extents.ascender));
    metrics.zeroAdvance = advanceOf(font, '0', size / 2);
    metrics.spaceAdvance = advanceOf(font, ' ', size / 4);
    placeLines(metrics, size);
    return metrics;
}

float xHeight(hb_font_t *font, float size)
{
    return height(font, HB_OT_METRICS_TAG_X_HEIGHT, 'x', size / 2);
}

void overrideMetrics(FontMetrics &metrics, const FontFaceDescriptors &descriptors, float size)
{
    if (descriptors.ascentOverride)
        metrics.ascent = std::round(size * *descriptors.ascentOverride);
    if (descriptors.descentOverride)
        metrics.descent = std::round(size * *descriptors.descentOverride);
    if (descriptors.lineGapOverride)
        metrics.lineGap = std::round(size * *descriptors.lineGapOverride);
    placeLines(metrics, size);
}

} // namespace bulkhead::engine
