// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace bulkhead {

struct DocumentHead;

/// A Markdown document as a whole HTML document, by cmark-gfm: CommonMark with GitHub's tables, strikethrough, task
/// lists and autolinks, and footnotes. Headings get the ids that GitHub gives them, so that tables of contents work.
/// HTML inside the Markdown is left out, and so are links with dangerous schemes. A document that is cut at
/// maximumMarkdownBytes says so at its end. Main thread.
QByteArray markdownToHtml(QByteArrayView source, const DocumentHead &head);

inline constexpr qsizetype maximumMarkdownBytes = 8 * 1024 * 1024;

} // namespace bulkhead
