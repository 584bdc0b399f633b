// SPDX-License-Identifier: BSD-3-Clause
// What others may have put where a file is expected: nothing of it makes the browser wait, read without end or act on a
// device. Each look has a limit of time by the test's own alarm: a wait would end the test.
#include "browser/pages/fetch/safe_file.h"

#include "browser/pages/fetch/background_file.h"
#include "browser/pages/network/cache_store.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace bulkhead;

class SafeFileTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;

    QString path(const char *name) const { return m_dir.filePath(QLatin1String(name)); }
    QByteArray raw(const char *name) const { return QFile::encodeName(path(name)); }

private Q_SLOTS:
    void initTestCase()
    {
        QFile file(path("file"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("content");
        file.close();
        QCOMPARE(::mkfifo(raw("pipe").constData(), 0600), 0);
        QCOMPARE(::symlink("/dev/zero", raw("zero").constData()), 0);
        QCOMPARE(::symlink("/dev/tty", raw("terminal").constData()), 0);
        QCOMPARE(::symlink(raw("pipe").constData(), raw("link-to-pipe").constData()), 0);
        QCOMPARE(::symlink(raw("file").constData(), raw("link-to-file").constData()), 0);
        QCOMPARE(::mkdir(raw("folder").constData(), 0700), 0);
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{AF_UNIX, {}};
        qstrncpy(address.sun_path, raw("socket").constData(), sizeof address.sun_path);
        QCOMPARE(::bind(socket, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        ::close(socket);
        const int large = ::open(raw("large").constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        QCOMPARE(::ftruncate(large, qint64(10) << 30), 0); // 10 GB, of which none is on the disk
        ::close(large);
    }
    void init() { ::alarm(20); }
    void cleanup() { ::alarm(0); }

    void whatIsNoFileIsAnError_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<int>("error");
        for (const char *name : {"pipe", "zero", "terminal", "link-to-pipe", "socket"})
            QTest::newRow(name) << QString::fromLatin1(name) << EINVAL;
        QTest::newRow("folder") << QStringLiteral("folder") << EISDIR;
        QTest::newRow("large") << QStringLiteral("large") << EFBIG;
        QTest::newRow("absent") << QStringLiteral("absent") << ENOENT;
    }
    void whatIsNoFileIsAnError()
    {
        QFETCH(QString, name);
        QFETCH(int, error);
        const Result<QByteArray> read = safe_file::read(m_dir.filePath(name), 1 << 20);
        QVERIFY(!read);
        QVERIFY2(read.error().number == error || name == u"terminal", read.error().what.c_str());
        QVERIFY(read.error().what.size() > 10);
    }

    void aFileIsRead()
    {
        QCOMPARE(safe_file::read(path("file"), 7).value(), QByteArray("content"));
        QVERIFY(!safe_file::read(path("file"), 6));
        QCOMPARE(safe_file::readStart(path("file"), 3).value(), QByteArray("con"));
        QCOMPARE(safe_file::readStart(path("large"), 5).value(), QByteArray(5, '\0'));
    }
    void aLinkIsFollowedOrNotAsTheCallerSays()
    {
        QCOMPARE(safe_file::read(path("link-to-file"), 100).value(), QByteArray("content"));
        QVERIFY(!safe_file::read(path("link-to-file"), 100, Links::Refuse));
    }

    void writingNeverWaitsNorTouchesADevice()
    {
        for (const char *name : {"pipe", "zero", "socket", "folder"}) {
            QVERIFY2(!safe_file::replace(path(name), "x"), name);
            QVERIFY2(!safe_file::append(path(name), "x"), name);
        }
        struct stat zero = {};
        QCOMPARE(::stat("/dev/zero", &zero), 0);
        QVERIFY(S_ISCHR(zero.st_mode));
        QVERIFY(safe_file::append(path("new"), "one"));
        QVERIFY(safe_file::append(path("new"), "two"));
        QCOMPARE(safe_file::read(path("new"), 100).value(), QByteArray("onetwo"));
        QVERIFY(safe_file::replace(path("new"), "three"));
        QCOMPARE(safe_file::read(path("new"), 100).value(), QByteArray("three"));
        struct stat status = {};
        QCOMPARE(::stat(raw("new").constData(), &status), 0);
        QCOMPARE(int(status.st_mode & 0777), 0600);
    }

    // What BackgroundFile waits for at its end is done in time.
    void aFileInTheBackgroundDoesNotWaitForAPipe()
    {
        BackgroundFile file(path("pipe"));
        QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("cannot be written: it is a pipe")));
        file.append("x");
        file.wait();
    }

    void theCacheIsClearedOfWhatIsNoFile()
    {
        QVERIFY(QDir(m_dir.path()).mkpath(QStringLiteral("cache/data8/1")));
        QCOMPARE(::mkfifo(raw("cache/data8/1/a.d").constData(), 0600), 0);
        QCOMPARE(::symlink("/dev/zero", raw("cache/data8/b.d").constData()), 0);
        QVERIFY(safe_file::replace(path("cache/data8/c.d"), "kept"));
        const CacheStore cache(path("cache"), 1 << 20);
        QVERIFY(!QFile::exists(path("cache/data8/1/a.d")));
        QVERIFY(!QFileInfo(path("cache/data8/b.d")).isSymLink());
        QVERIFY(QFile::exists(path("cache/data8/c.d")));
        struct stat zero = {};
        QCOMPARE(::stat("/dev/zero", &zero), 0);
    }

    void whatIsInTheWayIsMovedAndKept()
    {
        QCOMPARE(::mkfifo(raw("settings").constData(), 0600), 0);
        QVERIFY(safe_file::replace(path("settings.broken-1"), "of before"));
        QCOMPARE(safe_file::setAside(path("settings"), QStringLiteral("broken")).value(), path("settings.broken-2"));
        struct stat status = {};
        QCOMPARE(::lstat(raw("settings.broken-2").constData(), &status), 0);
        QVERIFY(S_ISFIFO(status.st_mode));
        QCOMPARE(safe_file::read(path("settings.broken-1"), 100).value(), QByteArray("of before"));
        QVERIFY(::lstat(raw("settings").constData(), &status) != 0);
        QCOMPARE(safe_file::setAside(path("settings"), QStringLiteral("broken")).error().number, ENOENT);
        // The link itself, not what it leads to.
        QCOMPARE(safe_file::setAside(path("link-to-file"), QStringLiteral("broken")).value(),
                 path("link-to-file.broken-1"));
        QVERIFY(QFileInfo(path("link-to-file.broken-1")).isSymLink());
        QCOMPARE(safe_file::read(path("file"), 100).value(), QByteArray("content"));
    }
};

QTEST_GUILESS_MAIN(SafeFileTest)
#include "safe_file_test.moc"
