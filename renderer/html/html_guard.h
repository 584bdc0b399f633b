// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/html_limits.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <vector>

namespace bulkhead {

/// A <style> element or a <link rel="stylesheet">, in document order.
struct StyleSource
{
    QByteArray text; ///< of a <style>
    QString href;    ///< of a <link>, as written; empty for a <style>
    QString media;   ///< as written
};

/// XML closes <a/> and reads <![CDATA[]]> as text; HTML does neither.
enum class MarkupSyntax { Html, Xml };

/// What HtmlGuard made of a document.
struct GuardedHtml
{
    QByteArray html;                  ///< UTF-8, every element closed, no scripts, no style sheets
    std::vector<StyleSource> styles;  ///< number N stands in html as <link rel="stylesheet" href="N">
    std::vector<QByteArray> dataUrls; ///< number N stands in html as src="bulkhead-data:N"
    QStringList icons;                ///< href of <link rel="icon">, as written
    QString baseHref;                 ///< of the first <base>, as written
    bool cut = false;                 ///< a limit was reached and the rest left out
};

/// The pass between the network and the HTML parser: rewrites a document so that neither the parser nor the layout
/// engine behind it can be made to take exponential time or unbounded memory by its markup.
///
/// Works on tokens, keeps a stack of open elements and closes what the document leaves open (the HTML rules for omitted
/// end tags; misnested formatting is closed where its block ends). Bounds depth, elements, words, attributes and
/// tables; flattens tables nested too deeply; removes scripts, comments, frames and event handlers; takes style sheets,
/// data: URLs and inline SVG out, so that they can be guarded by their own kind. Linear in time and memory.
/// Tokens: https://html.spec.whatwg.org/multipage/parsing.html#tokenization
/// Omitted tags: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
class HtmlGuard
{
public:
    explicit HtmlGuard(const HtmlLimits &limits = {});

    GuardedHtml guard(const QByteArray &utf8, MarkupSyntax syntax = MarkupSyntax::Html) const;

private:
    HtmlLimits m_limits;
};

} // namespace bulkhead
