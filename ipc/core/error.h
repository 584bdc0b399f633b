// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <string>
#include <string_view>

namespace bulkhead {

/// Why something could not be done, for a log or, worded by the caller, for a person.
struct Error
{
    std::string what; ///< a sentence fragment: "memfd_create: Too many open files"
    int number = 0;   ///< errno, or 0 where there was none

    /// From the current errno (or @p number), as "CALL: meaning".
    static Error fromErrno(std::string_view call);
    static Error fromErrno(std::string_view call, int number);
};

} // namespace bulkhead
