// SPDX-License-Identifier: BSD-3-Clause
#include "tests/bench/on_cores.h"

namespace bulkhead {

namespace {

std::vector<int> processors(const cpu_set_t &set)
{
    std::vector<int> numbers;
    for (int number = 0; number < CPU_SETSIZE; ++number) {
        if (CPU_ISSET(number, &set))
            numbers.push_back(number);
    }
    return numbers;
}

void pin(pid_t process, int processor)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(processor, &one);
    ::sched_setaffinity(process, sizeof one, &one);
}

} // namespace

const char *coresName(Cores cores)
{
    return cores == Cores::Same ? "same_core" : "two_cores";
}

std::vector<Cores> availableCores()
{
    cpu_set_t set;
    CPU_ZERO(&set);
    ::sched_getaffinity(0, sizeof set, &set);
    return processors(set).size() > 1 ? std::vector{Cores::Same, Cores::Two} : std::vector{Cores::Same};
}

OnCores::OnCores(Cores cores, std::vector<pid_t> others) : m_others(std::move(others))
{
    CPU_ZERO(&m_before);
    ::sched_getaffinity(0, sizeof m_before, &m_before);
    const std::vector<int> all = processors(m_before);
    pin(0, all.front());
    for (const pid_t other : m_others)
        pin(other, cores == Cores::Same ? all.front() : all.back());
}

OnCores::~OnCores()
{
    for (const pid_t other : m_others)
        ::sched_setaffinity(other, sizeof m_before, &m_before);
    ::sched_setaffinity(0, sizeof m_before, &m_before);
}

} // namespace bulkhead
