// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/run_shaper.h"

#include "renderer/engine/text/transform.h"

#include <QByteArray>

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

const std::uint16_t *units(QStringView text)
{
    return reinterpret_cast<const std::uint16_t *>(text.utf16());
}

hb_feature_t everywhere(hb_tag_t tag, unsigned value)
{
    return {tag, value, HB_FEATURE_GLOBAL_START, HB_FEATURE_GLOBAL_END};
}

float pixels(hb_position_t value)
{
    return float(value) / float(Typeface::Scale);
}

/// Whole sixty-fourths of a pixel, as layout counts: a word is as wide as its parts, wherever elements cut it.
float advance(hb_position_t value)
{
    return std::round(pixels(value) * 64) / 64;
}

} // namespace

void RunShaper::shape(ShapedText &out, FontId font, QStringView text, const FontRun &run, std::size_t origin,
                      Direction direction, const QString &language)
{
    hb_buffer_t *buffer = m_buffer.get();
    hb_buffer_clear_contents(buffer);
    m_sources.clear();
    if (run.isSmallCapital) {
        const QStringView part = text.mid(qsizetype(run.start), qsizetype(run.end - run.start));
        TransformedText upper = TextTransformer().transform(part, TextTransform::Uppercase, language);
        hb_buffer_add_utf16(buffer, units(upper.text), int(upper.text.size()), 0, int(upper.text.size()));
        m_sources = std::move(upper.sources);
    } else {
        hb_buffer_add_utf16(buffer, units(text), int(text.size()), unsigned(run.start), int(run.end - run.start));
    }
    hb_buffer_set_direction(buffer, direction == Direction::Rtl ? HB_DIRECTION_RTL : HB_DIRECTION_LTR);
    hb_buffer_set_script(buffer, run.script);
    const QByteArray tag = language.left(32).toLatin1();
    hb_buffer_set_language(buffer, hb_language_from_string(tag.constData(), int(tag.size())));
    setFeatures(font, run);
    hb_shape(m_fonts.faces().hbFont(run.face), buffer, m_features.data(), unsigned(m_features.size()));
    appendGlyphs(out, run, origin);
}

void RunShaper::setFeatures(FontId font, const FontRun &run)
{
    const FontDescription &description = m_fonts.description(font);
    m_features.clear();
    if (description.kerning == FontKerning::None)
        m_features.push_back(everywhere(HB_TAG('k', 'e', 'r', 'n'), 0));
    if (!description.ligatures) {
        m_features.push_back(everywhere(HB_TAG('l', 'i', 'g', 'a'), 0));
        m_features.push_back(everywhere(HB_TAG('c', 'l', 'i', 'g'), 0));
    }
    if (description.caps != FontCaps::Normal && !run.isSmallCapital) {
        for (const hb_tag_t tag : capsFeatures(*m_fonts.faces().key(run.face).typeface, description.caps))
            m_features.push_back(everywhere(tag, 1));
    }
    // The rule of the face comes before the style (css-fonts-3 6.12).
    for (const auto *list : {&m_fonts.features(run.face), &description.features}) {
        for (const auto &[name, value] : *list)
            m_features.push_back(everywhere(hb_tag_from_string(name.toLatin1().constData(), 4), unsigned(value)));
    }
}

void RunShaper::appendGlyphs(ShapedText &out, const FontRun &run, std::size_t origin)
{
    unsigned count = 0;
    const hb_glyph_info_t *infos = hb_buffer_get_glyph_infos(m_buffer.get(), &count);
    const hb_glyph_position_t *positions = hb_buffer_get_glyph_positions(m_buffer.get(), &count);
    out.glyphs.reserve(out.glyphs.size() + count);
    for (unsigned i = 0; i < count; ++i) {
        ShapedText::Glyph glyph;
        glyph.index = infos[i].codepoint;
        std::size_t cluster = infos[i].cluster;
        if (run.isSmallCapital)
            cluster = run.start + (m_sources.empty() ? cluster : m_sources[std::min(cluster, m_sources.size() - 1)]);
        glyph.cluster = std::uint32_t(cluster - origin);
        glyph.advance = advance(positions[i].x_advance);
        glyph.x = pixels(positions[i].x_offset);
        glyph.y = -pixels(positions[i].y_offset);
        glyph.face = run.face;
        glyph.isSafeToBreak = (hb_glyph_info_get_glyph_flags(&infos[i]) & HB_GLYPH_FLAG_UNSAFE_TO_BREAK) == 0;
        out.width += glyph.advance;
        out.glyphs.push_back(glyph);
    }
}

} // namespace bulkhead::engine
