// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/engine_element.h"

namespace bulkhead {

/// <input> and <select>, as boxes that show what they hold. They take no input: pages have no scripts and forms are not
/// sent. (<button> and <textarea> are ordinary boxes with content.)
class FormControlElement final : public EngineElement<litehtml::html_tag>
{
public:
    using EngineElement::EngineElement;

    void parse_styles(bool isReparse = false) override;
    int get_base_line() override;
    void draw(litehtml::uint_ptr device, int x, int y, const litehtml::position *clip) override;

private:
    bool isButton() const;
    std::string label() const;
    std::string typeName() const;
};

} // namespace bulkhead
