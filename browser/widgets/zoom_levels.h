// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <array>

namespace bulkhead {

enum class ZoomStep { In, Out };

/// The steps that zooming in and out goes through; 1 is 100 %. The ends are Tab's limits.
inline constexpr std::array ZoomLevels{0.25, 0.33, 0.5,  0.67, 0.75, 0.8, 0.9, 1.0, 1.1,
                                       1.25, 1.5,  1.75, 2.0,  2.5,  3.0, 4.0, 5.0};

/// The next step from @p zoom, which need not be a step itself; the end itself at an end.
inline double steppedZoom(double zoom, ZoomStep step)
{
    if (step == ZoomStep::In) {
        for (double level : ZoomLevels) {
            if (level > zoom + 0.005)
                return level;
        }
        return ZoomLevels.back();
    }
    for (auto level = ZoomLevels.rbegin(); level != ZoomLevels.rend(); ++level) {
        if (*level < zoom - 0.005)
            return *level;
    }
    return ZoomLevels.front();
}

} // namespace bulkhead
