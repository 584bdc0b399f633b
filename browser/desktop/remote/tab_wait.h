// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/rpc_connection.h"
#include "browser/pages/tabs/tab.h"

#include <QElapsedTimer>
#include <QObject>
#include <QPointer>
#include <QTimer>

namespace bulkhead {

/// Answers a `wait` call once its condition holds in a tab, or its time is over:
/// "loaded" (complete, painted when it is visible), "frame" (with "after": a frame of a higher number), "crash",
/// "unresponsive", "responsive", "text:WORDS". Deletes itself; gives up when the client has gone. Main thread.
class TabWait : public QObject
{
    Q_OBJECT
public:
    /// Nothing when @p condition is none of these.
    static bool isCondition(const QString &condition);

    TabWait(Tab &tab, RpcCall call, QString condition, std::chrono::milliseconds timeout, QObject *parent);

private:
    void check();
    void askForText();
    void finish(const rpc::Answer &answer);

    QPointer<Tab> m_tab;
    RpcCall m_call;
    const QString m_condition;
    const quint64 m_afterFrame;
    QElapsedTimer m_clock;
    QTimer m_timeout;
    QTimer m_again;
    bool m_asking = false;
    bool m_done = false;
};

} // namespace bulkhead
