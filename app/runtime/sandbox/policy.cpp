// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/sandbox/policy.h"

#include <algorithm>

namespace bulkhead::sandbox {

Policy &Policy::allow(int call, Checks checks)
{
    std::vector<Rule> &rules = m_rules[call];
    const auto replaced = [&checks](const Rule &rule) {
        return checks.empty() || (rule.error != 0 && rule.checks.empty());
    };
    rules.erase(std::remove_if(rules.begin(), rules.end(), replaced), rules.end());
    const bool everything = std::any_of(rules.begin(), rules.end(),
                                        [](const Rule &rule) { return rule.error == 0 && rule.checks.empty(); });
    if (!everything)
        rules.push_back({0, std::move(checks)});
    return *this;
}

Policy &Policy::allow(std::initializer_list<int> calls)
{
    for (const int call : calls)
        allow(call);
    return *this;
}

Policy &Policy::refuse(int call, int error, Checks checks)
{
    m_rules[call].push_back({error, std::move(checks)});
    return *this;
}

Policy &Policy::refuse(std::initializer_list<int> calls, int error)
{
    for (const int call : calls)
        refuse(call, error);
    return *this;
}

Policy &Policy::ask(std::initializer_list<int> calls)
{
    for (const int call : calls) {
        m_rules[call].clear();
        m_rules[call].push_back({Rule::Asked, {}});
    }
    return *this;
}

bool Policy::asks() const
{
    return std::any_of(m_rules.begin(), m_rules.end(), [](const auto &entry) {
        return std::any_of(entry.second.begin(), entry.second.end(),
                           [](const Rule &rule) { return rule.error == Rule::Asked; });
    });
}

Policy &Policy::forget(int call)
{
    m_rules.erase(call);
    return *this;
}

Policy &Policy::include(std::initializer_list<Set> sets)
{
    for (const Set set : sets)
        set(*this);
    return *this;
}

Policy &Policy::relax(std::string what)
{
    m_relaxations.push_back(std::move(what));
    return *this;
}

Policy &Policy::endNobody()
{
    m_endsNobody = true;
    return *this;
}

std::uint32_t Policy::allowedCalls() const
{
    return std::uint32_t(std::count_if(m_rules.begin(), m_rules.end(), [](const auto &entry) {
        return std::any_of(entry.second.begin(), entry.second.end(), [](const Rule &rule) { return rule.error == 0; });
    }));
}

std::uint32_t Policy::refusedCalls() const
{
    return std::uint32_t(m_rules.size()) - allowedCalls();
}

} // namespace bulkhead::sandbox
