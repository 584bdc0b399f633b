// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/layout_tree.h"
#include "renderer/engine/paint/drawing.h"
#include "renderer/engine/paint/text_decoration.h"
#include "renderer/engine/text/faces.h"

#include <QColor>
#include <QPointF>
#include <QString>

#include <vector>

namespace bulkhead::engine {

/// A Text fragment: what is marked behind it, its shadows, its glyphs and the lines at them.
class TextDrawing final : public Drawing
{
public:
    struct Look
    {
        QColor color;
        const std::vector<Shadow> *shadows = nullptr; ///< of the style; null: none
        std::vector<DecorationLine> lines;
        double markTop = 0, markHeight = 0; ///< of what is marked, in the space's coordinates
        double fontSize = 16;
    };
    /// @p origin is where the baseline begins; @p width is the fragment's.
    TextDrawing(const TextRun &run, const QString &text, Faces &faces, QPointF origin, double width, Look look);

    QRectF bounds() const;
    void paint(QPainter &painter, const ReplayContext &context) const override;
    /// Only its glyphs, in the painter's pen colour.
    void paintGlyphs(QPainter &painter, QPointF origin) const;

private:
    void paintMarks(QPainter &painter, const ReplayContext &context, QPointF origin) const;
    void paintAll(QPainter &painter, QPointF origin, const QColor *only, double scale) const;
    void paintShadow(QPainter &painter, const Shadow &shadow, QPointF origin, const ReplayContext &context) const;
    void paintMarkedAgain(QPainter &painter, const ReplayContext &context, QPointF origin) const;

    const TextRun &m_run;
    const QString &m_text;
    Faces &m_faces;
    QPointF m_origin;
    double m_width;
    Look m_look;
};

} // namespace bulkhead::engine
