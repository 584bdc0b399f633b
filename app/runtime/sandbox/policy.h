// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <cstdint>
#include <initializer_list>
#include <map>
#include <seccomp.h>
#include <string>
#include <vector>

namespace bulkhead::sandbox {

/// What a process may ask of the kernel: a list of system calls with what becomes of each. What is not listed is
/// forbidden and ends the process. Built from the named sets of policy_sets.h, compiled by SystemCallFilter. Plain
/// value.
class Policy
{
public:
    using Checks = std::vector<scmp_arg_cmp>; ///< all must hold; made with SCMP_A0() and so on

    struct Rule
    {
        /// Instead of an errno: the kernel holds the call until whoever has the filter's listener has answered.
        static constexpr int Asked = -1;

        int error = 0; ///< 0: carried out; else the call fails with this errno and nothing happens; or Asked
        Checks checks;
    };
    using Set = void (*)(Policy &);

    /// Carried out; with @p checks only when all of them hold.
    Policy &allow(int call, Checks checks = {});
    Policy &allow(std::initializer_list<int> calls);
    /// Fails with @p error, for what libraries try in good faith and can do without. A later allow() of the same call
    /// replaces it: grants are made after the refusals of the sets before.
    Policy &refuse(int call, int error, Checks checks = {});
    Policy &refuse(std::initializer_list<int> calls, int error);
    /// Held until whoever has the filter's listener has carried it out or refused it: for what depends on memory that a
    /// filter cannot see. Replaces what was said of these calls before.
    Policy &ask(std::initializer_list<int> calls);
    /// Takes back what was said of a call.
    Policy &forget(int call);
    Policy &include(std::initializer_list<Set> sets);
    /// Notes in words that something is not enforced.
    Policy &relax(std::string what);
    /// Everything that is not listed fails with EPERM instead of ending the process. Only for sanitizer builds.
    Policy &endNobody();

    const std::map<int, std::vector<Rule>> &rules() const { return m_rules; }
    const std::vector<std::string> &relaxations() const { return m_relaxations; }
    bool endsNobody() const { return m_endsNobody; }
    /// Whether the filter needs a listener.
    bool asks() const;
    /// Calls that may succeed, and those that only ever fail.
    std::uint32_t allowedCalls() const;
    std::uint32_t refusedCalls() const;

private:
    std::map<int, std::vector<Rule>> m_rules;
    std::vector<std::string> m_relaxations;
    bool m_endsNobody = false;
};

} // namespace bulkhead::sandbox
