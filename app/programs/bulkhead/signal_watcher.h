// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace bulkhead {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal: the app then ends as if its window were closed. Where that takes
/// longer than GraceSeconds, whatever the event loop waits for, the process ends all the same; its children end with
/// it. One at a time.
class SignalWatcher : public QObject
{
    Q_OBJECT
public:
    static constexpr unsigned GraceSeconds = 5;

    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void endRequested(int signal);

private:
    UniqueFd m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

} // namespace bulkhead
