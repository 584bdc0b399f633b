// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/error.h"

#include <cerrno>
#include <system_error>

namespace bulkhead {

Error Error::fromErrno(std::string_view call)
{
    return fromErrno(call, errno);
}

Error Error::fromErrno(std::string_view call, int number)
{
    return {std::string(call) + ": " + std::generic_category().message(number), number};
}

} // namespace bulkhead
