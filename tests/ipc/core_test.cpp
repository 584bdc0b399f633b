// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/core/memfd.h"
#include "ipc/core/socket_pair.h"

#include <QtTest>

#include <cerrno>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

using namespace bulkhead;

class CoreTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileDescriptorIsClosedWithItsOwner()
    {
        int number;
        {
            UniqueFd fd(::open("/dev/null", O_RDONLY | O_CLOEXEC));
            number = fd.get();
            QVERIFY(::fcntl(number, F_GETFD) >= 0);
            UniqueFd moved = std::move(fd);
            QVERIFY(!fd);
            QCOMPARE(moved.get(), number);
        }
        QCOMPARE(::fcntl(number, F_GETFD), -1);
        QCOMPARE(errno, EBADF);
    }

    void aSocketPairIsCloseOnExecAndDoesNotBlock()
    {
        const auto pair = SocketPair::create();
        QVERIFY(pair);
        for (const UniqueFd *fd : {&pair->ours, &pair->theirs}) {
            QVERIFY(::fcntl(fd->get(), F_GETFD) & FD_CLOEXEC);
            QVERIFY(::fcntl(fd->get(), F_GETFL) & O_NONBLOCK);
        }
    }

    void aMemfdCanNeitherShrinkNorGrowNorBeSealedFurther()
    {
        const auto memory = Memfd::create("test", 8192);
        QVERIFY(memory);
        QCOMPARE(::ftruncate(memory->fd(), 4096), -1);
        QCOMPARE(errno, EPERM);
        QCOMPARE(::ftruncate(memory->fd(), 16384), -1);
        QCOMPARE(errno, EPERM);
        QCOMPARE(::fcntl(memory->fd(), F_ADD_SEALS, F_SEAL_WRITE), -1);
        QCOMPARE(errno, EPERM);
    }

    void adoptingRefusesWhatIsNotASealedMemfdOfThatSize()
    {
        const auto good = Memfd::create("test", 8192);
        QVERIFY(Memfd::adopt(good->duplicate(), 8192));
        QVERIFY(!Memfd::adopt(good->duplicate(), 8193));

        UniqueFd unsealed(::memfd_create("unsealed", MFD_CLOEXEC | MFD_ALLOW_SEALING));
        QCOMPARE(::ftruncate(unsealed.get(), 8192), 0);
        QVERIFY(!Memfd::adopt(std::move(unsealed), 8192));

        UniqueFd file(::open("/proc/self/exe", O_RDONLY | O_CLOEXEC));
        QVERIFY(!Memfd::adopt(std::move(file), 1));
        UniqueFd readOnly(::open(qPrintable(QStringLiteral("/proc/self/fd/%1").arg(good->fd())), O_RDONLY | O_CLOEXEC));
        QVERIFY(readOnly);
        QVERIFY(!Memfd::adopt(std::move(readOnly), 8192));
    }

    void anErrorSaysWhichCallFailedAndWhy()
    {
        errno = ENOENT;
        const Error error = Error::fromErrno("open");
        QCOMPARE(error.number, ENOENT);
        QCOMPARE(QString::fromStdString(error.what), QStringLiteral("open: No such file or directory"));
    }
};

QTEST_GUILESS_MAIN(CoreTest)
#include "core_test.moc"
