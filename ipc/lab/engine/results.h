// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/placement.h"
#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/lab/protocol/histogram.h"

#include <optional>
#include <string>
#include <vector>

namespace bulkhead::lab {

/// One thing to be measured.
struct Job
{
    std::string mechanism;
    Wait wait = Wait::Blocking;
    std::size_t size = 0; ///< as asked for
    Placement placement = Placement::Free;
};

/// Figures per message: one there counts as one, its answer as another. Both processes together.
struct PerMessage
{
    std::optional<double> systemCalls; ///< counted in a run of its own under a tracer; nothing where that is refused
    std::optional<double> kernelBytes; ///< copied between a process and the kernel, from the results of those calls
    double userBytes = 0;              ///< copied by user code or its library: from the mechanism's description
    double voluntarySwitches = 0;      ///< because a process waited
    double involuntarySwitches = 0;    ///< because the scheduler took the processor away
    double processorTime = 0;          ///< nanoseconds
    double pageFaults = 0;             ///< minor ones
};

/// What one round gave.
struct RoundFigures
{
    double median = 0;            ///< of the round trip, nanoseconds
    double messagesPerSecond = 0; ///< one way, as fast as the receiver takes them
    double ratio = 0; ///< median over that of the Unix stream socket in the same round; 0: none was measured
};

struct Spread
{
    double median = 0, least = 0, most = 0;
};

enum class JobState { Measured, Unavailable, Failed };

/// All that is known about one job after the last round.
struct JobResult
{
    Job job;
    JobState state = JobState::Failed;
    std::string problem;        ///< a sentence, when it was not measured
    std::size_t actualSize = 0; ///< less than asked for when the mechanism's limit is
    std::string limit;          ///< then: which
    Histogram roundTrip;        ///< of all rounds; one of message and answer
    std::vector<RoundFigures> rounds;
    PerMessage perMessage;
    std::uint64_t sent = 0;     ///< when streaming, all rounds
    std::uint64_t received = 0; ///< less when the mechanism lost some
    std::uint64_t lostAnswers = 0;
    std::uint64_t checked = 0; ///< messages of which every byte was looked at
    std::uint64_t wrong = 0;   ///< of these, not what had been sent

    Spread messagesPerSecond() const;
    double megabytesPerSecond() const; ///< 10^6 bytes
    std::optional<Spread> ratio() const;
    double drops() const { return sent > 0 ? 1 - double(received) / double(sent) : 0; }
};

Spread spreadOf(std::vector<double> values);

const char *waitName(Wait wait); ///< "blocking", "nonblocking", "polling", "never"
std::optional<Wait> waitFromName(std::string_view name);

} // namespace bulkhead::lab
