// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/ipc_objects.h"

#include "ipc/core/unique_fd.h"
#include "ipc/lab/engine/leftovers.h"
#include "ipc/lab/engine/run_folder.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QHash>
#include <QSet>
#include <QStandardPaths>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <mqueue.h>
#include <pwd.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead {

namespace {

using Kind = IpcObject::Kind;
using Users = QHash<QString, QList<IpcObject::User>>;

QString tr(const char *source)
{
    return QCoreApplication::translate("IpcObjects", source);
}

QString nameOf(uid_t user)
{
    passwd entry = {};
    passwd *found = nullptr;
    char buffer[1024];
    if (::getpwuid_r(user, &entry, buffer, sizeof buffer, &found) == 0 && found)
        return QString::fromLocal8Bit(found->pw_name);
    return QString::number(user);
}

QByteArray contents(const QString &name)
{
    QFile file(name);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isAlive(qint64 pid)
{
    return pid > 0 && (::kill(pid_t(pid), 0) == 0 || errno == EPERM);
}

/// Rows of a table in /proc, without its head.
QList<QList<QByteArray>> rowsOf(const QString &name)
{
    QList<QList<QByteArray>> rows;
    const QList<QByteArray> lines = contents(name).split('\n');
    for (qsizetype i = 1; i < lines.size(); ++i) {
        if (!lines[i].isEmpty())
            rows.append(lines[i].simplified().split(' '));
    }
    return rows;
}

QString sysvName(const QByteArray &key, int id)
{
    return QStringLiteral("key 0x%1 id %2").arg(quint32(key.toLongLong()), 8, 16, QLatin1Char('0')).arg(id);
}

void listSysv(QList<IpcObject> &objects)
{
    // In all three tables the creator is two columns after the owner, and the time of the change at the end.
    const auto add = [&](Kind kind, const QList<QByteArray> &row, int owner) -> IpcObject & {
        IpcObject object;
        object.kind = kind;
        object.id = row.value(1).toInt();
        object.name = sysvName(row.value(0), object.id);
        object.owner = uid_t(row.value(owner).toUInt());
        object.creator = uid_t(row.value(owner + 2).toUInt());
        object.changed = row.value(kind == Kind::SysvSemaphores ? 9 : 13).toLongLong();
        objects.append(object);
        return objects.last();
    };
    for (const auto &row : rowsOf(QStringLiteral("/proc/sysvipc/shm"))) {
        IpcObject &memory = add(Kind::SysvMemory, row, 7);
        memory.bytes = row.value(3).toDouble();
        memory.maker = row.value(4).toLongLong();
        memory.userCount = row.value(6).toInt();
        memory.isOrphan = memory.userCount == 0 && !isAlive(memory.maker);
    }
    for (const auto &row : rowsOf(QStringLiteral("/proc/sysvipc/msg"))) {
        IpcObject &queue = add(Kind::SysvQueue, row, 7);
        queue.bytes = row.value(3).toDouble();
        queue.messages = row.value(4).toDouble();
        const qint64 sender = row.value(5).toLongLong(), receiver = row.value(6).toLongLong();
        queue.isOrphan = !isAlive(sender) && !isAlive(receiver) && (sender > 0 || receiver > 0);
    }
    for (const auto &row : rowsOf(QStringLiteral("/proc/sysvipc/sem")))
        add(Kind::SysvSemaphores, row, 4);
}

/// Who has what, by the names under which /proc shows it: "/dev/shm/x", "shm 5", "socket 4711", "/x" of a queue.
Users usersOfAll()
{
    Users users;
    for (const QString &entry : QDir(QStringLiteral("/proc")).entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        const qint64 pid = entry.toLongLong();
        if (pid <= 0)
            continue;
        const QString base = QStringLiteral("/proc/") + entry;
        QSet<QString> has;
        for (const QByteArray &line : contents(base + QStringLiteral("/maps")).split('\n')) {
            const qsizetype at = line.indexOf('/');
            if (at < 0)
                continue;
            const QByteArray name = line.mid(at);
            if (name.startsWith("/SYSV"))
                has.insert(QStringLiteral("shm %1").arg(line.left(at).simplified().split(' ').value(4).toInt()));
            else if (name.startsWith("/dev/shm/"))
                has.insert(QString::fromLocal8Bit(name));
        }
        const QDir fds(base + QStringLiteral("/fd"));
        for (const QString &fd : fds.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot)) {
            char target[4096];
            const ssize_t length =
                ::readlink(QFile::encodeName(fds.filePath(fd)).constData(), target, sizeof target - 1);
            if (length <= 0)
                continue;
            const QByteArray link(target, length);
            if (link.startsWith("socket:["))
                has.insert(QStringLiteral("socket ") + QString::fromLatin1(link.mid(8, link.size() - 9)));
            else if (link.startsWith('/'))
                has.insert(QString::fromLocal8Bit(link));
        }
        if (has.isEmpty())
            continue;
        const QString name = QString::fromLocal8Bit(contents(base + QStringLiteral("/comm"))).trimmed();
        for (const QString &what : std::as_const(has))
            users[what].append({pid, name});
    }
    return users;
}

void listFiles(const QString &folder, QList<IpcObject> &objects)
{
    const QDir dir(folder);
    for (const QString &name : dir.entryList(QDir::AllEntries | QDir::System | QDir::Hidden | QDir::NoDotAndDotDot)) {
        const QString path = dir.filePath(name);
        struct stat status = {};
        if (::lstat(QFile::encodeName(path).constData(), &status) < 0)
            continue;
        IpcObject object;
        object.name = path;
        object.owner = status.st_uid;
        if (S_ISSOCK(status.st_mode)) {
            object.kind = Kind::Socket;
        } else if (S_ISFIFO(status.st_mode)) {
            object.kind = Kind::Fifo;
        } else if (folder == u"/dev/shm" && S_ISREG(status.st_mode)) {
            object.kind = Kind::SharedMemory;
            object.bytes = double(status.st_size);
        } else if (folder == u"/dev/mqueue" && S_ISREG(status.st_mode)) {
            object.kind = Kind::PosixQueue;
            object.name = u'/' + name;
            // "QSIZE:129 NOTIFY:0 ..."
            object.bytes = contents(path).mid(6).split(' ').value(0).toDouble();
        } else {
            continue;
        }
        objects.append(object);
    }
}

/// Where sockets and FIFOs are looked for.
QStringList folders()
{
    QStringList folders{QStringLiteral("/tmp"), QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation)};
    for (const std::string &base : lab::RunFolder::bases()) {
        const QDir dir(QString::fromStdString(base));
        for (const QString &run : dir.entryList({QStringLiteral("bulkhead-lab-*")}, QDir::Dirs))
            folders << dir.filePath(run);
    }
    folders.removeAll(QString());
    folders.removeDuplicates();
    return folders;
}

Kind kindOf(lab::LeftoverKind kind)
{
    switch (kind) {
    case lab::LeftoverKind::SharedMemoryFile:
        return Kind::SharedMemory;
    case lab::LeftoverKind::PosixQueue:
        return Kind::PosixQueue;
    case lab::LeftoverKind::SysvMemory:
        return Kind::SysvMemory;
    case lab::LeftoverKind::SysvQueue:
        return Kind::SysvQueue;
    case lab::LeftoverKind::SysvSemaphores:
        return Kind::SysvSemaphores;
    case lab::LeftoverKind::Folder:
        break;
    }
    return Kind::LabFolder;
}

/// Marks what runs of the lab have made, and adds what was not seen otherwise.
void markLab(QList<IpcObject> &objects)
{
    for (const lab::Leftover &leftover : lab::listLeftovers()) {
        const Kind kind = kindOf(leftover.kind);
        QString name = QString::fromStdString(leftover.name);
        if (kind == Kind::SharedMemory)
            name.prepend(QStringLiteral("/dev/shm"));
        const bool alive = leftover.state == lab::LeftoverState::InUse;
        const auto mark = [&](IpcObject &object) {
            object.labRun = QString::fromStdString(leftover.run);
            object.isRunning = alive;
            object.isOrphan = !alive;
        };
        bool found = false;
        for (IpcObject &object : objects) {
            const bool same = object.kind == kind && object.name == name;
            const bool inside = kind == Kind::LabFolder && object.name.startsWith(name + u'/');
            if (same || inside)
                mark(object);
            found = found || same;
        }
        if (found)
            continue;
        IpcObject object;
        object.kind = kind;
        object.name = name;
        object.owner = ::geteuid();
        object.bytes = double(leftover.bytes);
        mark(object);
        objects.append(object);
    }
}

tl::unexpected<Error> notIt(const IpcObject &object)
{
    return fail(Error{tr("%1 is gone already, or is no longer the same.").arg(object.name).toStdString(), ESTALE});
}

/// By reference: the call that fills them in is an argument, too, and may come after the others.
bool isStill(const IpcObject &object, int result, const ipc_perm &permissions, const std::time_t &changed)
{
    return result == 0 && permissions.uid == ::geteuid() && permissions.cuid == ::geteuid() &&
           (object.changed == 0 || object.changed == changed) &&
           object.name == sysvName(QByteArray::number(permissions.__key), object.id);
}

} // namespace

bool IpcObject::isOwn() const
{
    return owner == ::geteuid() && creator.value_or(owner) == ::geteuid();
}

QString IpcObject::kindText() const
{
    switch (kind) {
    case Kind::SysvMemory:
        return tr("System V memory");
    case Kind::SysvQueue:
        return tr("System V queue");
    case Kind::SysvSemaphores:
        return tr("System V semaphores");
    case Kind::SharedMemory:
        return tr("POSIX shared memory");
    case Kind::PosixQueue:
        return tr("POSIX queue");
    case Kind::Socket:
        return tr("Unix socket");
    case Kind::Fifo:
        return tr("FIFO");
    case Kind::LabFolder:
        break;
    }
    return tr("Folder of a lab run");
}

QList<IpcObject> listIpcObjects()
{
    QList<IpcObject> objects;
    listSysv(objects);
    listFiles(QStringLiteral("/dev/shm"), objects);
    listFiles(QStringLiteral("/dev/mqueue"), objects);
    const QStringList looked = folders();
    for (const QString &folder : looked)
        listFiles(folder, objects);

    const Users users = usersOfAll();
    // Bound sockets, by path, wherever they lie.
    // "0000000000000000: 00000002 00000000 00010000 0001 01 4711 /path"
    QHash<QString, QStringList> inodes;
    for (const auto &row : rowsOf(QStringLiteral("/proc/net/unix"))) {
        if (row.size() >= 8 && row[7].startsWith('/'))
            inodes[QString::fromLocal8Bit(row[7])] << QString::fromLatin1(row[6]);
    }
    for (auto it = inodes.constBegin(); it != inodes.constEnd(); ++it) {
        struct stat status = {};
        const bool known = std::any_of(objects.cbegin(), objects.cend(),
                                       [&](const IpcObject &object) { return object.name == it.key(); });
        if (known || ::lstat(QFile::encodeName(it.key()).constData(), &status) < 0 || !S_ISSOCK(status.st_mode))
            continue;
        IpcObject object;
        object.kind = Kind::Socket;
        object.name = it.key();
        object.owner = status.st_uid;
        objects.append(object);
    }
    for (IpcObject &object : objects) {
        QStringList names{object.name};
        if (object.kind == Kind::SysvMemory)
            names = {QStringLiteral("shm %1").arg(object.id)};
        else if (object.kind == Kind::Socket) {
            names.clear();
            for (const QString &inode : inodes.value(object.name))
                names << QStringLiteral("socket ") + inode;
        }
        for (const QString &name : std::as_const(names))
            object.users += users.value(name);
        object.userCount = std::max(object.userCount, int(object.users.size()));
        const bool canTell = object.isOwn() || ::geteuid() == 0;
        if (object.kind == Kind::Socket)
            object.isOrphan = !inodes.contains(object.name);
        else if (object.kind == Kind::SharedMemory || object.kind == Kind::PosixQueue || object.kind == Kind::Fifo)
            object.isOrphan = canTell && object.userCount == 0;
    }
    markLab(objects);
    for (IpcObject &object : objects)
        object.ownerName = nameOf(object.owner);
    return objects;
}

Result<void> removeIpcObject(const IpcObject &object)
{
    if (!object.isRemovable())
        return fail(Error{tr("%1 is not yours to remove.").arg(object.name).toStdString(), EPERM});
    const QByteArray path = QFile::encodeName(object.name);
    struct stat status = {};
    switch (object.kind) {
    case Kind::SysvMemory: {
        shmid_ds memory = {};
        if (!isStill(object, ::shmctl(object.id, IPC_STAT, &memory), memory.shm_perm, memory.shm_ctime))
            return notIt(object);
        return ::shmctl(object.id, IPC_RMID, nullptr) < 0 ? fail("shmctl") : Result<void>();
    }
    case Kind::SysvQueue: {
        msqid_ds queue = {};
        if (!isStill(object, ::msgctl(object.id, IPC_STAT, &queue), queue.msg_perm, queue.msg_ctime))
            return notIt(object);
        return ::msgctl(object.id, IPC_RMID, nullptr) < 0 ? fail("msgctl") : Result<void>();
    }
    case Kind::SysvSemaphores: {
        semid_ds semaphores = {};
        if (!isStill(object, ::semctl(object.id, 0, IPC_STAT, &semaphores), semaphores.sem_perm, semaphores.sem_ctime))
            return notIt(object);
        return ::semctl(object.id, 0, IPC_RMID) < 0 ? fail("semctl") : Result<void>();
    }
    case Kind::PosixQueue: {
        const UniqueFd queue(::mq_open(path.constData(), O_RDONLY | O_CLOEXEC));
        if (!queue || ::fstat(queue.get(), &status) < 0 || status.st_uid != ::geteuid())
            return notIt(object);
        return ::mq_unlink(path.constData()) < 0 ? fail("mq_unlink") : Result<void>();
    }
    case Kind::SharedMemory:
    case Kind::Socket:
    case Kind::Fifo: {
        const bool same = ::lstat(path.constData(), &status) == 0 && status.st_uid == ::geteuid() &&
                          (object.kind == Kind::Socket ? S_ISSOCK(status.st_mode)
                           : object.kind == Kind::Fifo ? S_ISFIFO(status.st_mode)
                                                       : S_ISREG(status.st_mode));
        if (!same)
            return notIt(object);
        return ::unlink(path.constData()) < 0 ? fail("unlink") : Result<void>();
    }
    case Kind::LabFolder:
        break;
    }
    // A run that came to life meanwhile keeps its things.
    for (const lab::Leftover &leftover : lab::listLeftovers()) {
        if (leftover.run == object.labRun.toStdString() && leftover.state == lab::LeftoverState::InUse)
            return notIt(object);
    }
    if (!QDir(object.name).exists())
        return notIt(object);
    lab::removeRun(object.name.toStdString(), object.labRun.toStdString(), lab::RemoveFolder::Yes);
    return {};
}

} // namespace bulkhead
