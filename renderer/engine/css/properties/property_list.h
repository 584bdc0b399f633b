// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// The longhands that the engine knows: identifier, name, whether it is inherited, what a change of it invalidates,
/// initial value, grammar. Where style computes keywords by their place (Value::number), they stand in the order of
/// keywords.h. Those that others are computed from come first.
#define BULKHEAD_LONGHANDS(X)                                                                                          \
    X(Direction, "direction", Inherited, Boxes, "ltr", "ltr | rtl")                                                    \
    X(FontFamily, "font-family", Inherited, Layout, "serif", "<font-family>")                                          \
    X(FontSize, "font-size", Inherited, Layout, "medium", "<font-size>")                                               \
    X(FontWeight, "font-weight", Inherited, Layout, "normal", "normal | bold | bolder | lighter | <number[1,1000]>")   \
    X(FontStyle, "font-style", Inherited, Layout, "normal", "normal | italic | [ oblique <angle[-90,90]>? ]")          \
    X(FontStretch, "font-stretch", Inherited, Layout, "normal", "<font-stretch> | <percentage[0,]>")                   \
    X(FontVariantCaps, "font-variant-caps", Inherited, Layout, "normal",                                               \
      "normal | small-caps | all-small-caps | petite-caps | all-petite-caps | unicase | titling-caps")                 \
    X(FontVariantLigatures, "font-variant-ligatures", Inherited, Layout, "normal",                                     \
      "normal | none | [ <common-lig> || <discretionary-lig> || <historical-lig> || <contextual-alt> ]")               \
    X(FontVariantNumeric, "font-variant-numeric", Inherited, Layout, "normal",                                         \
      "normal | [ <numeric-figure> || <numeric-spacing> || <numeric-fraction> || ordinal || slashed-zero ]")           \
    X(FontVariantEastAsian, "font-variant-east-asian", Inherited, Layout, "normal",                                    \
      "normal | [ <east-asian-form> || [ full-width | proportional-width ] || ruby ]")                                 \
    X(FontVariantPosition, "font-variant-position", Inherited, Layout, "normal", "normal | sub | super")               \
    X(FontKerning, "font-kerning", Inherited, Layout, "auto", "auto | normal | none")                                  \
    X(FontFeatureSettings, "font-feature-settings", Inherited, Layout, "normal",                                       \
      "normal | [ <feature-tag> [ <integer[0,]> | on | off ]? ]#")                                                     \
    X(FontSizeAdjust, "font-size-adjust", Inherited, Layout, "none", "none | <number[0,]>")                            \
    X(ColorScheme, "color-scheme", Inherited, Paint, "normal", "normal | <custom-ident>+")                             \
    X(Color, "color", Inherited, Paint, "canvastext", "<color>")                                                       \
    X(LineHeight, "line-height", Inherited, Layout, "normal", "normal | <number[0,]> | <length-percentage[0,]>")       \
    X(LetterSpacing, "letter-spacing", Inherited, Layout, "normal", "normal | <length>")                               \
    X(WordSpacing, "word-spacing", Inherited, Layout, "normal", "normal | <length-percentage>")                        \
    X(TextIndent, "text-indent", Inherited, Layout, "0", "<length-percentage> && hanging? && each-line?")              \
    X(TextAlign, "text-align", Inherited, Layout, "start",                                                             \
      "start | end | left | right | center | justify | -webkit-left | -webkit-right | -webkit-center | match-parent "  \
      "| -internal-center")                                                                                            \
    X(TextAlignLast, "text-align-last", Inherited, Layout, "auto",                                                     \
      "auto | start | end | left | right | center | justify")                                                          \
    X(TextJustify, "text-justify", Inherited, Layout, "auto",                                                          \
      "auto | none | inter-word | inter-character | distribute")                                                       \
    X(TextTransform, "text-transform", Inherited, Layout, "none",                                                      \
      "none | capitalize | uppercase | lowercase | full-width")                                                        \
    X(WhiteSpaceCollapse, "white-space-collapse", Inherited, Boxes, "collapse",                                        \
      "collapse | preserve | preserve-breaks | break-spaces")                                                          \
    X(TextWrapMode, "text-wrap-mode", Inherited, Layout, "wrap", "wrap | nowrap")                                      \
    X(TabSize, "tab-size", Inherited, Layout, "8", "<number[0,]> | <length[0,]>")                                      \
    X(OverflowWrap, "overflow-wrap", Inherited, Layout, "normal", "normal | break-word | anywhere")                    \
    X(WordBreak, "word-break", Inherited, Layout, "normal", "normal | break-all | keep-all | break-word")              \
    X(LineBreak, "line-break", Inherited, Layout, "auto", "auto | loose | normal | strict | anywhere")                 \
    X(Hyphens, "hyphens", Inherited, Layout, "manual", "manual | none | auto")                                         \
    X(TextShadow, "text-shadow", Inherited, Paint, "none", "none | [ <color>? && [ <length>{2} <length[0,]>? ] ]#")    \
    X(TextUnderlineOffset, "text-underline-offset", Inherited, Paint, "auto", "auto | <length-percentage>")            \
    X(Visibility, "visibility", Inherited, Paint, "visible", "visible | hidden | collapse")                            \
    X(Cursor, "cursor", Inherited, Nothing, "auto", "<cursor>")                                                        \
    X(PointerEvents, "pointer-events", Inherited, Nothing, "auto", "auto | none | <svg-pointer-events>")               \
    X(UserSelect, "user-select", Inherited, Nothing, "auto", "auto | none | all | text | contain")                     \
    X(ListStyleType, "list-style-type", Inherited, Boxes, "disc", "<string> | <counter-style>")                        \
    X(ListStylePosition, "list-style-position", Inherited, Boxes, "outside", "outside | inside")                       \
    X(ListStyleImage, "list-style-image", Inherited, Boxes, "none", "none | <image>")                                  \
    X(BorderCollapse, "border-collapse", Inherited, Boxes, "separate", "separate | collapse")                          \
    X(BorderSpacing, "border-spacing", Inherited, Layout, "0", "<length[0,]>{1,2}")                                    \
    X(CaptionSide, "caption-side", Inherited, Boxes, "top", "top | bottom")                                            \
    X(EmptyCells, "empty-cells", Inherited, Paint, "show", "show | hide")                                              \
    X(Quotes, "quotes", Inherited, Boxes, "auto", "auto | none | [ <string> <string> ]+")                              \
    X(Orphans, "orphans", Inherited, Layout, "2", "<integer[1,]>")                                                     \
    X(Widows, "widows", Inherited, Layout, "2", "<integer[1,]>")                                                       \
    X(Display, "display", Reset, Boxes, "inline", "<display>")                                                         \
    X(Position, "position", Reset, Boxes, "static", "static | relative | absolute | fixed | sticky | -webkit-sticky")  \
    X(Float, "float", Reset, Boxes, "none", "none | left | right | inline-start | inline-end")                         \
    X(Clear, "clear", Reset, Layout, "none", "none | left | right | both | inline-start | inline-end")                 \
    X(OverflowX, "overflow-x", Reset, Boxes, "visible",                                                                \
      "visible | hidden | clip | scroll | auto | overlay | -moz-hidden-unscrollable")                                  \
    X(OverflowY, "overflow-y", Reset, Boxes, "visible",                                                                \
      "visible | hidden | clip | scroll | auto | overlay | -moz-hidden-unscrollable")                                  \
    X(UnicodeBidi, "unicode-bidi", Reset, Layout, "normal",                                                            \
      "normal | embed | isolate | bidi-override | isolate-override | plaintext")                                       \
    X(VerticalAlign, "vertical-align", Reset, Layout, "baseline",                                                      \
      "baseline | sub | super | top | text-top | middle | bottom | text-bottom | <length-percentage>")                 \
    X(TableLayout, "table-layout", Reset, Layout, "auto", "auto | fixed")                                              \
    X(ZIndex, "z-index", Reset, Paint, "auto", "auto | <integer>")                                                     \
    X(RowGap, "row-gap", Reset, Layout, "normal", "normal | <length-percentage[0,]>")                                  \
    X(ColumnGap, "column-gap", Reset, Layout, "normal", "normal | <length-percentage[0,]>")                            \
    X(Width, "width", Reset, Layout, "auto", "auto | <size-keyword> | <fit-content()> | <length-percentage[0,]>")      \
    X(Height, "height", Reset, Layout, "auto", "auto | <size-keyword> | <fit-content()> | <length-percentage[0,]>")    \
    X(MinWidth, "min-width", Reset, Layout, "auto",                                                                    \
      "auto | <size-keyword> | <fit-content()> | <length-percentage[0,]>")                                             \
    X(MinHeight, "min-height", Reset, Layout, "auto",                                                                  \
      "auto | <size-keyword> | <fit-content()> | <length-percentage[0,]>")                                             \
    X(MaxWidth, "max-width", Reset, Layout, "none",                                                                    \
      "none | <size-keyword> | <fit-content()> | <length-percentage[0,]>")                                             \
    X(MaxHeight, "max-height", Reset, Layout, "none",                                                                  \
      "none | <size-keyword> | <fit-content()> | <length-percentage[0,]>")                                             \
    X(MarginTop, "margin-top", Reset, Layout, "0", "auto | <length-percentage>")                                       \
    X(MarginRight, "margin-right", Reset, Layout, "0", "auto | <length-percentage>")                                   \
    X(MarginBottom, "margin-bottom", Reset, Layout, "0", "auto | <length-percentage>")                                 \
    X(MarginLeft, "margin-left", Reset, Layout, "0", "auto | <length-percentage>")                                     \
    X(PaddingTop, "padding-top", Reset, Layout, "0", "<length-percentage[0,]>")                                        \
    X(PaddingRight, "padding-right", Reset, Layout, "0", "<length-percentage[0,]>")                                    \
    X(PaddingBottom, "padding-bottom", Reset, Layout, "0", "<length-percentage[0,]>")                                  \
    X(PaddingLeft, "padding-left", Reset, Layout, "0", "<length-percentage[0,]>")                                      \
    X(Top, "top", Reset, Layout, "auto", "auto | <length-percentage>")                                                 \
    X(Right, "right", Reset, Layout, "auto", "auto | <length-percentage>")                                             \
    X(Bottom, "bottom", Reset, Layout, "auto", "auto | <length-percentage>")                                           \
    X(Left, "left", Reset, Layout, "auto", "auto | <length-percentage>")                                               \
    X(BoxSizing, "box-sizing", Reset, Layout, "content-box", "content-box | border-box")                               \
    X(AspectRatio, "aspect-ratio", Reset, Layout, "auto", "auto || [ <number[0,]> [ / <number[0,]> ]? ]")              \
    X(BorderTopWidth, "border-top-width", Reset, Layout, "medium", "<line-width>")                                     \
    X(BorderRightWidth, "border-right-width", Reset, Layout, "medium", "<line-width>")                                 \
    X(BorderBottomWidth, "border-bottom-width", Reset, Layout, "medium", "<line-width>")                               \
    X(BorderLeftWidth, "border-left-width", Reset, Layout, "medium", "<line-width>")                                   \
    X(BorderTopStyle, "border-top-style", Reset, Layout, "none",                                                       \
      "none | hidden | dotted | dashed | solid | double | groove | ridge | inset | outset")                            \
    X(BorderRightStyle, "border-right-style", Reset, Layout, "none",                                                   \
      "none | hidden | dotted | dashed | solid | double | groove | ridge | inset | outset")                            \
    X(BorderBottomStyle, "border-bottom-style", Reset, Layout, "none",                                                 \
      "none | hidden | dotted | dashed | solid | double | groove | ridge | inset | outset")                            \
    X(BorderLeftStyle, "border-left-style", Reset, Layout, "none",                                                     \
      "none | hidden | dotted | dashed | solid | double | groove | ridge | inset | outset")                            \
    X(BorderTopColor, "border-top-color", Reset, Paint, "currentcolor", "<color>")                                     \
    X(BorderRightColor, "border-right-color", Reset, Paint, "currentcolor", "<color>")                                 \
    X(BorderBottomColor, "border-bottom-color", Reset, Paint, "currentcolor", "<color>")                               \
    X(BorderLeftColor, "border-left-color", Reset, Paint, "currentcolor", "<color>")                                   \
    X(BorderTopLeftRadius, "border-top-left-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")                \
    X(BorderTopRightRadius, "border-top-right-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")              \
    X(BorderBottomRightRadius, "border-bottom-right-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")        \
    X(BorderBottomLeftRadius, "border-bottom-left-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")          \
    X(BorderImageSource, "border-image-source", Reset, Paint, "none", "none | <image>")                                \
    X(BorderImageSlice, "border-image-slice", Reset, Paint, "100%",                                                    \
      "[ <number[0,]> | <percentage[0,]> ]{1,4} && fill?")                                                             \
    X(BorderImageWidth, "border-image-width", Reset, Paint, "1",                                                       \
      "[ <number[0,]> | <length-percentage[0,]> | auto ]{1,4}")                                                        \
    X(BorderImageOutset, "border-image-outset", Reset, Paint, "0", "[ <number[0,]> | <length[0,]> ]{1,4}")             \
    X(BorderImageRepeat, "border-image-repeat", Reset, Paint, "stretch", "[ stretch | repeat | round | space ]{1,2}")  \
    X(BackgroundColor, "background-color", Reset, Paint, "transparent", "<color>")                                     \
    X(BackgroundImage, "background-image", Reset, Paint, "none", "[ none | <image> ]#")                                \
    X(BackgroundPositionX, "background-position-x", Reset, Paint, "0%",                                                \
      "[ [ left | center | right ] | [ [ left | right ] <length-percentage> ] | <length-percentage> ]#")               \
    X(BackgroundPositionY, "background-position-y", Reset, Paint, "0%",                                                \
      "[ [ top | center | bottom ] | [ [ top | bottom ] <length-percentage> ] | <length-percentage> ]#")               \
    X(BackgroundSize, "background-size", Reset, Paint, "auto",                                                         \
      "[ cover | contain | [ auto | <length-percentage[0,]> ]{1,2} ]#")                                                \
    X(BackgroundRepeat, "background-repeat", Reset, Paint, "repeat",                                                   \
      "[ repeat-x | repeat-y | [ repeat | no-repeat | space | round ]{1,2} ]#")                                        \
    X(BackgroundAttachment, "background-attachment", Reset, Paint, "scroll", "[ scroll | fixed | local ]#")            \
    X(BackgroundOrigin, "background-origin", Reset, Paint, "padding-box",                                              \
      "[ border-box | padding-box | content-box ]#")                                                                   \
    X(BackgroundClip, "background-clip", Reset, Paint, "border-box",                                                   \
      "[ border-box | padding-box | content-box | text ]#")                                                            \
    X(BoxShadow, "box-shadow", Reset, Paint, "none",                                                                   \
      "none | [ inset? && [ <length>{2} [ <length[0,]> <length>? ]? ] && <color>? ]#")                                 \
    X(OutlineWidth, "outline-width", Reset, Paint, "medium", "<line-width>")                                           \
    X(OutlineStyle, "outline-style", Reset, Paint, "none",                                                             \
      "auto | none | dotted | dashed | solid | double | groove | ridge | inset | outset")                              \
    X(OutlineColor, "outline-color", Reset, Paint, "auto", "auto | invert | <color>")                                  \
    X(OutlineOffset, "outline-offset", Reset, Paint, "0", "<length>")                                                  \
    X(Opacity, "opacity", Reset, Paint, "1", "<number> | <percentage>")                                                \
    X(Transform, "transform", Reset, Paint, "none", "none | <transform-function>+")                                    \
    X(TransformOrigin, "transform-origin", Reset, Paint, "50% 50%", "<transform-origin>")                              \
    X(Clip, "clip", Reset, Paint, "auto", "auto | <rect()>")                                                           \
    X(Isolation, "isolation", Reset, Paint, "auto", "auto | isolate")                                                  \
    X(Content, "content", Reset, Boxes, "normal",                                                                      \
      "normal | none | [ <content-item>+ [ / [ <string> | <counter> ]+ ]? ]")                                          \
    X(CounterReset, "counter-reset", Reset, Boxes, "none", "none | [ <counter-name-or-reversed> <integer>? ]+")        \
    X(CounterIncrement, "counter-increment", Reset, Boxes, "none", "none | [ <counter-name> <integer>? ]+")            \
    X(CounterSet, "counter-set", Reset, Boxes, "none", "none | [ <counter-name> <integer>? ]+")                        \
    X(TextDecorationLine, "text-decoration-line", Reset, Paint, "none",                                                \
      "none | [ underline || overline || line-through || blink ]")                                                     \
    X(TextDecorationStyle, "text-decoration-style", Reset, Paint, "solid", "solid | double | dotted | dashed | wavy")  \
    X(TextDecorationColor, "text-decoration-color", Reset, Paint, "currentcolor", "<color>")                           \
    X(TextDecorationThickness, "text-decoration-thickness", Reset, Paint, "auto",                                      \
      "auto | from-font | <length-percentage>")                                                                        \
    X(TextOverflow, "text-overflow", Reset, Layout, "clip", "clip | ellipsis | <string>")                              \
    X(ColumnCount, "column-count", Reset, Layout, "auto", "auto | <integer[1,]>")                                      \
    X(ColumnWidth, "column-width", Reset, Layout, "auto", "auto | <length[0,]>")                                       \
    X(ColumnRuleWidth, "column-rule-width", Reset, Paint, "medium", "<line-width>")                                    \
    X(ColumnRuleStyle, "column-rule-style", Reset, Paint, "none",                                                      \
      "none | hidden | dotted | dashed | solid | double | groove | ridge | inset | outset")                            \
    X(ColumnRuleColor, "column-rule-color", Reset, Paint, "currentcolor", "<color>")                                   \
    X(ColumnFill, "column-fill", Reset, Layout, "balance", "balance | auto | balance-all")                             \
    X(ColumnSpan, "column-span", Reset, Layout, "none", "none | all")                                                  \
    X(BreakBefore, "break-before", Reset, Layout, "auto",                                                              \
      "auto | avoid | always | column | page | left | right | avoid-page | avoid-column | recto | verso | all")        \
    X(BreakAfter, "break-after", Reset, Layout, "auto",                                                                \
      "auto | avoid | always | column | page | left | right | avoid-page | avoid-column | recto | verso | all")        \
    X(BreakInside, "break-inside", Reset, Layout, "auto", "auto | avoid | avoid-page | avoid-column")                  \
    X(BoxDecorationBreak, "box-decoration-break", Reset, Paint, "slice", "slice | clone")                              \
    X(ObjectFit, "object-fit", Reset, Paint, "fill", "fill | contain | cover | none | scale-down")                     \
    X(ObjectPosition, "object-position", Reset, Paint, "50% 50%", "<position>")                                        \
    X(FlexDirection, "flex-direction", Reset, Layout, "row", "row | row-reverse | column | column-reverse")            \
    X(FlexWrap, "flex-wrap", Reset, Layout, "nowrap", "nowrap | wrap | wrap-reverse")                                  \
    X(FlexGrow, "flex-grow", Reset, Layout, "0", "<number[0,]>")                                                       \
    X(FlexShrink, "flex-shrink", Reset, Layout, "1", "<number[0,]>")                                                   \
    X(FlexBasis, "flex-basis", Reset, Layout, "auto",                                                                  \
      "content | auto | <size-keyword> | <fit-content()> | <length-percentage[0,]>")                                   \
    X(Order, "order", Reset, Layout, "0", "<integer>")                                                                 \
    X(AlignContent, "align-content", Reset, Layout, "normal", "<align-content>")                                       \
    X(AlignItems, "align-items", Reset, Layout, "normal", "<align-items>")                                             \
    X(AlignSelf, "align-self", Reset, Layout, "auto", "auto | <align-self>")                                           \
    X(JustifyContent, "justify-content", Reset, Layout, "normal", "<justify-content>")                                 \
    X(JustifyItems, "justify-items", Reset, Layout, "legacy", "<justify-items>")                                       \
    X(JustifySelf, "justify-self", Reset, Layout, "auto", "auto | <justify-self>")                                     \
    X(GridTemplateColumns, "grid-template-columns", Reset, Layout, "none", "<grid-template>")                          \
    X(GridTemplateRows, "grid-template-rows", Reset, Layout, "none", "<grid-template>")                                \
    X(GridTemplateAreas, "grid-template-areas", Reset, Layout, "none", "none | <grid-areas>")                          \
    X(GridAutoColumns, "grid-auto-columns", Reset, Layout, "auto", "<track-size>+")                                    \
    X(GridAutoRows, "grid-auto-rows", Reset, Layout, "auto", "<track-size>+")                                          \
    X(GridAutoFlow, "grid-auto-flow", Reset, Layout, "row", "[ row | column ] || dense")                               \
    X(GridRowStart, "grid-row-start", Reset, Layout, "auto", "<grid-line>")                                            \
    X(GridRowEnd, "grid-row-end", Reset, Layout, "auto", "<grid-line>")                                                \
    X(GridColumnStart, "grid-column-start", Reset, Layout, "auto", "<grid-line>")                                      \
    X(GridColumnEnd, "grid-column-end", Reset, Layout, "auto", "<grid-line>")                                          \
    X(MarginBlockStart, "margin-block-start", Reset, Layout, "0", "<'margin-top'>")                                    \
    X(MarginBlockEnd, "margin-block-end", Reset, Layout, "0", "<'margin-top'>")                                        \
    X(MarginInlineStart, "margin-inline-start", Reset, Layout, "0", "<'margin-top'>")                                  \
    X(MarginInlineEnd, "margin-inline-end", Reset, Layout, "0", "<'margin-top'>")                                      \
    X(PaddingBlockStart, "padding-block-start", Reset, Layout, "0", "<'padding-top'>")                                 \
    X(PaddingBlockEnd, "padding-block-end", Reset, Layout, "0", "<'padding-top'>")                                     \
    X(PaddingInlineStart, "padding-inline-start", Reset, Layout, "0", "<'padding-top'>")                               \
    X(PaddingInlineEnd, "padding-inline-end", Reset, Layout, "0", "<'padding-top'>")                                   \
    X(InsetBlockStart, "inset-block-start", Reset, Layout, "auto", "<'top'>")                                          \
    X(InsetBlockEnd, "inset-block-end", Reset, Layout, "auto", "<'top'>")                                              \
    X(InsetInlineStart, "inset-inline-start", Reset, Layout, "auto", "<'top'>")                                        \
    X(InsetInlineEnd, "inset-inline-end", Reset, Layout, "auto", "<'top'>")                                            \
    X(BorderBlockStartWidth, "border-block-start-width", Reset, Layout, "medium", "<line-width>")                      \
    X(BorderBlockEndWidth, "border-block-end-width", Reset, Layout, "medium", "<line-width>")                          \
    X(BorderInlineStartWidth, "border-inline-start-width", Reset, Layout, "medium", "<line-width>")                    \
    X(BorderInlineEndWidth, "border-inline-end-width", Reset, Layout, "medium", "<line-width>")                        \
    X(BorderBlockStartStyle, "border-block-start-style", Reset, Layout, "none", "<'border-top-style'>")                \
    X(BorderBlockEndStyle, "border-block-end-style", Reset, Layout, "none", "<'border-top-style'>")                    \
    X(BorderInlineStartStyle, "border-inline-start-style", Reset, Layout, "none", "<'border-top-style'>")              \
    X(BorderInlineEndStyle, "border-inline-end-style", Reset, Layout, "none", "<'border-top-style'>")                  \
    X(BorderBlockStartColor, "border-block-start-color", Reset, Paint, "currentcolor", "<color>")                      \
    X(BorderBlockEndColor, "border-block-end-color", Reset, Paint, "currentcolor", "<color>")                          \
    X(BorderInlineStartColor, "border-inline-start-color", Reset, Paint, "currentcolor", "<color>")                    \
    X(BorderInlineEndColor, "border-inline-end-color", Reset, Paint, "currentcolor", "<color>")                        \
    X(BorderStartStartRadius, "border-start-start-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")          \
    X(BorderStartEndRadius, "border-start-end-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")              \
    X(BorderEndEndRadius, "border-end-end-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")                  \
    X(BorderEndStartRadius, "border-end-start-radius", Reset, Paint, "0", "<length-percentage[0,]>{1,2}")              \
    X(InlineSize, "inline-size", Reset, Layout, "auto", "<'width'>")                                                   \
    X(BlockSize, "block-size", Reset, Layout, "auto", "<'height'>")                                                    \
    X(MinInlineSize, "min-inline-size", Reset, Layout, "auto", "<'min-width'>")                                        \
    X(MinBlockSize, "min-block-size", Reset, Layout, "auto", "<'min-height'>")                                         \
    X(MaxInlineSize, "max-inline-size", Reset, Layout, "none", "<'max-width'>")                                        \
    X(MaxBlockSize, "max-block-size", Reset, Layout, "none", "<'max-height'>")                                         \
    X(OverflowInline, "overflow-inline", Reset, Boxes, "visible", "<'overflow-x'>")                                    \
    X(OverflowBlock, "overflow-block", Reset, Boxes, "visible", "<'overflow-y'>")
