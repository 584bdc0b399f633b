// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>

/// Computed keywords of the properties that the engine knows, by property. The order is that of nothing.
namespace bulkhead::engine {

// css-display-3 2: an outer and an inner type, and what tables are made of.
enum class DisplayOutside : std::uint8_t { None, Contents, Block, Inline, Internal };
enum class DisplayInside : std::uint8_t {
    Flow,
    FlowRoot,
    Table,
    Flex,
    Grid,
    // Internal ones:
    TableRowGroup,
    TableHeaderGroup,
    TableFooterGroup,
    TableRow,
    TableCell,
    TableColumnGroup,
    TableColumn,
    TableCaption,
};
struct Display
{
    DisplayOutside outside = DisplayOutside::Inline;
    DisplayInside inside = DisplayInside::Flow;
    bool isListItem = false;

    constexpr bool isNone() const { return outside == DisplayOutside::None; }
    constexpr bool isInlineLevel() const { return outside == DisplayOutside::Inline; }
    constexpr bool isBlockLevel() const { return outside == DisplayOutside::Block; }
    constexpr bool isTablePart() const { return outside == DisplayOutside::Internal; }
    friend constexpr bool operator==(Display, Display) = default;
};

enum class Position : std::uint8_t { Static, Relative, Absolute, Fixed, Sticky };
enum class Float : std::uint8_t { None, Left, Right };
enum class Clear : std::uint8_t { None, Left, Right, Both };
enum class BoxSizing : std::uint8_t { ContentBox, BorderBox };
enum class Overflow : std::uint8_t { Visible, Hidden, Clip, Scroll, Auto };
enum class Visibility : std::uint8_t { Visible, Hidden, Collapse };
enum class Direction : std::uint8_t { Ltr, Rtl };
enum class UnicodeBidi : std::uint8_t { Normal, Embed, Isolate, BidiOverride, IsolateOverride, Plaintext };

enum class BorderStyle : std::uint8_t { None, Hidden, Dotted, Dashed, Solid, Double, Groove, Ridge, Inset, Outset };
enum class BorderCollapse : std::uint8_t { Separate, Collapse };
enum class CaptionSide : std::uint8_t { Top, Bottom };
enum class EmptyCells : std::uint8_t { Show, Hide };
enum class TableLayout : std::uint8_t { Auto, Fixed };
enum class VerticalAlign : std::uint8_t { Baseline, Sub, Super, Top, TextTop, Middle, Bottom, TextBottom, Length };

enum class FontSlant : std::uint8_t { Normal, Italic, Oblique };
enum class FontCaps : std::uint8_t { Normal, SmallCaps, AllSmallCaps, PetiteCaps, AllPetiteCaps, Unicase, Titling };
enum class FontKerning : std::uint8_t { Auto, Normal, None };
enum class TextAlign : std::uint8_t {
    Start,
    End,
    Left,
    Right,
    Center,
    Justify,
    // <center> and align="": blocks inside are aligned, too.
    BlockLeft,
    BlockRight,
    BlockCenter,
};
enum class TextAlignLast : std::uint8_t { Auto, Start, End, Left, Right, Center, Justify };
enum class TextJustify : std::uint8_t { Auto, None, InterWord, InterCharacter };
enum class TextTransform : std::uint8_t { None, Capitalize, Uppercase, Lowercase, FullWidth };
enum class WhiteSpaceCollapse : std::uint8_t { Collapse, Preserve, PreserveBreaks, BreakSpaces };
enum class TextWrap : std::uint8_t { Wrap, NoWrap };
enum class OverflowWrap : std::uint8_t { Normal, BreakWord, Anywhere };
enum class WordBreak : std::uint8_t { Normal, BreakAll, KeepAll, BreakWord };
enum class LineBreak : std::uint8_t { Auto, Loose, Normal, Strict, Anywhere };
enum class Hyphens : std::uint8_t { Manual, None, Auto };
enum class TextOverflow : std::uint8_t { Clip, Ellipsis };
enum class DecorationStyle : std::uint8_t { Solid, Double, Dotted, Dashed, Wavy };
enum class ListPosition : std::uint8_t { Outside, Inside };
enum class Cursor : std::uint8_t { Auto, Default, Pointer, Text, Wait, Help, Move, Crosshair, NotAllowed, None, Other };
enum class UserSelect : std::uint8_t { Auto, None, All };
enum class PointerEvents : std::uint8_t { Auto, None };

enum class FlexDirection : std::uint8_t { Row, RowReverse, Column, ColumnReverse };
enum class FlexWrap : std::uint8_t { NoWrap, Wrap, WrapReverse };
/// css-align-3: of all align-* and justify-* properties.
enum class Alignment : std::uint8_t {
    Auto,
    Normal,
    Stretch,
    Start,
    End,
    FlexStart,
    FlexEnd,
    SelfStart,
    SelfEnd,
    Left,
    Right,
    Center,
    Baseline,
    LastBaseline,
    SpaceBetween,
    SpaceAround,
    SpaceEvenly,
};
struct AlignmentValue
{
    Alignment value = Alignment::Normal;
    bool isSafe = false;   ///< "safe": not so that anything is lost at the start
    bool isLegacy = false; ///< justify-items: legacy
    friend constexpr bool operator==(AlignmentValue, AlignmentValue) = default;
};

enum class ObjectFit : std::uint8_t { Fill, Contain, Cover, None, ScaleDown };
enum class BackgroundRepeat : std::uint8_t { Repeat, NoRepeat, Space, Round };
enum class BackgroundBox : std::uint8_t { BorderBox, PaddingBox, ContentBox, Text };
enum class BackgroundAttachment : std::uint8_t { Scroll, Fixed, Local };
enum class ColumnFill : std::uint8_t { Balance, Auto };
enum class BreakBetween : std::uint8_t { Auto, Avoid, Always, Column, Page, Left, Right };
enum class BreakInside : std::uint8_t { Auto, Avoid };
enum class BoxDecorationBreak : std::uint8_t { Slice, Clone };
enum class Isolation : std::uint8_t { Auto, Isolate };

} // namespace bulkhead::engine
