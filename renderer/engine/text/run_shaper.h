// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/text/font_table.h"
#include "renderer/engine/text/harfbuzz.h"
#include "renderer/engine/text/shaper.h"
#include "renderer/engine/text/text_runs.h"

#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace bulkhead::engine {

/// Turns a run into glyphs, by HarfBuzz with the font's own linear advances.
class RunShaper
{
public:
    explicit RunShaper(FontTable &fonts) : m_fonts(fonts), m_buffer(hb_buffer_create()) {}

    /// Appends the run's glyphs to @p out. Clusters are relative to @p origin.
    void shape(ShapedText &out, FontId font, QStringView text, const FontRun &run, std::size_t origin,
               Direction direction, const QString &language);

private:
    void setFeatures(FontId font, const FontRun &run);
    void appendGlyphs(ShapedText &out, const FontRun &run, std::size_t origin);

    FontTable &m_fonts;
    HbBuffer m_buffer;
    std::vector<hb_feature_t> m_features;
    std::vector<std::uint32_t> m_sources; // of the characters of capitals that are made; empty: the run's own
};

} // namespace bulkhead::engine
