// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/engine_element.h"

namespace bulkhead {

/// <li>. The engine numbers items in a signed byte and counts them quadratically; here the first item that is drawn
/// numbers all of its list, by the rules of <ol start reversed> and <li value>.
/// https://html.spec.whatwg.org/multipage/grouping-content.html#the-ol-element
class ListItemElement final : public EngineElement<litehtml::html_tag>
{
public:
    using EngineElement::EngineElement;

    void draw(litehtml::uint_ptr device, int x, int y, const litehtml::position *clip) override;

private:
    void numberSiblings();
    void drawNumber(litehtml::uint_ptr device, int x, int y);

    int m_number = 0;
    bool m_numbered = false;
};

} // namespace bulkhead
