// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QHash>
#include <QObject>
#include <QTimer>

namespace bulkhead {

/// Ends connections that feed Qt without end while no fetch gets anything from it. Qt 6.4 reads a server's headers
/// without a limit and without returning to its event loop, so a server that sends nothing but headers would hold up
/// every other fetch, and stopping it would not help. This watches, from the network thread, how much is read from each
/// of the process's TCP connections, and shuts one down once too much has gone in with nothing coming out.
class ReceiveGuard : public QObject
{
    Q_OBJECT
public:
    static constexpr qint64 Limit = 512 * 1024; ///< bytes; honest headers stay below a tenth of it

    explicit ReceiveGuard(QObject *parent = nullptr);

    /// Watches between these, and a little longer: what was stopped may still be receiving.
    void fetchStarted();
    void fetchEnded();
    /// A fetch got something from Qt: its thread is alive.
    void noteProgress() { m_progress = true; }

private:
    void scan();

    struct Connection
    {
        quint64 read = 0;  ///< bytes taken from the kernel so far
        qint64 silent = 0; ///< of these, since anything came out
    };
    QHash<quint64, Connection> m_connections; ///< by the kernel's socket cookie
    QTimer m_timer;
    bool m_progress = false;
    int m_fetches = 0;
    int m_scansLeft = 0;
};

} // namespace bulkhead
