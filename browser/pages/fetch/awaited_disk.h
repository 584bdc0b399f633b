// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/disk_queue.h"

#include <chrono>
#include <future>
#include <memory>
#include <optional>

namespace bulkhead {

/// What @p ask (which takes a DiskThread) finds out on a thread of its own, or nothing when the disk does not answer in
/// time. It blocks: for a program that has nothing else to do yet, never where there is a window.
template <class Ask>
auto awaitedDisk(Ask ask) -> std::optional<decltype(ask(std::declval<const DiskThread &>()))>
{
    constexpr std::chrono::seconds Patience(2);
    using Answer = decltype(ask(std::declval<const DiskThread &>()));
    const auto promise = std::make_shared<std::promise<Answer>>();
    std::future<Answer> answer = promise->get_future();
    const auto disk = std::make_shared<DiskQueue>();
    disk->add({DiskClient::Urgency::Person, {}},
              [promise, ask](const DiskThread &thread) { promise->set_value(ask(thread)); });
    if (answer.wait_for(Patience) != std::future_status::ready)
        return std::nullopt;
    return answer.get();
}

} // namespace bulkhead
