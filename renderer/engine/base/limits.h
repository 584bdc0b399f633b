// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QtGlobal>

#include <cstddef>

namespace bulkhead::engine {

/// What a document may cost its parser. Far above real ones (the HTML standard on one page: 12 MB, 330,000 elements,
/// depth 25), and low enough that a document that reaches all of them is a matter of seconds and some hundred
/// megabytes.
struct ParseLimits
{
    qsizetype sourceBytes = 48 * 1024 * 1024; ///< with data: addresses in it
    int depth = 512;                          ///< of elements: Chromium's own limit, and what all recursion relies on
    int attributes = 256;                     ///< of one element: gumbo compares each with each
    int nodes = 800'000;                      ///< elements and texts
    int formatting = 128; ///< <b>, <font>, ... that are open: each paragraph after them opens them again
    std::size_t parserBytes = std::size_t(1) << 30; ///< that gumbo may ask for: the net under the rest
};

namespace limits {

/// Elements in each other: whatever recurses over the document or its boxes may rely on it.
inline constexpr int Depth = 512;
inline constexpr int StyleSheets = 256;                    ///< of one document, imported ones included
inline constexpr int ImportDepth = 8;                      ///< of @import in each other
inline constexpr qsizetype SheetBytes = 4 * 1024 * 1024;   ///< of one style sheet: Bootstrap has 0.2 MB
inline constexpr qsizetype SheetsBytes = 12 * 1024 * 1024; ///< of all of one document
inline constexpr int FontFaces = 64;                       ///< @font-face files of one document
inline constexpr int Spans = 1000;                         ///< colspan, as the HTML standard clamps it
inline constexpr int RowSpans = 65534;                     ///< rowspan, likewise
/// Boxes of one document, generated ones included: a third of a gigabyte of boxes and fragments.
inline constexpr int Boxes = 1'500'000;
inline constexpr qsizetype TextCharacters = 32 * 1024 * 1024; ///< of a layout, generated ones included

} // namespace limits

} // namespace bulkhead::engine
