// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <QObject>
#include <QSocketNotifier>
#include <QString>

#include <array>
#include <memory>
#include <optional>

namespace bulkhead {

/// A system call that a child's filter held, on the kernel's word: the child had no say in it. Plain value.
struct ForbiddenCall
{
    int number = -1; ///< of the system call; negative: unknown, the kernel ended the process by itself
    std::array<quint64, 6> arguments{};

    /// "socket(2, 3, 0)", "system call 999(...)"
    QString text() const;
    /// "socket"; empty for a number without a name.
    static QString nameOf(int number);
};

/// The browser's end of a child's seccomp listener. The kernel holds the thread that made a forbidden call until
/// somebody here answers; nobody ever does: whoever owns this ends the process. Main thread.
class ForbiddenCallWatch : public QObject
{
    Q_OBJECT
public:
    /// @p listener has been checked to be one.
    explicit ForbiddenCallWatch(UniqueFd listener, QObject *parent = nullptr);

    /// The call that is held now, if there is one, without waiting for the event loop.
    std::optional<ForbiddenCall> take();

Q_SIGNALS:
    void caught(const bulkhead::ForbiddenCall &call);

private:
    UniqueFd m_listener;
    QSocketNotifier m_notifier;
};

} // namespace bulkhead
