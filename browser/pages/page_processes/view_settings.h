// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QSize>

namespace bulkhead {

/// How a page is looked at.
struct ViewSettings
{
    QSize size{800, 600}; ///< device pixels
    qreal devicePixelRatio = 1;
    double zoom = 1; ///< 1 is 100 %
    bool visible = true;
    bool focused = false;
    bool dark = false;

    friend bool operator==(const ViewSettings &, const ViewSettings &) = default;
};

} // namespace bulkhead
