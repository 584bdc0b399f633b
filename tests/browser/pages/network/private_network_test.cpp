// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/saved_initiator.h"
#include "browser/pages/network/profile_fetcher.h"
#include "tests/browser/pages/fetch/fetch_probe.h"
#include "tests/browser/pages/network/http_server.h"

#include <QTemporaryDir>
#include <QTest>

using namespace bulkhead;
using namespace bulkhead::test;

namespace {

const QHostAddress Far(QStringLiteral("127.0.0.2"));
const QHostAddress Near(QStringLiteral("127.0.0.3"));
const QHostAddress Here(QHostAddress::LocalHost);

/// Three of this computer's addresses play the internet, the local network and this computer.
AddressSpace playedSpace(const QHostAddress &address)
{
    return address == Far ? AddressSpace::Public : address == Near ? AddressSpace::Private : AddressSpace::Loopback;
}

} // namespace

class PrivateNetworkTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_profile;
    std::unique_ptr<HttpServer> m_far;
    std::unique_ptr<HttpServer> m_near;
    std::unique_ptr<HttpServer> m_here;
    QHash<QString, QList<QHostAddress>> m_names;
    std::unique_ptr<ProfileFetcher> m_fetcher;

    void restart()
    {
        m_fetcher.reset();
        ProfileSettings profile;
        profile.cacheFolder = m_profile->filePath(QStringLiteral("cache"));
        profile.dataFolder = m_profile->filePath(QStringLiteral("data"));
        profile.lookup.spaceOf = playedSpace;
        // On the network thread, while this one waits for the answer.
        profile.lookup.resolve = [this](const QString &host, QObject *context, HostLookup::Found found) {
            QTimer::singleShot(0, context,
                               [this, host, found] { found(m_names.value(host), QStringLiteral("no such name")); });
        };
        m_fetcher = std::make_unique<ProfileFetcher>(profile);
    }
    std::unique_ptr<FetchProbe> get(const FetchRequest &wanted) const
    {
        return FetchProbe::toTheEnd(m_fetcher->start(wanted));
    }
    QUrl url(const char *host, const char *path = "/") const { return m_far->url(path, host); }
    /// A page of @p host that came from @p space wants @p target.
    std::unique_ptr<FetchProbe> get(const QUrl &target, Destination destination, const char *host,
                                    AddressSpace space) const
    {
        return get({target, destination, Initiator::page(Site::forUrl(url(host)), space)});
    }

private Q_SLOTS:
    void init()
    {
        m_profile = std::make_unique<QTemporaryDir>();
        // One port on three addresses: a name may move from one to another, as in DNS rebinding.
        m_far = std::make_unique<HttpServer>(QByteArray(), QByteArray(), Far);
        m_near = std::make_unique<HttpServer>(QByteArray(), QByteArray(), Near, m_far->port());
        m_here = std::make_unique<HttpServer>(QByteArray(), QByteArray(), Here, m_far->port());
        for (HttpServer *server : {m_far.get(), m_near.get(), m_here.get()}) {
            server->serve("/", "GIF89a", "Content-Type: image/gif\r\n");
            server->serve("/cached", "GIF89a", "Content-Type: image/gif\r\nCache-Control: max-age=1000\r\n");
        }
        m_names = {{QStringLiteral("far.test"), {Far}},
                   {QStringLiteral("near.test"), {Near}},
                   {QStringLiteral("here.test"), {Here}}};
        restart();
    }
    void cleanup()
    {
        m_fetcher.reset();
        m_far.reset();
        m_near.reset();
        m_here.reset();
    }

    void everyAddressHasItsSpace_data()
    {
        QTest::addColumn<AddressSpace>("space");
        for (const char *address : {"127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "::1",
                                    "::", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::"})
            QTest::newRow(address) << AddressSpace::Loopback;
        for (const char *address : {"10.0.0.1",          "172.16.0.1",      "172.31.255.255",
                                    "192.168.1.1",       "169.254.169.254", "100.64.0.1",
                                    "100.127.0.1",       "198.18.0.1",      "224.0.0.1",
                                    "239.255.255.250",   "255.255.255.255", "fc00::1",
                                    "fd12::1",           "fe80::1",         "fe80::1%eth0",
                                    "fec0::1",           "ff02::1",         "::ffff:192.168.1.1",
                                    "64:ff9b::c0a8:101", "2002:c0a8:101::1"})
            QTest::newRow(address) << AddressSpace::Private;
        for (const char *address : {"1.1.1.1", "9.255.255.255", "11.0.0.1", "172.15.0.1", "172.32.0.1", "192.167.0.1",
                                    "100.63.0.1", "100.128.0.1", "126.0.0.1", "128.0.0.1", "2a00::1", "2606:4700::1111",
                                    "::ffff:1.1.1.1", "64:ff9b::101:101"})
            QTest::newRow(address) << AddressSpace::Public;
    }
    void everyAddressHasItsSpace()
    {
        QTEST(address_space::of(QHostAddress(QLatin1String(QTest::currentDataTag()))), "space");
    }

    void namesThatSaySoAreNear()
    {
        QCOMPARE(address_space::ofName(QStringLiteral("localhost")), AddressSpace::Loopback);
        QCOMPARE(address_space::ofName(QStringLiteral("a.LOCALHOST.")), AddressSpace::Loopback);
        QCOMPARE(address_space::ofName(QStringLiteral("printer.local")), AddressSpace::Private);
        QCOMPARE(address_space::ofName(QStringLiteral("192.168.1.1")), AddressSpace::Private);
        QCOMPARE(address_space::ofName(QStringLiteral("local.example")), AddressSpace::Public);
        // Whatever it resolves to.
        m_names.insert(QStringLiteral("printer.local"), {Far});
        QCOMPARE(get(url("printer.local"), Destination::Image, "far.test", AddressSpace::Public)->error->detail,
                 QStringLiteral("private-network"));
    }

    void aPublicPageReachesNothingNear_data()
    {
        QTest::addColumn<Destination>("destination");
        QTest::newRow("navigation") << Destination::Navigation;
        QTest::newRow("image") << Destination::Image;
        QTest::newRow("style") << Destination::Style;
        QTest::newRow("font") << Destination::Font;
        QTest::newRow("icon") << Destination::Icon;
        QTest::newRow("download") << Destination::Download;
        QTest::newRow("plugin") << Destination::PluginFetch;
    }
    void aPublicPageReachesNothingNear()
    {
        QFETCH(Destination, destination);
        for (const char *host : {"near.test", "here.test", "127.0.0.3", "127.0.0.1"}) {
            const auto probe = get(url(host), destination, "far.test", AddressSpace::Public);
            QVERIFY2(probe->error && !probe->head, host);
            QCOMPARE(probe->error->kind, FetchErrorKind::Denied);
            QCOMPARE(probe->error->detail, QStringLiteral("private-network"));
            QCOMPARE(probe->error->question->site, Site::forUrl(url("far.test")));
            QCOMPARE(probe->error->question->host, QLatin1String(host));
            QVERIFY(probe->error->message.contains(QLatin1String(host)));
        }
        QVERIFY(m_near->requests.empty() && m_here->requests.empty());
        QCOMPARE(m_near->openConnections() + m_here->openConnections(), 0);
        if (destination != Destination::Style)
            QVERIFY(get(url("far.test"), destination, "far.test", AddressSpace::Public)->head);
    }

    void everySpaceReachesItselfAndWhatIsFarther()
    {
        const auto reaches = [&](AddressSpace from, const char *host) {
            return bool(get(url(host), Destination::Image, "page.test", from)->head);
        };
        QVERIFY(reaches(AddressSpace::Private, "far.test"));
        QVERIFY(reaches(AddressSpace::Private, "near.test"));
        QVERIFY(!reaches(AddressSpace::Private, "here.test"));
        QVERIFY(reaches(AddressSpace::Loopback, "near.test"));
        QVERIFY(reaches(AddressSpace::Loopback, "here.test"));
        // Files are no nearer than the internet; the browser's own pages are.
        const auto isLet = [&](const Site &site) {
            return bool(get({url("here.test"), Destination::Navigation, Initiator::page(site)})->head);
        };
        QVERIFY(!isLet(Site::forUrl(QUrl(QStringLiteral("file:///tmp/x.html")))));
        QVERIFY(isLet(Site::forUrl(QUrl(QStringLiteral("about:start")))));
    }

    void thePersonOpensWhatTheyLike()
    {
        QCOMPARE(get(request(url("far.test")))->head->space, AddressSpace::Public);
        QCOMPARE(get(request(url("near.test")))->head->space, AddressSpace::Private);
        QCOMPARE(get(request(url("here.test")))->head->space, AddressSpace::Loopback);
    }

    void aRedirectIsTheServersWish()
    {
        const auto leadTo = [&](const char *host) {
            m_far->serve("/lead", "", "Location: " + url(host).toEncoded() + "\r\n", "302 Found");
        };
        leadTo("here.test");
        QCOMPARE(get(url("far.test", "/lead"), Destination::Image, "far.test", AddressSpace::Public)->error->detail,
                 QStringLiteral("private-network"));
        const auto typed = get(request(url("far.test", "/lead")));
        QCOMPARE(typed->error->detail, QStringLiteral("private-network"));
        QCOMPARE(typed->error->question->site, Site::forUrl(url("far.test")));
        QVERIFY(m_here->requests.empty());
        leadTo("far.test");
        QVERIFY(get(request(url("far.test", "/lead")))->head);
        // Back to where the person wanted to go, as one who logs in somewhere else is.
        m_near->serve("/start", "", "Location: " + url("far.test", "/lead").toEncoded() + "\r\n", "302 Found");
        leadTo("near.test");
        QVERIFY(get(request(url("near.test", "/start")))->head);
    }

    void aNameThatMovesDoesNotTakeItsPageAlong()
    {
        m_names.insert(QStringLiteral("moving.test"), {Far});
        QVERIFY(get(url("moving.test"), Destination::Image, "moving.test", AddressSpace::Public)->head);
        m_names.insert(QStringLiteral("moving.test"), {Here});
        const auto probe = get(url("moving.test", "/cached"), Destination::Image, "moving.test", AddressSpace::Public);
        QCOMPARE(probe->error->detail, QStringLiteral("private-network"));
        QCOMPARE(probe->error->question->address, QStringLiteral("127.0.0.1"));
        QVERIFY(m_here->requests.empty());
    }

    void onlyAddressesThatMayBeReachedAreTried()
    {
        m_names.insert(QStringLiteral("two.test"), {Here, Far});
        QCOMPARE(get(url("two.test"), Destination::Image, "far.test", AddressSpace::Public)->head->space,
                 AddressSpace::Public);
        // Nor when the one that may does not answer.
        m_far.reset();
        m_far = std::make_unique<HttpServer>(QByteArray(), QByteArray(), QHostAddress(QStringLiteral("127.0.0.9")),
                                             m_here->port());
        QCOMPARE(get(url("two.test"), Destination::Image, "far.test", AddressSpace::Public)->error->kind,
                 FetchErrorKind::Refused);
        QVERIFY(m_here->requests.empty());
    }

    void theNextAddressIsTriedWhereOneRefuses()
    {
        m_names.insert(QStringLiteral("two.test"), {QHostAddress(QStringLiteral("127.0.0.8")), Far});
        QVERIFY(get(request(url("two.test")))->head);
        QCOMPARE(m_far->requests.size(), std::size_t(1));
    }

    void aPermissionIsForOneSiteAndOneKindAndCanBeTakenBack()
    {
        const auto ask = [&](const char *host, const char *page = "far.test") {
            return get(url(host), Destination::Image, page, AddressSpace::Public);
        };
        m_fetcher->allowPrivateNetwork(*ask("near.test")->error->question);
        QVERIFY(ask("near.test")->head);
        QVERIFY(ask("here.test")->error);
        QVERIFY(ask("near.test", "other.test")->error);
        restart();
        QVERIFY(ask("near.test")->head);
        QVERIFY(ask("here.test")->error);
        const QString site = Site::forUrl(url("far.test")).key();
        QCOMPARE(m_fetcher->privateNetworkSites(), QStringList(site));
        m_fetcher->revokePrivateNetwork(site);
        QVERIFY(ask("near.test")->error);
        restart();
        QVERIFY(ask("near.test")->error);
    }

    void whatTheCacheKeepsOfNearServersIsJudgedToo()
    {
        const auto ask = [&] {
            return get(url("here.test", "/cached"), Destination::Image, "far.test", AddressSpace::Public);
        };
        m_fetcher->allowPrivateNetwork(*ask()->error->question);
        QVERIFY(ask()->head);
        QCOMPARE(ask()->head->space, AddressSpace::Loopback);
        QCOMPARE(m_here->requests.size(), std::size_t(1)); // the second came from the cache
        m_fetcher->revokePrivateNetwork(Site::forUrl(url("far.test")).key());
        QCOMPARE(ask()->error->detail, QStringLiteral("private-network"));
    }

    void aSavedInitiatorKeepsItsSpace()
    {
        const Initiator page = Initiator::page(Site::forUrl(url("near.test")), AddressSpace::Private);
        QCOMPARE(*SavedInitiator::fromJson(SavedInitiator::toJson(page)), page);
        QJsonObject odd = SavedInitiator::toJson(page);
        for (const QJsonValue &space : {QJsonValue(7), QJsonValue(-1), QJsonValue(QStringLiteral("2")), QJsonValue()}) {
            odd[QStringLiteral("space")] = space;
            QCOMPARE(SavedInitiator::fromJson(odd)->space(), AddressSpace::Public);
        }
    }
};

QTEST_GUILESS_MAIN(PrivateNetworkTest)
#include "private_network_test.moc"
