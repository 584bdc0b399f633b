// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/engine/base/atoms.h"
#include "renderer/engine/style/rule_keys.h"

#include <array>
#include <cstdint>

namespace bulkhead::engine {

/// A counting Bloom filter of the names that the ancestors of the current element have: it refuses most selectors whose
/// ancestors are not there.
class AncestorFilter
{
public:
    /// Never 0. Tags lowered, ids and classes as they are compared.
    static std::uint32_t hash(RuleKeyKind kind, Atom name)
    {
        const std::uint32_t mixed = (std::uint32_t(name) * 4 + std::uint32_t(kind)) * 0x9e3779b1u;
        return mixed == 0 ? 1 : mixed;
    }

    void add(std::uint32_t hash)
    {
        increment(m_counts[first(hash)]);
        increment(m_counts[second(hash)]);
    }
    /// Of one that was added.
    void remove(std::uint32_t hash)
    {
        decrement(m_counts[first(hash)]);
        decrement(m_counts[second(hash)]);
    }
    /// False only if it was not added.
    bool mayContain(std::uint32_t hash) const { return m_counts[first(hash)] && m_counts[second(hash)]; }

private:
    static constexpr std::uint8_t Stuck = 255; // a counter that was full says nothing any more

    static std::size_t first(std::uint32_t hash) { return hash >> 20; }
    static std::size_t second(std::uint32_t hash) { return hash >> 8 & 4095; }
    static void increment(std::uint8_t &count)
    {
        if (count != Stuck)
            ++count;
    }
    static void decrement(std::uint8_t &count)
    {
        if (count != Stuck)
            --count;
    }

    std::array<std::uint8_t, 4096> m_counts{};
};

} // namespace bulkhead::engine
