// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/quirks.h"

#include <algorithm>
#include <iterator>

namespace bulkhead::engine::css {

namespace {

using Id = PropertyId;

constexpr Id Colors[] = {Id::BackgroundColor,   Id::BorderColor,     Id::BorderTopColor, Id::BorderRightColor,
                         Id::BorderBottomColor, Id::BorderLeftColor, Id::Color};

constexpr Id Lengths[] = {Id::BackgroundPosition,
                          Id::BorderSpacing,
                          Id::BorderTopWidth,
                          Id::BorderRightWidth,
                          Id::BorderBottomWidth,
                          Id::BorderLeftWidth,
                          Id::BorderWidth,
                          Id::Bottom,
                          Id::Clip,
                          Id::FontSize,
                          Id::Height,
                          Id::Left,
                          Id::LetterSpacing,
                          Id::Margin,
                          Id::MarginTop,
                          Id::MarginRight,
                          Id::MarginBottom,
                          Id::MarginLeft,
                          Id::MaxHeight,
                          Id::MaxWidth,
                          Id::MinHeight,
                          Id::MinWidth,
                          Id::Padding,
                          Id::PaddingTop,
                          Id::PaddingRight,
                          Id::PaddingBottom,
                          Id::PaddingLeft,
                          Id::Right,
                          Id::TextIndent,
                          Id::Top,
                          Id::VerticalAlign,
                          Id::Width,
                          Id::WordSpacing};

} // namespace

ValueContext valueContext(PropertyId property, const ParseContext &context)
{
    ValueContext made{context};
    if (context.syntax == Syntax::Quirks) {
        made.hashlessColors = std::find(std::begin(Colors), std::end(Colors), property) != std::end(Colors);
        made.unitlessLengths = std::find(std::begin(Lengths), std::end(Lengths), property) != std::end(Lengths);
    }
    return made;
}

} // namespace bulkhead::engine::css
