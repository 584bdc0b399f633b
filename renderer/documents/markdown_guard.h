// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>

namespace bulkhead {

/// What stands between Markdown from anywhere and cmark-gfm 0.29, whose time grows with the square of some inputs:
/// runs of block openers and of brackets are shortened, paragraphs and tables of absurd size are broken in two. Nothing
/// that people write comes near the limits. Linear in time.
QByteArray guardedMarkdown(const QByteArray &utf8);

struct MarkdownLimits
{
    static constexpr int nesting = 100;              ///< block quotes and list items opened by one line
    static constexpr int openBrackets = 200;         ///< '[' without ']' in one paragraph
    static constexpr qsizetype paragraph = 8 * 1024; ///< bytes
    static constexpr int tableColumns = 256;
    static constexpr int missingCells = 100'000; ///< that cmark would add to the tables of the whole document
};

} // namespace bulkhead
