// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/protocol/pressure_board.h"

namespace bulkhead::lab {

Result<PressureBoardMemory> PressureBoardMemory::map(Result<Memfd> memory)
{
    if (!memory)
        return tl::unexpected(memory.error());
    Result<MemfdRegion> region = MemfdRegion::map(*memory, MapAccess::ReadWrite);
    if (!region)
        return tl::unexpected(region.error());
    return PressureBoardMemory(std::move(*memory), std::move(*region));
}

Result<PressureBoardMemory> PressureBoardMemory::create()
{
    return map(Memfd::create("lab-pressure", sizeof(PressureBoard)));
}

Result<PressureBoardMemory> PressureBoardMemory::adopt(UniqueFd fd)
{
    return map(Memfd::adopt(std::move(fd), sizeof(PressureBoard)));
}

} // namespace bulkhead::lab
