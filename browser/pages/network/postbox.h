// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QObject>

#include <mutex>

namespace bulkhead {

/// Lets worker threads post to an object of the main thread that may be gone by then. Shared by both; the object closes
/// it in its destructor.
class Postbox
{
public:
    explicit Postbox(QObject *target) : m_target(target) {}

    /// @p function runs on the target's thread if the target still lives then. Any thread.
    template <class Function>
    void post(Function &&function)
    {
        const std::lock_guard lock(m_mutex);
        if (m_target)
            QMetaObject::invokeMethod(m_target, std::forward<Function>(function), Qt::QueuedConnection);
    }

    void close()
    {
        const std::lock_guard lock(m_mutex);
        m_target = nullptr;
    }

private:
    std::mutex m_mutex;
    QObject *m_target;
};

} // namespace bulkhead
