// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/box_tree.h"
#include "renderer/engine/layout/fragment.h"
#include "renderer/engine/layout/space.h"

/// The kinds of boxes that lay out their content each in its own way, as free functions; LayoutPass chooses by the type
/// of the box. The shape of these calls keeps nested boxes from exploding:
///
/// - intrinsic() needs no width and is asked once for a box; it calls only intrinsic() of its content.
/// - heightAt() measures: it calls only heightAt() and intrinsic() of its content and makes no fragment.
/// - place() runs once for a box, from the top down. It may ask heightAt() and intrinsic() first.
///
/// Call them by LayoutPass, which remembers and counts; not directly.
namespace bulkhead::engine {

class LayoutPass;

/// Block containers, with blocks or lines; also list items, cells and captions.
namespace block {
Intrinsic intrinsic(LayoutPass &pass, BoxId box);
Measured heightAt(LayoutPass &pass, BoxId box, const Space &space);
Placed place(LayoutPass &pass, BoxId box, const Space &space);
} // namespace block

namespace replaced {
Intrinsic intrinsic(LayoutPass &pass, BoxId box);
Measured heightAt(LayoutPass &pass, BoxId box, const Space &space);
Placed place(LayoutPass &pass, BoxId box, const Space &space);
} // namespace replaced

/// Wrappers (Block with isTableWrapper), and so all that is in them but the content of cells and captions.
namespace table {
Intrinsic intrinsic(LayoutPass &pass, BoxId wrapper);
Measured heightAt(LayoutPass &pass, BoxId wrapper, const Space &space);
Placed place(LayoutPass &pass, BoxId wrapper, const Space &space);
/// The border box width of a wrapper in the flow, absolute or floating (CSS 2.1 17.5.2): its table's width property is
/// taken of @p containingWidth; when it is auto, the table shrinks to fit @p available.
LayoutUnit widthIn(LayoutPass &pass, BoxId wrapper, LayoutUnit containingWidth, LayoutUnit available);
} // namespace table

namespace flex {
Intrinsic intrinsic(LayoutPass &pass, BoxId box);
Measured heightAt(LayoutPass &pass, BoxId box, const Space &space);
Placed place(LayoutPass &pass, BoxId box, const Space &space);
} // namespace flex

namespace grid {
Intrinsic intrinsic(LayoutPass &pass, BoxId box);
Measured heightAt(LayoutPass &pass, BoxId box, const Space &space);
Placed place(LayoutPass &pass, BoxId box, const Space &space);
} // namespace grid

/// Multi-column containers (Block with isColumns).
namespace columns {
Intrinsic intrinsic(LayoutPass &pass, BoxId box);
Measured heightAt(LayoutPass &pass, BoxId box, const Space &space);
Placed place(LayoutPass &pass, BoxId box, const Space &space);
} // namespace columns

} // namespace bulkhead::engine
