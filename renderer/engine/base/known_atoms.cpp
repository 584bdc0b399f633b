// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/base/known_atoms.h"

namespace bulkhead::engine {

std::span<const QStringView> knownNames()
{
    static constexpr QStringView names[] = {
#define BULKHEAD_ENTRY(Identifier, text) u##text,
        BULKHEAD_KNOWN_TAGS(BULKHEAD_ENTRY) BULKHEAD_KNOWN_ATTRIBUTES(BULKHEAD_ENTRY)
#undef BULKHEAD_ENTRY
    };
    return names;
}

} // namespace bulkhead::engine
