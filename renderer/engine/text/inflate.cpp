// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/text/inflate.h"

#include <array>
#include <cstdint>
#include <span>

namespace bulkhead::engine {

namespace {

/// RFC 1951 3.2.2: how many codes there are of each length, and the symbols in their order.
struct Huffman
{
    std::array<std::uint16_t, 16> counts{};
    std::array<std::uint16_t, 288> symbols{};

    void build(std::span<const std::uint8_t> lengths)
    {
        counts = {};
        for (const std::uint8_t length : lengths)
            ++counts[length];
        counts[0] = 0;
        std::array<std::uint16_t, 16> offsets{};
        for (std::size_t i = 1; i < 15; ++i)
            offsets[i + 1] = std::uint16_t(offsets[i] + counts[i]);
        for (std::size_t symbol = 0; symbol < lengths.size(); ++symbol) {
            if (lengths[symbol] != 0)
                symbols[offsets[lengths[symbol]]++] = std::uint16_t(symbol);
        }
    }
};

// RFC 1951 3.2.5.
constexpr std::array<std::uint16_t, 29> LengthBase{3,  4,  5,  6,  7,  8,  9,  10, 11,  13,  15,  17,  19,  23, 27,
                                                   31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258};
constexpr std::array<std::uint8_t, 29> LengthBits{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2,
                                                  2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0};
constexpr std::array<std::uint16_t, 30> DistanceBase{1,    2,    3,    4,    5,    7,    9,    13,    17,    25,
                                                     33,   49,   65,   97,   129,  193,  257,  385,   513,   769,
                                                     1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577};
constexpr std::array<std::uint8_t, 30> DistanceBits{0, 0, 0, 0, 1, 1, 2, 2,  3,  3,  4,  4,  5,  5,  6,
                                                    6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13};
constexpr std::array<std::uint8_t, 19> CodeOrder{16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15};

class Inflater
{
public:
    Inflater(const QByteArray &data, qsizetype size) : m_data(data), m_size(size) {}

    bool run()
    {
        m_at = 2; // zlib's header
        bool isLast = false;
        while (!isLast && !m_failed) {
            isLast = bits(1) != 0;
            switch (bits(2)) {
            case 0:
                stored();
                break;
            case 1:
                fixedCodes();
                compressed();
                break;
            case 2:
                if (dynamicCodes())
                    compressed();
                break;
            default:
                m_failed = true;
            }
        }
        return !m_failed && m_out.size() == m_size;
    }

    QByteArray take() { return std::move(m_out); }

private:
    unsigned bits(unsigned count)
    {
        while (m_held < count) {
            if (m_at >= m_data.size()) {
                m_failed = true;
                return 0;
            }
            m_bits |= std::uint32_t(std::uint8_t(m_data[m_at++])) << m_held;
            m_held += 8;
        }
        const unsigned value = m_bits & ((1U << count) - 1);
        m_bits >>= count;
        m_held -= count;
        return value;
    }

    unsigned symbol(const Huffman &codes)
    {
        unsigned code = 0, first = 0, index = 0;
        for (std::size_t length = 1; length < 16 && !m_failed; ++length) {
            code |= bits(1);
            const unsigned count = codes.counts[length];
            if (code < first + count)
                return codes.symbols[index + (code - first)];
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        m_failed = true;
        return 0;
    }

    void stored()
    {
        m_bits = m_held = 0;
        const unsigned low = bits(8), length = low | bits(8) << 8;
        m_at += 2; // its complement
        if (m_failed || m_at + qsizetype(length) > m_data.size() || m_out.size() + qsizetype(length) > m_size) {
            m_failed = true;
            return;
        }
        m_out.append(m_data.constData() + m_at, qsizetype(length));
        m_at += qsizetype(length);
    }

    void fixedCodes()
    {
        std::array<std::uint8_t, 288> lengths{};
        for (std::size_t i = 0; i < lengths.size(); ++i)
            lengths[i] = i < 144 ? 8 : i < 256 ? 9 : i < 280 ? 7 : 8;
        m_literals.build(lengths);
        std::array<std::uint8_t, 30> distances{};
        distances.fill(5);
        m_distances.build(distances);
    }

    bool dynamicCodes()
    {
        const std::size_t literals = bits(5) + 257, distances = bits(5) + 1, codes = bits(4) + 4;
        std::array<std::uint8_t, 19> order{};
        for (std::size_t i = 0; i < codes; ++i)
            order[CodeOrder[i]] = std::uint8_t(bits(3));
        Huffman lengthCodes;
        lengthCodes.build(order);
        std::array<std::uint8_t, 320> lengths{};
        for (std::size_t i = 0; i < literals + distances && !m_failed;) {
            const unsigned code = symbol(lengthCodes);
            if (code < 16) {
                lengths[i++] = std::uint8_t(code);
                continue;
            }
            const std::uint8_t value = code == 16 && i > 0 ? lengths[i - 1] : std::uint8_t(0);
            std::size_t repeats = code == 16 ? 3 + bits(2) : code == 17 ? 3 + bits(3) : 11 + bits(7);
            for (; repeats > 0 && i < literals + distances; --repeats)
                lengths[i++] = value;
        }
        const std::span all(lengths);
        m_failed = m_failed || literals > 286 || distances > 30;
        if (m_failed)
            return false;
        m_literals.build(all.subspan(0, literals));
        m_distances.build(all.subspan(literals, distances));
        return true;
    }

    void compressed()
    {
        while (!m_failed) {
            const unsigned code = symbol(m_literals);
            if (code == 256 || m_failed)
                return;
            if (code < 256) {
                m_failed = m_out.size() >= m_size;
                m_out.append(char(code));
                continue;
            }
            copy(code - 257);
        }
    }

    void copy(std::size_t lengthCode)
    {
        if (lengthCode >= LengthBase.size()) {
            m_failed = true;
            return;
        }
        const qsizetype length = LengthBase[lengthCode] + qsizetype(bits(LengthBits[lengthCode]));
        const std::size_t code = symbol(m_distances);
        if (code >= DistanceBase.size()) {
            m_failed = true;
            return;
        }
        const qsizetype distance = DistanceBase[code] + qsizetype(bits(DistanceBits[code]));
        if (m_failed || distance > m_out.size() || m_out.size() + length > m_size) {
            m_failed = true;
            return;
        }
        for (qsizetype i = 0; i < length; ++i)
            m_out.append(m_out[m_out.size() - distance]);
    }

    const QByteArray &m_data;
    qsizetype m_size;
    qsizetype m_at = 0;
    std::uint32_t m_bits = 0;
    unsigned m_held = 0;
    bool m_failed = false;
    QByteArray m_out;
    Huffman m_literals, m_distances;
};

} // namespace

QByteArray inflateZlib(const QByteArray &data, qsizetype size)
{
    Inflater inflater(data, size);
    return inflater.run() ? inflater.take() : QByteArray();
}

} // namespace bulkhead::engine
