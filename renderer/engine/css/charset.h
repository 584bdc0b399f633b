// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArrayView>
#include <QString>

namespace bulkhead::engine::css {

/// The encoding that a sheet's bytes say they are in, by "@charset" (css-syntax-3 3.2); empty if none. What the
/// transport says, and a byte-order mark, come first.
QString declaredCharset(QByteArrayView bytes);

} // namespace bulkhead::engine::css
