// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/shaper.h"

#include <QString>
#include <QStringView>

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// Fonts in which every character is a square of the font's size, 0.8 above and 0.2 below the baseline, as in Ahem:
/// lines come out in whole numbers. Zero-width characters and combining marks have no width.
class FakeShaper final : public Shaper
{
public:
    FontId font(const FontDescription &description) override
    {
        for (std::size_t i = 0; i < m_fonts.size(); ++i) {
            if (m_fonts[i]->description == description)
                return FontId(i);
        }
        auto font = std::make_unique<Font>(Font{description, {}});
        const float size = description.size;
        font->metrics.ascent = std::round(size * 0.8F);
        font->metrics.descent = std::round(size * 0.2F);
        font->metrics.xHeight = font->metrics.capHeight = size * 0.8F;
        font->metrics.zeroAdvance = font->metrics.spaceAdvance = size;
        font->metrics.underlinePosition = size * 0.1F;
        font->metrics.strikePosition = size * 0.3F;
        m_fonts.push_back(std::move(font));
        return FontId(m_fonts.size() - 1);
    }

    const FontMetrics &metrics(FontId font) override { return m_fonts[std::size_t(font)]->metrics; }

    std::shared_ptr<const ShapedText> shape(FontId font, QStringView text, Direction direction,
                                            const QString &) override
    {
        ++shapings;
        auto shaped = std::make_shared<ShapedText>();
        shaped->isRightToLeft = direction == Direction::Rtl;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const bool isPair = text[i].isHighSurrogate() && i + 1 < text.size() && text[i + 1].isLowSurrogate();
            ShapedText::Glyph glyph;
            glyph.index = text[i].unicode();
            glyph.cluster = std::uint32_t(i);
            glyph.advance = hasWidth(text[i]) ? m_fonts[std::size_t(font)]->description.size : 0;
            shaped->width += glyph.advance;
            shaped->glyphs.insert(shaped->isRightToLeft ? shaped->glyphs.begin() : shaped->glyphs.end(), glyph);
            i += isPair ? 1 : 0;
        }
        return shaped;
    }

    int shapings = 0; ///< how often shape() was called

private:
    struct Font
    {
        FontDescription description;
        FontMetrics metrics;
    };
    static bool hasWidth(QChar c)
    {
        const char16_t code = c.unicode();
        return !c.isMark() && code != 0xad && (code < 0x200b || code > 0x200f) && (code < 0x202a || code > 0x202e) &&
               (code < 0x2060 || code > 0x206f) && code != 0xfeff;
    }

    std::vector<std::unique_ptr<Font>> m_fonts;
};

} // namespace bulkhead::engine
