// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/text_drawing.h"

#include <QRectF>

#include <memory>
#include <utility>
#include <vector>

namespace bulkhead::engine {

/// Backgrounds that are seen through the glyphs of texts only (css-backgrounds-4 2.11: background-clip: text).
class TextClipDrawing final : public Drawing
{
public:
    TextClipDrawing(const QRectF &area, std::vector<std::unique_ptr<const Drawing>> backgrounds,
                    std::vector<std::unique_ptr<const TextDrawing>> texts)
        : m_area(area), m_backgrounds(std::move(backgrounds)), m_texts(std::move(texts))
    {
    }

    void paint(QPainter &painter, const ReplayContext &context) const override;

private:
    QRectF m_area;
    std::vector<std::unique_ptr<const Drawing>> m_backgrounds;
    std::vector<std::unique_ptr<const TextDrawing>> m_texts;
};

} // namespace bulkhead::engine
