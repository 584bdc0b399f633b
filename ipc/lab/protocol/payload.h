// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"

#include <cstdint>
#include <optional>

namespace bulkhead::lab {

/// Writes every byte of @p message with a pattern that @p number determines, and returns its checksum.
std::uint64_t fill(Bytes message, std::uint64_t number);

/// Reads every byte, and returns the checksum when each is what fill() wrote for @p number: stronger than comparing
/// sums.
std::optional<std::uint64_t> check(ConstBytes message, std::uint64_t number);

/// The number of a message that was filled, if that is @p least or more: exact from 8 bytes on, below modulo 256 per
/// byte.
std::uint64_t numberOf(ConstBytes message, std::uint64_t least);

} // namespace bulkhead::lab
