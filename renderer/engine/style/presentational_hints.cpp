// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/presentational_hints.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/style/hint_writer.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

void addBody(HintWriter &hints)
{
    hints.addColor(attr::Bgcolor, "background-color");
    hints.addColor(attr::Text, "color");
    hints.addBackground();
    hints.addPixels(attr::Marginwidth, "margin-inline");
    hints.addPixels(attr::Marginheight, "margin-block");
    hints.addPixels("leftmargin", "margin-left");
    hints.addPixels("rightmargin", "margin-right");
    hints.addPixels("topmargin", "margin-top");
    hints.addPixels("bottommargin", "margin-bottom");
}

/// 15.3.3: blocks in them are aligned, too.
void addBlockAlign(HintWriter &hints)
{
    hints.addMapped(attr::Align, "text-align",
                    {{u"left", "-webkit-left"},
                     {u"right", "-webkit-right"},
                     {u"center", "-webkit-center"},
                     {u"middle", "-webkit-center"},
                     {u"justify", "justify"}});
}

void addTextAlign(HintWriter &hints)
{
    hints.addMapped(attr::Align, "text-align",
                    {{u"left", "left"}, {u"right", "right"}, {u"center", "center"}, {u"justify", "justify"}});
}

void addVerticalAlign(HintWriter &hints)
{
    hints.addMapped(attr::Valign, "vertical-align",
                    {{u"top", "top"}, {u"middle", "middle"}, {u"bottom", "bottom"}, {u"baseline", "baseline"}});
}

void addTable(HintWriter &hints)
{
    hints.addDimension(attr::Width, "width", ZeroDimension::Ignored);
    hints.addDimension(attr::Height, "height");
    hints.addColor(attr::Bgcolor, "background-color");
    hints.addColor(attr::Bordercolor, "border-color");
    hints.addBackground();
    hints.addMapped(attr::Align, "float", {{u"left", "left"}, {u"right", "right"}});
    hints.addMapped(attr::Align, "margin-inline", {{u"center", "auto"}, {u"middle", "auto"}});
    hints.addPixels(attr::Cellspacing, "border-spacing");
    if (const QString *border = hints.value(attr::Border))
        hints.add("border-width",
                  QString::number(std::max(0, legacyInteger(*border).value_or(1))) + QStringLiteral("px"));
}

/// Rows, groups of rows and cells.
void addTablePart(HintWriter &hints)
{
    hints.addColor(attr::Bgcolor, "background-color");
    hints.addBackground();
    addBlockAlign(hints);
    addVerticalAlign(hints);
    hints.addDimension(attr::Height, "height", ZeroDimension::Ignored);
}

void addCell(HintWriter &hints, NodeId table)
{
    addTablePart(hints);
    hints.addDimension(attr::Width, "width", ZeroDimension::Ignored);
    if (hints.value(attr::Nowrap))
        hints.add("white-space", QStringLiteral("nowrap"));
    if (table != NodeId::None)
        hints.addPixelsOf(table, attr::Cellpadding, "padding");
}

/// 15.4.3: images, objects and their like.
void addEmbedded(HintWriter &hints)
{
    hints.addMapped(attr::Align, "float", {{u"left", "left"}, {u"right", "right"}});
    hints.addMapped(attr::Align, "vertical-align",
                    {{u"top", "top"},
                     {u"baseline", "baseline"},
                     {u"texttop", "text-top"},
                     {u"middle", "middle"},
                     {u"absmiddle", "middle"},
                     {u"abscenter", "middle"},
                     {u"center", "middle"},
                     {u"bottom", "baseline"}});
    hints.addDimension(attr::Hspace, "margin-inline");
    hints.addDimension(attr::Vspace, "margin-block");
    if (const QString *border = hints.value(attr::Border)) {
        if (const int width = legacyInteger(*border).value_or(0); width > 0)
            hints.add("border", QString::number(width) + QStringLiteral("px solid"));
    }
}

void addSize(HintWriter &hints)
{
    hints.addDimension(attr::Width, "width");
    hints.addDimension(attr::Height, "height");
}

void addImage(HintWriter &hints)
{
    addSize(hints);
    const QString *width = hints.value(attr::Width);
    const QString *height = hints.value(attr::Height);
    if (!width || !height || width->contains(u'%') || height->contains(u'%'))
        return;
    const int x = legacyInteger(*width).value_or(0), y = legacyInteger(*height).value_or(0);
    if (x > 0 && y > 0)
        hints.add("aspect-ratio", QStringLiteral("auto %1 / %2").arg(x).arg(y));
}

void addRule(HintWriter &hints)
{
    hints.addMapped(attr::Align, "margin-inline", {{u"left", "0 auto"}, {u"right", "auto 0"}, {u"center", "auto"}});
    hints.addDimension(attr::Width, "width");
    hints.addColor(attr::Color, "color");
    const QString *size = hints.value(attr::Size);
    const int pixels = size ? legacyInteger(*size).value_or(0) : 0;
    if (pixels <= 0)
        return;
    if (hints.value(attr::Color) || hints.value(attr::Noshade))
        hints.add("border-width", QString::number(pixels / 2.0) + QStringLiteral("px"));
    else if (pixels == 1)
        hints.add("border-bottom-width", QStringLiteral("0"));
    else
        hints.add("height", QString::number(pixels - 2) + QStringLiteral("px"));
}

void addFont(HintWriter &hints)
{
    hints.addColor(attr::Color, "color");
    if (const QString *face = hints.value(attr::Face))
        hints.add("font-family", *face);
    if (const QString *size = hints.value(attr::Size)) {
        if (const auto keyword = legacyFontSize(*size))
            hints.add("font-size", *keyword);
    }
}

void addListType(HintWriter &hints)
{
    const QString *type = hints.value(attr::Type);
    if (!type)
        return;
    static constexpr std::pair<QStringView, const char *> Letters[] = {
        {u"1", "decimal"}, {u"a", "lower-alpha"}, {u"A", "upper-alpha"}, {u"i", "lower-roman"}, {u"I", "upper-roman"}};
    for (const auto &[letter, style] : Letters) {
        if (*type == letter)
            hints.add("list-style-type", QString::fromLatin1(style));
    }
    hints.addMapped(attr::Type, "list-style-type",
                    {{u"disc", "disc"}, {u"circle", "circle"}, {u"square", "square"}, {u"none", "none"}});
}

void addLink(const Document &document, HintWriter &hints)
{
    const NodeId body = document.childOfRoot(tag::Body);
    if (body != NodeId::None && hints.value(attr::Href))
        hints.addColorOf(body, attr::Link, "color");
}

void addByName(const Document &document, NodeId element, NodeId table, HintWriter &hints)
{
    switch (KnownName(document.node(element).name)) {
    case KnownName::TagBody:
        return addBody(hints);
    case KnownName::TagA:
        return addLink(document, hints);
    case KnownName::TagDiv:
        return addBlockAlign(hints);
    case KnownName::TagP:
    case KnownName::TagH1:
    case KnownName::TagH2:
    case KnownName::TagH3:
    case KnownName::TagH4:
    case KnownName::TagH5:
    case KnownName::TagH6:
        return addTextAlign(hints);
    case KnownName::TagTable:
        return addTable(hints);
    case KnownName::TagThead:
    case KnownName::TagTbody:
    case KnownName::TagTfoot:
    case KnownName::TagTr:
        return addTablePart(hints);
    case KnownName::TagTd:
    case KnownName::TagTh:
        return addCell(hints, table);
    case KnownName::TagCol:
    case KnownName::TagColgroup:
        hints.addDimension(attr::Width, "width");
        return addVerticalAlign(hints);
    case KnownName::TagCaption:
        return hints.addMapped(attr::Align, "caption-side", {{u"bottom", "bottom"}, {u"top", "top"}});
    case KnownName::TagImg:
    case KnownName::TagInput:
        if (document.node(element).name == tag::Input && hints.valueIsNot(attr::Type, u"image"))
            return;
        addImage(hints);
        return addEmbedded(hints);
    case KnownName::TagEmbed:
    case KnownName::TagIframe:
    case KnownName::TagObject:
    case KnownName::TagApplet:
        addSize(hints);
        return addEmbedded(hints);
    case KnownName::TagVideo:
    case KnownName::TagCanvas:
        return addImage(hints);
    case KnownName::TagHr:
        return addRule(hints);
    case KnownName::TagBr:
        return hints.addMapped(attr::Clear, "clear",
                               {{u"left", "left"}, {u"right", "right"}, {u"all", "both"}, {u"both", "both"}});
    case KnownName::TagFont:
        return addFont(hints);
    case KnownName::TagOl:
    case KnownName::TagUl:
    case KnownName::TagLi:
        return addListType(hints);
    case KnownName::TagMarquee:
        hints.addColor(attr::Bgcolor, "background-color");
        return addSize(hints);
    default:
        return;
    }
}

} // namespace

QString presentationalHints(const Document &document, NodeId element, NodeId table)
{
    if (document.node(element).space != Namespace::Html)
        return {};
    // Cells take their padding from the table; others need an attribute.
    const Atom name = document.node(element).name;
    const bool isCell = name == tag::Td || name == tag::Th;
    if (document.node(element).attributeCount == 0 && !(isCell && table != NodeId::None))
        return {};
    HintWriter hints(document, element);
    addByName(document, element, table, hints);
    return hints.take();
}

} // namespace bulkhead::engine
