// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstddef>
#include <cstdint>

namespace bulkhead::fuzz {

/// Numbers that follow from a seed alone, on every machine and with every library: splitmix64. Value; one thread.
class RandomSource
{
public:
    explicit RandomSource(std::uint64_t seed) : m_state(seed) {}

    std::uint64_t next()
    {
        std::uint64_t z = (m_state += 0x9e3779b97f4a7c15u);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }
    /// 0 to @p count - 1; 0 of nothing.
    std::size_t below(std::size_t count) { return count == 0 ? 0 : std::size_t(next() % count); }
    bool oneIn(std::size_t count) { return below(count) == 0; }
    bool perMille(unsigned share) { return below(1000) < share; }
    template <class List>
    const auto &oneOf(const List &list)
    {
        return list[below(list.size())];
    }
    /// Another source, for the part of a whole that has this number.
    static RandomSource ofPart(std::uint64_t seed, std::uint64_t number)
    {
        RandomSource mixed(seed);
        return RandomSource(mixed.next() ^ (number * 0xd1342543de82ef95u));
    }

private:
    std::uint64_t m_state;
};

} // namespace bulkhead::fuzz
