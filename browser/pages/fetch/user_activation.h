// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Whether a person has just acted in the page that asks. The browser's own knowledge (it sent the input), never the
/// page's word. A value of a request; who keeps the time is GestureClock.
enum class UserActivation {
    None,
    Recent, ///< within GestureClock::Lasting
};

} // namespace bulkhead
