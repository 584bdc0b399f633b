// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/referrer.h"
#include "browser/pages/network/profile_fetcher.h"
#include "tests/browser/pages/fetch/fetch_probe.h"
#include "tests/browser/pages/network/certificate.h"
#include "tests/browser/pages/network/http_server.h"

#include <QTemporaryDir>
#include <QTest>

using namespace bulkhead;
using namespace bulkhead::test;

namespace {

constexpr char Text[] = "Content-Type: text/plain\r\n";
constexpr char Image[] = "Content-Type: image/gif\r\n";

/// Every name is this computer.
void resolveToLoopback(const QString &, QObject *context, HostLookup::Found found)
{
    QTimer::singleShot(0, context, [found] { found({QHostAddress(QHostAddress::LocalHost)}, {}); });
}

} // namespace

/// One server that answers to many names, plain and with TLS, so that sites differ in nothing but their names.
class NetworkPartitionTest : public QObject
{
    Q_OBJECT

    Certificate m_certificate;
    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<HttpServer> m_server;
    std::unique_ptr<HttpServer> m_secure;
    std::unique_ptr<ProfileFetcher> m_fetcher;

    void restart()
    {
        m_fetcher.reset();
        ProfileSettings profile;
        profile.cacheFolder = m_profile->filePath(QStringLiteral("cache"));
        profile.dataFolder = m_profile->filePath(QStringLiteral("data"));
        profile.extraCertificates = m_certificate.certificate;
        profile.lookup.resolve = resolveToLoopback;
        m_fetcher = std::make_unique<ProfileFetcher>(profile);
    }
    std::unique_ptr<FetchProbe> get(const FetchRequest &wanted) const
    {
        return FetchProbe::toTheEnd(m_fetcher->start(wanted));
    }
    /// @p by is the host of the asking page on the same server; empty: the person.
    std::unique_ptr<FetchProbe> get(const HttpServer &server, const char *host, const char *path,
                                    Destination destination, const char *by) const
    {
        const std::optional<Site> page = *by ? std::optional(Site::forUrl(server.url("/", by))) : std::nullopt;
        return get(request(server.url(path, host), destination, page));
    }
    QByteArray sent(const char *header, const HttpServer &server, const char *host, Destination destination,
                    const char *by) const
    {
        get(server, host, "/", destination, by);
        return server.requests.back().headers.value(header);
    }
    QByteArray cookies(const char *host, Destination destination, const char *by) const
    {
        return sent("cookie", *m_secure, host, destination, by);
    }

private Q_SLOTS:
    void initTestCase()
    {
        m_certificate = Certificate::make(QStringLiteral("DNS:a.test,DNS:www.a.test,DNS:b.test,DNS:c.test"));
        if (m_certificate.certificate.isEmpty())
            QSKIP("needs the openssl command to make a certificate");
    }
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        m_server = std::make_unique<HttpServer>();
        m_secure = std::make_unique<HttpServer>(m_certificate.certificate, m_certificate.key);
        for (HttpServer *server : {m_server.get(), m_secure.get()})
            server->serve("/", "GIF89a", Image);
        restart();
    }
    void cleanup()
    {
        m_fetcher.reset();
        m_server.reset();
        m_secure.reset();
    }

    // ---- cookies

    void whatAPartOfAPageSetsStaysInThatPagesPartition()
    {
        m_secure->serve("/set", "GIF89a",
                        QByteArray(Image) + "Set-Cookie: id=1; SameSite=None; Secure; Max-Age=1000\r\n");
        get(*m_secure, "a.test", "/set", Destination::Image, "b.test");
        QCOMPARE(cookies("a.test", Destination::Image, "b.test"), QByteArray("id=1"));
        QCOMPARE(cookies("a.test", Destination::Image, "c.test"), QByteArray());
        QCOMPARE(cookies("a.test", Destination::Image, "a.test"), QByteArray());
        QCOMPARE(cookies("a.test", Destination::Navigation, ""), QByteArray());
        restart(); // and the file knows it
        QCOMPARE(cookies("a.test", Destination::Navigation, ""), QByteArray());
        QCOMPARE(cookies("a.test", Destination::Image, "c.test"), QByteArray());
        QCOMPARE(cookies("a.test", Destination::Image, "b.test"), QByteArray("id=1"));
    }

    void whatASiteKeepsForItselfIsNotTakenToOtherSitesPages()
    {
        m_secure->serve("/set", "x", QByteArray(Text) + "Set-Cookie: id=1; SameSite=None; Secure\r\n");
        get(*m_secure, "a.test", "/set", Destination::Navigation, "");
        QCOMPARE(cookies("a.test", Destination::Navigation, ""), QByteArray("id=1"));
        for (Destination destination : {Destination::Image, Destination::Style, Destination::Font, Destination::Icon,
                                        Destination::Download, Destination::PluginFetch})
            QCOMPARE(cookies("a.test", destination, "b.test"), QByteArray());
    }

    void sameSiteIsHonoured_data()
    {
        QTest::addColumn<Destination>("destination");
        QTest::addColumn<QByteArray>("by");
        QTest::addColumn<QByteArray>("sent");
        const QByteArray all = "strict=1; lax=1; absent=1; none=1";
        const QByteArray visitor = "lax=1; absent=1; none=1";
        QTest::newRow("the person") << Destination::Navigation << QByteArray("") << all;
        QTest::newRow("own link") << Destination::Navigation << QByteArray("a.test") << all;
        QTest::newRow("own link from another host of the site")
            << Destination::Navigation << QByteArray("www.a.test") << all;
        QTest::newRow("own image") << Destination::Image << QByteArray("a.test") << all;
        QTest::newRow("stranger's link") << Destination::Navigation << QByteArray("b.test") << visitor;
        QTest::newRow("stranger's image") << Destination::Image << QByteArray("b.test") << QByteArray();
        QTest::newRow("stranger's download") << Destination::Download << QByteArray("b.test") << QByteArray();
        QTest::newRow("own plugin") << Destination::PluginFetch << QByteArray("a.test") << QByteArray();
    }
    void sameSiteIsHonoured()
    {
        QFETCH(Destination, destination);
        QFETCH(QByteArray, by);
        m_secure->serve("/set", "x",
                        QByteArray(Text) +
                            "Set-Cookie: strict=1; SameSite=Strict\r\nSet-Cookie: lax=1; SameSite=Lax\r\n"
                            "Set-Cookie: absent=1\r\nSet-Cookie: none=1; SameSite=None; Secure\r\n"
                            "Set-Cookie: open=1; SameSite=None\r\n"); // without Secure: refused
        get(*m_secure, "a.test", "/set", Destination::Navigation, "");
        QTEST(cookies("a.test", destination, by), "sent");
    }

    void onlyWhatIsMeantForOtherSitesPagesIsSetThere()
    {
        m_secure->serve("/set", "GIF89a",
                        QByteArray(Image) +
                            "Set-Cookie: strict=1; SameSite=Strict\r\nSet-Cookie: lax=1; SameSite=Lax\r\n"
                            "Set-Cookie: absent=1\r\nSet-Cookie: open=1; SameSite=None\r\n");
        get(*m_secure, "a.test", "/set", Destination::Image, "b.test");
        QCOMPARE(cookies("a.test", Destination::Image, "b.test"), QByteArray());
        // A page of its own sets what it likes, whoever led to it.
        get(*m_secure, "a.test", "/set", Destination::Navigation, "b.test");
        QCOMPARE(cookies("a.test", Destination::Navigation, ""), QByteArray("strict=1; lax=1; absent=1"));
    }

    void aChainThroughAnotherSiteIsAnotherSites()
    {
        m_secure->serve("/set", "x",
                        QByteArray(Text) + "Set-Cookie: strict=1; SameSite=Strict\r\nSet-Cookie: lax=1\r\n");
        get(*m_secure, "a.test", "/set", Destination::Navigation, "");
        m_secure->serve("/out", "", "Location: " + m_secure->url("/back", "b.test").toEncoded() + "\r\n", "302 Found");
        m_secure->serve("/back", "", "Location: " + m_secure->url("/", "a.test").toEncoded() + "\r\n", "302 Found");
        m_secure->serve("/here", "", "Location: /\r\n", "302 Found");
        const auto sentAfter = [&](const char *path, Destination destination, const char *by) {
            get(*m_secure, "a.test", path, destination, by);
            return m_secure->requests.back().headers.value("cookie");
        };
        QCOMPARE(sentAfter("/here", Destination::Image, "a.test"), QByteArray("strict=1; lax=1"));
        QCOMPARE(sentAfter("/out", Destination::Image, "a.test"), QByteArray());
        QCOMPARE(sentAfter("/here", Destination::Navigation, ""), QByteArray("strict=1; lax=1"));
        QCOMPARE(sentAfter("/out", Destination::Navigation, ""), QByteArray("lax=1"));
        QCOMPARE(sentAfter("/out", Destination::Navigation, "a.test"), QByteArray("lax=1"));
    }

    // ---- names and passwords

    void aPasswordServesItsOriginAndNobodyElsesPages()
    {
        m_server->on("/", [](const HttpRequest &asked, QTcpSocket *socket) {
            if (asked.headers.contains("authorization"))
                return HttpServer::answer(socket, "GIF89a secret", Image);
            HttpServer::answer(socket, "who are you", QByteArray(Text) + "WWW-Authenticate: Basic realm=\"x\"\r\n",
                               "401 Unauthorized");
        });
        QUrl typed = m_server->url("/", "a.test");
        typed.setUserInfo(QStringLiteral("user:word"));
        QCOMPARE(get(request(typed))->head->status, 200);
        // What was typed once serves the site itself from now on.
        QCOMPARE(get(*m_server, "a.test", "/", Destination::Navigation, "")->head->status, 200);
        QCOMPARE(get(*m_server, "a.test", "/", Destination::Image, "a.test")->head->status, 200);
        const std::size_t before = m_server->requests.size();
        QVERIFY(get(*m_server, "a.test", "/", Destination::Image, "b.test")->error);
        QCOMPARE(get(*m_server, "a.test", "/", Destination::Navigation, "b.test")->head->status, 401);
        QCOMPARE(get(*m_server, "a.test", "/", Destination::Download, "b.test")->head->status, 401);
        QCOMPARE(get(*m_server, "a.test", "/", Destination::PluginFetch, "a.test")->head->status, 401);
        QCOMPARE(get(*m_server, "www.a.test", "/", Destination::Navigation, "")->head->status, 401);
        QCOMPARE(get(*m_server, "b.test", "/", Destination::Navigation, "")->head->status, 401);
        for (std::size_t i = before; i < m_server->requests.size(); ++i)
            QVERIFY(!m_server->requests[i].headers.contains("authorization"));
        // A page does not log the person in elsewhere by its link.
        const Site stranger = Site::forUrl(m_server->url("/", "c.test"));
        QCOMPARE(get(request(typed, Destination::Navigation, stranger))->head->status, 401);
    }

    // ---- the cache and connections

    void whatOneSitesPagesLoadedIsNotThereForAnothers()
    {
        m_server->serve("/x", "GIF89a cached", QByteArray(Image) + "Cache-Control: max-age=1000\r\n");
        const auto asked = [&](const char *host, Destination destination, const char *by) {
            const std::size_t before = m_server->requests.size();
            const auto probe = get(*m_server, host, "/x", destination, by);
            return probe->body == "GIF89a cached" ? int(m_server->requests.size() - before) : -1;
        };
        QCOMPARE(asked("a.test", Destination::Image, "b.test"), 1);
        QCOMPARE(asked("a.test", Destination::Image, "b.test"), 0);
        QCOMPARE(asked("a.test", Destination::Image, "c.test"), 1);
        QCOMPARE(asked("a.test", Destination::Image, "a.test"), 1);
        QCOMPARE(asked("a.test", Destination::Navigation, ""), 0); // its own site's
        QCOMPARE(asked("a.test", Destination::Navigation, "b.test"), 1);
        // What came with the person's cookies is not there for a plugin.
        QCOMPARE(asked("a.test", Destination::PluginFetch, "a.test"), 1);
        // One address, two names.
        QCOMPARE(asked("c.test", Destination::Image, "b.test"), 1);
        QCOMPARE(asked("www.a.test", Destination::Image, "b.test"), 1);
        restart();
        QCOMPARE(asked("a.test", Destination::Image, "b.test"), 0);
    }

    void connectionsAreNotShared()
    {
        QList<quint16> ports;
        m_server->on("/", [&ports](const HttpRequest &, QTcpSocket *socket) {
            ports << socket->peerPort();
            HttpServer::answer(socket, "GIF89a", Image);
        });
        get(*m_server, "a.test", "/", Destination::Image, "b.test");
        get(*m_server, "a.test", "/", Destination::Image, "b.test");
        QCOMPARE(ports[0], ports[1]); // the server keeps it open
        get(*m_server, "a.test", "/", Destination::Image, "c.test");
        get(*m_server, "a.test", "/", Destination::Navigation, "");
        get(*m_server, "a.test", "/", Destination::PluginFetch, "a.test");
        get(*m_server, "c.test", "/", Destination::Image, "b.test");
        QCOMPARE(ports.size(), 6);
        QCOMPARE(QSet<quint16>(ports.begin(), ports.end()).size(), 5);
    }

    void theServerIsToldItsName()
    {
        get(*m_server, "a.test", "/", Destination::Navigation, "");
        QCOMPARE(m_server->requests.back().headers.value("host"),
                 QByteArray("a.test:") + QByteArray::number(m_server->port()));
        get(*m_secure, "a.test", "/", Destination::Navigation, "");
        QCOMPARE(m_secure->requests.size(), std::size_t(1));
        QVERIFY(get(*m_secure, "d.test", "/", Destination::Navigation, "")->error); // the certificate is for others
        QCOMPARE(m_secure->requests.size(), std::size_t(1));
    }

    void strictTransportIsKnownWhereItWasSaid()
    {
        m_secure->serve("/set", "GIF89a",
                        QByteArray(Image) + "Strict-Transport-Security: max-age=1000; includeSubDomains\r\n");
        get(*m_secure, "a.test", "/set", Destination::Navigation, "");
        const auto upgraded = [&](const char *host, Destination destination, const char *by) {
            QUrl plain = m_secure->url("/", host);
            plain.setScheme(QStringLiteral("http"));
            const std::size_t before = m_secure->requests.size();
            const std::optional<Site> page = *by ? std::optional(Site::forUrl(m_server->url("/", by))) : std::nullopt;
            get(request(plain, destination, page));
            return m_secure->requests.size() > before;
        };
        QVERIFY(upgraded("a.test", Destination::Navigation, ""));
        QVERIFY(upgraded("www.a.test", Destination::Navigation, ""));
        restart();
        QVERIFY(upgraded("a.test", Destination::Navigation, ""));
        // Else another site's page could read from it whether the person had been there.
        QVERIFY(!upgraded("a.test", Destination::Image, "b.test"));
        QVERIFY(!upgraded("b.test", Destination::Navigation, ""));
        m_secure->serve("/set", "x", QByteArray(Text) + "Strict-Transport-Security: max-age=0\r\n");
        get(*m_secure, "a.test", "/set", Destination::Navigation, "");
        QVERIFY(!upgraded("a.test", Destination::Navigation, ""));
    }

    // ---- Referer

    void theReferrerTellsOthersTheOriginOnly_data()
    {
        QTest::addColumn<QString>("page");
        QTest::addColumn<QString>("target");
        QTest::addColumn<QByteArray>("referrer");
        const auto row = [](const char *page, const char *target, const char *referrer) {
            QTest::addRow("%s to %s", page, target)
                << QString::fromLatin1(page) << QString::fromLatin1(target) << QByteArray(referrer);
        };
        row("https://u:p@a.test/x?q#f", "https://a.test/y", "https://a.test/x?q");
        row("https://a.test:443/x", "https://a.test/y", "https://a.test:443/x");
        row("https://u:p@a.test/x?q#f", "https://b.test/y", "https://a.test/");
        row("https://a.test/x", "https://www.a.test/y", "https://a.test/");
        row("http://a.test:81/x", "http://a.test/y", "http://a.test:81/");
        row("http://a.test/x", "https://a.test/y", "http://a.test/");
        row("https://a.test/x", "http://a.test/y", "");
        row("file:///home/me/secret.html", "http://a.test/", "");
        row("about:start", "http://a.test/", "");
        row("data:text/html,x", "http://a.test/", "");
        row("", "http://a.test/", "");
    }
    void theReferrerTellsOthersTheOriginOnly()
    {
        QFETCH(QString, page);
        QFETCH(QString, target);
        QTEST(referrerFor(QUrl(page), QUrl(target)), "referrer");
    }

    void theReferrerIsMadeAnewForEachHop()
    {
        m_server->serve("/away", "", "Location: " + m_server->url("/", "b.test").toEncoded() + "\r\n", "302 Found");
        FetchRequest link = request(m_server->url("/away", "a.test"), Destination::Navigation,
                                    Site::forUrl(m_server->url("/", "a.test")));
        link.referrer = m_server->url("/private?page", "a.test");
        get(link);
        QCOMPARE(m_server->requests[0].headers.value("referer"), m_server->url("/private?page", "a.test").toEncoded());
        QCOMPARE(m_server->requests[1].headers.value("referer"), m_server->url("/", "a.test").toEncoded());
    }
};

QTEST_GUILESS_MAIN(NetworkPartitionTest)
#include "network_partition_test.moc"
