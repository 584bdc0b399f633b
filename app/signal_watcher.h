// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"

#include <QObject>

#include <memory>

class QSocketNotifier;

namespace bulkhead {

/// Turns SIGINT, SIGTERM and SIGHUP into a Qt signal, through a signalfd: the app then ends as if its window were closed.
/// Blocks these signals for the process; to be created before any thread.
class SignalWatcher : public QObject
{
    Q_OBJECT
public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void endRequested(int signal);

private:
    UniqueFd m_fd;
    std::unique_ptr<QSocketNotifier> m_notifier;
};

}  // namespace bulkhead
