// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>

namespace bulkhead::engine {

/// A font file of the web as the TrueType or OpenType file that it is or holds (WOFF 1). Empty when it is neither, too
/// large, or damaged. WOFF 2 is not known.
QByteArray sfntOf(const QByteArray &file);

} // namespace bulkhead::engine
