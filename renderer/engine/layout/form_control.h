// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"

#include <QString>

#include <cstdint>
#include <optional>

namespace bulkhead::engine {

/// What decides on the size of a form control that is a replaced box, and what it shows.
struct FormControl
{
    enum class Kind : std::uint8_t {
        Text,
        TextArea,
        Select,
        ListBox,
        Check,
        Radio,
        Range,
        Color,
        File,
        Progress,
        Meter
    };
    Kind kind = Kind::Text;
    int columns = 20; ///< characters
    int rows = 1;
    QString text;   ///< the value, placeholder or chosen option
    QString widest; ///< of a select: its longest option
    bool isPlaceholder = false;
    bool isChecked = false;
    double value = 0; ///< of progress, meter and range, 0 to 1; negative: indeterminate
};

std::optional<FormControl> formControlOf(const Document &document, NodeId element);

} // namespace bulkhead::engine
