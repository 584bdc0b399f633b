// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <sched.h>
#include <sys/types.h>
#include <vector>

namespace bulkhead {

/// Where two processes that talk to each other run: a round trip on one processor is two switches, on two it is two
/// wake-ups, which cost many times that; the scheduler's own choice differs from run to run, and a ratio with it.
enum class Cores { Same, Two };

/// "same_core", "two_cores"
const char *coresName(Cores cores);
/// What this machine has: both, or only the first.
std::vector<Cores> availableCores();

/// As long as this lives this process runs on one processor, and the others on the same one or on another, all on that.
class OnCores
{
public:
    OnCores(Cores cores, std::vector<pid_t> others);
    ~OnCores();
    OnCores(const OnCores &) = delete;
    OnCores &operator=(const OnCores &) = delete;

private:
    cpu_set_t m_before;
    const std::vector<pid_t> m_others;
};

} // namespace bulkhead
