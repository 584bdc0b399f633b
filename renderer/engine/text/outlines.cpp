// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/typeface.h"

#include <hb.h>

#include <memory>

namespace bulkhead::engine {

namespace {

struct DeleteFunctions
{
    void operator()(hb_draw_funcs_t *functions) const { hb_draw_funcs_destroy(functions); }
};
using DrawFunctions = std::unique_ptr<hb_draw_funcs_t, DeleteFunctions>;

QPainterPath &path(void *data)
{
    return *static_cast<QPainterPath *>(data);
}

QPointF point(float x, float y)
{
    return {qreal(x) / Typeface::Scale, -qreal(y) / Typeface::Scale};
}

DrawFunctions makeFunctions()
{
    DrawFunctions made(hb_draw_funcs_create());
    hb_draw_funcs_set_move_to_func(
        made.get(), [](auto *, void *data, auto *, float x, float y, void *) { path(data).moveTo(point(x, y)); },
        nullptr, nullptr);
    hb_draw_funcs_set_line_to_func(
        made.get(), [](auto *, void *data, auto *, float x, float y, void *) { path(data).lineTo(point(x, y)); },
        nullptr, nullptr);
    hb_draw_funcs_set_quadratic_to_func(
        made.get(),
        [](auto *, void *data, auto *, float cx, float cy, float x, float y, void *) {
            path(data).quadTo(point(cx, cy), point(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_cubic_to_func(
        made.get(),
        [](auto *, void *data, auto *, float ax, float ay, float bx, float by, float x, float y, void *) {
            path(data).cubicTo(point(ax, ay), point(bx, by), point(x, y));
        },
        nullptr, nullptr);
    hb_draw_funcs_set_close_path_func(
        made.get(), [](auto *, void *data, auto *, void *) { path(data).closeSubpath(); }, nullptr, nullptr);
    return made;
}

} // namespace

QPainterPath Typeface::outline(hb_font_t *font, std::uint32_t glyph)
{
    static const DrawFunctions functions = makeFunctions();
    QPainterPath made;
    hb_font_get_glyph_shape(font, glyph, functions.get(), &made);
    return made;
}

} // namespace bulkhead::engine
