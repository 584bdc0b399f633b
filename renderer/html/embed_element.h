// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/engine_element.h"
#include "renderer/page/page_client.h"

namespace bulkhead {

/// <embed>, and <object> with a type: reserves a box, into which the browser puts what a plugin paints. Draws nothing.
class EmbedElement final : public EngineElement<litehtml::html_tag>
{
public:
    static constexpr std::size_t MostBoxes = 64; ///< limits::EmbedBoxes
    static constexpr int MostAttributes = 32;
    static constexpr int MostAttributeBytes = 4096;

    EmbedElement(const std::shared_ptr<litehtml::document> &document, EngineState &state);
    ~EmbedElement() override;

    void parse_attributes() override;
    void parse_styles(bool isReparse = false) override;
    /// What is inside is for browsers without plugins.
    void draw_children(litehtml::uint_ptr, int, int, const litehtml::position *, litehtml::draw_flag, int) override {}

    /// Nothing for an <object> that says too little.
    std::optional<EmbedBox> box() const;
};

} // namespace bulkhead
