// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/fragment.h"

#include <QStringView>

#include <cstdint>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// Calls @p paint(glyph, x of the pen) for each glyph of a run, from left to right; x counts from the fragment's left
/// edge. @p text is LayoutTree::text. @p step(glyph, textOffset, x, advance) gets the advance with all spacing.
template <typename Step>
void forEachGlyph(const TextRun &run, QStringView text, Step step)
{
    const auto isSpace = [&text](std::uint32_t offset) {
        const char16_t c = qsizetype(offset) < text.size() ? text[qsizetype(offset)].unicode() : u'\0';
        return c == u' ' || c == u'\u00a0' || c == u'\t';
    };
    for (const TextRun::Piece &piece : run.pieces) {
        double x = piece.x.toDouble();
        const double perGlyph = piece.extraPerGlyph.toDouble(), perSpace = piece.extraPerSpace.toDouble();
        const auto &glyphs = piece.shaped->glyphs;
        const std::size_t end = std::min(glyphs.size(), std::size_t(piece.firstGlyph) + piece.glyphCount);
        for (std::size_t i = piece.firstGlyph; i < end; ++i) {
            const ShapedText::Glyph &glyph = glyphs[i];
            const std::uint32_t offset = piece.textStart + glyph.cluster;
            double advance = double(glyph.advance);
            if (i + 1 == glyphs.size() || glyphs[i + 1].cluster != glyph.cluster) {
                advance += perGlyph;
                if (perSpace != 0 && isSpace(offset))
                    advance += perSpace;
            }
            step(glyph, offset, x, advance);
            x += advance;
        }
    }
}

/// Where the characters [start, end) of a run are, from its fragment's left edge; nothing when it has none of them.
/// A cluster of several characters (a ligature) is divided evenly.
struct RunSpan
{
    double left = 0, right = 0;
    bool isEmpty() const { return right <= left; }
};
RunSpan spanOf(const TextRun &run, QStringView text, std::uint32_t start, std::uint32_t end);

/// The place between two characters nearest to @p x: an offset in LayoutTree::text.
std::uint32_t offsetAt(const TextRun &run, QStringView text, double x);

} // namespace bulkhead::engine
