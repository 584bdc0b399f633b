// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/protocol/payload.h"

#include <algorithm>
#include <cstring>

namespace bulkhead::lab {

namespace {

constexpr std::uint64_t Step = 0x9e3779b97f4a7c15; // any odd number whose bits are mixed: 2^64 / the golden ratio

constexpr std::uint64_t Factor = 0xd1342543de82ef95; // of a 64-bit congruential generator (Steele and Vigna, 2021)

/// The number by which one multiplies to undo a multiplication by an odd one, modulo 2^64 (Newton's iteration).
constexpr std::uint64_t inverse(std::uint64_t odd)
{
    std::uint64_t result = odd;
    for (int i = 0; i < 5; ++i)
        result *= 2 - odd * result;
    return result;
}
static_assert(Factor * inverse(Factor) == 1);

std::uint64_t firstWord(std::uint64_t number)
{
    return (number + 1) * Factor;
}

} // namespace

// Hot: what every message passes through lies together in the program, so that a process that has just been switched to
// finds it with few misses.
[[gnu::hot]] std::uint64_t fill(Bytes message, std::uint64_t number)
{
    std::byte *out = message.data();
    const std::size_t words = message.size() / sizeof(std::uint64_t);
    const std::uint64_t first = firstWord(number);
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < words; ++i) {
        const std::uint64_t word = first + i * Step;
        std::memcpy(out + i * sizeof word, &word, sizeof word);
        sum += word;
    }
    for (std::size_t i = words * sizeof(std::uint64_t); i < message.size(); ++i) {
        out[i] = std::byte(first >> (8 * (i % 8)));
        sum += std::uint64_t(out[i]);
    }
    return sum;
}

[[gnu::hot]] std::optional<std::uint64_t> check(ConstBytes message, std::uint64_t number)
{
    const std::byte *in = message.data();
    const std::size_t words = message.size() / sizeof(std::uint64_t);
    const std::uint64_t first = firstWord(number);
    std::uint64_t sum = 0, different = 0;
    for (std::size_t i = 0; i < words; ++i) {
        std::uint64_t word = 0;
        std::memcpy(&word, in + i * sizeof word, sizeof word);
        different |= word ^ (first + i * Step);
        sum += word;
    }
    for (std::size_t i = words * sizeof(std::uint64_t); i < message.size(); ++i) {
        different |= std::uint64_t(in[i] ^ std::byte(first >> (8 * (i % 8))));
        sum += std::uint64_t(in[i]);
    }
    if (different != 0)
        return {};
    return sum;
}

std::uint64_t numberOf(ConstBytes message, std::uint64_t least)
{
    std::uint64_t word = 0;
    const std::size_t known = std::min(message.size(), sizeof word);
    std::memcpy(&word, message.data(), known);
    // The low bytes of a product depend on the low bytes of its factors only.
    const std::uint64_t number = word * inverse(Factor) - 1;
    if (known == sizeof word)
        return number;
    const std::uint64_t mask = (std::uint64_t(1) << (8 * known)) - 1;
    return least + ((number - least) & mask);
}

} // namespace bulkhead::lab
