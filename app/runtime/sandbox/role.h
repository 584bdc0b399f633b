// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/runtime/sandbox/policy.h"

#include <string_view>
#include <vector>

namespace bulkhead::sandbox {

/// A kind of caged process, as the program that it is forked from knows it. The browser names one of these and can add
/// nothing to it: what a role may ask of the kernel is compiled in. Plain value.
struct Role
{
    std::string_view name; ///< "renderer"; a literal
    /// Beyond what every child may (policyFor()): of policy_sets.h.
    std::vector<Policy::Set> sets;
};

namespace roles {

Role renderer();
/// Loads its library first; LoadingEnd then takes that away.
Role plugin();
/// What else it may is the mechanism's to say: labWorkerPolicy().
Role labWorker();

} // namespace roles

} // namespace bulkhead::sandbox
