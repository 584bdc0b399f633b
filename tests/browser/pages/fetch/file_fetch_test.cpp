// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/folder_listing.h"
#include "browser/pages/network/profile_fetcher.h"
#include "tests/browser/pages/fetch/fetch_probe.h"
#include "tests/browser/pages/fetch/process_memory.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

using namespace bulkhead;
using namespace bulkhead::test;

class FileFetchTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_dir;
    QString m_root;
    std::unique_ptr<ProfileFetcher> m_fetcher;

    QString path(const char *name) const { return m_root + u'/' + QString::fromUtf8(name); }
    QUrl url(const char *name) const { return QUrl::fromLocalFile(path(name)); }
    void write(const char *name, const QByteArray &contents) const
    {
        QDir().mkpath(QFileInfo(path(name)).path());
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(contents), contents.size());
    }
    std::unique_ptr<FetchProbe> fetch(const FetchRequest &wanted, Reading reading = Reading::Eager) const
    {
        return std::make_unique<FetchProbe>(m_fetcher->start(wanted), reading);
    }
    std::unique_ptr<FetchProbe> fetchDone(const FetchRequest &wanted) const
    {
        auto probe = fetch(wanted);
        if (!probe->wait())
            qWarning("timed out");
        return probe;
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_root = QFileInfo(m_dir.path()).canonicalFilePath();
        m_fetcher = std::make_unique<ProfileFetcher>(ProfileSettings{});
        write("site/index.html", "<p>hello</p>");
        write("site/sub/deep.css", "p{}");
        write("secret.txt", "secret");
        QFile::link(path("secret.txt"), path("site/link.txt"));
        QFile::link(m_root, path("site/up"));
        QFile::link(path("nowhere"), path("site/dangling"));
        QFile::link(path("site"), path("alias"));
    }

    void aPipeADeviceAndASocketAreRefusedWithoutBeingOpened()
    {
        QCOMPARE(mkfifo(QFile::encodeName(path("pipe")).constData(), 0600), 0);
        const int server = socket(AF_UNIX, SOCK_STREAM, 0);
        sockaddr_un address = {AF_UNIX, {}};
        qstrncpy(address.sun_path, QFile::encodeName(path("socket")).constData(), sizeof address.sun_path);
        QCOMPARE(bind(server, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        for (const QUrl &special : {url("pipe"), url("socket"), QUrl(QStringLiteral("file:///dev/zero")),
                                    QUrl(QStringLiteral("file:///dev/tty"))}) {
            const auto probe = fetchDone(request(special));
            QVERIFY2(probe->error, qPrintable(special.toString()));
            QCOMPARE(probe->error->kind, FetchErrorKind::Unreadable);
            QVERIFY(probe->error->message.contains(special.path()));
        }
        // A reader would have let this writer in.
        QCOMPARE(open(QFile::encodeName(path("pipe")).constData(), O_WRONLY | O_NONBLOCK), -1);
        QCOMPARE(errno, ENXIO);
        close(server);
    }

    void aPageCannotLeaveItsFolder_data()
    {
        QTest::addColumn<QString>("target");
        for (const char *name : {"/secret.txt", "/site/../secret.txt", "/site/link.txt", "/site/up/secret.txt",
                                 "/site/up/", "/", "/nothing-here", "/site/up/nothing-here"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void aPageCannotLeaveItsFolder()
    {
        QFETCH(QString, target);
        const Site site = test::siteOf(url("site/index.html"));
        for (Destination use : {Destination::Style, Destination::Image, Destination::Embed, Destination::Download}) {
            const auto probe = fetchDone(request(QUrl::fromLocalFile(m_root + target), use, site));
            QVERIFY(probe->error);
            // The same words for what exists and what does not.
            QCOMPARE(probe->error->kind, FetchErrorKind::Denied);
            QCOMPARE(probe->error->detail, QStringLiteral("outside-folder"));
            QVERIFY(!probe->head && probe->body.isEmpty());
        }
    }

    void encodedDotsAreStillDots()
    {
        const Site site = test::siteOf(url("site/index.html"));
        const QUrl sneaky(QStringLiteral("file://") + m_root + QStringLiteral("/site/%2e%2e/secret.txt"));
        QCOMPARE(fetchDone(request(sneaky, Destination::Image, site))->error->kind, FetchErrorKind::Denied);
        QCOMPARE(fetchDone(request(sneaky))->body, QByteArray("secret")); // the person may
    }

    void aPageReadsItsFolderByWhateverNameThatHas()
    {
        const Site site = test::siteOf(url("alias/index.html"));
        QCOMPARE(fetchDone(request(url("alias/sub/deep.css"), Destination::Style, site))->body, QByteArray("p{}"));
        QCOMPARE(fetchDone(request(url("site/sub/deep.css"), Destination::Style, site))->body, QByteArray("p{}"));
        QCOMPARE(fetchDone(request(url("site/missing.css"), Destination::Style, site))->error->kind,
                 FetchErrorKind::NotFound);
    }

    void aGrantedFolderIsReadableForThatSiteOnly()
    {
        ProfileFetcher fetcher(ProfileSettings{});
        const Site site = test::siteOf(url("site/index.html"));
        fetcher.grantFolder(site, m_root);
        FetchProbe granted(fetcher.start(request(url("secret.txt"), Destination::Image, site)));
        QVERIFY(granted.wait());
        QCOMPARE(granted.body, QByteArray("secret"));
        const Site other = test::siteOf(url("site/sub/"));
        FetchProbe denied(fetcher.start(request(url("secret.txt"), Destination::Image, other)));
        QVERIFY(denied.wait());
        QCOMPARE(denied.error->kind, FetchErrorKind::Denied);
    }

    void aFolderByAnotherNameThanItsOwnLetsNobodyIn()
    {
        ProfileFetcher fetcher(ProfileSettings{});
        const Site site = test::siteOf(url("site/index.html"));
        write("elsewhere/secret.txt", "secret");
        QFile::link(path("elsewhere"), path("innocent"));
        fetcher.grantFolder(site, path("innocent"));
        for (const char *name : {"innocent/secret.txt", "innocent/missing.txt"}) {
            FetchProbe denied(fetcher.start(request(url(name), Destination::Image, site)));
            QVERIFY(denied.wait());
            QVERIFY(denied.error);
            QCOMPARE(denied.error->detail, QStringLiteral("outside-folder"));
            QCOMPARE(denied.error->deniedFolder, path("elsewhere")); // what the person is asked about
        }
    }

    void anAnswerTellsWhereTheFileReallyLies()
    {
        const auto document = fetchDone(request(url("alias/index.html")));
        QVERIFY(document->head && document->head->file);
        QCOMPARE(document->head->file->path(), path("site/index.html"));
        QCOMPARE(document->head->file->folder(), path("site"));
        const auto listing = fetchDone(request(url("alias/")));
        QVERIFY(listing->head && listing->head->file);
        QCOMPARE(listing->head->file->path(), path("site"));
        QCOMPARE(listing->head->file->folder(), path("site"));
    }

    void aFileSwappedForALinkMeanwhileIsCaught()
    {
        // Many swaps against many fetches: no answer may ever carry the secret.
        const Site site = test::siteOf(url("site/index.html"));
        write("site/flip", "open");
        QFile::link(path("secret.txt"), path("swap-link"));
        std::atomic<bool> stop = false;
        const QByteArray flip = QFile::encodeName(path("site/flip"));
        const QByteArray other = QFile::encodeName(path("swap-link"));
        std::thread swapper([&] {
            while (!stop)
                renameat2(AT_FDCWD, flip.constData(), AT_FDCWD, other.constData(), RENAME_EXCHANGE);
        });
        int denied = 0;
        int read = 0;
        for (int i = 0; i < 2000; ++i) {
            const auto probe = fetchDone(request(url("site/flip"), Destination::Image, site));
            if (probe->body.contains("secret"))
                qFatal("a page read what lies outside");
            (probe->error ? denied : read)++;
        }
        stop = true;
        swapper.join();
        QVERIFY(denied > 0 && read > 0);
    }

    void whatIsNotThereIsNotFoundAndSaysSo()
    {
        for (const QUrl &missing :
             {url("missing.html"), url("site/dangling"), url("secret.txt/"), url("secret.txt/x")}) {
            const auto probe = fetchDone(request(missing));
            QVERIFY2(probe->error, qPrintable(missing.toString()));
            QCOMPARE(probe->error->kind, FetchErrorKind::NotFound);
        }
        // No disk is asked for a name that no file can have.
        const auto longName = fetchDone(request(QUrl::fromLocalFile(m_root + u'/' + QString(5000, u'x'))));
        QCOMPARE(longName->error->detail, QStringLiteral("not-a-local-file"));
    }

    void aFileWithoutPermissionIsUnreadable()
    {
        write("locked.txt", "x");
        QFile::setPermissions(path("locked.txt"), {});
        // Root reads everything: be somebody else, on the worker threads, too.
        QFile::setPermissions(m_root, QFile::Permissions(0x7755));
        const uid_t before = geteuid();
        if (before == 0 && seteuid(65534) != 0)
            QSKIP("root reads everything, and this process may not become another user");
        const auto probe = fetchDone(request(url("locked.txt")));
        if (before == 0)
            QCOMPARE(seteuid(before), 0);
        QVERIFY(probe->error);
        QCOMPARE(probe->error->kind, FetchErrorKind::Unreadable);
        QVERIFY(probe->error->message.contains(QLatin1String("permission")));
    }

    void aHugeFileIsReadAtTheReadersPace()
    {
        // Sparse: 8 GiB that take no disk.
        write("huge.bin", "x");
        QVERIFY(QFile::resize(path("huge.bin"), qint64(8) << 30));
        const qint64 before = residentMemory();
        const auto probe = fetch(request(url("huge.bin")), Reading::ByHand);
        QTRY_VERIFY(probe->head);
        QCOMPARE(probe->head->length, qint64(8) << 30);
        QCOMPARE(probe->head->mimeType, QStringLiteral("application/octet-stream"));
        qint64 read = 0;
        const QDeadlineTimer deadline(std::chrono::minutes(2));
        while (read < qint64(64) << 20) {
            QVERIFY2(!deadline.hasExpired(), qPrintable(QString::number(read)));
            const QByteArray bytes = probe->fetch->read(100'000);
            read += bytes.size();
            if (bytes.isEmpty())
                QTest::qWait(1);
        }
        QVERIFY(!probe->isDone());
        QVERIFY(grewAtMost(16 << 20, before));
    }

    void manySlowReadersDoNotHoldUpOthers()
    {
        std::vector<std::unique_ptr<FetchProbe>> idle;
        for (int i = 0; i < 50; ++i) {
            idle.push_back(fetch(request(url("huge.bin")), Reading::ByHand));
            QTRY_VERIFY(idle.back()->head);
        }
        QCOMPARE(fetchDone(request(url("secret.txt")))->body, QByteArray("secret"));
    }

    void filesOfTheKernelAreRead()
    {
        const auto probe = fetchDone(request(QUrl(QStringLiteral("file:///proc/self/status"))));
        QVERIFY(probe->finished);
        QVERIFY(probe->body.contains("VmRSS"));
        QCOMPARE(probe->head->length, -1);
        QCOMPARE(probe->head->mimeType, QStringLiteral("text/plain"));
    }

    void deletingAFetchEndsItSilently()
    {
        for (int i = 0; i < 200; ++i) {
            auto probe = fetch(request(url(i % 2 ? "huge.bin" : "site/")));
            if (i % 3 == 0)
                QTest::qWait(0);
        }
    }

    void typesAreTold_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QByteArray>("contents");
        QTest::addColumn<QString>("type");
        const auto row = [](const char *name, const QByteArray &contents, const char *type) {
            QTest::newRow(name) << QString::fromUtf8(name) << contents << QString::fromUtf8(type);
        };
        row("a.html", "x", "text/html");
        row("a.html.en", "<!DOCTYPE html><title>x</title>", "text/html");
        row("README.md", "# x", "text/markdown");
        row("a.txt", "<html>", "text/plain");
        row("a.css", "p{}", "text/css");
        row("noname", "just words", "text/plain");
        row("empty", "", "text/plain");
        row("empty.html", "", "text/html");
        row("a.png", QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "image/png");
        row("picture", QByteArray("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16), "image/png");
        row("binary", QByteArray("\0\1\2\3\4\5", 6), "application/octet-stream");
        row("a.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml");
        row("a.xhtml", "<html xmlns='http://www.w3.org/1999/xhtml'/>", "application/xhtml+xml");
        row("a.pdf", "%PDF-1.4", "application/pdf");
        row("sp ace ü#?.html", "x", "text/html");
    }
    void typesAreTold()
    {
        QFETCH(QString, name);
        QFETCH(QByteArray, contents);
        QFETCH(QString, type);
        const QByteArray file = "types/" + name.toUtf8();
        write(file.constData(), contents);
        const auto probe = fetchDone(request(url(file.constData())));
        QVERIFY(probe->finished);
        QCOMPARE(probe->head->mimeType, type);
        QCOMPARE(probe->body, contents);
        QVERIFY(probe->fetch->atEnd());
        QVERIFY(!probe->head->suggestedName.isEmpty() && !probe->head->suggestedName.contains(u'/'));
    }

    void aFolderIsAListing()
    {
        write("list/b10.txt", "0123456789");
        write("list/b9.txt", "");
        write("list/<script>.html", "x");
        QDir().mkpath(path("list/Zoo"));
        QCOMPARE(mkfifo(QFile::encodeName(path("list/pipe")).constData(), 0600), 0);
        QFile::link(path("list/Zoo"), path("list/to-zoo"));
        QFile::link(path("nowhere"), path("list/dead"));

        const auto probe = fetchDone(request(url("list")));
        QVERIFY(probe->finished);
        QCOMPARE(probe->head->mimeType, QString::fromLatin1(ListingMimeType));
        QCOMPARE(probe->head->url, QUrl(url("list").toString() + u'/'));
        const QJsonObject listing = QJsonDocument::fromJson(probe->body).object();
        QCOMPARE(listing[QStringLiteral("path")].toString(), path("list"));
        QCOMPARE(listing[QStringLiteral("parent")].toBool(), true);
        QStringList names;
        QJsonObject ten;
        for (const QJsonValue entry : listing[QStringLiteral("entries")].toArray()) {
            names += entry[QStringLiteral("name")].toString() +
                     QLatin1String(entry[QStringLiteral("dir")].toBool() ? "/" : "");
            if (names.last() == QLatin1String("b10.txt"))
                ten = entry.toObject();
        }
        QCOMPARE(names.mid(0, 2), QStringList({QStringLiteral("to-zoo/"), QStringLiteral("Zoo/")}));
        QCOMPARE(names.size(), 7);
        QVERIFY(names.indexOf(QStringLiteral("b9.txt")) < names.indexOf(QStringLiteral("b10.txt")));
        QVERIFY(names.contains(QStringLiteral("<script>.html")) && names.contains(QStringLiteral("dead")));
        QCOMPARE(ten[QStringLiteral("size")].toInt(), 10);
        QCOMPARE(ten[QStringLiteral("mime")].toString(), QStringLiteral("text/plain"));
        const auto modified = QDateTime::fromString(ten[QStringLiteral("modified")].toString(), Qt::ISODate);
        QVERIFY(std::abs(modified.secsTo(QDateTime::currentDateTimeUtc())) < 600);

        const auto root = fetchDone(request(QUrl(QStringLiteral("file:///"))));
        QCOMPARE(QJsonDocument::fromJson(root->body)[QStringLiteral("parent")].toBool(), false);
    }

    void aFolderOfTooManyEntriesIsCutOff()
    {
        QDir().mkpath(path("many"));
        for (int i = 0; i < MaxListedEntries + 5; ++i) {
            const QByteArray name = QFile::encodeName(path("many/")) + "entry" + QByteArray::number(i);
            const int fd = open(name.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
            QVERIFY(fd >= 0);
            close(fd);
        }
        const auto probe = fetchDone(request(url("many/")));
        const QJsonDocument listing = QJsonDocument::fromJson(probe->body);
        QCOMPARE(listing[QStringLiteral("entries")].toArray().size(), MaxListedEntries);
        QCOMPARE(listing[QStringLiteral("truncated")].toBool(), true);
        QCOMPARE(probe->head->length, probe->body.size());
    }
};

QTEST_GUILESS_MAIN(FileFetchTest)
#include "file_fetch_test.moc"
