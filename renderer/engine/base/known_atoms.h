// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"

#include <QStringView>

#include <cstdint>
#include <span>

// clang-format off
/// Names of elements that HTML defines or once did, and those of SVG and MathML that its parser knows.
#define BULKHEAD_KNOWN_TAGS(X)                                                                                        \
    X(A, "a") X(Abbr, "abbr") X(Acronym, "acronym") X(Address, "address") X(Applet, "applet") X(Area, "area")         \
    X(Article, "article") X(Aside, "aside") X(Audio, "audio") X(B, "b") X(Base, "base") X(Basefont, "basefont")       \
    X(Bdi, "bdi") X(Bdo, "bdo") X(Bgsound, "bgsound") X(Big, "big") X(Blink, "blink")                                 \
    X(Blockquote, "blockquote") X(Body, "body") X(Br, "br") X(Button, "button") X(Canvas, "canvas")                   \
    X(Caption, "caption") X(Center, "center") X(Cite, "cite") X(Code, "code") X(Col, "col")                           \
    X(Colgroup, "colgroup") X(Data, "data") X(Datalist, "datalist") X(Dd, "dd") X(Del, "del")                         \
    X(Details, "details") X(Dfn, "dfn") X(Dialog, "dialog") X(Dir, "dir") X(Div, "div") X(Dl, "dl") X(Dt, "dt")       \
    X(Em, "em") X(Embed, "embed") X(Fieldset, "fieldset") X(Figcaption, "figcaption") X(Figure, "figure")             \
    X(Font, "font") X(Footer, "footer") X(Form, "form") X(Frame, "frame") X(Frameset, "frameset") X(H1, "h1")         \
    X(H2, "h2") X(H3, "h3") X(H4, "h4") X(H5, "h5") X(H6, "h6") X(Head, "head") X(Header, "header")                   \
    X(Hgroup, "hgroup") X(Hr, "hr") X(Html, "html") X(I, "i") X(Iframe, "iframe") X(Image, "image")                   \
    X(Img, "img") X(Input, "input") X(Ins, "ins") X(Isindex, "isindex") X(Kbd, "kbd") X(Keygen, "keygen")             \
    X(Label, "label") X(Legend, "legend") X(Li, "li") X(Link, "link") X(Listing, "listing") X(Main, "main")           \
    X(Map, "map") X(Mark, "mark") X(Marquee, "marquee") X(Math, "math") X(Menu, "menu") X(Menuitem, "menuitem")       \
    X(Meta, "meta") X(Meter, "meter") X(Nav, "nav") X(Nobr, "nobr") X(Noembed, "noembed")                             \
    X(Noframes, "noframes") X(Noscript, "noscript") X(Object, "object") X(Ol, "ol") X(Optgroup, "optgroup")           \
    X(Option, "option") X(Output, "output") X(P, "p") X(Param, "param") X(Picture, "picture")                         \
    X(Plaintext, "plaintext") X(Pre, "pre") X(Progress, "progress") X(Q, "q") X(Rb, "rb") X(Rp, "rp")                 \
    X(Rt, "rt") X(Rtc, "rtc") X(Ruby, "ruby") X(S, "s") X(Samp, "samp") X(Script, "script") X(Search, "search")       \
    X(Section, "section") X(Select, "select") X(Slot, "slot") X(Small, "small") X(Source, "source")                   \
    X(Span, "span") X(Strike, "strike") X(Strong, "strong") X(Style, "style") X(Sub, "sub")                           \
    X(Summary, "summary") X(Sup, "sup") X(Svg, "svg") X(Table, "table") X(Tbody, "tbody") X(Td, "td")                 \
    X(Template, "template") X(Textarea, "textarea") X(Tfoot, "tfoot") X(Th, "th") X(Thead, "thead")                   \
    X(Time, "time") X(Title, "title") X(Tr, "tr") X(Track, "track") X(Tt, "tt") X(U, "u") X(Ul, "ul")                 \
    X(Var, "var") X(Video, "video") X(Wbr, "wbr") X(Xmp, "xmp") X(Desc, "desc")                                       \
    X(ForeignObject, "foreignObject") X(G, "g") X(Path, "path") X(Rect, "rect") X(Circle, "circle") X(Mi, "mi")       \
    X(Mo, "mo") X(Mn, "mn") X(Ms, "ms") X(Mtext, "mtext") X(AnnotationXml, "annotation-xml")

/// Names of attributes that the engine asks for, and are no element's.
#define BULKHEAD_KNOWN_ATTRIBUTES(X)                                                                                  \
    X(Align, "align") X(Alink, "alink") X(Alt, "alt") X(Autofocus, "autofocus") X(Autoplay, "autoplay")               \
    X(Axis, "axis") X(Background, "background") X(Bgcolor, "bgcolor") X(Border, "border")                             \
    X(Bordercolor, "bordercolor") X(Cellpadding, "cellpadding") X(Cellspacing, "cellspacing") X(Char, "char")         \
    X(Charoff, "charoff") X(Charset, "charset") X(Checked, "checked") X(Class, "class") X(Clear, "clear")             \
    X(Color, "color") X(Cols, "cols") X(Colspan, "colspan") X(Compact, "compact") X(Content, "content")               \
    X(Controls, "controls") X(Coords, "coords") X(Datetime, "datetime") X(Disabled, "disabled")                       \
    X(Download, "download") X(Enctype, "enctype") X(Face, "face") X(Frameborder, "frameborder")                       \
    X(Headers, "headers") X(Height, "height") X(Hidden, "hidden") X(Href, "href") X(Hreflang, "hreflang")             \
    X(Hspace, "hspace") X(HttpEquiv, "http-equiv") X(Id, "id") X(Ismap, "ismap") X(Lang, "lang")                      \
    X(Language, "language") X(Loading, "loading") X(Longdesc, "longdesc") X(Low, "low") X(High, "high")               \
    X(Optimum, "optimum") X(Marginheight, "marginheight") X(Marginwidth, "marginwidth") X(Max, "max")                 \
    X(Maxlength, "maxlength") X(Media, "media") X(Method, "method") X(Min, "min") X(Multiple, "multiple")             \
    X(Name, "name") X(Nohref, "nohref") X(Noshade, "noshade") X(Novalidate, "novalidate") X(Nowrap, "nowrap")         \
    X(Open, "open") X(Pattern, "pattern") X(Placeholder, "placeholder")                                               \
    X(PreserveAspectRatio, "preserveAspectRatio") X(Readonly, "readonly") X(Rel, "rel") X(Required, "required")       \
    X(Rev, "rev") X(Reversed, "reversed") X(Role, "role") X(Rows, "rows") X(Rowspan, "rowspan")                       \
    X(Rules, "rules") X(Sandbox, "sandbox") X(Scope, "scope") X(Scrolling, "scrolling") X(Selected, "selected")       \
    X(Shape, "shape") X(Size, "size") X(Sizes, "sizes") X(Src, "src") X(Srcdoc, "srcdoc") X(Srcset, "srcset")         \
    X(Start, "start") X(Step, "step") X(Tabindex, "tabindex") X(Target, "target") X(Text, "text")                     \
    X(Type, "type") X(Usemap, "usemap") X(Valign, "valign") X(Value, "value") X(Valuetype, "valuetype")               \
    X(ViewBox, "viewBox") X(Vlink, "vlink") X(Vspace, "vspace") X(Width, "width") X(Wrap, "wrap")                     \
    X(Xmlns, "xmlns") X(XmlLang, "xml:lang") X(XmlSpace, "xml:space") X(XmlBase, "xml:base")                          \
    X(XlinkHref, "xlink:href") X(Version, "version") X(Fill, "fill") X(Stroke, "stroke") X(For, "for")

/// Those that are an element's, too.
#define BULKHEAD_SHARED_ATTRIBUTES(X)                                                                                 \
    X(Dir) X(Form) X(Label) X(Link) X(Span) X(Style) X(Summary) X(Title) X(Frame) X(Cite) X(Data)
// clang-format on

namespace bulkhead::engine {

/// The order in which Atoms' constructor interns them.
enum class KnownName : std::uint32_t {
    None,
#define BULKHEAD_ENTRY(Identifier, text) Tag##Identifier,
    BULKHEAD_KNOWN_TAGS(BULKHEAD_ENTRY)
#undef BULKHEAD_ENTRY
#define BULKHEAD_ENTRY(Identifier, text) Attribute##Identifier,
        BULKHEAD_KNOWN_ATTRIBUTES(BULKHEAD_ENTRY)
#undef BULKHEAD_ENTRY
            Count,
};

/// tag::Div is the atom of "div" in every Atoms.
namespace tag {
#define BULKHEAD_ENTRY(Identifier, text) inline constexpr Atom Identifier = Atom(KnownName::Tag##Identifier);
BULKHEAD_KNOWN_TAGS(BULKHEAD_ENTRY)
#undef BULKHEAD_ENTRY
} // namespace tag

/// attr::HttpEquiv is the atom of "http-equiv", attr::XmlLang that of "xml:lang".
namespace attr {
#define BULKHEAD_ENTRY(Identifier, text) inline constexpr Atom Identifier = Atom(KnownName::Attribute##Identifier);
BULKHEAD_KNOWN_ATTRIBUTES(BULKHEAD_ENTRY)
#undef BULKHEAD_ENTRY
#define BULKHEAD_ENTRY(Identifier) inline constexpr Atom Identifier = tag::Identifier;
BULKHEAD_SHARED_ATTRIBUTES(BULKHEAD_ENTRY)
#undef BULKHEAD_ENTRY
} // namespace attr

/// All of them in that order, without None.
std::span<const QStringView> knownNames();

} // namespace bulkhead::engine
