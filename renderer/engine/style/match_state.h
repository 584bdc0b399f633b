// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QHash>
#include <QString>

#include <cstdint>
#include <optional>

namespace bulkhead::engine {

/// A form control that is not as its attributes say.
struct ControlState
{
    std::optional<bool> isChecked; ///< also of an option: it is selected
    std::optional<bool> isEmpty;   ///< its value
    bool isIndeterminate = false;
};

/// What selectors ask that is not in the document. Links are never visited.
struct MatchState
{
    NodeId hovered = NodeId::None; ///< the innermost
    NodeId active = NodeId::None;  ///< likewise
    NodeId focused = NodeId::None;
    bool isFocusVisible = false;
    NodeId target = NodeId::None; ///< of the address's fragment
    QString language;             ///< of the document, where no element says one: Content-Language
    QHash<NodeId, ControlState> controls;
};

} // namespace bulkhead::engine
