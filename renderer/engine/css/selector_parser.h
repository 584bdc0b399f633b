// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/css/selector.h"
#include "renderer/engine/css/token.h"

#include <QHash>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace bulkhead::engine::css {

/// What @namespace declared (css-namespaces-3).
struct Namespaces
{
    std::optional<Atom> defaultUri;
    QHash<QString, Atom> uris; ///< by prefix
};

/// What selectors are parsed with; outlives the parsing.
struct SelectorContext
{
    Atoms *atoms = nullptr;
    const Namespaces *namespaces = nullptr;
    /// What "&" stands for: the selectors of the rule that this one is nested in (css-nesting-1); null outside.
    std::shared_ptr<const SelectorArgument> nestedIn;
};

/// The selectors of a rule (selectors-4). Nothing when one of them is invalid.
std::optional<SelectorList> parseSelectorList(std::span<const Token> tokens, const SelectorContext &context);

/// "@supports selector(...)".
bool isSupportedSelector(std::span<const Token> tokens, const SelectorContext &context);

} // namespace bulkhead::engine::css
