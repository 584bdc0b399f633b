// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/engine_element.h"

#include <litehtml/el_image.h>

namespace bulkhead {

/// <img>, with its alternative text in its place when there is no image to show.
class ImageElement final : public EngineElement<litehtml::el_image>
{
public:
    using EngineElement::EngineElement;

    int render(int x, int y, int maxWidth, bool secondPass = false) override;
    void draw(litehtml::uint_ptr device, int x, int y, const litehtml::position *clip) override;

private:
    std::string alternativeText() const;
};

} // namespace bulkhead
