// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>

namespace bulkhead {

/// How many bytes a body of RendererToBrowser may have, looked at before it is parsed: about what an honest one can
/// need, with room for the precise checks behind it to name what is wrong. 0 for bodies that there are not.
std::size_t bodyLimit(int number);

} // namespace bulkhead
