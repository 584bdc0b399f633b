// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/body_channel.h"
#include "browser/pages/network/network_job.h"
#include "browser/pages/network/profile_fetcher.h"
#include "tests/browser/pages/fetch/fetch_probe.h"
#include "tests/browser/pages/fetch/process_memory.h"
#include "tests/browser/pages/network/http_server.h"

#include <QDirIterator>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

using namespace bulkhead;
using namespace bulkhead::test;

namespace {

constexpr qint64 MiB = 1 << 20;

/// Writes @p total bytes as fast as the other side takes them, and no faster.
void stream(QTcpSocket *socket, qint64 total, std::shared_ptr<qint64> sent = std::make_shared<qint64>(0))
{
    const auto more = [socket, total, sent] {
        static const QByteArray Chunk(64 * 1024, 'x');
        while (socket->bytesToWrite() < Chunk.size() && *sent < total)
            *sent += socket->write(Chunk);
    };
    QObject::connect(socket, &QTcpSocket::bytesWritten, socket, more);
    more();
}

/// What Python's gzip makes of @p python's value.
QByteArray gzipped(const char *python)
{
    QProcess process;
    process.start(
        QStringLiteral("python3"),
        {QStringLiteral("-c"),
         QStringLiteral("import gzip,sys; sys.stdout.buffer.write(gzip.compress(%1))").arg(QLatin1String(python))});
    process.waitForFinished();
    return process.readAllStandardOutput();
}

} // namespace

class NetworkFetchTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<ProfileFetcher> m_fetcher;

    ProfileSettings settings() const
    {
        ProfileSettings profile;
        profile.cacheFolder = m_profile->filePath(QStringLiteral("cache"));
        profile.dataFolder = m_profile->filePath(QStringLiteral("data"));
        profile.cacheLimit = 32 * MiB;
        return profile;
    }
    void restart() { m_fetcher.reset(), m_fetcher = std::make_unique<ProfileFetcher>(settings()); }
    std::unique_ptr<FetchProbe> fetch(const FetchRequest &wanted, Reading reading = Reading::Eager) const
    {
        return std::make_unique<FetchProbe>(m_fetcher->start(wanted), reading);
    }
    std::unique_ptr<FetchProbe> get(const FetchRequest &wanted) const
    {
        auto probe = fetch(wanted);
        if (!probe->wait())
            qWarning("timed out");
        return probe;
    }
    std::unique_ptr<FetchProbe> get(const char *path, const char *host = "127.0.0.1") const
    {
        return get(request(m_server->url(path, host)));
    }
    qint64 cacheSize() const
    {
        qint64 size = 0;
        QDirIterator files(m_profile->filePath(QStringLiteral("cache")), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext())
            size += QFileInfo(files.next()).size();
        return size;
    }

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<HttpServer>();
        restart();
    }
    void cleanup()
    {
        m_fetcher.reset();
        m_server.reset();
    }

    // ---- hostile and broken servers

    void aRedirectNeverLeavesTheNetwork_data()
    {
        QTest::addColumn<QByteArray>("target");
        for (const char *target : {"file:///etc/passwd", "FILE:///etc/passwd", "about:crash", "data:text/html,x",
                                   "javascript:x", "//localhost:25/", "ftp://localhost/", "http:", "http://[::1"})
            QTest::newRow(target) << QByteArray(target);
    }
    void aRedirectNeverLeavesTheNetwork()
    {
        QFETCH(QByteArray, target);
        m_server->serve("/", "moved", "Location: " + target + "\r\n", "302 Found");
        const auto probe = get("/");
        QVERIFY(probe->body.isEmpty() || probe->body == "moved");
        // An address that Qt cannot read is no redirect at all; everything else is denied.
        if (!probe->error)
            QCOMPARE(probe->head->status, 302);
        else
            QCOMPARE(probe->error->kind, FetchErrorKind::Denied);
    }

    void aPartOfAPageCannotBeRedirectedAroundThePolicy()
    {
        HttpServer other;
        other.serve("/doc", "<p>private</p>", "Content-Type: text/html\r\n");
        m_server->serve("/", "", "Location: " + other.url("/doc").toEncoded() + "\r\n", "302 Found");
        const Site page = Site::forUrl(m_server->url("/"));
        const auto document = get(request(m_server->url("/"), Destination::Embed, page));
        QCOMPARE(document->error->detail, QStringLiteral("foreign-document"));
        QVERIFY(other.requests.empty());
        const auto image = get(request(m_server->url("/"), Destination::Image, page));
        QCOMPARE(image->error->detail, QStringLiteral("opaque-content"));
        QVERIFY(!image->head && image->body.isEmpty());
    }

    void redirectLoopsEnd()
    {
        m_server->serve("/a", "", "Location: /b\r\n", "302 Found");
        m_server->serve("/b", "", "Location: /a\r\n", "301 Moved Permanently");
        const auto probe = get("/a");
        QCOMPARE(probe->error->kind, FetchErrorKind::TooManyRedirects);
        QCOMPARE(int(m_server->requests.size()), NetworkJob::MaxRedirects + 1);
    }

    void aServerThatNeverAnswersWaitsAndCanBeStopped()
    {
        m_server->on("/", [](const HttpRequest &, QTcpSocket *) {});
        ProfileSettings hasty = settings();
        hasty.connectTimeout = std::chrono::milliseconds(200);
        ProfileFetcher fetcher(hasty);
        auto probe = std::make_unique<FetchProbe>(fetcher.start(request(m_server->url("/"))));
        QTRY_COMPARE(m_server->requests.size(), size_t(1));
        // The limit is for reaching the server only: it has long passed, and nothing happened.
        QVERIFY(!probe->wait(std::chrono::milliseconds(1000)));
        QVERIFY(!probe->head);
        QCOMPARE(m_server->openConnections(), 1);
        probe.reset();
        QTRY_COMPARE(m_server->openConnections(), 0);
    }

    void aServerThatCannotBeReachedTimesOut()
    {
        // A listener with a full queue: the kernel drops further attempts to connect.
        const int listener = socket(AF_INET, SOCK_STREAM, 0);
        sockaddr_in address = {};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        QCOMPARE(bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address), 0);
        QCOMPARE(listen(listener, 0), 0);
        socklen_t length = sizeof address;
        getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length);
        int fillers[4];
        for (int &filler : fillers) {
            filler = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
            ::connect(filler, reinterpret_cast<sockaddr *>(&address), sizeof address);
        }
        ProfileSettings hasty = settings();
        hasty.connectTimeout = std::chrono::milliseconds(300);
        ProfileFetcher fetcher(hasty);
        FetchProbe probe(
            fetcher.start(request(QUrl(QStringLiteral("http://127.0.0.1:%1/").arg(ntohs(address.sin_port))))));
        const bool ended = probe.wait(std::chrono::seconds(20));
        for (int filler : fillers)
            close(filler);
        close(listener);
        QVERIFY(ended);
        QCOMPARE(probe.error->kind, FetchErrorKind::TimedOut);
    }

    void aConnectionThatIsRefusedSaysSo()
    {
        const QUrl url = m_server->url("/");
        m_server.reset();
        const auto probe = get(request(url));
        QCOMPARE(probe->error->kind, FetchErrorKind::Refused);
        QVERIFY(probe->error->message.contains(QLatin1String("127.0.0.1")));
    }

    void anUnknownHostIsNotFound()
    {
        const auto probe = get(request(QUrl(QStringLiteral("http://no-such-host.invalid/"))));
        QCOMPARE(probe->error->kind, FetchErrorKind::NotFound);
    }

    void slowHeadersArriveInTheEnd()
    {
        m_server->on("/", [](const HttpRequest &, QTcpSocket *socket) {
            auto rest = std::make_shared<QByteArray>(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok");
            auto *timer = new QTimer(socket);
            QObject::connect(timer, &QTimer::timeout, socket, [=] {
                socket->write(rest->left(1));
                rest->remove(0, 1);
                if (rest->isEmpty())
                    timer->stop();
            });
            timer->start(2);
        });
        QCOMPARE(get("/")->body, QByteArray("ok"));
    }

    void aBodyCutShortFails()
    {
        m_server->on("/", [=](const HttpRequest &, QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\nonly this");
            socket->disconnectFromHost();
        });
        for (int i = 0; i < 20; ++i) {
            const auto probe = get("/");
            QVERIFY(probe->error && !probe->finished);
            QCOMPARE(probe->error->kind, FetchErrorKind::Refused);
            QVERIFY(!probe->fetch->atEnd());
            if (probe->head)
                QCOMPARE(probe->body, QByteArray("only this"));
        }
    }

    void rubbishIsAnError()
    {
        m_server->on("/", [](const HttpRequest &, QTcpSocket *socket) {
            socket->write("SSH-2.0-OpenSSH_9.2\r\n\r\n\0\1\2\3");
            socket->disconnectFromHost();
        });
        QVERIFY(get("/")->error);
    }

    void endlessHeadersHoldUpNobodyForLong()
    {
        auto sent = std::make_shared<qint64>(0);
        HttpServer evil;
        evil.on("/", [=](const HttpRequest &, QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nX: ");
            stream(socket, 1024 * MiB, sent);
        });
        m_server->serve("/", "fine", "Content-Type: text/plain\r\n");
        const auto endless = fetch(request(evil.url("/")));
        QTRY_VERIFY(*sent > MiB);
        QCOMPARE(get("/")->body, QByteArray("fine"));
        QVERIFY(endless->wait());
        QVERIFY(endless->error && !endless->head);
        // The same when the fetch is gone before.
        fetch(request(evil.url("/")));
        QTRY_COMPARE_WITH_TIMEOUT(evil.openConnections(), 0, 30'000);
    }

    // ---- large bodies

    void aGigabyteFlowsAtTheReadersPace()
    {
        auto sent = std::make_shared<qint64>(0);
        constexpr qint64 Total = 1024 * MiB;
        m_server->on("/big", [=](const HttpRequest &, QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: " +
                          QByteArray::number(Total) + "\r\n\r\n");
            stream(socket, Total, sent);
        });
        const auto probe = fetch(request(m_server->url("/big")), Reading::ByHand);
        QTRY_VERIFY(probe->head);
        const qint64 before = residentMemory();
        // Unread, it stops within the buffers on the way, the kernel's included.
        qint64 last = -1;
        QTRY_VERIFY2_WITH_TIMEOUT(std::exchange(last, *sent) == *sent && *sent > 0, "still flowing", 10'000);
        QVERIFY2(*sent < 32 * MiB, qPrintable(QString::number(*sent)));
        // Read slowly, then as fast as possible.
        bool bounded = true;
        qint64 read = 0;
        while (read < Total) {
            const QByteArray bytes = probe->fetch->read(read < 20 * MiB ? 10'000 : 1 << 20);
            read += bytes.size();
            if (bytes.isEmpty() || read % 97 == 0)
                QCoreApplication::processEvents(bytes.isEmpty() ? QEventLoop::WaitForMoreEvents
                                                                : QEventLoop::AllEvents);
            bounded = bounded && grewAtMost(48 * MiB, before);
        }
        QVERIFY(probe->wait());
        QVERIFY(probe->finished && probe->fetch->atEnd());
        QCOMPARE(read, Total);
        QVERIFY(bounded);
        QVERIFY(cacheSize() < 8 * MiB);
    }

    void aGigabyteOfUnknownLengthFillsNeitherMemoryNorCache()
    {
        constexpr qint64 Total = 128 * MiB;
        m_server->on("/big", [=](const HttpRequest &, QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nCache-Control: max-age=1000\r\n\r\n");
            auto sent = std::make_shared<qint64>(0);
            stream(socket, Total, sent);
            auto *timer = new QTimer(socket);
            connect(timer, &QTimer::timeout, socket, [=] {
                if (*sent >= Total && socket->bytesToWrite() == 0)
                    socket->disconnectFromHost();
            });
            timer->start(5);
        });
        const qint64 before = residentMemory();
        const auto probe = fetch(request(m_server->url("/big")), Reading::ByHand);
        qint64 read = 0;
        bool bounded = true;
        const QDeadlineTimer deadline(std::chrono::minutes(2));
        while (!probe->isDone() || !probe->fetch->atEnd()) {
            QVERIFY2(!deadline.hasExpired(), qPrintable(QString::number(read)));
            read += probe->fetch->read(1 << 20).size();
            QCoreApplication::processEvents(QEventLoop::AllEvents);
            bounded = bounded && grewAtMost(48 * MiB, before);
        }
        QCOMPARE(read, Total);
        QVERIFY(bounded);
        QVERIFY2(cacheSize() < 8 * MiB, qPrintable(QString::number(cacheSize())));
    }

    void anArchiveBombUnpacksAtTheReadersPace()
    {
        const QByteArray bomb = gzipped("b'x' * (200 << 20)");
        QVERIFY(bomb.size() > 1000 && bomb.size() < MiB);
        m_server->serve("/bomb", bomb, "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n");
        const qint64 before = residentMemory();
        const auto probe = fetch(request(m_server->url("/bomb")), Reading::ByHand);
        QTRY_VERIFY(probe->head);
        QCOMPARE(probe->head->length, -1);
        qint64 read = 0;
        bool bounded = true;
        const QDeadlineTimer deadline(std::chrono::minutes(2));
        while (read < 100 * MiB && !probe->error) {
            QVERIFY2(!deadline.hasExpired(), qPrintable(QString::number(read)));
            const qint64 bytes = probe->fetch->read(100'000).size();
            read += bytes;
            if (bytes == 0)
                QTest::qWait(1);
            bounded = bounded && grewAtMost(48 * MiB, before);
        }
        QVERIFY(!probe->error);
        QVERIFY(bounded);
    }

    // ---- what an answer says

    void statusesAreTold()
    {
        m_server->serve("/ok", "fine", "Content-Type: text/plain; charset=iso-8859-1\r\n");
        m_server->serve("/gone", "gone page", "Content-Type: text/html\r\n", "410 Gone");
        m_server->serve("/broken", "broken page", "Content-Type: text/html\r\n", "503 Service Unavailable");
        m_server->serve("/login", "who are you", "Content-Type: text/html\r\nWWW-Authenticate: Basic realm=\"x\"\r\n",
                        "401 Unauthorized");
        m_server->serve("/empty", "", "", "204 No Content");
        const auto ok = get("/ok#there");
        QCOMPARE(ok->head->status, 200);
        QCOMPARE(ok->head->charset, QStringLiteral("iso-8859-1"));
        QCOMPARE(ok->head->length, 4);
        QCOMPARE(ok->head->url, m_server->url("/ok#there"));
        const auto check = [&](const char *path, int status, const QByteArray &body) {
            const auto probe = get(path);
            QVERIFY2(probe->finished, path);
            QCOMPARE(probe->head->status, status);
            QCOMPARE(probe->body, body);
        };
        check("/gone", 410, "gone page");
        check("/broken", 503, "broken page");
        check("/login", 401, "who are you");
        check("/empty", 204, "");
        check("/nothing", 404, "<h1>no such page</h1>");
    }

    void redirectsAreFollowedWithTheirFragments()
    {
        m_server->serve("/a", "", "Location: b?x=1\r\n", "301 Moved Permanently");
        m_server->serve("/b?x=1", "", "Location: /c#own\r\n", "307 Temporary Redirect");
        m_server->serve("/c", "end", "Content-Type: text/plain\r\n");
        const auto probe = get("/a#kept");
        QCOMPARE(probe->body, QByteArray("end"));
        QCOMPARE(probe->head->url, m_server->url("/c#own"));
        m_server->serve("/d", "", "Location: /c\r\n", "303 See Other");
        QCOMPARE(get("/d#kept")->head->url, m_server->url("/c#kept"));
    }

    void gzipIsUnpacked()
    {
        m_server->serve("/", gzipped("b'hello ' * 50000"), "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n");
        const auto probe = get("/");
        QCOMPARE(probe->body, QByteArray("hello ").repeated(50000));
        QVERIFY(m_server->requests[0].headers.value("accept-encoding").contains("gzip"));
    }

    void whatWasPackedIsCached_data()
    {
        QTest::addColumn<bool>("chunked");
        QTest::newRow("length") << false;
        QTest::newRow("chunked") << true;
    }
    void whatWasPackedIsCached()
    {
        QFETCH(bool, chunked);
        const QByteArray packed = gzipped("b'hello ' * 50000");
        m_server->on("/", [=](const HttpRequest &, QTcpSocket *socket) {
            const QByteArray headers =
                "Content-Type: text/plain\r\nContent-Encoding: gzip\r\nCache-Control: max-age=1000\r\n";
            if (!chunked)
                return HttpServer::answer(socket, packed, headers);
            socket->write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n" + headers + "\r\n");
            socket->write(QByteArray::number(packed.size(), 16) + "\r\n" + packed + "\r\n0\r\n\r\n");
        });
        QCOMPARE(get("/")->body, QByteArray("hello ").repeated(50000));
        QCOMPARE(get("/")->body, QByteArray("hello ").repeated(50000));
        QCOMPARE(m_server->requests.size(), size_t(1));
    }

    void typesAreSniffedOnlyWhereTheServerDoesNotKnow()
    {
        m_server->serve("/none", "<!DOCTYPE html><p>x</p>");
        m_server->serve("/plain", "<!DOCTYPE html><p>x</p>", "Content-Type: text/plain\r\n");
        m_server->serve("/nosniff", "<!DOCTYPE html><p>x</p>", "X-Content-Type-Options: nosniff\r\n");
        m_server->serve("/unknown", "GIF89a", "Content-Type: */*\r\n");
        m_server->serve("/style.css", "p { color: red }");
        m_server->serve("/nothing-at-all", "");
        m_server->serve("/long", QByteArray("word ").repeated(100'000));
        QCOMPARE(get("/none")->head->mimeType, QStringLiteral("text/html"));
        QCOMPARE(get("/none")->body, QByteArray("<!DOCTYPE html><p>x</p>"));
        QCOMPARE(get("/plain")->head->mimeType, QStringLiteral("text/plain"));
        QCOMPARE(get("/nosniff")->head->mimeType, QStringLiteral("text/plain"));
        QCOMPARE(get("/unknown")->head->mimeType, QStringLiteral("image/gif"));
        QCOMPARE(get("/style.css")->head->mimeType, QStringLiteral("text/css"));
        QCOMPARE(get("/nothing-at-all")->head->mimeType, QStringLiteral("text/plain"));
        QCOMPARE(get("/long")->body, QByteArray("word ").repeated(100'000));
    }

    void attachmentsAreNamed()
    {
        m_server->serve(
            "/x", "data",
            "Content-Type: text/plain\r\nContent-Disposition: attachment; filename=\"../../evil\\\\.sh\"\r\n");
        const auto probe = get("/x");
        QVERIFY(probe->head->attachment);
        QCOMPARE(probe->head->suggestedName, QStringLiteral("sh.txt"));
    }

    void theRequestTellsWhatItShould()
    {
        m_server->serve("/", "x", "Content-Type: text/plain\r\n");
        FetchRequest wanted = request(m_server->url("/"));
        wanted.referrer = m_server->url("/from?q#frag");
        get(wanted);
        wanted.referrer = QUrl(QStringLiteral("http://localhost:%1/elsewhere").arg(m_server->port()));
        get(wanted);
        QCOMPARE(m_server->requests[0].headers.value("user-agent"), QByteArray("Bulkhead/" BULKHEAD_VERSION));
        QCOMPARE(m_server->requests[0].headers.value("referer"), m_server->url("/from?q").toEncoded());
        QCOMPARE(m_server->requests[1].headers.value("referer"),
                 QStringLiteral("http://localhost:%1/").arg(m_server->port()).toLatin1());
        QVERIFY(!m_server->requests[0].headers.contains("upgrade"));
    }

    // ---- cookies

    void cookiesComeBackAndSurviveARestart()
    {
        m_server->serve("/set", "x",
                        "Content-Type: text/plain\r\nSet-Cookie: keep=1; Max-Age=1000\r\nSet-Cookie: session=2\r\n");
        m_server->serve("/", "x", "Content-Type: text/plain\r\n");
        get("/set");
        get("/");
        QCOMPARE(m_server->requests.back().headers.value("cookie"), QByteArray("keep=1; session=2"));
        restart();
        get("/");
        QCOMPARE(m_server->requests.back().headers.value("cookie"), QByteArray("keep=1"));
        QCOMPARE(QFile::permissions(m_profile->filePath(QStringLiteral("data/cookies"))) & 0x0077,
                 QFile::Permissions());
        m_fetcher->clearCookies();
        get("/");
        QVERIFY(!m_server->requests.back().headers.contains("cookie"));
        restart();
        get("/");
        QVERIFY(!m_server->requests.back().headers.contains("cookie"));
    }

    void strangersCookiesAreNeitherSentNorSet()
    {
        m_server->serve("/set", "x",
                        "Content-Type: text/plain\r\nSet-Cookie: lax=1\r\nSet-Cookie: strict=2; SameSite=Strict\r\n");
        m_server->serve("/", "x", "Content-Type: text/plain\r\n");
        const Site stranger = Site::forUrl(QUrl(QStringLiteral("http://stranger.example/")));
        const Site own = Site::forUrl(m_server->url("/"));
        const auto sentWith = [&](Destination destination, const std::optional<Site> &initiator) {
            get(request(m_server->url("/"), destination, initiator));
            return m_server->requests.back().headers.value("cookie");
        };
        get(request(m_server->url("/set"), Destination::Image, stranger));
        QCOMPARE(sentWith(Destination::Navigation, std::nullopt), QByteArray());
        get("/set");
        QCOMPARE(sentWith(Destination::Navigation, std::nullopt), QByteArray("lax=1; strict=2"));
        QCOMPARE(sentWith(Destination::Image, own), QByteArray("lax=1; strict=2"));
        QCOMPARE(sentWith(Destination::Navigation, stranger), QByteArray("lax=1"));
        QCOMPARE(sentWith(Destination::Image, stranger), QByteArray());
    }

    // ---- the cache

    void whatIsFreshIsNotAskedForAgain()
    {
        m_server->serve("/", "cached", "Content-Type: text/plain\r\nCache-Control: max-age=1000\r\n");
        QCOMPARE(get("/")->body, QByteArray("cached"));
        QCOMPARE(get("/")->body, QByteArray("cached"));
        QCOMPARE(get("/")->head->mimeType, QStringLiteral("text/plain"));
        QCOMPARE(m_server->requests.size(), size_t(1));
        // Offline, the cache is all there is.
        ProfileSettings offline = settings();
        offline.offline = true;
        m_fetcher.reset();
        m_fetcher = std::make_unique<ProfileFetcher>(offline);
        QCOMPARE(get("/")->body, QByteArray("cached"));
        QVERIFY(get("/other")->error);
        QCOMPARE(m_server->requests.size(), size_t(1));
        restart();
        m_fetcher->clearCache();
        QCOMPARE(get("/")->body, QByteArray("cached"));
        QCOMPARE(m_server->requests.size(), size_t(2));
    }

    void whatIsFreshIsFetchedAgainPastTheCache()
    {
        int answers = 0;
        m_server->on("/", [&](const HttpRequest &asked, QTcpSocket *socket) {
            QVERIFY(!asked.headers.contains("if-none-match"));
            HttpServer::answer(socket, "body " + QByteArray::number(++answers),
                               "Content-Type: text/plain\r\nETag: \"v1\"\r\nCache-Control: max-age=1000\r\n");
        });
        FetchRequest past = request(m_server->url("/"));
        past.cache = CacheUse::Bypass;
        QCOMPARE(get("/")->body, QByteArray("body 1"));
        QCOMPARE(get(past)->body, QByteArray("body 2"));
        QCOMPARE(get("/")->body, QByteArray("body 2"));
        QCOMPARE(answers, 2);
    }

    void whatIsStaleIsAskedForByItsTag_data()
    {
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<int>("use");
        QTest::newRow("stale") << QByteArray("ETag: \"v1\"\r\nCache-Control: max-age=0\r\n") << int(CacheUse::Normal);
        QTest::newRow("fresh, reloaded") << QByteArray("ETag: \"v1\"\r\nCache-Control: max-age=1000\r\n")
                                         << int(CacheUse::Revalidate);
    }
    void whatIsStaleIsAskedForByItsTag()
    {
        QFETCH(QByteArray, headers);
        QFETCH(int, use);
        QByteArray version = "v1";
        m_server->on("/", [&](const HttpRequest &asked, QTcpSocket *socket) {
            if (asked.headers.value("if-none-match") == "\"" + version + "\"")
                socket->write("HTTP/1.1 304 Not Modified\r\n" + headers + "\r\n");
            else
                HttpServer::answer(socket, "body " + version, "Content-Type: text/plain\r\n" + headers);
        });
        FetchRequest again = request(m_server->url("/"));
        QCOMPARE(get(again)->body, QByteArray("body v1"));
        again.cache = CacheUse(use);
        const auto second = get(again);
        QCOMPARE(second->body, QByteArray("body v1"));
        QCOMPARE(second->head->status, 200);
        QCOMPARE(m_server->requests.size(), size_t(2));
        QCOMPARE(m_server->requests[1].headers.value("if-none-match"), QByteArray("\"v1\""));
        version = "v2";
        QCOMPARE(get(again)->body, QByteArray("body v2"));
    }

    // ---- encryption

    void aCertificateThatNobodyVouchesForIsNotTrusted()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("openssl")).isEmpty())
            QSKIP("needs the openssl command to make a certificate");
        QProcess openssl;
        openssl.setWorkingDirectory(m_profile->path());
        openssl.start(QStringLiteral("openssl"),
                      QStringLiteral(
                          "req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost "
                          "-addext subjectAltName=DNS:localhost")
                          .split(u' '));
        QVERIFY(openssl.waitForFinished());
        const auto file = [&](const char *name) {
            QFile pem(m_profile->filePath(QLatin1String(name)));
            return pem.open(QIODevice::ReadOnly) ? pem.readAll() : QByteArray();
        };
        HttpServer secure(file("cert.pem"), file("key.pem"));
        secure.serve("/", "secret", "Content-Type: text/plain\r\nSet-Cookie: s=1; Secure\r\n");
        const auto refused = get(request(secure.url("/", "localhost")));
        QVERIFY(refused->error);
        QCOMPARE(refused->error->kind, FetchErrorKind::Tls);
        QVERIFY(refused->body.isEmpty());
        QVERIFY(secure.requests.empty());

        ProfileSettings trusting = settings();
        trusting.extraCertificates = file("cert.pem");
        m_fetcher.reset();
        m_fetcher = std::make_unique<ProfileFetcher>(trusting);
        QCOMPARE(get(request(secure.url("/", "localhost")))->body, QByteArray("secret"));
        // For "localhost" only.
        QCOMPARE(get(request(secure.url("/", "127.0.0.1")))->error->kind, FetchErrorKind::Tls);
        get(request(secure.url("/", "localhost")));
        QCOMPARE(secure.requests.back().headers.value("cookie"), QByteArray("s=1"));
        m_server->serve("/", "x", "Content-Type: text/plain\r\n");
        get("/", "localhost");
        QVERIFY(!m_server->requests.back().headers.contains("cookie"));
    }

    // ---- life and death

    void fetchesMayEndAtAnyTime()
    {
        m_server->on("/big", [](const HttpRequest &, QTcpSocket *socket) {
            socket->write("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n");
            stream(socket, 1024 * MiB);
        });
        for (int i = 0; i < 60; ++i) {
            auto probe = fetch(request(m_server->url(i % 2 ? "/big" : "/none")));
            for (int turns = 0; turns < i % 7; ++turns)
                QCoreApplication::processEvents();
        }
        QTRY_VERIFY(m_server->openConnections() <= 6);
        // The fetcher may go first.
        auto probe = fetch(request(m_server->url("/big")));
        QTRY_VERIFY(probe->head);
        m_fetcher.reset();
        probe->readAll();
        probe.reset();
    }
};

QTEST_GUILESS_MAIN(NetworkFetchTest)
#include "network_fetch_test.moc"
