// SPDX-License-Identifier: BSD-3-Clause
// Leftovers of the lab are what a run of this user's made, and nothing that looks like it.
#include "ipc/lab/engine/leftovers.h"
#include "ipc/lab/engine/provenance.h"
#include "ipc/lab/engine/run_folder.h"

#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <csignal>
#include <fcntl.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

/// A run that was killed: its folder, its key and its lock are there, and nobody holds it.
struct DeadRun
{
    std::string folder, run;

    DeadRun()
    {
        int result[2];
        if (::pipe(result) < 0)
            return;
        const pid_t child = ::fork();
        if (child == 0) {
            auto made = RunFolder::create();
            if (made && made->place().key('m'))
                (void)!::write(result[1], made->path().data(), made->path().size());
            ::_exit(0); // without its destructor
        }
        ::close(result[1]);
        char path[4096];
        const ssize_t got = ::read(result[0], path, sizeof path);
        ::close(result[0]);
        ::waitpid(child, nullptr, 0);
        folder.assign(path, std::size_t(std::max<ssize_t>(got, 0)));
        run = folder.substr(folder.rfind('/') + 1);
    }
    ~DeadRun() { removeRun(folder, run, RemoveFolder::Yes); }
    key_t key(char letter) const { return ::ftok((folder + "/key").c_str(), letter); }
};

bool isThere(const std::string &shm)
{
    struct stat status = {};
    return ::lstat(("/dev/shm" + shm).c_str(), &status) == 0;
}
void makeShm(const std::string &name)
{
    ::close(::shm_open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
}

} // namespace

class ProvenanceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_temporary.isValid());
        qputenv("TMPDIR", m_temporary.path().toLocal8Bit()); // this test's runs only
    }

    void whatARunMadeIsRemoved()
    {
        const DeadRun dead;
        QVERIFY(!dead.folder.empty());
        const int memory = ::shmget(dead.key('m'), 4096, IPC_CREAT | IPC_EXCL | 0600);
        const int queue = ::msgget(dead.key('q'), IPC_CREAT | IPC_EXCL | 0600);
        const int semaphores = ::semget(dead.key('s'), 1, IPC_CREAT | IPC_EXCL | 0600);
        QVERIFY(memory >= 0 && queue >= 0 && semaphores >= 0);
        makeShm("/" + dead.run + ".memory");
        QStringList kinds;
        for (const Leftover &left : cleanLeftovers()) {
            if (left.run == dead.run)
                kinds << QString::number(int(left.kind));
        }
        QCOMPARE(kinds.size(), 5);
        QVERIFY(::shmctl(memory, IPC_RMID, nullptr) < 0);
        QVERIFY(::msgctl(queue, IPC_RMID, nullptr) < 0);
        QVERIFY(::semctl(semaphores, 0, IPC_RMID) < 0);
        QVERIFY(!isThere("/" + dead.run + ".memory"));
        QVERIFY(::access(dead.folder.c_str(), F_OK) < 0);
    }

    void whatAnotherUserOwnsOrMadeIsNotRemoved()
    {
        if (::geteuid() != 0)
            QSKIP("only root can make something that belongs to somebody else");
        const DeadRun dead;
        const int id = ::shmget(dead.key('m'), 4096, IPC_CREAT | IPC_EXCL | 0600);
        const auto remove = qScopeGuard([id] { ::shmctl(id, IPC_RMID, nullptr); });
        shmid_ds status = {};
        QCOMPARE(::shmctl(id, IPC_STAT, &status), 0);
        status.shm_perm.uid = 65534;
        QCOMPARE(::shmctl(id, IPC_SET, &status), 0);
        // Made by another, and given to this user.
        const key_t queueKey = dead.key('q');
        const pid_t other = ::fork();
        if (other == 0) {
            if (::setresuid(65534, 65534, 65534) == 0)
                ::msgget(queueKey, IPC_CREAT | IPC_EXCL | 0600);
            ::_exit(0);
        }
        ::waitpid(other, nullptr, 0);
        const int queue = ::msgget(queueKey, 0);
        QVERIFY(queue >= 0);
        const auto removeQueue = qScopeGuard([queue] { ::msgctl(queue, IPC_RMID, nullptr); });
        msqid_ds given = {};
        QCOMPARE(::msgctl(queue, IPC_STAT, &given), 0);
        given.msg_perm.uid = 0;
        QCOMPARE(::msgctl(queue, IPC_SET, &given), 0);
        const std::string shm = "/" + dead.run + ".memory";
        makeShm(shm);
        const auto removeShm = qScopeGuard([&shm] { ::shm_unlink(shm.c_str()); });
        QCOMPARE(::chown(("/dev/shm" + shm).c_str(), 65534, 65534), 0);

        cleanLeftovers();
        QCOMPARE(::shmctl(id, IPC_STAT, &status), 0);
        QCOMPARE(::msgctl(queue, IPC_STAT, &given), 0);
        QVERIFY(isThere(shm));
    }

    // Another program's, under the same key by chance: ftok() has sixteen bits of the file.
    void whatIsForOthersTooIsNotRemoved()
    {
        const DeadRun dead;
        const int open = ::msgget(dead.key('q'), IPC_CREAT | IPC_EXCL | 0666);
        QVERIFY(open >= 0);
        const auto removeQueue = qScopeGuard([open] { ::msgctl(open, IPC_RMID, nullptr); });
        cleanLeftovers();
        msqid_ds queue = {};
        QCOMPARE(::msgctl(open, IPC_STAT, &queue), 0);
    }

    void whatIsOlderThanTheRunIsNotRemoved()
    {
        const DeadRun dead;
        const int before = ::shmget(dead.key('m'), 4096, IPC_CREAT | IPC_EXCL | 0600);
        QVERIFY(before >= 0);
        const auto removeMemory = qScopeGuard([before] { ::shmctl(before, IPC_RMID, nullptr); });
        const timespec later[2] = {{::time(nullptr) + 60, 0}, {::time(nullptr) + 60, 0}};
        QCOMPARE(::utimensat(AT_FDCWD, (dead.folder + "/lock").c_str(), later, 0), 0);
        cleanLeftovers();
        shmid_ds memory = {};
        QCOMPARE(::shmctl(before, IPC_STAT, &memory), 0);
    }

    void namesThatLookLikeARunsAreNotRemoved_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"/bulkhead-lab-notes", "/bulkhead-lab-1-1", "/bulkhead-lab-999999999-1.notes",
                                 "/bulkhead-lab-999999999.memory", "/bulkhead-lab-999999999-1x.memory",
                                 "/bulkhead-lab-0999-1.memory", "/bulkhead-lab--1-1.memory"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void namesThatLookLikeARunsAreNotRemoved()
    {
        QFETCH(QString, name);
        makeShm(name.toStdString());
        const auto remove = qScopeGuard([&name] { ::shm_unlink(name.toLatin1().constData()); });
        cleanLeftovers();
        QVERIFY(isThere(name.toStdString()));
    }

    void aRunWhoseFolderIsElsewhereKeepsItsThingsWhileItLives()
    {
        // Its engine is this process.
        const std::string mine = "/bulkhead-lab-" + std::to_string(::getpid()) + "-77.memory";
        makeShm(mine);
        cleanLeftovers();
        QVERIFY(isThere(mine));
        ::shm_unlink(mine.c_str());
        // Its engine is long gone.
        makeShm("/bulkhead-lab-999999999-1.memory");
        cleanLeftovers();
        QVERIFY(!isThere("/bulkhead-lab-999999999-1.memory"));
    }

    void foldersThatLookLikeARunsAreNotRemoved()
    {
        const DeadRun dead;
        const std::string base = dead.folder.substr(0, dead.folder.rfind('/'));
        QTemporaryDir precious;
        const std::string withoutLock = base + "/bulkhead-lab-999999999-1", link = base + "/bulkhead-lab-999999999-2",
                          named = base + "/bulkhead-lab-mine", pipe = base + "/bulkhead-lab-999999999-3";
        QCOMPARE(::mkdir(withoutLock.c_str(), 0700), 0);
        QCOMPARE(::symlink(precious.path().toLocal8Bit().constData(), link.c_str()), 0);
        QCOMPARE(::mkdir(named.c_str(), 0700), 0);
        QCOMPARE(::mkdir(pipe.c_str(), 0700), 0);
        QCOMPARE(::mkfifo((pipe + "/lock").c_str(), 0600), 0);
        cleanLeftovers();
        struct stat status = {};
        for (const std::string &path : {withoutLock, link, named, pipe})
            QVERIFY2(::lstat(path.c_str(), &status) == 0, path.c_str());
        QVERIFY(QDir(precious.path()).exists());
    }

private:
    QTemporaryDir m_temporary;
};

QTEST_GUILESS_MAIN(ProvenanceTest)
#include "provenance_test.moc"
