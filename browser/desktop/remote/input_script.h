// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QJsonObject>

namespace bulkhead {

class Tab;

/// Does with @p tab what a person would with mouse and keyboard. @p params: "type" and what it needs, positions in
/// logical pixels of the page's view: "click" x y [button left|middle|right] [count] [modifiers "Ctrl+Shift"], "move" x
/// y, "wheel" dx dy [x y] (pixels; down is positive), "key" keys ("PageDown", "Ctrl+A"), "text" text. An error is a
/// sentence about the parameters.
Result<void> performInput(Tab &tab, const QJsonObject &params);

} // namespace bulkhead
