// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringView>

#include <cstddef>

namespace bulkhead::engine {

/// Whether a line may break between the ASCII characters round @p offset, neither of which is white space. UAX 14
/// leaves this open to tailoring, and browsers agree on rules of their own, so that addresses and code stay whole: no
/// break after
/// "/" or "|", one after "?" and "-", one before an opening bracket that follows punctuation.
bool isAsciiBreak(QStringView text, std::size_t offset);

} // namespace bulkhead::engine
