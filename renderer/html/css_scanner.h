// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace bulkhead {

/// Replaces each comment by a space; an unterminated one runs to the end. Also drops NUL and HTML comment marks.
QByteArray withoutCssComments(QByteArrayView css);

/// First position at or after @p from of one of @p stops outside of strings and of (), [] and {}; the size if none.
qsizetype findOutsideBrackets(QByteArrayView css, qsizetype from, QByteArrayView stops);

/// Position behind the bracket that closes the one at @p open; the size when nothing does.
qsizetype skipBrackets(QByteArrayView css, qsizetype open);

/// Splits at @p separator outside of strings and brackets; parts are trimmed.
std::vector<QByteArrayView> splitOutsideBrackets(QByteArrayView css, char separator);

/// A brace stands outside of strings.
bool hasBraces(QByteArrayView css);

/// Strings end, and every bracket closes.
bool isBalancedCss(QByteArrayView css);

} // namespace bulkhead
