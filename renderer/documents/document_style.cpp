// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/document_style.h"

#include "renderer/page/page.h"

namespace bulkhead {

namespace {

// $names are replaced by the colours of the scheme.
constexpr char styleSheet[] = R"css(
body { margin: 0; background-color: $background; color: $text; font-family: sans-serif; font-size: 16px;
       line-height: 1.55; }
a { color: $accent; text-decoration: none; }
a:hover { text-decoration: underline; }
.markdown { max-width: 780px; margin: 0 auto; padding: 36px 32px 72px 32px; }
h1, h2, h3, h4, h5, h6 { line-height: 1.25; font-weight: bold; margin: 28px 0 12px 0; }
h1 { font-size: 30px; margin-top: 0; padding-bottom: 10px; border-bottom: 1px solid $rule; }
h2 { font-size: 23px; padding-bottom: 7px; border-bottom: 1px solid $rule; }
h3 { font-size: 19px; }
h4 { font-size: 16px; }
h5, h6 { font-size: 14px; color: $muted; }
p, ul, ol, pre, table, blockquote, dl { margin: 0 0 16px 0; }
ul, ol { padding-left: 30px; }
li { margin: 4px 0; }
li ul, li ol { margin-bottom: 0; }
li p { margin-bottom: 8px; }
code { font-family: monospace; font-size: 14px; background-color: $surface; border-radius: 4px; padding: 1px 4px; }
pre { font-family: monospace; font-size: 14px; line-height: 1.45; background-color: $surface; border-radius: 6px;
      padding: 14px 16px; white-space: pre-wrap; }
pre code { padding: 0; background-color: transparent; }
blockquote { border-left: 4px solid $rule; padding: 2px 0 2px 16px; color: $muted; }
hr { height: 1px; border: 0; background-color: $rule; margin: 28px 0; }
img { max-width: 100%; }
del { color: $muted; }
.task { font-size: 17px; color: $accent; }
li.todo { list-style-type: none; margin-left: -22px; }
blockquote p { margin-bottom: 8px; }
.notice { background-color: $surface; border-left: 4px solid $accent; padding: 10px 16px; color: $muted; }
table { border-collapse: collapse; }
thead, tfoot { display: table-row-group; }
.markdown td, .markdown th { border: 1px solid $rule; padding: 6px 13px; vertical-align: top; }
.markdown th { background-color: $surface; font-weight: bold; }
.listing { max-width: 960px; margin: 0 auto; padding: 36px 32px 72px 32px; }
.listing h1 { font-size: 22px; font-weight: normal; border-bottom: 0; padding-bottom: 0; margin-bottom: 18px; }
.listing table { width: 100%; font-size: 15px; }
.listing th { text-align: left; font-size: 13px; font-weight: normal; color: $muted;
              padding: 6px 12px 6px 8px; border-bottom: 1px solid $rule; }
.listing td { padding: 5px 12px 5px 8px; border-bottom: 1px solid $surface; vertical-align: top; }
.listing .size, .listing .date { text-align: right; white-space: nowrap; color: $muted; width: 1px; }
.listing .icon { width: 24px; padding-right: 0; padding-top: 11px; }
.folder { width: 16px; height: 10px; margin-top: 2px; background-color: $accent; border-radius: 0 2px 2px 2px; }
.tab { width: 8px; height: 2px; margin-top: -2px; background-color: $accent; border-radius: 2px 2px 0 0; }
.file { width: 9px; height: 12px; margin-left: 3px; border: 1px solid $muted; border-radius: 2px; }
.empty { color: $muted; }
)css";

const DocumentColors lightColors{
    QColor(0xff, 0xff, 0xff), QColor(0xf3, 0xf4, 0xf6), QColor(0xd5, 0xd9, 0xde), QColor(0x1f, 0x24, 0x2b),
    QColor(0x5b, 0x65, 0x71), QColor(0x0b, 0x63, 0x9c), QColor(0xb9, 0xd9, 0xf2), QColor(0xff, 0xee, 0x99),
    QColor(0xff, 0xb3, 0x4d), QColor(0x1f, 0x24, 0x2b),
};

const DocumentColors darkColors{
    QColor(0x1b, 0x1e, 0x23), QColor(0x27, 0x2b, 0x32), QColor(0x3d, 0x43, 0x4c), QColor(0xdf, 0xe3, 0xe8),
    QColor(0x9a, 0xa4, 0xb0), QColor(0x6d, 0xb6, 0xea), QColor(0x2f, 0x55, 0x75), QColor(0x7a, 0x66, 0x1d),
    QColor(0xf0, 0xa0, 0x3c), QColor(0x10, 0x12, 0x15),
};

} // namespace

ColorScheme colorSchemeOf(const DocumentHead &head)
{
    return head.darkColors ? ColorScheme::Dark : ColorScheme::Light;
}

const DocumentColors &documentColors(ColorScheme scheme)
{
    return scheme == ColorScheme::Dark ? darkColors : lightColors;
}

QByteArray documentStyleSheet(ColorScheme scheme)
{
    const DocumentColors &colors = documentColors(scheme);
    QByteArray css(styleSheet);
    css.replace("$background", colors.background.name().toLatin1());
    css.replace("$surface", colors.surface.name().toLatin1());
    css.replace("$rule", colors.rule.name().toLatin1());
    css.replace("$text", colors.text.name().toLatin1());
    css.replace("$muted", colors.muted.name().toLatin1());
    css.replace("$accent", colors.accent.name().toLatin1());
    return css;
}

QByteArray generatedDocument(const QString &title, const QByteArray &bodyClass, const QByteArray &body,
                             ColorScheme scheme)
{
    return "<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>" + title.toHtmlEscaped().toUtf8() +
           "</title><style>" + documentStyleSheet(scheme) + "</style></head>\n<body><div class=\"" + bodyClass +
           "\">\n" + body + "</div></body></html>\n";
}

} // namespace bulkhead
