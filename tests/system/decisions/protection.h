// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <chrono>

namespace bulkhead {

/// One decision of the browser that a case relies on, by the function that takes it. The test binary is linked so that
/// calls of that function come to protections.cpp first (ld's --wrap), which passes them on unless the protection is
/// replaced. The product knows nothing of it.
struct Protection
{
    const char *function; ///< for the table
    const char *replaced; ///< what happens in its place: "allows everything"
};

/// While it lives, @p protection does not protect. One at a time; any thread may ask meanwhile.
class Replacement
{
public:
    explicit Replacement(const Protection &protection);
    ~Replacement();
    Replacement(const Replacement &) = delete;
    Replacement &operator=(const Replacement &) = delete;
};

bool isReplaced(const Protection &protection);

/// The clock by which gestures count: it stands still, so that none runs out because the machine is slow, and goes on
/// when a scene says so. Main thread.
namespace gesture_time {
void pass(std::chrono::milliseconds time);
void reset();
} // namespace gesture_time

} // namespace bulkhead
