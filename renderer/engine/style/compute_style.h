// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/cascade.h"
#include "renderer/engine/style/computing.h"

#include <QString>

#include <optional>

namespace bulkhead::engine {

/// Where a style is computed for.
struct StylePlace
{
    const ComputedStyle &parent;
    const ComputedStyle &initial;
    const StyleEnvironment &environment;
    RootFont root;
    /// What the element's box stands in: blocks there become flex or grid items (css-display-3 2.7).
    enum class Container : std::uint8_t { Flow, FlexOrGrid } container = Container::Flow;
    enum class Role : std::uint8_t { Element, RootElement, Pseudo } role = Role::Element;
    std::optional<QString> language; ///< of lang=""
};

/// Cascades and computes.
ComputedStyle computeStyle(const CascadeInput &input, const StylePlace &place);

/// What initial values come to in an environment: the style of what nothing is declared for.
ComputedStyle initialStyle(const StyleEnvironment &environment);

/// After all properties are computed: what depends on several of them.
void finishStyle(Computing &computing, const StylePlace &place);

} // namespace bulkhead::engine
