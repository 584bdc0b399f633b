// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/protocol/histogram.h"

#include "ipc/messages/lab.pb.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::lab {

Histogram::Histogram(const wire::LabHistogram &message) : Histogram()
{
    const int bars = std::min(message.bucket_size(), message.count_size());
    for (int i = 0; i < bars; ++i) {
        if (message.bucket(i) >= Buckets)
            continue;
        m_counts[message.bucket(i)] += message.count(i);
        m_count += message.count(i);
    }
    m_most = message.most();
    m_least = std::min<std::uint64_t>(message.least(), m_most); // who sent it may have mixed them up
    m_sum = message.sum();
}

void Histogram::writeTo(wire::LabHistogram &message) const
{
    for (std::uint32_t bucket = 0; bucket < Buckets; ++bucket) {
        if (m_counts[bucket] > 0) {
            message.add_bucket(bucket);
            message.add_count(m_counts[bucket]);
        }
    }
    message.set_least(least());
    message.set_most(m_most);
    message.set_sum(m_sum);
}

void Histogram::add(const Histogram &other)
{
    for (std::uint32_t bucket = 0; bucket < Buckets; ++bucket)
        m_counts[bucket] += other.m_counts[bucket];
    if (other.m_count > 0)
        m_least = std::min(m_least, other.m_least);
    m_count += other.m_count;
    m_most = std::max(m_most, other.m_most);
    m_sum += other.m_sum;
}

double Histogram::percentile(double share) const
{
    if (m_count == 0)
        return 0;
    const auto wanted = std::uint64_t(std::max(1.0, std::ceil(share * double(m_count))));
    std::uint64_t seen = 0;
    for (std::uint32_t bucket = 0; bucket < Buckets; ++bucket) {
        seen += m_counts[bucket];
        if (seen >= wanted) {
            const double middle = double(startOf(bucket) + startOf(bucket + 1) - 1) / 2;
            return std::clamp(middle, double(m_least), double(m_most));
        }
    }
    return double(m_most);
}

std::vector<Histogram::Bar> Histogram::bars() const
{
    std::vector<Bar> bars;
    for (std::uint32_t bucket = 0; bucket < Buckets; ++bucket) {
        if (m_counts[bucket] > 0)
            bars.push_back({startOf(bucket), startOf(bucket + 1), m_counts[bucket]});
    }
    return bars;
}

std::uint64_t Histogram::startOf(std::uint32_t bucket)
{
    const std::uint32_t octave = bucket / PerOctave;
    const std::uint64_t within = bucket % PerOctave;
    return octave == 0 ? within : (PerOctave + within) << (octave - 1);
}

} // namespace bulkhead::lab
