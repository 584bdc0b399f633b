// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/dom/document.h"
#include "renderer/engine/layout/natural_sizes.h"

#include <QString>

#include <cstdint>

namespace bulkhead::engine {

/// What HTML elements are to layout beyond their styles (HTML 15).
enum class ElementContent : std::uint8_t {
    Children,
    Replaced,    ///< a picture, a frame, a form control
    Alternative, ///< the alternative text of a picture that is not there
    ButtonText,  ///< an input that is a button
    LineBreak,
    WordBreak,
    Summary, ///< details that are closed: the first summary alone
};

ElementContent contentOf(const Document &document, NodeId element, NaturalSizes &naturalSizes);
/// The text of Alternative and ButtonText.
QString textInsteadOf(const Document &document, NodeId element);
/// An attribute of a number of columns or rows, as HTML clamps it.
std::uint16_t spanOf(const Document &document, NodeId element, Atom attribute, int most);

} // namespace bulkhead::engine
