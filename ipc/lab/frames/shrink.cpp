// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/frames/shrink.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace bulkhead::lab {

Shrink::Shrink(int sourceWidth, int sourceHeight, int targetWidth, int targetHeight)
    : m_sourceWidth(sourceWidth), m_sourceHeight(sourceHeight), m_targetWidth(targetWidth),
      m_targetHeight(targetHeight), m_sums(std::size_t(sourceWidth) * 4)
{
    for (int x = 0; x <= targetWidth; ++x)
        m_columns.push_back(int(std::int64_t(x) * sourceWidth / targetWidth));
}

void Shrink::operator()(const unsigned char *source, unsigned char *target)
{
    const std::size_t lineBytes = std::size_t(m_sourceWidth) * 4;
    if (m_sourceWidth == m_targetWidth && m_sourceHeight == m_targetHeight) {
        std::memcpy(target, source, lineBytes * std::size_t(m_sourceHeight));
        return;
    }
    for (int y = 0; y < m_targetHeight; ++y) {
        const int from = int(std::int64_t(y) * m_sourceHeight / m_targetHeight);
        const int to = int(std::int64_t(y + 1) * m_sourceHeight / m_targetHeight);
        std::uint32_t *sums = m_sums.data();
        const unsigned char *line = source + lineBytes * std::size_t(from);
        for (std::size_t i = 0; i < lineBytes; ++i)
            sums[i] = line[i];
        for (int row = from + 1; row < to; ++row) {
            line += lineBytes;
            for (std::size_t i = 0; i < lineBytes; ++i)
                sums[i] += line[i];
        }
        for (int x = 0; x < m_targetWidth; ++x) {
            const int left = m_columns[std::size_t(x)], right = m_columns[std::size_t(x) + 1];
            const auto count = std::uint32_t((right - left) * (to - from));
            std::uint32_t channels[4] = {};
            for (int column = left; column < right; ++column) {
                for (int channel = 0; channel < 4; ++channel)
                    channels[channel] += sums[column * 4 + channel];
            }
            const std::uint32_t scale = (1U << 24U) / count; // at most 255 * count * 2^24 / count: fits into 64 bits
            for (const std::uint32_t sum : channels)
                *target++ = static_cast<unsigned char>((std::uint64_t(sum) * scale + (1U << 23U)) >> 24U);
        }
    }
}

} // namespace bulkhead::lab
