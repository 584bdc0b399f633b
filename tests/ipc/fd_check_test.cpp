// SPDX-License-Identifier: BSD-3-Clause
// Descriptors that came over a real socket: taken for what they are, whatever the sender says.
#include "ipc/channel/channel.h"
#include "ipc/channel/fd_demand.h"
#include "ipc/core/memfd.h"
#include "ipc/core/socket_pair.h"
#include "ipc/messages/renderer.pb.h"
#include "tests/support/lacking.h"

#include <QtTest>

#include <cstddef>
#include <cstring>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

constexpr int Seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

/// The descriptor as another process would get it: sent with SCM_RIGHTS.
UniqueFd received(UniqueFd fd)
{
    Result<SocketPair> pair = SocketPair::create();
    PacketWriter writer;
    ChannelCounters counters;
    wire::RendererToBrowser message;
    message.mutable_pong();
    Fds fds;
    fds.push_back(std::move(fd));
    writer.queue(PacketKind::Message, 0, message, std::move(fds), 0, counters);
    writer.writeTo(pair->theirs.get(), counters);
    PacketReader reader;
    reader.readFrom(pair->ours.get(), counters);
    std::optional<Packet> packet = reader.next();
    return packet && packet->fds.size() == 1 ? std::move(packet->fds[0]) : UniqueFd();
}

UniqueFd memfd(unsigned flags, std::size_t bytes, int seals)
{
    UniqueFd fd(::memfd_create("test", MFD_CLOEXEC | flags));
    if (::ftruncate(fd.get(), off_t(bytes)) < 0 || (seals != 0 && ::fcntl(fd.get(), F_ADD_SEALS, seals) < 0))
        return UniqueFd();
    return fd;
}

UniqueFd reopened(const UniqueFd &fd, int flags)
{
    return UniqueFd(::open(("/proc/self/fd/" + std::to_string(fd.get())).c_str(), flags | O_CLOEXEC));
}

/// The listener of a filter that allows everything; it stays on this process.
UniqueFd callListener()
{
    sock_filter allow = BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    const sock_fprog program{1, &allow};
    ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
    return UniqueFd(int(::syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program)));
}

UniqueFd sample(FdKind kind)
{
    switch (kind) {
    case FdKind::SharedMemory:
        return memfd(MFD_ALLOW_SEALING, 4096, Seals);
    case FdKind::Socket:
        return std::move(SocketPair::create()->ours);
    case FdKind::Pipe:
        return std::move(PipePair::create()->writeEnd);
    case FdKind::EventFd:
        return UniqueFd(::eventfd(0, EFD_CLOEXEC));
    case FdKind::Process:
        return UniqueFd(int(::syscall(SYS_pidfd_open, ::getpid(), 0)));
    case FdKind::CallListener:
        return callListener();
    }
    return UniqueFd();
}

constexpr FdKind Kinds[] = {FdKind::SharedMemory, FdKind::Socket,  FdKind::Pipe,
                            FdKind::EventFd,      FdKind::Process, FdKind::CallListener};

} // namespace

class FdCheckTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyKindIsToldFromEveryOther()
    {
        for (const FdKind real : Kinds) {
            if (real == FdKind::CallListener) // the last
                SKIP_WHEN_LACKING(lacking::callListeners());
            const UniqueFd fd = received(sample(real));
            QVERIFY(fd);
            for (const FdKind claimed : Kinds)
                QCOMPARE(int(checkMessageFd(fd, claimed)),
                         int(claimed == real ? BadMessage::None : BadMessage::FdWrongType));
        }
    }

    void aFileIsNoneOfThem()
    {
        for (const char *path : {"/etc/hostname", "/dev/null", "/proc/self/status", "/"}) {
            const UniqueFd fd = received(UniqueFd(::open(path, O_RDONLY | O_CLOEXEC)));
            QVERIFY2(fd, path);
            for (const FdKind claimed : Kinds)
                QCOMPARE(int(checkMessageFd(fd, claimed)), int(BadMessage::FdWrongType));
        }
    }

    void sharedMemoryOpenedForReadingOnlyIsRefusedWhereItIsToBeWritten()
    {
        const UniqueFd writable = memfd(MFD_ALLOW_SEALING, 4096, Seals);
        const UniqueFd fd = received(reopened(writable, O_RDONLY));
        QCOMPARE(int(checkMessageFd(fd, FdKind::SharedMemory, {FdAccess::ReadWrite, Seals, 4096})),
                 int(BadMessage::FdWrongAccess));
        QCOMPARE(int(checkMessageFd(fd, FdKind::SharedMemory, {FdAccess::Read, Seals, 4096})), int(BadMessage::None));
    }

    void theWriteEndOfAPipeIsNotTheReadEnd()
    {
        Result<PipePair> pipe = PipePair::create();
        const UniqueFd fd = received(std::move(pipe->writeEnd));
        QCOMPARE(int(checkMessageFd(fd, FdKind::Pipe, {FdAccess::Read})), int(BadMessage::FdWrongAccess));
        QCOMPARE(int(checkMessageFd(fd, FdKind::Pipe, {FdAccess::Write})), int(BadMessage::None));
    }

    void sharedMemoryThatCouldShrinkIsRefused()
    {
        for (const int seals : {0, F_SEAL_SHRINK, F_SEAL_SHRINK | F_SEAL_GROW}) {
            const UniqueFd fd = received(memfd(MFD_ALLOW_SEALING, 4096, seals));
            QCOMPARE(int(checkMessageFd(fd, FdKind::SharedMemory, {FdAccess::ReadWrite, Seals, 4096})),
                     int(BadMessage::FdMissingSeals));
        }
    }

    void sharedMemoryShorterThanAnnouncedIsRefused()
    {
        const UniqueFd fd = received(memfd(MFD_ALLOW_SEALING, 4096, Seals));
        QCOMPARE(int(checkMessageFd(fd, FdKind::SharedMemory, {FdAccess::ReadWrite, Seals, 4097})),
                 int(BadMessage::FdWrongSize));
    }

    void surplusDescriptorsAreClosedAndCounted()
    {
        Result<SocketPair> pair = SocketPair::create();
        const int theirs = pair->theirs.get();
        Channel channel(std::move(pair->ours), wire::RendererToBrowser::default_instance());
        bool ended = false;
        BadMessage reason = BadMessage::None;
        connect(&channel, &Channel::ended, this, [&](ChannelEnd, BadMessage why, const QString &) {
            ended = true;
            reason = why;
        });
        channel.setHandler([](const google::protobuf::Message &, Channel::Envelope &) {});
        // A packet that claims no descriptor, sent with three.
        Result<PipePair> pipe = PipePair::create();
        wire::RendererToBrowser message;
        message.mutable_pong();
        const std::string payload = message.SerializeAsString();
        PacketHeader header = {};
        header.payloadBytes = std::uint32_t(payload.size());
        std::string bytes(reinterpret_cast<const char *>(&header), sizeof header);
        bytes += payload;
        iovec io{bytes.data(), bytes.size()};
        alignas(cmsghdr) char control[CMSG_SPACE(3 * sizeof(int))] = {};
        msghdr packet = {};
        packet.msg_iov = &io;
        packet.msg_iovlen = 1;
        packet.msg_control = control;
        packet.msg_controllen = sizeof control;
        cmsghdr *rights = CMSG_FIRSTHDR(&packet);
        rights->cmsg_level = SOL_SOCKET;
        rights->cmsg_type = SCM_RIGHTS;
        rights->cmsg_len = CMSG_LEN(3 * sizeof(int));
        const int three[3] = {pipe->writeEnd.get(), pipe->writeEnd.get(), pipe->writeEnd.get()};
        std::memcpy(CMSG_DATA(rights), three, sizeof three);
        QVERIFY(::sendmsg(theirs, &packet, 0) > 0);
        QTRY_VERIFY(ended);
        QCOMPARE(int(reason), int(BadMessage::SurplusFds));
        QCOMPARE(channel.counters().fdsReceived, 3u);
        QCOMPARE(channel.counters().fdsClosed, 3u);
        // All copies are gone when the reader sees the end.
        pipe->writeEnd.reset();
        char byte;
        QCOMPARE(::read(pipe->readEnd.get(), &byte, 1), ssize_t(0));
    }

    void descriptorsThatNoHandlerTakesAreClosedAndCounted()
    {
        Result<SocketPair> pair = SocketPair::create();
        Channel sender(std::move(pair->theirs), wire::BrowserToRenderer::default_instance());
        Channel receiver(std::move(pair->ours), wire::RendererToBrowser::default_instance());
        int messages = 0;
        receiver.setHandler([&](const google::protobuf::Message &, Channel::Envelope &) { ++messages; });
        Result<PipePair> pipe = PipePair::create();
        wire::RendererToBrowser message;
        message.mutable_pong();
        Fds fds;
        fds.push_back(std::move(pipe->writeEnd));
        QVERIFY(sender.send(message, std::move(fds)));
        QTRY_COMPARE(messages, 1);
        QCOMPARE(receiver.counters().fdsClosed, 1u);
        char byte;
        QTRY_COMPARE(::read(pipe->readEnd.get(), &byte, 1), ssize_t(0));
    }
};

QTEST_GUILESS_MAIN(FdCheckTest)
#include "fd_check_test.moc"
