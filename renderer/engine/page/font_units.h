// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/environment.h"
#include "renderer/engine/text/shaper.h"

namespace bulkhead::engine {

/// Measures fonts for the cascade by the shaper's metrics.
class ShaperUnits final : public FontUnitSource
{
public:
    explicit ShaperUnits(Shaper &shaper) : m_shaper(shaper) {}

    FontUnits units(const FontDescription &description) override
    {
        const FontMetrics &metrics = m_shaper.metrics(m_shaper.font(description));
        FontUnits units;
        units.xHeight = double(metrics.xHeight);
        units.zeroAdvance = double(metrics.zeroAdvance);
        units.capHeight = double(metrics.capHeight);
        units.ideographAdvance = double(description.size);
        units.lineHeight = double(metrics.ascent) + double(metrics.descent) + double(metrics.lineGap);
        return units;
    }

private:
    Shaper &m_shaper;
};

} // namespace bulkhead::engine
