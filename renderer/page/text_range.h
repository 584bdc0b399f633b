// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Characters of a document's text from start up to, not including, end.
struct TextRange
{
    int start = 0;
    int end = 0;

    bool isEmpty() const { return start >= end; }
    friend bool operator==(TextRange, TextRange) = default;
};

} // namespace bulkhead
