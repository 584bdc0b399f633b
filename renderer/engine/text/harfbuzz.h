// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <hb.h>

#include <memory>

namespace bulkhead::engine {

struct HarfBuzzDelete
{
    void operator()(hb_face_t *face) const { hb_face_destroy(face); }
    void operator()(hb_font_t *font) const { hb_font_destroy(font); }
    void operator()(hb_buffer_t *buffer) const { hb_buffer_destroy(buffer); }
};

using HbFace = std::unique_ptr<hb_face_t, HarfBuzzDelete>;
using HbFont = std::unique_ptr<hb_font_t, HarfBuzzDelete>;
using HbBuffer = std::unique_ptr<hb_buffer_t, HarfBuzzDelete>;

} // namespace bulkhead::engine
