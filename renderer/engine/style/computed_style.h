// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/style/image_value.h"
#include "renderer/engine/style/keywords.h"
#include "renderer/engine/style/length.h"

#include <QColor>
#include <QHash>
#include <QSharedDataPointer>
#include <QString>

#include <array>
#include <optional>
#include <variant>
#include <vector>

namespace bulkhead::engine {

/// What selects a font; equal descriptions are the same font. Inherited.
struct FontDescription : QSharedData
{
    std::vector<QString> families; ///< in order; generic ones as their keyword ("monospace")
    float size = 16;               ///< CSS pixels
    std::uint16_t weight = 400;    ///< 1 to 1000
    FontSlant slant = FontSlant::Normal;
    float stretch = 100; ///< percent
    FontCaps caps = FontCaps::Normal;
    FontKerning kerning = FontKerning::Auto;
    bool ligatures = true;                         ///< font-variant-ligatures: none; letter-spacing turns them off
    std::vector<std::pair<QString, int>> features; ///< font-feature-settings
    std::optional<float> sizeAdjust;               ///< font-size-adjust

    bool operator==(const FontDescription &other) const
    {
        return families == other.families && size == other.size && weight == other.weight && slant == other.slant &&
               stretch == other.stretch && caps == other.caps && kerning == other.kerning &&
               ligatures == other.ligatures && features == other.features && sizeAdjust == other.sizeAdjust;
    }
};

struct Shadow
{
    float x = 0, y = 0, blur = 0, spread = 0; ///< CSS pixels
    QColor color;                             ///< resolved: currentcolor is gone
    bool isInset = false;
    friend bool operator==(const Shadow &, const Shadow &) = default;
};

/// Custom properties: unparsed values whose var() are substituted. Names with their dashes.
using CustomProperties = QHash<QString, QString>;

/// Inherited properties of text.
struct TextStyle : QSharedData
{
    QColor color = Qt::black;
    Length lineHeight = Length(Length::Kind::Normal); ///< Normal, Number (times the font size) or Fixed
    float letterSpacing = 0;
    float wordSpacing = 0;
    Length textIndent = Length::px(0);
    bool textIndentHanging = false, textIndentEachLine = false;
    TextAlign textAlign = TextAlign::Start;
    TextAlignLast textAlignLast = TextAlignLast::Auto;
    TextJustify textJustify = TextJustify::Auto;
    TextTransform textTransform = TextTransform::None;
    WhiteSpaceCollapse whiteSpace = WhiteSpaceCollapse::Collapse;
    TextWrap wrap = TextWrap::Wrap;
    Length tabSize = Length(Length::Kind::Number, 8); ///< Number (of spaces) or Fixed
    OverflowWrap overflowWrap = OverflowWrap::Normal;
    WordBreak wordBreak = WordBreak::Normal;
    LineBreak lineBreak = LineBreak::Auto;
    Hyphens hyphens = Hyphens::Manual;
    Direction direction = Direction::Ltr;
    std::vector<Shadow> textShadow;
    QString language; ///< of lang=""; BCP 47
    // What the cascade has to remember of fonts; FontDescription has what comes of it.
    std::uint8_t fontSizeKeyword = 4; ///< 1 xx-small, 4 medium, 8 xxx-large; 0: none of them
    bool fontSizeIsAbsolute = false;  ///< a length: it does not follow a change to monospace
    std::uint32_t fontVariants = 0;   ///< bits, see apply_fonts.cpp
    std::vector<std::pair<QString, int>> fontFeatureSettings;
};

/// Other inherited properties.
struct InheritedStyle : QSharedData
{
    Visibility visibility = Visibility::Visible;
    Cursor cursor = Cursor::Auto;
    PointerEvents pointerEvents = PointerEvents::Auto;
    UserSelect userSelect = UserSelect::Auto;
    QString listStyleType = QStringLiteral("disc"); ///< a counter style's name; "none"; a string begins with '"'
    ListPosition listStylePosition = ListPosition::Outside;
    ImageValue listStyleImage; ///< empty: none
    BorderCollapse borderCollapse = BorderCollapse::Separate;
    float borderSpacingX = 0, borderSpacingY = 0;
    CaptionSide captionSide = CaptionSide::Top;
    EmptyCells emptyCells = EmptyCells::Show;
    std::vector<std::pair<QString, QString>> quotes; ///< by nesting; empty: none
    int orphans = 2, widows = 2;
    bool darkScheme = false; ///< color-scheme, as it came out for this person
    CustomProperties custom;
};

/// Sizes, margins and padding.
struct BoxStyle : QSharedData
{
    Length width, height;
    Length minWidth, minHeight; ///< Auto: css-sizing's automatic minimum
    Length maxWidth = Length(Length::Kind::None), maxHeight = Length(Length::Kind::None);
    LengthEdges margin{Length::px(0), Length::px(0), Length::px(0), Length::px(0)};
    LengthEdges padding{Length::px(0), Length::px(0), Length::px(0), Length::px(0)};
    LengthEdges inset; ///< top, right, bottom, left
    BoxSizing boxSizing = BoxSizing::ContentBox;
    std::optional<float> aspectRatio; ///< width over height
    bool aspectRatioAuto = true;      ///< a replaced element's own ratio comes first
};

struct BorderSide
{
    float width = 0; ///< used: 0 when the style is none or hidden
    BorderStyle style = BorderStyle::None;
    QColor color;
    friend bool operator==(const BorderSide &, const BorderSide &) = default;
};

struct BackgroundLayer
{
    ImageValue image;
    BackgroundRepeat repeatX = BackgroundRepeat::Repeat, repeatY = BackgroundRepeat::Repeat;
    BackgroundAttachment attachment = BackgroundAttachment::Scroll;
    LengthPair position{Length::percent(0), Length::percent(0)}; ///< from the top left
    enum class Size : std::uint8_t { Lengths, Cover, Contain } sizeKind = Size::Lengths;
    LengthPair size; ///< Auto or lengths
    BackgroundBox origin = BackgroundBox::PaddingBox, clip = BackgroundBox::BorderBox;
    friend bool operator==(const BackgroundLayer &, const BackgroundLayer &) = default;
};

/// css-backgrounds-3 6.
struct BorderImage
{
    ImageValue source;
    std::array<Length, 4> slice{Length::percent(100), Length::percent(100), Length::percent(100), Length::percent(100)};
    bool fill = false;
    std::array<Length, 4> width{Length(Length::Kind::Number, 1), Length(Length::Kind::Number, 1),
                                Length(Length::Kind::Number, 1), Length(Length::Kind::Number, 1)};
    std::array<Length, 4> outset{Length::px(0), Length::px(0), Length::px(0), Length::px(0)};
    enum class Repeat : std::uint8_t { Stretch, Repeat, Round, Space } repeatX = Repeat::Stretch,
                                                                       repeatY = Repeat::Stretch;
};

/// Backgrounds, borders and what is drawn round a box.
struct DecorationStyleGroup : QSharedData
{
    QColor backgroundColor = Qt::transparent;
    std::vector<BackgroundLayer> backgrounds; ///< the first is on top; empty: none
    std::array<BorderSide, 4> border;         ///< top, right, bottom, left
    std::array<LengthPair, 4> radius{};       ///< from the top left, clockwise; Auto counts as 0
    BorderImage borderImage;
    std::vector<Shadow> boxShadow;
    BorderSide outline;
    float outlineOffset = 0;
};

struct TransformOperation
{
    enum class Kind : std::uint8_t { Translate, Scale, Rotate, SkewX, SkewY, Matrix, Other3d } kind = Kind::Translate;
    LengthPair translate;
    std::array<double, 16> values{}; ///< Scale: x y; Rotate, Skew: degrees; Matrix: six; Other3d: 4x4, by columns
    friend bool operator==(const TransformOperation &, const TransformOperation &) = default;
};

struct CounterOperation
{
    QString name;
    int value = 0;
};

/// A part of content: (css-content-3).
struct ContentItem
{
    enum class Kind : std::uint8_t {
        Text,
        Attribute,
        Counter,
        Counters,
        OpenQuote,
        CloseQuote,
        NoOpenQuote,
        NoCloseQuote,
        Image
    } kind = Kind::Text;
    QString text;         ///< the text, attribute or counter
    QString separator;    ///< of counters()
    QString counterStyle; ///< empty: decimal
    ImageValue image;
};

/// What few elements set: everything else of the properties that are not inherited.
struct RareStyle : QSharedData
{
    // Effects
    float opacity = 1;
    std::vector<TransformOperation> transform;
    std::array<Length, 3> transformOrigin{Length::percent(50), Length::percent(50), Length::px(0)};
    std::optional<std::array<Length, 4>> clip; ///< of absolutely positioned boxes; Auto: that edge
    Isolation isolation = Isolation::Auto;
    // Generated content
    bool contentIsNone = false; ///< content: none
    std::optional<std::vector<ContentItem>> content;
    std::vector<CounterOperation> counterReset, counterIncrement, counterSet;
    // Decoration of text, not inherited but spread over the descendants
    bool underline = false, overline = false, lineThrough = false;
    DecorationStyle decorationStyle = DecorationStyle::Solid;
    QColor decorationColor;     ///< resolved
    Length decorationThickness; ///< Auto
    Length underlineOffset;     ///< Auto
    TextOverflow textOverflow = TextOverflow::Clip;
    // Columns
    std::optional<int> columnCount;
    Length columnWidth;
    BorderSide columnRule;
    ColumnFill columnFill = ColumnFill::Balance;
    bool columnSpanAll = false;
    // Pages
    BreakBetween breakBefore = BreakBetween::Auto, breakAfter = BreakBetween::Auto;
    BreakInside breakInside = BreakInside::Auto;
    BoxDecorationBreak decorationBreak = BoxDecorationBreak::Slice;
    // Replaced elements
    ObjectFit objectFit = ObjectFit::Fill;
    LengthPair objectPosition{Length::percent(50), Length::percent(50)};
};

/// One size of a grid track (css-grid-1 7.2); minmax() has both, anything else twice the same.
struct TrackSize
{
    Length min, max;
    friend bool operator==(const TrackSize &, const TrackSize &) = default;
};

/// grid-template-columns or -rows, as written: repeat() with a count is unrolled, auto-fill is not.
struct GridTemplate
{
    struct Track
    {
        TrackSize size;
        std::vector<QString> lineNamesBefore;
    };
    std::vector<Track> tracks;
    std::vector<QString> lineNamesAfter; ///< after the last track
    enum class AutoRepeat : std::uint8_t { None, Fill, Fit } autoRepeat = AutoRepeat::None;
    std::size_t autoRepeatAt = 0;     ///< index of the first track that is repeated
    std::size_t autoRepeatTracks = 0; ///< how many
    std::vector<QString> autoRepeatLineNamesAfter;
};

/// grid-row-start and its siblings (css-grid-1 8.3).
struct GridLine
{
    enum class Kind : std::uint8_t { Auto, Line, Span, Area } kind = Kind::Auto;
    int number = 0; ///< of Line (not 0; 1 when only named) and Span (1 when only named)
    QString name;
    friend bool operator==(const GridLine &, const GridLine &) = default;
};

/// Flexible boxes and grids, both of containers and items.
struct FlexGridStyle : QSharedData
{
    FlexDirection flexDirection = FlexDirection::Row;
    FlexWrap flexWrap = FlexWrap::NoWrap;
    float flexGrow = 0, flexShrink = 1;
    Length flexBasis;
    int order = 0;
    AlignmentValue alignContent, alignItems, alignSelf{Alignment::Auto};
    AlignmentValue justifyContent, justifyItems, justifySelf{Alignment::Auto};
    GridTemplate templateColumns, templateRows;
    std::vector<std::vector<QString>> templateAreas; ///< by rows; "." is an empty name
    std::vector<TrackSize> autoColumns, autoRows;
    bool autoFlowColumn = false, autoFlowDense = false;
    GridLine rowStart, rowEnd, columnStart, columnEnd;
};

/// Everything computed for one element or pseudo-element. Cheap to copy; immutable once it is in a StyleTable.
struct ComputedStyle
{
    QSharedDataPointer<FontDescription> font{new FontDescription};
    QSharedDataPointer<TextStyle> text{new TextStyle};
    QSharedDataPointer<InheritedStyle> inherited{new InheritedStyle};
    QSharedDataPointer<BoxStyle> box{new BoxStyle};
    QSharedDataPointer<DecorationStyleGroup> decoration{new DecorationStyleGroup};
    QSharedDataPointer<RareStyle> rare{new RareStyle};
    QSharedDataPointer<FlexGridStyle> flexGrid{new FlexGridStyle};

    Display display;         ///< after css-display-3 2.7: floats, absolute boxes, flex items and the root are blocks
    Display originalDisplay; ///< as it was before that, for static positions
    Position position = Position::Static;
    Float floating = Float::None;
    Clear clear = Clear::None;
    Overflow overflowX = Overflow::Visible, overflowY = Overflow::Visible;
    UnicodeBidi unicodeBidi = UnicodeBidi::Normal;
    VerticalAlign verticalAlign = VerticalAlign::Baseline;
    Length verticalAlignLength; ///< percent of the line height
    TableLayout tableLayout = TableLayout::Auto;
    std::optional<int> zIndex;
    Length rowGap = Length(Length::Kind::Normal), columnGap = Length(Length::Kind::Normal);

    bool isFloating() const { return floating != Float::None && !isOutOfFlow(); }
    bool isOutOfFlow() const { return position == Position::Absolute || position == Position::Fixed; }
    bool isPositioned() const { return position != Position::Static; }
    bool isScrollContainer() const { return overflowX != Overflow::Visible && overflowX != Overflow::Clip; }
};

} // namespace bulkhead::engine
