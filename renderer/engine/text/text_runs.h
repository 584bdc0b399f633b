// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/font_table.h"
#include "renderer/engine/text/shaper.h"

#include <QString>
#include <QStringView>

#include <hb.h>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// A part of a text that is shaped at once: of one face and one script.
struct FontRun
{
    std::size_t start = 0, end = 0;
    std::uint16_t face = 0;
    hb_script_t script = HB_SCRIPT_LATIN;
    bool isSmallCapital = false; ///< made: upper case in a smaller size, of which @c face is
};

/// Splits text into runs: by what the faces of the font have, by script (UAX 24), and for capitals that are made.
std::vector<FontRun> splitRuns(FontTable &fonts, FontId font, QStringView text, const QString &language);

/// The OpenType features that a font-variant-caps is made of; empty when the face lacks them, and lower case letters
/// have to be replaced by small capitals.
std::vector<hb_tag_t> capsFeatures(const Typeface &typeface, FontCaps caps);

} // namespace bulkhead::engine
