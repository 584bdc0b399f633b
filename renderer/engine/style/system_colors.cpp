// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/value_conversion.h"

namespace bulkhead::engine {

using namespace css;

namespace {

struct SystemColorRow
{
    Keyword keyword;
    QRgb light, dark;
};
/// css-color-4 6.2 and appendix A, as Chromium has them.
constexpr SystemColorRow Rows[] = {
    {"canvas"_kw, 0xffffffff, 0xff121212},
    {"canvastext"_kw, 0xff000000, 0xffffffff},
    {"visitedtext"_kw, 0xff551a8b, 0xffd0adf0},
    {"buttonface"_kw, 0xffefefef, 0xff6b6b6b},
    {"buttontext"_kw, 0xff000000, 0xffffffff},
    {"buttonborder"_kw, 0xff767676, 0xff858585},
    {"field"_kw, 0xffffffff, 0xff3b3b3b},
    {"fieldtext"_kw, 0xff000000, 0xffffffff},
    {"highlight"_kw, 0xffb5d5ff, 0xff0059d1},
    {"highlighttext"_kw, 0xff000000, 0xffffffff},
    {"selecteditem"_kw, 0xff0059d1, 0xff99c8ff},
    {"selecteditemtext"_kw, 0xffffffff, 0xff3b3b3b},
    {"mark"_kw, 0xffffff00, 0xffffff00},
    {"marktext"_kw, 0xff000000, 0xff000000},
    {"graytext"_kw, 0xff808080, 0xff808080},
    {"accentcolor"_kw, 0xff0075ff, 0xff99c8ff},
    {"accentcolortext"_kw, 0xffffffff, 0xff000000},
    {"activeborder"_kw, 0xff767676, 0xff858585},
    {"activecaption"_kw, 0xffffffff, 0xff121212},
    {"appworkspace"_kw, 0xffffffff, 0xff121212},
    {"background"_kw, 0xffffffff, 0xff121212},
    {"buttonhighlight"_kw, 0xffefefef, 0xff6b6b6b},
    {"buttonshadow"_kw, 0xffefefef, 0xff6b6b6b},
    {"captiontext"_kw, 0xff000000, 0xffffffff},
    {"inactiveborder"_kw, 0xff767676, 0xff858585},
    {"inactivecaption"_kw, 0xffffffff, 0xff121212},
    {"inactivecaptiontext"_kw, 0xff808080, 0xff808080},
    {"infobackground"_kw, 0xffffffff, 0xff121212},
    {"infotext"_kw, 0xff000000, 0xffffffff},
    {"menu"_kw, 0xffffffff, 0xff121212},
    {"menutext"_kw, 0xff000000, 0xffffffff},
    {"scrollbar"_kw, 0xffffffff, 0xff121212},
    {"threeddarkshadow"_kw, 0xff767676, 0xff858585},
    {"threedface"_kw, 0xffefefef, 0xff6b6b6b},
    {"threedhighlight"_kw, 0xff767676, 0xff858585},
    {"threedlightshadow"_kw, 0xff767676, 0xff858585},
    {"threedshadow"_kw, 0xff767676, 0xff858585},
    {"window"_kw, 0xffffffff, 0xff121212},
    {"windowframe"_kw, 0xff767676, 0xff858585},
    {"windowtext"_kw, 0xff000000, 0xffffffff},
};

} // namespace

QColor systemColor(Keyword keyword, const StyleEnvironment &environment, bool isDark)
{
    if (keyword == "linktext"_kw || keyword == "-webkit-link"_kw)
        return isDark ? QColor(0x9e, 0x9e, 0xff) : environment.linkColor;
    if (keyword == "activetext"_kw)
        return isDark ? QColor(0xff, 0x9e, 0x9e) : environment.activeLinkColor;
    for (const SystemColorRow &row : Rows) {
        if (row.keyword == keyword)
            return QColor::fromRgba(isDark ? row.dark : row.light);
    }
    return Qt::black;
}

} // namespace bulkhead::engine
