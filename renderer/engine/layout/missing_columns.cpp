// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/formatting_context.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/sizes.h"

/// Stands in for what is not there: lays out as blocks do.
namespace bulkhead::engine::columns {

Intrinsic intrinsic(LayoutPass &pass, BoxId box)
{
    return block::intrinsic(pass, box);
}

Measured heightAt(LayoutPass &pass, BoxId box, const Space &space)
{
    return block::heightAt(pass, box, space);
}

Placed place(LayoutPass &pass, BoxId box, const Space &space)
{
    return block::place(pass, box, space);
}

} // namespace bulkhead::engine::columns
