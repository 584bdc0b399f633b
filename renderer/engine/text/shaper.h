// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/computed_style.h"

#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace bulkhead::engine {

/// A font as a style asks for it, with all that its text falls back to.
enum class FontId : std::uint32_t {};

/// In CSS pixels, above and below the baseline positive.
struct FontMetrics
{
    float ascent = 0;  ///< whole pixels, as Chromium rounds them
    float descent = 0; ///< likewise
    float lineGap = 0; ///< likewise; line-height: normal is the sum of the three
    float xHeight = 0;
    float capHeight = 0;
    float zeroAdvance = 0; ///< of "0": the unit ch
    float spaceAdvance = 0;
    float underlinePosition = 0; ///< below the baseline, of its middle
    float underlineThickness = 1;
    float strikePosition = 0; ///< above the baseline, of its middle
};

/// A stretch of text in one font, script and direction, as glyphs from left to right. Immutable and shared: the same
/// word is shaped once.
struct ShapedText
{
    struct Glyph
    {
        std::uint32_t index = 0;   ///< in its face
        std::uint32_t cluster = 0; ///< offset in the text (UTF-16) of what it stands for
        float advance = 0;         ///< whole sixty-fourths
        float x = 0, y = 0;        ///< offset from where the pen is; y downwards
        std::uint16_t face = 0;    ///< of the shaper's faces, which painting asks for
        bool isSafeToBreak = true; ///< the text may be cut before this cluster without shaping again
    };
    std::vector<Glyph> glyphs;
    float width = 0; ///< of all advances, without letter and word spacing
    bool isRightToLeft = false;
};

/// Fonts and shaping. Layout knows only this: its tests use one with fixed widths.
class Shaper
{
public:
    virtual ~Shaper() = default;
    /// The same for equal descriptions. Never fails: something stands in for families that are not there.
    virtual FontId font(const FontDescription &description) = 0;
    virtual const FontMetrics &metrics(FontId font) = 0;
    /// @p text has one direction and is within one word, with the space that follows it; no control characters.
    virtual std::shared_ptr<const ShapedText> shape(FontId font, QStringView text, Direction direction,
                                                    const QString &language) = 0;
    /// The part of @p text at @p start as it looks among what stands before and after it: to be used where an element
    /// begins or ends within a word, since Arabic letters join across.
    virtual std::shared_ptr<const ShapedText> shapeWithin(FontId font, QStringView text, std::size_t start,
                                                          std::size_t length, Direction direction,
                                                          const QString &language)
    {
        return shape(font, text.mid(qsizetype(start), qsizetype(length)), direction, language);
    }
    /// Rises when fonts have changed: what was measured and shaped before is out of date. FontIds stay.
    virtual std::uint64_t epoch() const { return 0; }
};

} // namespace bulkhead::engine
