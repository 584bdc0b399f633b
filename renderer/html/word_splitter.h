// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

#include <functional>

namespace bulkhead {

/// Splits text into what may not be broken across lines and the white space between, which is passed on character by
/// character. Ideographs and kana may be broken anywhere but before closing marks; very long words are cut.
void splitWords(const QString &text, const std::function<void(const QString &)> &onWord,
                const std::function<void(QChar)> &onSpace);

} // namespace bulkhead
