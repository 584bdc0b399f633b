// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QList>
#include <QString>

#include <optional>
#include <sys/types.h>

namespace bulkhead {

/// Something by which processes talk and that has a life of its own: it stays when they go.
struct IpcObject
{
    enum class Kind { SysvMemory, SysvQueue, SysvSemaphores, SharedMemory, PosixQueue, Socket, Fifo, LabFolder };
    struct User
    {
        qint64 pid = 0;
        QString name;
    };

    Kind kind = Kind::SysvMemory;
    QString name; ///< path, object name, or "key 0x... id N"
    int id = -1;  ///< of System V objects
    uid_t owner = 0;
    std::optional<uid_t> creator; ///< of System V objects, who can be given away
    qint64 changed = 0;           ///< of System V objects, when they were made or changed; seconds
    QString ownerName;
    double bytes = 0;       ///< of memory, or waiting in a queue
    double messages = 0;    ///< waiting in a queue
    QList<User> users;      ///< that have it mapped or open now, as far as this user may know
    int userCount = 0;      ///< as the kernel counts, which may be more
    qint64 maker = 0;       ///< process that made it, where the kernel remembers
    QString labRun;         ///< the run of the lab that made it; empty for others'
    bool isRunning = false; ///< that run goes on
    bool isOrphan = false;  ///< nobody has it and nobody can be expected to come back for it

    bool isOwn() const;
    /// By this user, now: own, and not of a run that goes on.
    bool isRemovable() const { return isOwn() && !isRunning; }
    QString key() const { return QStringLiteral("%1 %2").arg(int(kind)).arg(name); }
    QString kindText() const;
};

/// Everything of these kinds on this machine that this user may see. Takes some milliseconds per process of the
/// machine: not for the main thread. Any thread.
QList<IpcObject> listIpcObjects();

/// Removes one, after another look that it is still that one and still this user's.
Result<void> removeIpcObject(const IpcObject &object);

} // namespace bulkhead
