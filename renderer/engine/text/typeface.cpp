// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/typeface.h"

#include <QFont>

#include <hb-ot.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace bulkhead::engine {

namespace {

/// Sizes above this are laid out as this; a HarfBuzz scale fits into an int.
constexpr float LargestSize = 10'000;

constexpr qreal BaseSize = 16;

void deleteTable(void *table)
{
    delete static_cast<QByteArray *>(table);
}

/// Asked once for each table: HarfBuzz keeps what it uses.
hb_blob_t *table(hb_face_t *, hb_tag_t tag, void *rawFont)
{
    const std::array<char, 5> name{char(tag >> 24), char(tag >> 16), char(tag >> 8), char(tag), '\0'};
    auto *bytes = new QByteArray(static_cast<const QRawFont *>(rawFont)->fontTable(name.data()));
    return hb_blob_create(bytes->constData(), unsigned(bytes->size()), HB_MEMORY_MODE_READONLY, bytes, deleteTable);
}

HbFace faceOf(const QByteArray &data, QRawFont *raw)
{
    if (data.isEmpty())
        return HbFace(hb_face_create_for_tables(table, raw, nullptr));
    hb_blob_t *blob =
        hb_blob_create(data.constData(), unsigned(data.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr);
    HbFace face(hb_face_create(blob, 0));
    hb_blob_destroy(blob);
    return face;
}

bool tableHasFeature(hb_face_t *face, hb_tag_t tableTag, hb_tag_t feature)
{
    std::array<hb_tag_t, 128> tags{};
    unsigned count = unsigned(tags.size());
    hb_ot_layout_table_get_feature_tags(face, tableTag, 0, &count, tags.data());
    return std::find(tags.begin(), tags.begin() + count, feature) != tags.begin() + count;
}

} // namespace

std::shared_ptr<Typeface> Typeface::fromFont(const QFont &font)
{
    QFont wanted = font;
    wanted.setPixelSize(int(BaseSize));
    wanted.setHintingPreference(QFont::PreferVerticalHinting);
    std::shared_ptr<Typeface> face(new Typeface(QRawFont::fromFont(wanted)));
    return face->isUsable() ? face : nullptr;
}

std::shared_ptr<Typeface> Typeface::fromData(const QByteArray &data)
{
    std::shared_ptr<Typeface> face(new Typeface(QRawFont(data, BaseSize, QFont::PreferVerticalHinting), data));
    return face->isUsable() ? face : nullptr;
}

Typeface::Typeface(QRawFont raw, QByteArray data)
    : m_raw(std::move(raw)), m_data(std::move(data)), m_face(faceOf(m_data, &m_raw)),
      m_font(hb_font_create(m_face.get()))
{
    hb_face_make_immutable(m_face.get());
    hb_ot_font_set_funcs(m_font.get());
}

bool Typeface::isUsable() const
{
    if (!m_raw.isValid() || hb_face_get_glyph_count(m_face.get()) == 0)
        return false;
    hb_blob_t *characters = hb_face_reference_table(m_face.get(), HB_TAG('c', 'm', 'a', 'p'));
    const bool hasCharacters = hb_blob_get_length(characters) > 0;
    hb_blob_destroy(characters);
    return hasCharacters;
}

HbFont Typeface::hbFont(float size) const
{
    HbFont font(hb_font_create(m_face.get()));
    hb_ot_font_set_funcs(font.get());
    const int scale = int(std::lround(std::clamp(size, 0.0F, LargestSize) * float(Scale)));
    hb_font_set_scale(font.get(), scale, scale);
    return font;
}

QRawFont Typeface::rawFont(float size) const
{
    QRawFont raw = m_raw;
    raw.setPixelSize(std::clamp(qreal(size), 0.1, qreal(LargestSize)));
    return raw;
}

bool Typeface::hasGlyph(char32_t character) const
{
    hb_codepoint_t glyph = 0;
    return hb_font_get_nominal_glyph(m_font.get(), character, &glyph) != 0;
}

bool Typeface::hasAllBelow300(QStringView text) const
{
    if (!m_simple) {
        m_simple.emplace();
        for (char32_t c = 0; c < m_simple->size(); ++c)
            m_simple->set(c, c == 0xa0 || c == 0xad || hasGlyph(c));
    }
    return std::all_of(text.begin(), text.end(),
                       [&](QChar c) { return c.unicode() < 0x300 && m_simple->test(c.unicode()); });
}

bool Typeface::hasFeature(hb_tag_t feature) const
{
    return tableHasFeature(m_face.get(), HB_OT_TAG_GSUB, feature) ||
           tableHasFeature(m_face.get(), HB_OT_TAG_GPOS, feature);
}

} // namespace bulkhead::engine
