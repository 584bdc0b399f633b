// SPDX-License-Identifier: BSD-3-Clause
// What a worker of the IPC lab can still do once it is confined to a mechanism: each attempt in a process of its own
// that was confined as workers are, with the mechanism's own declaration.
#include "app/sandbox/lab_cage.h"
#include "app/sandbox/policies.h"
#include "ipc/lab/run_folder.h"
#include "ipc/lab/worker_process.h"
#include "ipc/mechanisms/catalogue.h"

#include <QFile>
#include <QtTest>

#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <mqueue.h>
#include <netinet/in.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/ptrace.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

// For attempts, which are plain functions:
std::string folderOfRun;
pid_t parentOfAttempts = 0; ///< asking for it is a system call, too

/// 0 when the call did what it should, else errno.
using Attempt = int (*)();

int result(long value)
{
    return value < 0 ? errno : 0;
}
int readOthersFile()
{
    return result(::open("/etc/passwd", O_RDONLY | O_CLOEXEC));
}
int writeInRunFolder()
{
    return result(::open((folderOfRun + "/file").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
}
int writeOutside()
{
    return result(::open("/tmp/bulkhead-lab-cage-escape", O_CREAT | O_RDWR | O_CLOEXEC, 0600));
}
int makeDevice()
{
    return result(::mknod((folderOfRun + "/device").c_str(), S_IFCHR | 0600, 0x103));
}
int makeFifo()
{
    return result(::mkfifo((folderOfRun + "/fifo").c_str(), 0600));
}
int unixSocket()
{
    return result(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
}
int netlinkSocket()
{
    return result(::socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, 0));
}
int tcpBind()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return fd < 0 ? errno : result(::bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address));
}
int forkOne()
{
    const pid_t pid = pid_t(::syscall(SYS_clone, SIGCHLD, 0, 0, 0, 0));
    if (pid == 0)
        ::_exit(0);
    return result(pid);
}
int newNamespace()
{
    return result(::unshare(CLONE_NEWUSER));
}
int runProgram()
{
    return result(::execl("/bin/true", "true", nullptr));
}
int signalParent()
{
    return result(::kill(parentOfAttempts, 0));
}
int queueSignalToParent()
{
    return result(::sigqueue(parentOfAttempts, 0, {}));
}
int traceParent()
{
    return result(::ptrace(PTRACE_SEIZE, parentOfAttempts, nullptr, nullptr));
}
int systemVMemory()
{
    const int id = ::shmget(IPC_PRIVATE, 4096, IPC_CREAT | 0600);
    return id < 0 ? errno : result(::shmctl(id, IPC_RMID, nullptr));
}
int systemVQueue()
{
    const int id = ::msgget(IPC_PRIVATE, IPC_CREAT | 0600);
    return id < 0 ? errno : result(::msgctl(id, IPC_RMID, nullptr));
}
int posixQueue()
{
    const mqd_t queue = ::mq_open("/bulkhead-lab-cage", O_CREAT | O_RDWR, 0600, nullptr);
    return queue < 0 ? errno : result(::mq_unlink("/bulkhead-lab-cage"));
}
int executableMemory()
{
    return ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED
               ? errno
               : 0;
}

/// errno of the attempt, 0, or -signal when it was the process's end.
int confined(const Needs &needs, Attempt attempt)
{
    const pid_t child = ::fork();
    if (child == 0) {
        if (!sandbox::confineLabWorker(needs, folderOfRun))
            ::_exit(255);
        ::_exit(attempt());
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

} // namespace

class LabCageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (sandbox::HasSanitizers)
            QSKIP("builds with sanitizers end nobody");
        Result<RunFolder> folder = RunFolder::create();
        QVERIFY(folder);
        m_folder = std::make_unique<RunFolder>(std::move(*folder));
        folderOfRun = m_folder->path();
        parentOfAttempts = ::getpid();
    }
    void cleanupTestCase()
    {
        m_folder.reset();
        QVERIFY(!QFile::exists(QStringLiteral("/tmp/bulkhead-lab-cage-escape")));
    }

    void aWorkerCanDoWhatItsMechanismNeedsAndNothingElse_data()
    {
        QTest::addColumn<QString>("mechanism");
        QTest::addColumn<int>("attempt");
        QTest::addColumn<int>("expected");
        for (const Row &row : rows())
            QTest::addRow("%s: %s", row.mechanism, row.what)
                << QString::fromLatin1(row.mechanism) << int(&row - rows().data()) << row.expected;
    }
    void aWorkerCanDoWhatItsMechanismNeedsAndNothingElse()
    {
        QFETCH(QString, mechanism);
        QFETCH(int, attempt);
        QFETCH(int, expected);
        const auto known = findMechanism(mechanism.toStdString());
        QVERIFY(known);
        QCOMPARE(confined(known->info().needs, rows()[std::size_t(attempt)].attempt), expected);
    }

    // Without the cage each of these would be carried out, or fail for another reason.
    void withoutTheCageTheAttemptsSucceed()
    {
        for (const Attempt attempt :
             {readOthersFile, writeInRunFolder, unixSocket, netlinkSocket, tcpBind, forkOne, signalParent,
              queueSignalToParent, systemVMemory, systemVQueue, executableMemory}) {
            const pid_t child = ::fork();
            if (child == 0)
                ::_exit(attempt());
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY(WIFEXITED(status));
            QCOMPARE(WEXITSTATUS(status), 0);
        }
    }

    void aWorkerUsesOneMechanismOnlyAndIsSeenConfined()
    {
        auto worker = WorkerProcess::start(LAB_WORKER_PROGRAM);
        QVERIFY(worker);
        const auto ask = [&](const char *mechanism) {
            wire::LabCommand command;
            command.mutable_open()->set_mechanism(mechanism);
            command.mutable_open()->set_create(true);
            command.mutable_open()->mutable_place()->set_folder(m_folder->path());
            command.mutable_open()->mutable_place()->set_run(m_folder->run());
            if (!(*worker)->send(std::move(command)))
                return std::string("not sent");
            const auto reply = (*worker)->receive();
            return reply ? reply->error() : reply.error().what;
        };
        QCOMPARE(ask("pipe"), std::string());
        QCOMPARE(QString::fromStdString(ask("tcp")), QStringLiteral("this worker is confined to pipe"));
        QFile file(QStringLiteral("/proc/%1/status").arg((*worker)->pid()));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray status = file.readAll();
        QVERIFY(status.contains("\nSeccomp:\t2\n"));
        QVERIFY(status.contains("\nNoNewPrivs:\t1\n"));
        QVERIFY(status.contains("\nCapEff:\t0000000000000000\n"));
    }

    void aNameThatIsNoSystemCallIsAnError() { QVERIFY(!sandbox::labWorkerPolicy({"read", "raed"}, 1)); }

private:
    struct Row
    {
        const char *mechanism;
        const char *what;
        Attempt attempt;
        int expected;
    };
    static const std::vector<Row> &rows()
    {
        static const std::vector<Row> Rows = {
            {"pipe", "reading a file of the person's", readOthersFile, EACCES},
            {"pipe", "a file in the run's folder", writeInRunFolder, EACCES},
            {"pipe", "a socket", unixSocket, EACCES},
            {"pipe", "another process", forkOne, -SIGSYS},
            {"pipe", "a program", runProgram, -SIGSYS},
            {"pipe", "a namespace", newNamespace, -SIGSYS},
            {"pipe", "a signal to its parent", signalParent, -SIGSYS},
            {"pipe", "tracing its parent", traceParent, -SIGSYS},
            {"pipe", "System V shared memory", systemVMemory, -SIGSYS},
            {"pipe", "a POSIX queue", posixQueue, -SIGSYS},
            {"pipe", "memory to execute", executableMemory, EACCES},
            {"fifo", "a FIFO in the run's folder", makeFifo, 0},
            {"fifo", "a device in the run's folder", makeDevice, EACCES},
            {"fifo", "a file outside", writeOutside, EACCES},
            {"fifo", "reading a file of the person's", readOthersFile, EACCES},
            {"sysv-queue", "its queue", systemVQueue, 0},
            {"sysv-queue", "shared memory", systemVMemory, -SIGSYS},
            {"posix-queue", "its queue", posixQueue, 0},
            {"posix-queue", "reading a file of the person's", readOthersFile, EACCES},
            {"unix-stream", "its socket", unixSocket, 0},
            {"unix-stream", "a port", tcpBind, EACCES},
            {"unix-stream", "a netlink socket", netlinkSocket, -SIGSYS},
            {"tcp", "a port", tcpBind, 0},
            {"tcp", "a file in the run's folder", writeInRunFolder, EACCES},
            {"signal", "its signal", queueSignalToParent, 0},
            {"signal", "kill()", signalParent, -SIGSYS},
        };
        return Rows;
    }

    std::unique_ptr<RunFolder> m_folder;
};

QTEST_GUILESS_MAIN(LabCageTest)
#include "lab_cage_test.moc"
