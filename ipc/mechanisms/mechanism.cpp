// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/mechanisms/mechanism.h"

#include <fstream>

namespace bulkhead::lab {

namespace {
Bytes grown(std::vector<std::byte> &buffer, std::size_t bytes)
{
    if (buffer.size() < bytes)
        buffer.resize(bytes);
    return Bytes(buffer).first(bytes);
}
} // namespace

Result<Bytes> Link::compose(std::size_t bytes)
{
    return grown(m_outgoing, bytes);
}

Bytes Link::incoming(std::size_t bytes)
{
    return grown(m_incoming, bytes);
}

std::size_t systemLimit(const char *file)
{
    std::ifstream in(file);
    std::size_t number = 0;
    in >> number;
    return number;
}

} // namespace bulkhead::lab
