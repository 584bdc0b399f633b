// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/library/download_manager.h"
#include "browser/pages/network/profile_fetcher.h"
#include "tests/browser/pages/fetch/fetch_probe.h"
#include "tests/browser/pages/fetch/process_memory.h"
#include "tests/browser/pages/network/http_server.h"

#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <sys/resource.h>
#include <unistd.h>
#include <utility>

using namespace bulkhead;
using namespace bulkhead::test;

Q_DECLARE_METATYPE(bulkhead::DownloadState)

namespace {

constexpr qint64 MiB = 1 << 20;

} // namespace

class DownloadTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<ProfileFetcher> m_fetcher;
    std::unique_ptr<DownloadManager> m_downloads;

    QString folder() const { return m_dir->filePath(QStringLiteral("Downloads")); }
    QStringList files() const { return QDir(folder()).entryList(QDir::Files | QDir::Hidden, QDir::Name); }
    QByteArray contents(const QString &name) const
    {
        QFile file(folder() + u'/' + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
    }
    static bool wait(const Download *download, DownloadState state)
    {
        // Without QTest's polling, which would set the pace of the transfer.
        QEventLoop loop;
        connect(download, &Download::stateChanged, &loop, [&] {
            if (download->state() == state)
                loop.quit();
        });
        QTimer::singleShot(std::chrono::seconds(30), &loop, &QEventLoop::quit);
        if (download->state() != state)
            loop.exec();
        return download->state() == state;
    }
    /// A body that comes as fast as it is taken.
    void serveEndless(const QByteArray &path, qint64 length, const std::shared_ptr<qint64> &sent)
    {
        m_server->on(path, [=](const HttpRequest &, QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: " +
                          QByteArray::number(length) + "\r\n\r\n");
            const auto more = [=] {
                while (socket->bytesToWrite() < 65536 && *sent < length)
                    *sent += socket->write(QByteArray(65536, 'x'));
            };
            connect(socket, &QTcpSocket::bytesWritten, socket, more);
            more();
        });
    }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<HttpServer>();
        m_fetcher = std::make_unique<ProfileFetcher>(ProfileSettings{});
        m_downloads = std::make_unique<DownloadManager>(*m_fetcher);
        m_downloads->setFolder(folder());
    }
    void cleanup()
    {
        m_downloads.reset();
        m_fetcher.reset();
        m_server.reset();
    }

    void theServersNameCannotLeaveTheFolder()
    {
        m_server->serve(
            "/x", "evil",
            "Content-Type: application/zip\r\nContent-Disposition: attachment; filename=\"../../.bashrc\"\r\n");
        Download *download = m_downloads->start(m_server->url("/x"), test::person());
        QVERIFY(wait(download, DownloadState::Finished));
        QCOMPARE(files(), QStringList(QStringLiteral("bashrc.zip")));
        QVERIFY(!QFileInfo(download->filePath()).isExecutable());
    }

    void linksThatLieInWaitAreNotFollowed()
    {
        QVERIFY(QDir().mkpath(folder()));
        QFile victim(m_dir->filePath(QStringLiteral("victim")));
        QVERIFY(victim.open(QIODevice::WriteOnly));
        QFile::link(victim.fileName(), folder() + QStringLiteral("/a.zip"));
        QFile::link(victim.fileName(), folder() + QStringLiteral("/a (1).zip.part"));
        QFile::link(m_dir->filePath(QStringLiteral("not there")), folder() + QStringLiteral("/a (2).zip"));
        m_server->serve("/a.zip", "data", "Content-Type: application/zip\r\n");
        Download *download = m_downloads->start(m_server->url("/a.zip"), test::person());
        QVERIFY(wait(download, DownloadState::Finished));
        QCOMPARE(download->fileName(), QStringLiteral("a (3).zip"));
        QCOMPARE(victim.size(), 0);
    }

    void aDownloadIsSavedUnderAFreeName()
    {
        m_server->serve("/dir/a.tar.gz", "packed", "Content-Type: application/octet-stream\r\n");
        for (const char *name : {"a.tar.gz", "a (1).tar.gz", "a (2).tar.gz"}) {
            Download *download = m_downloads->start(m_server->url("/dir/a.tar.gz"), test::person());
            QVERIFY(wait(download, DownloadState::Finished));
            QCOMPARE(download->fileName(), QString::fromUtf8(name));
            QCOMPARE(contents(download->fileName()), QByteArray("packed"));
            QCOMPARE(download->receivedBytes(), 6);
            QCOMPARE(download->totalBytes(), 6);
        }
        QCOMPARE(m_downloads->count(), 3);
        QCOMPARE(files().size(), 3);
    }

    void twoOfOneNameAtOnceDoNotMeet()
    {
        m_server->serve("/a.zip", QByteArray(3 * MiB, 'x'), "Content-Type: application/zip\r\n");
        for (int i = 0; i < 5; ++i)
            m_downloads->start(m_server->url("/a.zip"), test::person());
        for (int i = 0; i < 5; ++i)
            QVERIFY(wait(m_downloads->at(i), DownloadState::Finished));
        QCOMPARE(files().size(), 5);
        for (const QString &name : files())
            QCOMPARE(contents(name).size(), 3 * MiB);
    }

    void aRunningFetchIsTakenOver()
    {
        m_server->serve("/report", "pdf data", "Content-Type: application/pdf\r\n");
        std::shared_ptr<Fetch> fetch = m_fetcher->start(request(m_server->url("/report")));
        Download *download = nullptr;
        connect(fetch.get(), &Fetch::responded, this, [&](const ResponseHead &head) {
            download = m_downloads->start(std::move(fetch), head, test::person());
        });
        QTRY_VERIFY(download);
        QVERIFY(wait(download, DownloadState::Finished));
        QCOMPARE(files(), QStringList(QStringLiteral("report.pdf")));
        QCOMPARE(contents(QStringLiteral("report.pdf")), QByteArray("pdf data"));
        QCOMPARE(download->mimeType(), QStringLiteral("application/pdf"));
    }

    void filesOfTheComputerAndEmptyOnesAreSavedToo()
    {
        QFile source(m_dir->filePath(QStringLiteral("source.bin")));
        QVERIFY(source.open(QIODevice::WriteOnly));
        source.write(QByteArray(2'000'000, '\1'));
        source.close();
        QVERIFY(
            wait(m_downloads->start(QUrl::fromLocalFile(source.fileName()), test::person()), DownloadState::Finished));
        QCOMPARE(contents(QStringLiteral("source.bin")), QByteArray(2'000'000, '\1'));
        m_server->serve("/empty.txt", "", "Content-Type: text/plain\r\n");
        QVERIFY(wait(m_downloads->start(m_server->url("/empty.txt"), test::person(), QStringLiteral("my choice.txt")),
                     DownloadState::Finished));
        QCOMPARE(contents(QStringLiteral("my choice.txt")), QByteArray());
        QCOMPARE(files().size(), 2);
    }

    void pausingStopsTheFlowAndResumingFinishesIt()
    {
        constexpr qint64 Total = 64 * MiB; // far beyond all buffers on the way
        auto sent = std::make_shared<qint64>(0);
        serveEndless("/big.zip", Total, sent);
        const qint64 before = residentMemory();
        Download *download = m_downloads->start(m_server->url("/big.zip"), test::person());
        QTRY_VERIFY(download->receivedBytes() > MiB);
        QCOMPARE(files(), QStringList(QStringLiteral("big.zip.part")));
        QVERIFY(m_downloads->progress() > 0 && m_downloads->progress() < 1);
        download->pause();
        QCOMPARE(download->state(), DownloadState::Paused);
        QVERIFY(!download->remainingTime());
        qint64 last = -1;
        QTRY_VERIFY2_WITH_TIMEOUT(std::exchange(last, *sent) == *sent, "still flowing", 10'000);
        QVERIFY(*sent < Total);
        const qint64 paused = download->receivedBytes();
        QVERIFY(paused <= *sent);
        QSignalSpy progress(download, &Download::progressChanged);
        download->resume();
        QVERIFY(wait(download, DownloadState::Finished));
        QCOMPARE(download->receivedBytes(), Total);
        QCOMPARE(QFileInfo(download->filePath()).size(), Total);
        QVERIFY(progress.count() > 0);
        QCOMPARE(m_downloads->activeCount(), 0);
        QCOMPARE(m_downloads->progress(), -1.0);
        QVERIFY(grewAtMost(32 * MiB, before));
    }

    void whatIsCancelledLeavesNothingBehind()
    {
        auto sent = std::make_shared<qint64>(0);
        serveEndless("/big.zip", 1024 * MiB, sent);
        Download *download = m_downloads->start(m_server->url("/big.zip"), test::person());
        QTRY_VERIFY(!files().isEmpty());
        download->cancel();
        QCOMPARE(download->state(), DownloadState::Cancelled);
        QTRY_VERIFY(files().isEmpty());
        QTRY_COMPARE(m_server->openConnections(), 0);
        // So does the end of the app.
        m_downloads->start(m_server->url("/big.zip"), test::person());
        *sent = 0;
        QTRY_VERIFY(!files().isEmpty());
        m_downloads.reset();
        QCOMPARE(files(), QStringList());
    }

    void whatIsCutShortFailsAndCanBeTriedAgain()
    {
        bool broken = true;
        m_server->on("/a.zip", [&](const HttpRequest &, QTcpSocket *socket) {
            if (!broken)
                return HttpServer::answer(socket, "whole", "Content-Type: application/zip\r\n");
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/zip\r\nContent-Length: 1000\r\n\r\nhalf");
            socket->disconnectFromHost();
        });
        Download *download = m_downloads->start(m_server->url("/a.zip"), test::person());
        QVERIFY(wait(download, DownloadState::Failed));
        QVERIFY(!download->error().message.isEmpty());
        QTRY_VERIFY(files().isEmpty());
        broken = false;
        download->retry();
        QVERIFY(wait(download, DownloadState::Finished));
        // The name is another one when the disk has not removed the first attempt yet.
        QCOMPARE(contents(QFileInfo(download->filePath()).fileName()), QByteArray("whole"));
        QTRY_COMPARE(files().size(), 1);
        QCOMPARE(download->receivedBytes(), 5);
    }

    void anErrorPageIsNotSavedAsTheFile()
    {
        Download *download = m_downloads->start(m_server->url("/missing.zip"), test::person());
        QVERIFY(wait(download, DownloadState::Failed));
        QVERIFY(download->error().message.contains(QLatin1String("404")));
        QCOMPARE(files(), QStringList());
    }

    void aFullDiskIsExplained()
    {
        // A limit on file sizes stands in for a full disk: the kernel refuses the write in the same place.
        signal(SIGXFSZ, SIG_IGN);
        rlimit before = {};
        getrlimit(RLIMIT_FSIZE, &before);
        const rlimit small = {1 << 20, before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        m_server->serve("/a.zip", QByteArray(4 * MiB, 'x'), "Content-Type: application/zip\r\n");
        Download *download = m_downloads->start(m_server->url("/a.zip"), test::person());
        const bool failed = wait(download, DownloadState::Failed);
        setrlimit(RLIMIT_FSIZE, &before);
        QVERIFY(failed);
        QVERIFY(download->error().message.contains(QLatin1String("too large")));
        QTRY_VERIFY(files().isEmpty());
    }

    void aFolderThatCannotBeWrittenIsExplained()
    {
        m_server->serve("/a.zip", "x", "Content-Type: application/zip\r\n");
        QFile inTheWay(m_dir->filePath(QStringLiteral("file")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        m_downloads->setFolder(inTheWay.fileName() + QStringLiteral("/sub"));
        Download *blocked = m_downloads->start(m_server->url("/a.zip"), test::person());
        QVERIFY(wait(blocked, DownloadState::Failed));
        QVERIFY(blocked->error().message.contains(QLatin1String("a.zip")));

        QVERIFY(QDir().mkpath(folder()));
        QFile::setPermissions(folder(), QFile::ReadOwner | QFile::ExeOwner);
        QFile::setPermissions(m_dir->path(), QFile::Permissions(0x7755));
        const uid_t before = geteuid();
        if (before == 0 && seteuid(65534) != 0)
            QSKIP("root writes everywhere, and this process may not become another user");
        m_downloads->setFolder(folder());
        Download *denied = m_downloads->start(m_server->url("/a.zip"), test::person());
        const bool failed = wait(denied, DownloadState::Failed);
        if (before == 0)
            QCOMPARE(seteuid(before), 0);
        QVERIFY(failed);
        QVERIFY(denied->error().message.contains(QLatin1String("may not save")));
    }

    void theListTellsWhatHappensToIt()
    {
        m_server->serve("/a.zip", "x", "Content-Type: application/zip\r\n");
        QSignalSpy inserted(m_downloads.get(), &DownloadManager::inserted);
        QSignalSpy removed(m_downloads.get(), &DownloadManager::removed);
        Download *first = m_downloads->start(m_server->url("/a.zip"), test::person());
        m_server->on("/wait", [](const HttpRequest &, QTcpSocket *) {});
        Download *second = m_downloads->start(m_server->url("/wait"), test::person());
        QCOMPARE(inserted.count(), 2);
        QCOMPARE(m_downloads->indexOf(second), 1);
        QVERIFY(wait(first, DownloadState::Finished));
        QCOMPARE(second->state(), DownloadState::Waiting);
        m_downloads->removeInactive();
        QCOMPARE(m_downloads->count(), 1);
        QCOMPARE(removed.count(), 1);
        QVERIFY(QFile::exists(folder() + QStringLiteral("/a.zip")));
        m_downloads->remove(second);
        QCOMPARE(m_downloads->count(), 0);
        QTRY_COMPARE(m_server->openConnections(), 1);
    }
};

QTEST_GUILESS_MAIN(DownloadTest)
#include "download_test.moc"
