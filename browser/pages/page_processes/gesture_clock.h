// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/user_activation.h"
#include "ipc/messages/renderer.pb.h"

#include <array>
#include <chrono>
#include <optional>

namespace bulkhead {

/// When the person last acted in one page, and what that deed still buys. A page that was not touched opens no tab and
/// starts no download; one that was opens one of each. The browser's own knowledge: it counts the input that it sends,
/// and nothing that a page says. Owned by a RemotePage. Main thread.
class GestureClock
{
public:
    using Clock = std::chrono::steady_clock;
    /// How long a gesture counts. As in Chrome: long enough for a slow answer, too short to be saved up.
    static constexpr std::chrono::seconds Lasting{5};

    /// @p event goes to the page. A press, a key that is more than a modifier, and a finger that is lifted are
    /// gestures; moves, wheels, releases and Esc are not
    /// (https://html.spec.whatwg.org/#user-activation-processing-model).
    void note(const wire::InputEvent &event, Clock::time_point now = Clock::now());

    UserActivation activation(Clock::time_point now = Clock::now()) const;

    enum class Deed { Move, NewTab, Download, Act };
    /// Once for each gesture and deed; false without one.
    bool spend(Deed deed, Clock::time_point now = Clock::now());

private:
    std::optional<Clock::time_point> m_last;
    std::array<bool, 4> m_spent{};
};

} // namespace bulkhead
