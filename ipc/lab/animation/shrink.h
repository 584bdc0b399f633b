// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <vector>

namespace bulkhead::lab {

/// Makes a picture smaller by averaging: every pixel of the source is read once and counts (of more than 257 lines that
/// become one, some are left out). Premultiplied ARGB32, lines
/// without gaps. Keeps its working memory from picture to picture. One thread.
class Shrink
{
public:
    /// The target is no larger than the source, and at least 1 x 1.
    Shrink(int sourceWidth, int sourceHeight, int targetWidth, int targetHeight);
    void operator()(const unsigned char *source, unsigned char *target);

private:
    int m_sourceWidth, m_sourceHeight, m_targetWidth, m_targetHeight;
    std::vector<std::uint16_t> m_sums; ///< per channel and column, of the lines that become one
    std::vector<int> m_columns;        ///< where each target column begins in the source
};

} // namespace bulkhead::lab
