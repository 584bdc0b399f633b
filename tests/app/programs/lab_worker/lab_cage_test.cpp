// SPDX-License-Identifier: BSD-3-Clause
// What a worker of the IPC lab can still do once it is confined to a mechanism: each attempt in a process of its own
// that was confined as workers are, with the mechanism's own declaration.
#include "app/programs/lab_worker/lab_cage.h"
#include "app/runtime/sandbox/policies.h"
#include "ipc/lab/engine/broker.h"
#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/engine/run_folder.h"
#include "ipc/lab/engine/worker_pair.h"
#include "ipc/lab/engine/worker_process.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/protocol/place_message.h"
#include "tests/support/lacking.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <arpa/inet.h>
#include <cerrno>
#include <csignal>
#include <cstddef>
#include <cstring>
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
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::lab;

namespace {

// For attempts, which are plain functions:
std::string folderOfRun;
pid_t parentOfAttempts = 0; ///< asking for it is a system call, too
std::string outsideSocket;  ///< where a server of this process listens, as the control socket and the buses do
std::string abstractSocket; ///< the same without a file, as X does
in_port_t lowPort = 0;      ///< of a server on loopback, not one of those that the kernel hands out

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
sockaddr_un unixAddress(const std::string &path)
{
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}
socklen_t lengthOf(const std::string &path)
{
    return socklen_t(offsetof(sockaddr_un, sun_path) + path.size());
}
int connectTo(int type, const std::string &path)
{
    const int fd = ::socket(AF_UNIX, type | SOCK_CLOEXEC, 0);
    const sockaddr_un address = unixAddress(path);
    return fd < 0 ? errno : result(::connect(fd, reinterpret_cast<const sockaddr *>(&address), lengthOf(path)));
}
int connectOutside()
{
    return connectTo(SOCK_STREAM, outsideSocket);
}
int connectAbstract()
{
    return connectTo(SOCK_STREAM, abstractSocket);
}
int connectThroughALink()
{
    return connectTo(SOCK_STREAM, folderOfRun + "/link");
}
int connectAroundTheFolder()
{
    return connectTo(SOCK_STREAM, folderOfRun + "/../" + outsideSocket.substr(outsideSocket.rfind('/') + 1));
}
int connectInside()
{
    return connectTo(SOCK_STREAM, folderOfRun + "/served");
}
int bindUnix(const std::string &path)
{
    const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_un address = unixAddress(path);
    return fd < 0 ? errno : result(::bind(fd, reinterpret_cast<const sockaddr *>(&address), lengthOf(path)));
}
int bindOutside()
{
    return bindUnix("/tmp/bulkhead-lab-cage-escape");
}
int bindAbstract()
{
    return bindUnix(std::string("\0bulkhead-lab-cage", 18));
}
int bindWithoutAName()
{
    return bindUnix({});
}
int bindInside()
{
    return bindUnix(folderOfRun + "/bound");
}
int listenWithoutABind()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    return fd < 0 ? errno : result(::listen(fd, 1));
}
int datagramOutside()
{
    // Not by connect(), but with each message.
    const int fd = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_un address = unixAddress(outsideSocket + ".datagrams");
    char byte = 0;
    iovec vector{&byte, 1};
    msghdr message = {};
    message.msg_name = &address;
    message.msg_namelen = lengthOf(outsideSocket + ".datagrams");
    message.msg_iov = &vector;
    message.msg_iovlen = 1;
    return fd < 0 ? errno : result(::sendmsg(fd, &message, 0));
}
sockaddr_in internet(const char *host, in_port_t port)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    ::inet_pton(AF_INET, host, &address.sin_addr);
    return address;
}
int connectInternet(int type, const char *host, in_port_t port)
{
    const int fd = ::socket(AF_INET, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const sockaddr_in address = internet(host, port);
    const int error =
        fd < 0 ? errno : result(::connect(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address));
    return error == EINPROGRESS || error == ENETUNREACH ? 0 : error; // it may, whether it can or not
}
int connectFarAway()
{
    return connectInternet(SOCK_STREAM, "192.0.2.1", 40000);
}
int connectToTheNamedHost()
{
    return connectInternet(SOCK_STREAM, "198.51.100.7", 40000);
}
int connectToAService()
{
    return connectInternet(SOCK_STREAM, "127.0.0.1", lowPort);
}
int connectToAnotherLoopback()
{
    return connectInternet(SOCK_STREAM, "127.0.0.53", 40000);
}
int datagramFarAway()
{
    return connectInternet(SOCK_DGRAM, "192.0.2.1", 40000);
}
int datagramInTheNeighbourhood()
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = internet("127.0.0.1", 40000);
    return fd < 0 ? errno : result(::sendto(fd, "", 0, 0, reinterpret_cast<sockaddr *>(&address), sizeof address));
}
int bindToAllInterfaces()
{
    const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const sockaddr_in address = internet("0.0.0.0", 0);
    return fd < 0 ? errno : result(::bind(fd, reinterpret_cast<const sockaddr *>(&address), sizeof address));
}
int forgetTheConnection()
{
    const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    sockaddr address = {};
    address.sa_family = AF_UNSPEC;
    return fd < 0 ? errno : result(::connect(fd, &address, sizeof address));
}
int rawSocket()
{
    return result(::socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_ICMP));
}
int pairOfDatagramSockets()
{
    int ends[2];
    return result(::socketpair(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0, ends));
}
int urgentData()
{
    int ends[2];
    ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
    return result(::send(ends[0], "", 1, MSG_OOB));
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
    return result(::sigqueue(parentOfAttempts, SIGRTMIN, {})); // which ignores it
}
int queueAnotherSignalToParent()
{
    return result(::sigqueue(parentOfAttempts, SIGURG, {})); // nor is this one anything to it
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
        Place place;
        place.folder = folderOfRun;
        place.address = "127.0.0.1";
        place.remote = "198.51.100.7";
        if (!sandbox::confineLabWorker(needs, place))
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
        ::signal(SIGRTMIN, SIG_IGN);
        // What a worker must not reach is really there.
        outsideSocket = folderOfRun + ".outside";
        abstractSocket = std::string("\0bulkhead-lab-cage-", 19) + std::to_string(::getpid());
        for (const auto &[type, path] :
             {std::pair(SOCK_STREAM, outsideSocket), std::pair(SOCK_STREAM, abstractSocket),
              std::pair(SOCK_STREAM, folderOfRun + "/served"), std::pair(SOCK_DGRAM, outsideSocket + ".datagrams")}) {
            UniqueFd server(::socket(AF_UNIX, type | SOCK_CLOEXEC, 0));
            const sockaddr_un address = unixAddress(path);
            QCOMPARE(::bind(server.get(), reinterpret_cast<const sockaddr *>(&address), lengthOf(path)), 0);
            if (type == SOCK_STREAM)
                QCOMPARE(::listen(server.get(), 100), 0);
            m_servers.push_back(std::move(server));
        }
        QCOMPARE(::symlink(outsideSocket.c_str(), (folderOfRun + "/link").c_str()), 0);
        UniqueFd service(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        for (in_port_t port = 20000; port < 21000 && lowPort == 0; ++port) {
            const sockaddr_in address = internet("127.0.0.1", port);
            if (::bind(service.get(), reinterpret_cast<const sockaddr *>(&address), sizeof address) == 0)
                lowPort = port;
        }
        QVERIFY(lowPort != 0);
        QCOMPARE(::listen(service.get(), 100), 0);
        m_servers.push_back(std::move(service));
    }
    void cleanupTestCase()
    {
        m_folder.reset();
        for (const char *name : {"", ".datagrams"})
            ::unlink((outsideSocket + name).c_str());
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
        for (const Attempt attempt : {readOthersFile,
                                      writeInRunFolder,
                                      unixSocket,
                                      netlinkSocket,
                                      tcpBind,
                                      forkOne,
                                      signalParent,
                                      queueSignalToParent,
                                      queueAnotherSignalToParent,
                                      systemVMemory,
                                      systemVQueue,
                                      executableMemory,
                                      connectOutside,
                                      connectAbstract,
                                      connectThroughALink,
                                      connectAroundTheFolder,
                                      connectFarAway,
                                      connectToAService,
                                      datagramOutside,
                                      datagramFarAway,
                                      datagramInTheNeighbourhood,
                                      bindToAllInterfaces,
                                      listenWithoutABind,
                                      bindAbstract,
                                      bindWithoutAName,
                                      forgetTheConnection,
                                      pairOfDatagramSockets,
                                      urgentData}) {
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

    // The other half of a cage: what the mechanism is about still works, in both of its workers, several times.
    void everyMechanismWorksInItsCage_data()
    {
        QTest::addColumn<QString>("mechanism");
        for (const auto &mechanism : allMechanisms())
            QTest::newRow(mechanism->info().name.c_str()) << QString::fromStdString(mechanism->info().name);
    }
    void everyMechanismWorksInItsCage()
    {
        QFETCH(QString, mechanism);
        const auto known = findMechanism(mechanism.toStdString());
        QVERIFY(known);
        const MechanismInfo info = known->info();
        SKIP_WHEN_LACKING(lacking::mechanism(info.name));
        const Result<void> available = known->available();
        QVERIFY2(available, available ? "" : available.error().what.c_str());
        const Cancel cancel;
        Result<RunFolder> folder = RunFolder::create();
        QVERIFY(folder);
        std::unique_ptr<Broker> broker;
        if (mechanism == u"mqtt") {
            Result<std::unique_ptr<Broker>> started = Broker::start(folder->path());
            QVERIFY2(started, started ? "" : started.error().what.c_str());
            broker = std::move(*started);
        }
        WorkerPair pair(LAB_WORKER_PROGRAM, *folder, cancel);
        for (const Wait wait : info.waits) {
            WorkerPair::LinkSpec spec;
            spec.mechanism = info.name;
            spec.wait = wait;
            spec.largest = std::min<std::size_t>(4096, info.largest > 0 ? info.largest : 4096);
            spec.alone = info.partner == Partner::None;
            spec.lossy = info.delivery == Delivery::Lossy;
            spec.broker = broker ? broker->socket() : std::string();
            const auto opened = pair.open(spec);
            QVERIFY2(opened, opened ? "" : opened.error().what.c_str());
            for (const wire::LabMeasure::Pattern pattern : {wire::LabMeasure::PING_PONG, wire::LabMeasure::STREAM}) {
                wire::LabMeasure what;
                what.set_pattern(pattern);
                what.set_size(spec.largest);
                what.set_count(20);
                const auto figures = pair.measure(what, {}, std::chrono::seconds(30));
                QVERIFY2(figures, figures ? "" : figures.error().what.c_str());
                QCOMPARE(figures->initiator.wrong() + figures->responder.wrong(), std::uint64_t(0));
            }
        }
    }

    void everyStudyWorksInItsCage_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name : {"race", "memory", "locks", "order", "many"})
            QTest::newRow(name) << QString::fromLatin1(name);
    }
    void everyStudyWorksInItsCage()
    {
        QFETCH(QString, name);
        Result<RunFolder> folder = RunFolder::create();
        QVERIFY(folder);
        auto worker = WorkerProcess::start(LAB_WORKER_PROGRAM);
        QVERIFY(worker);
        wire::LabCommand command;
        command.mutable_study()->set_name(name.toStdString());
        writePlace(folder->place(), *command.mutable_study()->mutable_place());
        QVERIFY((*worker)->send(std::move(command)));
        const Cancel cancel;
        const Result<wire::LabReply> reply = await(**worker, std::chrono::seconds(120), cancel);
        QVERIFY2(reply, reply ? "" : reply.error().what.c_str());
        QCOMPARE(QString::fromStdString(reply->error()), QString());
        QVERIFY2(reply->study().lesson_holds() || name != u"many", reply->study().DebugString().c_str());
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
            {"fifo", "a device in the run's folder", makeDevice, -SIGSYS},
            {"fifo", "a file outside", writeOutside, EACCES},
            {"fifo", "reading a file of the person's", readOthersFile, EACCES},
            {"sysv-queue", "its queue", systemVQueue, 0},
            {"sysv-queue", "shared memory", systemVMemory, -SIGSYS},
            {"posix-queue", "its queue", posixQueue, 0},
            {"posix-queue", "reading a file of the person's", readOthersFile, EACCES},
            {"unix-stream", "its socket", unixSocket, 0},
            {"unix-stream", "a name in the run's folder", bindInside, 0},
            {"unix-stream", "a server in the run's folder", connectInside, 0},
            {"unix-stream", "a server outside, as the control socket and the buses are", connectOutside, EACCES},
            {"unix-stream", "a server without a file, as X is", connectAbstract, EACCES},
            {"unix-stream", "a link in the run's folder that leads outside", connectThroughALink, EACCES},
            {"unix-stream", "a path that leaves the run's folder again", connectAroundTheFolder, EACCES},
            {"unix-stream", "a name outside", bindOutside, EACCES},
            {"unix-stream", "a name without a file", bindAbstract, EACCES},
            {"unix-stream", "a name of the kernel's choice", bindWithoutAName, EACCES},
            {"unix-stream", "datagrams", datagramOutside, -SIGSYS},
            {"unix-stream", "a port", tcpBind, -SIGSYS},
            {"unix-stream", "a netlink socket", netlinkSocket, -SIGSYS},
            {"unix-datagram", "another receiver with every message", datagramOutside, EPERM},
            {"unix-seqpacket", "another type of socket", connectOutside, -SIGSYS},
            {"dbus", "a bus that is not its own", connectOutside, EACCES},
            {"dbus", "a bus without a file", connectAbstract, EACCES},
            {"mqtt", "a server that is not its broker", connectOutside, EACCES},
            {"mqtt", "a port", tcpBind, -SIGSYS},
            {"protobuf-rpc", "a server that is not its own", connectOutside, EACCES},
            {"bulkhead-channel", "a pair of datagram sockets", pairOfDatagramSockets, -SIGSYS},
            {"bulkhead-channel", "urgent data", urgentData, -SIGSYS},
            {"bulkhead-channel", "a socket", unixSocket, EACCES},
            {"tcp", "a port", tcpBind, 0},
            {"tcp", "another machine", connectFarAway, EACCES},
            {"tcp", "the machine that was named", connectToTheNamedHost, 0},
            {"tcp", "a service of this machine", connectToAService, EACCES},
            {"tcp", "another address of this machine", connectToAnotherLoopback, EACCES},
            {"tcp", "all interfaces", bindToAllInterfaces, EACCES},
            {"tcp", "an address of the kernel's choice", listenWithoutABind, EACCES},
            {"tcp", "a Unix socket", unixSocket, -SIGSYS},
            {"tcp", "a raw socket", rawSocket, -SIGSYS},
            {"tcp", "a file in the run's folder", writeInRunFolder, EACCES},
            {"udp", "another machine", datagramFarAway, EACCES},
            {"udp", "another receiver with every message", datagramInTheNeighbourhood, -SIGSYS},
            {"udp", "taking the connection back", forgetTheConnection, EACCES},
            {"udp", "a TCP port", tcpBind, -SIGSYS},
            {"signal", "its signal", queueSignalToParent, 0},
            {"signal", "another signal", queueAnotherSignalToParent, -SIGSYS},
            {"signal", "kill()", signalParent, -SIGSYS},
        };
        return Rows;
    }

    std::unique_ptr<RunFolder> m_folder;
    std::vector<UniqueFd> m_servers;
};

QTEST_GUILESS_MAIN(LabCageTest)
#include "lab_cage_test.moc"
