// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/layout/columns_breaks.h"
#include "renderer/engine/layout/layout_pass.h"

#include <cstddef>
#include <vector>

namespace bulkhead::engine {

enum class Fragmentainer { Column, Page };

/// Where the content of a placed fragment, a strip that has no parent yet, may be cut. @p height is that of the content
/// with its last margin; if that is not known, 0: then it ends with what is in it.
BreakPlaces breakPlaces(LayoutPass &pass, FragmentId strip, LayoutUnit height, Fragmentainer of);

/// Cuts the strip: gives a fragment for each piece, the first of them the strip itself. Boxes that go on in the next
/// piece fill @p room (css-break-3 4.4). @p firstStatic: static positions of absolute boxes from that one on move
/// along.
std::vector<FragmentId> cutFragments(LayoutPass &pass, FragmentId strip, const std::vector<BreakPlaces::Piece> &pieces,
                                     LayoutUnit room, std::size_t firstStatic);

} // namespace bulkhead::engine
