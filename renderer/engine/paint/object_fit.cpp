// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/paint/object_fit.h"

#include "renderer/engine/paint/background.h"

#include <algorithm>

namespace bulkhead::engine {

LayoutRect fittedObject(const ComputedStyle &style, const LayoutRect &content, const NaturalSize &natural)
{
    const ObjectFit fit = style.rare->objectFit;
    if (fit == ObjectFit::Fill)
        return content;
    const LayoutSize own = defaultObjectSize(natural, content.size);
    BackgroundLayer fitting;
    fitting.sizeKind = fit == ObjectFit::Cover ? BackgroundLayer::Size::Cover : BackgroundLayer::Size::Contain;
    const LayoutSize fitted = backgroundTileSize(fitting, content.size, natural);
    const bool isSmaller = own.width <= fitted.width && own.height <= fitted.height;
    const LayoutSize size = fit == ObjectFit::None || (fit == ObjectFit::ScaleDown && isSmaller) ? own : fitted;
    const LengthPair &position = style.rare->objectPosition;
    return {content.origin + LayoutPoint{position.x.resolve(content.size.width - size.width),
                                         position.y.resolve(content.size.height - size.height)},
            size};
}

} // namespace bulkhead::engine
