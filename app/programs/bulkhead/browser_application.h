// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QApplication>

namespace bulkhead {

class LoopWatchdog;

/// The application object; tells the watchdog of every event that the main thread handles.
class BrowserApplication : public QApplication
{
    Q_OBJECT
public:
    /// @p loop outlives it.
    BrowserApplication(int &argc, char **argv, LoopWatchdog &loop) : QApplication(argc, argv), m_loop(loop) {}

    bool notify(QObject *receiver, QEvent *event) override;

private:
    LoopWatchdog &m_loop;
};

} // namespace bulkhead
