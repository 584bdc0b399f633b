// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <bit>
#include <cstdint>
#include <vector>

namespace bulkhead::wire {
class LabHistogram;
}

namespace bulkhead::lab {

/// Counts times in nanoseconds in buckets whose width is at most 1/128 of the value: a percentile is exact to 0.8 %,
/// whatever the number of samples. (The scheme of HdrHistogram.) Adding one takes a few instructions and no memory.
class Histogram
{
public:
    Histogram() : m_counts(Buckets) {}
    explicit Histogram(const wire::LabHistogram &message);
    void writeTo(wire::LabHistogram &message) const;

    void add(std::uint64_t nanoseconds)
    {
        ++m_counts[bucketOf(nanoseconds)];
        ++m_count;
        m_sum += double(nanoseconds);
        m_least = nanoseconds < m_least ? nanoseconds : m_least;
        m_most = nanoseconds > m_most ? nanoseconds : m_most;
    }
    void add(const Histogram &other);

    std::uint64_t count() const { return m_count; }
    std::uint64_t least() const { return m_count ? m_least : 0; }
    std::uint64_t most() const { return m_most; }
    double mean() const { return m_count ? m_sum / double(m_count) : 0; }
    /// The value below which @p share (0 to 1) of the samples are; 0 without samples.
    double percentile(double share) const;

    struct Bar
    {
        std::uint64_t from = 0; ///< nanoseconds, inclusive
        std::uint64_t to = 0;   ///< exclusive
        std::uint64_t count = 0;
    };
    /// All buckets that are not empty, rising.
    std::vector<Bar> bars() const;

private:
    static constexpr int Bits = 7;
    static constexpr std::uint32_t PerOctave = 1U << Bits;
    static constexpr std::uint32_t Buckets = (64 - Bits + 1) * PerOctave;

    static std::uint32_t bucketOf(std::uint64_t value)
    {
        const int octave = value < PerOctave ? 0 : std::bit_width(value) - Bits;
        return octave == 0
                   ? std::uint32_t(value)
                   : std::uint32_t(octave) * PerOctave + std::uint32_t((value >> (octave - 1)) & (PerOctave - 1));
    }
    static std::uint64_t startOf(std::uint32_t bucket);

    std::vector<std::uint64_t> m_counts;
    std::uint64_t m_count = 0;
    std::uint64_t m_least = UINT64_MAX;
    std::uint64_t m_most = 0;
    double m_sum = 0;
};

} // namespace bulkhead::lab
