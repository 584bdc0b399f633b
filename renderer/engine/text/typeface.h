// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/harfbuzz.h"

#include <QByteArray>
#include <QRawFont>

#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>

class QFont;

namespace bulkhead::engine {

/// A face of a font at no particular size: to HarfBuzz its tables, to painting a QRawFont. Qt opens installed ones,
/// which works where there is no file access, too.
class Typeface
{
public:
    /// Null when there is none, or it is of a kind without a character map (Type 1).
    static std::shared_ptr<Typeface> fromFont(const QFont &font);
    /// Of a font file's content; null when it is none.
    static std::shared_ptr<Typeface> fromData(const QByteArray &data);

    Typeface(const Typeface &) = delete;
    Typeface &operator=(const Typeface &) = delete;

    /// A font of HarfBuzz at @p size pixels, that counts in 1/Scale of them.
    HbFont hbFont(float size) const;
    static constexpr int Scale = 1024;
    /// For painting.
    QRawFont rawFont(float size) const;

    bool hasGlyph(char32_t character) const;
    /// Whether all of A to Z, digits, accented letters that a text below U+0300 has can be shown.
    bool hasAllBelow300(QStringView text) const;
    /// Of its GSUB or GPOS table.
    bool hasFeature(hb_tag_t feature) const;

private:
    explicit Typeface(QRawFont raw, QByteArray data = {});
    bool isUsable() const;

    QRawFont m_raw;
    QByteArray m_data; // of fonts that no file of this machine holds
    HbFace m_face;
    HbFont m_font; // for questions that need no size
    mutable std::optional<std::bitset<0x300>> m_simple;
};

} // namespace bulkhead::engine
