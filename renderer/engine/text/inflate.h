// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>

namespace bulkhead::engine {

/// What zlib compressed (RFC 1950, 1951) into exactly @p size bytes; empty when it is anything else. Unlike
/// qUncompress() it stops there, so that a small file cannot become gigabytes.
QByteArray inflateZlib(const QByteArray &data, qsizetype size);

} // namespace bulkhead::engine
