// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/page.h"

#include <memory>

namespace bulkhead {

/// What shows HTML: HtmlPage on litehtml, or engine::EnginePage.
enum class HtmlEngine { Litehtml, Own };
inline constexpr HtmlEngine DefaultHtmlEngine = HtmlEngine::Litehtml;

/// The page for a document, by its MIME type:
///
///   text/html, application/xhtml+xml            HTML
///   text/markdown, text/x-markdown              HTML that cmark-gfm makes of it
///   application/vnd.bulkhead.listing+json       HTML of a directory listing
///   image/...                                   ImagePage
///   text/..., JSON, XML, scripts                TextPage; so is everything else that a browser decided to show
///
/// Never null. Which types can be shown at all is canShow()'s answer; the browser, which links none of this, keeps a
/// list of its own to tell documents from downloads, and that list must not be longer than this one.
std::unique_ptr<Page> createPage(const DocumentHead &head, PageClient &client, HtmlEngine engine = DefaultHtmlEngine);

/// text/..., image/..., application/... that ends in +xml or +json, and application/ json, xml, javascript, ecmascript,
/// x-javascript, x-shellscript, x-sh, x-perl, x-python, x-ruby, x-php, x-desktop, x-yaml, yaml, toml, sql.
/// @p mimeType is lower case, without parameters.
bool canShow(const QString &mimeType);

} // namespace bulkhead
