// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/animation/shrink.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace bulkhead::lab {

namespace {
/// Whose sum 16 bits hold.
constexpr int MostLines = 65535 / 255;
/// The four channels of a pixel at once.
using Four = float __attribute__((vector_size(16)));
using FourInts = std::int32_t __attribute__((vector_size(16)));
using FourSums = std::uint16_t __attribute__((vector_size(8)));
using FourBytes = unsigned char __attribute__((vector_size(4)));
} // namespace

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
    std::uint16_t *sums = m_sums.data();
    for (int y = 0; y < m_targetHeight; ++y) {
        const int from = int(std::int64_t(y) * m_sourceHeight / m_targetHeight);
        const int to = int(std::int64_t(y + 1) * m_sourceHeight / m_targetHeight);
        // More lines than 16 bits can hold the sum of count in steps: that is a target of a few lines only.
        const int step = (to - from + MostLines - 1) / MostLines, lines = (to - from + step - 1) / step;
        const unsigned char *line = source + lineBytes * std::size_t(from);
        for (std::size_t i = 0; i < lineBytes; ++i)
            sums[i] = line[i];
        for (int row = from + step; row < to; row += step) {
            line += lineBytes * std::size_t(step);
            for (std::size_t i = 0; i < lineBytes; ++i)
                sums[i] = std::uint16_t(sums[i] + line[i]);
        }
        for (int x = 0; x < m_targetWidth; ++x) {
            const int left = m_columns[std::size_t(x)], right = m_columns[std::size_t(x) + 1];
            FourInts channels = {};
            for (int column = left; column < right; ++column) {
                FourSums sum;
                std::memcpy(&sum, sums + column * 4, sizeof sum);
                channels += __builtin_convertvector(sum, FourInts);
            }
            const Four mean = __builtin_convertvector(channels, Four) * (1.0F / float((right - left) * lines)) + 0.5F;
            const auto rounded = __builtin_convertvector(__builtin_convertvector(mean, FourInts), FourBytes);
            std::memcpy(target, &rounded, sizeof rounded);
            target += sizeof rounded;
        }
    }
}

} // namespace bulkhead::lab
