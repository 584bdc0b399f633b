// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QCoreApplication>
#include <QTimer>

#include <functional>
#include <memory>
#include <utility>

namespace bulkhead {

/// Makes of @p done a function that is called for sure: when it is dropped uncalled, as a channel does with open
/// questions when it is deleted, @p done gets an empty answer from the event loop. Main thread.
template <class T>
std::function<void(const T &)> answeredOnce(std::function<void(const T &)> done)
{
    struct Answer
    {
        std::function<void(const T &)> done;
        ~Answer()
        {
            if (done && QCoreApplication::instance())
                QTimer::singleShot(0, QCoreApplication::instance(), [done = std::move(done)] { done(T()); });
        }
    };
    auto answer = std::make_shared<Answer>();
    answer->done = std::move(done);
    return [answer = std::move(answer)](const T &value) {
        if (const auto once = std::exchange(answer->done, nullptr))
            once(value);
    };
}

} // namespace bulkhead
