// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/mechanisms/mechanism.h"

#include <fstream>
#include <map>

namespace bulkhead::lab {

namespace {
Bytes grown(std::vector<std::byte> &buffer, std::size_t bytes)
{
    if (buffer.size() < bytes)
        buffer.resize(bytes);
    return Bytes(buffer).first(bytes);
}
} // namespace

[[gnu::hot]] Result<Bytes> Link::compose(std::size_t bytes)
{
    return grown(m_outgoing, bytes);
}

[[gnu::hot]] Bytes Link::incoming(std::size_t bytes)
{
    return grown(m_incoming, bytes);
}

std::size_t systemLimit(const char *file)
{
    static std::map<std::string, std::size_t> known;
    const auto [entry, isNew] = known.try_emplace(file, 0);
    if (isNew) {
        std::ifstream in(file);
        in >> entry->second;
    }
    return entry->second;
}

} // namespace bulkhead::lab
