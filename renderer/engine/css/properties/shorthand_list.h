// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// Shorthands: identifier, name, how it is expanded, grammar, longhands.
///   Edges   one to four values for top, right, bottom and left
///   Pair    one or two values
///   Slots   a part of the grammar for each longhand; what is missing gets its initial value
///   Custom  by a function of its own (shorthands_*.cpp); where the grammar is empty it does that, too
#define BULKHEAD_SHORTHANDS(X)                                                                                         \
    X(Margin, "margin", Edges, "<'margin-top'>{1,4}", "margin-top margin-right margin-bottom margin-left")             \
    X(Padding, "padding", Edges, "<'padding-top'>{1,4}", "padding-top padding-right padding-bottom padding-left")      \
    X(Inset, "inset", Edges, "<'top'>{1,4}", "top right bottom left")                                                  \
    X(BorderWidth, "border-width", Edges, "<'border-top-width'>{1,4}",                                                 \
      "border-top-width border-right-width border-bottom-width border-left-width")                                     \
    X(BorderStyle, "border-style", Edges, "<'border-top-style'>{1,4}",                                                 \
      "border-top-style border-right-style border-bottom-style border-left-style")                                     \
    X(BorderColor, "border-color", Edges, "<'border-top-color'>{1,4}",                                                 \
      "border-top-color border-right-color border-bottom-color border-left-color")                                     \
    X(BorderTop, "border-top", Slots, "<line-width> || <'border-top-style'> || <color>",                               \
      "border-top-width border-top-style border-top-color")                                                            \
    X(BorderRight, "border-right", Slots, "<line-width> || <'border-top-style'> || <color>",                           \
      "border-right-width border-right-style border-right-color")                                                      \
    X(BorderBottom, "border-bottom", Slots, "<line-width> || <'border-top-style'> || <color>",                         \
      "border-bottom-width border-bottom-style border-bottom-color")                                                   \
    X(BorderLeft, "border-left", Slots, "<line-width> || <'border-top-style'> || <color>",                             \
      "border-left-width border-left-style border-left-color")                                                         \
    X(BorderBlockStart, "border-block-start", Slots, "<line-width> || <'border-top-style'> || <color>",                \
      "border-block-start-width border-block-start-style border-block-start-color")                                    \
    X(BorderBlockEnd, "border-block-end", Slots, "<line-width> || <'border-top-style'> || <color>",                    \
      "border-block-end-width border-block-end-style border-block-end-color")                                          \
    X(BorderInlineStart, "border-inline-start", Slots, "<line-width> || <'border-top-style'> || <color>",              \
      "border-inline-start-width border-inline-start-style border-inline-start-color")                                 \
    X(BorderInlineEnd, "border-inline-end", Slots, "<line-width> || <'border-top-style'> || <color>",                  \
      "border-inline-end-width border-inline-end-style border-inline-end-color")                                       \
    X(Border, "border", Custom, "<line-width> || <'border-top-style'> || <color>",                                     \
      "border-top-width border-right-width border-bottom-width border-left-width border-top-style border-right-style " \
      "border-bottom-style border-left-style border-top-color border-right-color border-bottom-color "                 \
      "border-left-color border-image-source border-image-slice border-image-width border-image-outset "               \
      "border-image-repeat")                                                                                           \
    X(MarginBlock, "margin-block", Pair, "<'margin-top'>{1,2}", "margin-block-start margin-block-end")                 \
    X(PaddingBlock, "padding-block", Pair, "<'padding-top'>{1,2}", "padding-block-start padding-block-end")            \
    X(InsetBlock, "inset-block", Pair, "<'top'>{1,2}", "inset-block-start inset-block-end")                            \
    X(BorderBlockWidth, "border-block-width", Pair, "<'border-top-width'>{1,2}",                                       \
      "border-block-start-width border-block-end-width")                                                               \
    X(BorderBlockStyle, "border-block-style", Pair, "<'border-top-style'>{1,2}",                                       \
      "border-block-start-style border-block-end-style")                                                               \
    X(BorderBlockColor, "border-block-color", Pair, "<'border-top-color'>{1,2}",                                       \
      "border-block-start-color border-block-end-color")                                                               \
    X(BorderBlock, "border-block", Custom, "<line-width> || <'border-top-style'> || <color>",                          \
      "border-block-start-width border-block-end-width border-block-start-style border-block-end-style "               \
      "border-block-start-color border-block-end-color")                                                               \
    X(MarginInline, "margin-inline", Pair, "<'margin-top'>{1,2}", "margin-inline-start margin-inline-end")             \
    X(PaddingInline, "padding-inline", Pair, "<'padding-top'>{1,2}", "padding-inline-start padding-inline-end")        \
    X(InsetInline, "inset-inline", Pair, "<'top'>{1,2}", "inset-inline-start inset-inline-end")                        \
    X(BorderInlineWidth, "border-inline-width", Pair, "<'border-top-width'>{1,2}",                                     \
      "border-inline-start-width border-inline-end-width")                                                             \
    X(BorderInlineStyle, "border-inline-style", Pair, "<'border-top-style'>{1,2}",                                     \
      "border-inline-start-style border-inline-end-style")                                                             \
    X(BorderInlineColor, "border-inline-color", Pair, "<'border-top-color'>{1,2}",                                     \
      "border-inline-start-color border-inline-end-color")                                                             \
    X(BorderInline, "border-inline", Custom, "<line-width> || <'border-top-style'> || <color>",                        \
      "border-inline-start-width border-inline-end-width border-inline-start-style border-inline-end-style "           \
      "border-inline-start-color border-inline-end-color")                                                             \
    X(BorderRadius, "border-radius", Custom, "<length-percentage[0,]>{1,4} [ / <length-percentage[0,]>{1,4} ]?",       \
      "border-top-left-radius border-top-right-radius border-bottom-right-radius border-bottom-left-radius")           \
    X(BorderImage, "border-image", Custom,                                                                             \
      "<'border-image-source'> || [ <'border-image-slice'> [ / <'border-image-width'>? [ / <'border-image-outset'> "   \
      "]? ]? ] || <'border-image-repeat'>",                                                                            \
      "border-image-source border-image-slice border-image-width border-image-outset border-image-repeat")             \
    X(Background, "background", Custom, "",                                                                            \
      "background-color background-image background-position-x background-position-y background-size "                 \
      "background-repeat background-attachment background-origin background-clip")                                     \
    X(BackgroundPosition, "background-position", Custom, "<bg-position>#",                                             \
      "background-position-x background-position-y")                                                                   \
    X(Font, "font", Custom, "",                                                                                        \
      "font-family font-size font-weight font-style font-stretch font-variant-caps line-height "                       \
      "font-variant-ligatures font-variant-numeric font-variant-east-asian font-variant-position font-kerning "        \
      "font-feature-settings font-size-adjust")                                                                        \
    X(FontVariant, "font-variant", Custom,                                                                             \
      "normal | none | [ <'font-variant-caps'> || <common-lig> || <discretionary-lig> || <historical-lig> || "         \
      "<contextual-alt> || <numeric-figure> || <numeric-spacing> || <numeric-fraction> || ordinal || slashed-zero || " \
      "<east-asian-form> || [ full-width | proportional-width ] || ruby || [ sub | super ] ]",                         \
      "font-variant-caps font-variant-ligatures font-variant-numeric font-variant-east-asian font-variant-position")   \
    X(ListStyle, "list-style", Custom, "", "list-style-type list-style-position list-style-image")                     \
    X(TextDecoration, "text-decoration", Slots,                                                                        \
      "<'text-decoration-line'> || <'text-decoration-style'> || <color> || <'text-decoration-thickness'>",             \
      "text-decoration-line text-decoration-style text-decoration-color text-decoration-thickness")                    \
    X(Columns, "columns", Custom, "", "column-width column-count")                                                     \
    X(ColumnRule, "column-rule", Slots, "<line-width> || <'border-top-style'> || <color>",                             \
      "column-rule-width column-rule-style column-rule-color")                                                         \
    X(Outline, "outline", Slots, "<line-width> || <'outline-style'> || <'outline-color'>",                             \
      "outline-width outline-style outline-color")                                                                     \
    X(Overflow, "overflow", Pair, "<'overflow-x'>{1,2}", "overflow-x overflow-y")                                      \
    X(Gap, "gap", Pair, "<'row-gap'>{1,2}", "row-gap column-gap")                                                      \
    X(PlaceContent, "place-content", Custom, "<align-content> <justify-content>?", "align-content justify-content")    \
    X(PlaceItems, "place-items", Custom, "<align-items> <justify-items>?", "align-items justify-items")                \
    X(PlaceSelf, "place-self", Custom, "<'align-self'> <'justify-self'>?", "align-self justify-self")                  \
    X(Flex, "flex", Custom, "none | [ [ <number[0,]> <number[0,]>? ] || <'flex-basis'> ]",                             \
      "flex-grow flex-shrink flex-basis")                                                                              \
    X(FlexFlow, "flex-flow", Slots, "<'flex-direction'> || <'flex-wrap'>", "flex-direction flex-wrap")                 \
    X(GridArea, "grid-area", Custom, "<grid-line> [ / <grid-line> ]{0,3}",                                             \
      "grid-row-start grid-column-start grid-row-end grid-column-end")                                                 \
    X(GridRow, "grid-row", Custom, "<grid-line> [ / <grid-line> ]?", "grid-row-start grid-row-end")                    \
    X(GridColumn, "grid-column", Custom, "<grid-line> [ / <grid-line> ]?", "grid-column-start grid-column-end")        \
    X(GridTemplate, "grid-template", Custom, "", "grid-template-columns grid-template-rows grid-template-areas")       \
    X(Grid, "grid", Custom, "",                                                                                        \
      "grid-template-columns grid-template-rows grid-template-areas grid-auto-columns grid-auto-rows grid-auto-flow")  \
    X(WhiteSpace, "white-space", Custom, "normal | pre | nowrap | pre-wrap | pre-line | break-spaces",                 \
      "white-space-collapse text-wrap-mode")                                                                           \
    X(TextWrap, "text-wrap", Custom, "wrap | nowrap | balance | pretty | stable", "text-wrap-mode")                    \
    X(PageBreakBefore, "page-break-before", Custom, "auto | always | avoid | left | right", "break-before")            \
    X(PageBreakAfter, "page-break-after", Custom, "auto | always | avoid | left | right", "break-after")               \
    X(PageBreakInside, "page-break-inside", Custom, "auto | avoid", "break-inside")
