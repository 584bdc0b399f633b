// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/payload.h"

#include <cstring>

namespace bulkhead::lab {

namespace {

constexpr std::uint64_t Step = 0x9e3779b97f4a7c15; // any odd number whose bits are mixed: 2^64 / the golden ratio

std::uint64_t firstWord(std::uint64_t number)
{
    return (number + 1) * 0xd1342543de82ef95; // multiplier of a 64-bit congruential generator (Steele and Vigna, 2021)
}

} // namespace

std::uint64_t fill(Bytes message, std::uint64_t number)
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

std::optional<std::uint64_t> check(ConstBytes message, std::uint64_t number)
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

} // namespace bulkhead::lab
