// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/property_table.h"

namespace bulkhead::engine {

const PropertyTable &propertyTable()
{
    static const PropertyTable table = [] {
        PropertyTable made{};
        addFontProperties(made);
        addTextProperties(made);
        addBoxProperties(made);
        addDecorationProperties(made);
        addBackgroundProperties(made);
        addEffectProperties(made);
        addContentProperties(made);
        addFlexGridProperties(made);
        return made;
    }();
    return table;
}

} // namespace bulkhead::engine
