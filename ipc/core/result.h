// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/error.h"

#include <tl/expected.hpp>

namespace bulkhead {

/// A value, or why there is none. `return fail("open")` ends a function with the current errno.
template <class T>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}
inline tl::unexpected<Error> fail(std::string_view call)
{
    return tl::unexpected<Error>(Error::fromErrno(call));
}

} // namespace bulkhead
