// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/channel/fd_demand.h"

namespace bulkhead {

BadMessage checkMessageFd(const UniqueFd &fd, FdKind kind, const FdDemand &demand)
{
    switch (checkFd(fd, kind, demand)) {
    case FdFault::None:
        return BadMessage::None;
    case FdFault::WrongType:
        return BadMessage::FdWrongType;
    case FdFault::WrongAccess:
        return BadMessage::FdWrongAccess;
    case FdFault::MissingSeals:
        return BadMessage::FdMissingSeals;
    case FdFault::WrongSize:
        return BadMessage::FdWrongSize;
    }
    return BadMessage::FdWrongType;
}

} // namespace bulkhead
