// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QStringList>

namespace bulkhead {

/// A place in a text, from 1, in characters; 0 when there is none.
struct TextPosition
{
    int line = 0;
    int column = 0;
};

/// Where the byte at @p offset is.
TextPosition positionOf(const QByteArray &text, qsizetype offset);
/// Where the value at @p path (names of members, numbers of elements) begins in @p json, which is known to be
/// well-formed; where a part of the path is missing, where the innermost one that is there begins.
TextPosition positionOf(const QByteArray &json, const QStringList &path);

} // namespace bulkhead
