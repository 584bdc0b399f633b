// SPDX-License-Identifier: BSD-3-Clause
// What plugins may do: asked once, kept, revoked; patterns of addresses; storage and its quota.
#include "browser/pages/plugins/plugin_permissions.h"
#include "browser/pages/plugins/plugin_services.h"
#include "browser/pages/plugins/plugin_storage.h"
#include "browser/pages/plugins/url_pattern.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

PluginQuestion question(const QString &plugin = QStringLiteral("a"),
                        const QString &site = QStringLiteral("https://example.org"))
{
    return {plugin, QStringLiteral("A"), site, {{QStringLiteral("clipboard"), {QStringLiteral("It copies."), {}, 0}}}};
}

std::pair<QString, PluginPermission> fetching(std::initializer_list<const char *> patterns)
{
    PluginPermission permission;
    for (const char *pattern : patterns)
        permission.urls << QString::fromLatin1(pattern);
    return {QStringLiteral("fetch"), permission};
}

std::pair<QString, PluginPermission> storing(qint64 quota)
{
    return {QStringLiteral("storage"), {{}, {}, quota}};
}

/// Who is asked, and answers when the test says so.
struct Person
{
    explicit Person(PluginPermissions &permissions)
    {
        permissions.setAsker([this](const PluginQuestion &question, std::function<void(bool)> done) {
            asked << question;
            reply = std::move(done);
        });
    }
    QList<PluginQuestion> asked;
    std::function<void(bool)> reply;
};

} // namespace

Q_DECLARE_METATYPE(bulkhead::PermissionSet)

class PermissionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAnyoneToAskEverythingIsRefusedAndNothingKept()
    {
        PluginPermissions permissions;
        int answers = 0;
        permissions.request(question(), QStringLiteral("clipboard"), [&](const PluginRights &rights) {
            ++answers;
            QVERIFY(!rights.has(QStringLiteral("clipboard")));
        });
        QCOMPARE(answers, 1);
        QVERIFY(permissions.entries().empty());
    }

    void thePersonIsAskedOncePerPluginAndSite()
    {
        PluginPermissions permissions;
        Person person(permissions);
        QList<bool> answers;
        const auto use = [&](const PluginQuestion &q) {
            permissions.request(q, QStringLiteral("clipboard"), [&](const PluginRights &rights) {
                answers << rights.has(QStringLiteral("clipboard"));
            });
        };
        use(question());
        use(question()); // while the first is open
        QCOMPARE(person.asked.size(), 1);
        QVERIFY(person.asked[0].lines().join(u' ').contains(QStringLiteral("It copies.")));
        person.reply(true);
        QCOMPARE(answers, QList<bool>({true, true}));
        use(question());
        QCOMPARE(person.asked.size(), 1);
        use(question(QStringLiteral("a"), QStringLiteral("https://other.org")));
        use(question(QStringLiteral("b")));
        QCOMPARE(person.asked.size(), 3);
        permissions.revoke(QStringLiteral("a"), QStringLiteral("https://example.org"));
        use(question());
        QCOMPARE(person.asked.size(), 4);
    }

    void theQuestionHasWordsForEveryPermission()
    {
        QSet<QString> all;
        for (const QString &name : PluginManifest::permissionNames()) {
            const QString words = PluginQuestion::words(name, {});
            QVERIFY2(!words.isEmpty(), qPrintable(name));
            all.insert(words);
        }
        QCOMPARE(all.size(), PluginManifest::permissionNames().size());
        QVERIFY(PluginQuestion::words(QStringLiteral("camera"), {}).isEmpty());
    }

    void whatWasDecidedIsKeptWithItsBounds()
    {
        QTemporaryDir folder;
        const QString a = QStringLiteral("a"), s = QStringLiteral("s");
        {
            PluginPermissions permissions(folder.path());
            permissions.decide(a, s, {fetching({"https://example.org/*"}), storing(4096)},
                               PluginPermissions::Decision::Granted);
            permissions.decide(a, s, {{QStringLiteral("clipboard"), {}}}, PluginPermissions::Decision::Refused);
        }
        PluginPermissions permissions(folder.path());
        const PluginPermissions::Entry entry = permissions.entry(a, s);
        QCOMPARE(entry.granted.keys(), QStringList({QStringLiteral("fetch"), QStringLiteral("storage")}));
        QCOMPARE(entry.granted.value(QStringLiteral("fetch")).urls,
                 QStringList{QStringLiteral("https://example.org/*")});
        QCOMPARE(entry.granted.value(QStringLiteral("storage")).quota, 4096);
        QCOMPARE(entry.refused.keys(), QStringList{QStringLiteral("clipboard")});
        QVERIFY(permissions.entry(QStringLiteral("b"), s).granted.isEmpty());
        Person person(permissions);
        bool answered = false;
        permissions.request({a, a, s, {{QStringLiteral("clipboard"), {}}}}, QStringLiteral("clipboard"),
                            [&](const PluginRights &rights) { answered = !rights.has(QStringLiteral("clipboard")); });
        QVERIFY2(answered && person.asked.isEmpty(), "what was refused is not asked again");
    }

    void aManifestThatAsksForMoreIsAskedAboutWhatIsNew_data()
    {
        QTest::addColumn<PermissionSet>("before");
        QTest::addColumn<PermissionSet>("after");
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<PermissionSet>("news"); // empty: no question
        const auto row = [](const char *title, const PermissionSet &before, const PermissionSet &after,
                            const char *wanted, const PermissionSet &news) {
            QTest::newRow(title) << before << after << QString::fromLatin1(wanted) << news;
        };
        const std::pair<QString, PluginPermission> clipboard{QStringLiteral("clipboard"), {}};
        row("the same", {fetching({"https://a.org/*"}), storing(10)}, {fetching({"https://a.org/*"}), storing(10)},
            "fetch", {});
        row("less", {fetching({"https://a.org/*"}), storing(10)}, {fetching({"https://a.org/x/*"})}, "fetch", {});
        row("a smaller quota", {storing(10)}, {storing(5)}, "storage", {});
        row("a larger quota", {storing(10)}, {storing(11)}, "storage", {storing(11)});
        row("a new permission", {storing(10)}, {storing(10), clipboard}, "clipboard", {clipboard});
        row("a new permission, and what was granted is used", {storing(10)}, {storing(10), clipboard}, "storage", {});
        row("another host", {fetching({"https://a.org/*"})}, {fetching({"https://a.org/*", "https://b.org/*"})},
            "fetch", {fetching({"https://b.org/*"})});
        row("a wider path", {fetching({"https://a.org/x/*"})}, {fetching({"https://a.org/*"})}, "fetch",
            {fetching({"https://a.org/*"})});
        row("sub-domains, too", {fetching({"https://a.org/*"})}, {fetching({"https://*.a.org/*"})}, "fetch",
            {fetching({"https://*.a.org/*"})});
        row("one of the sub-domains", {fetching({"https://*.a.org/*"})}, {fetching({"https://x.a.org/*"})}, "fetch",
            {});
        row("another scheme", {fetching({"https://a.org/*"})}, {fetching({"http://a.org/*"})}, "fetch",
            {fetching({"http://a.org/*"})});
        row("another port", {fetching({"https://a.org/*"})}, {fetching({"https://a.org:8443/*"})}, "fetch",
            {fetching({"https://a.org:8443/*"})});
    }
    void aManifestThatAsksForMoreIsAskedAboutWhatIsNew()
    {
        QFETCH(PermissionSet, before);
        QFETCH(PermissionSet, after);
        QFETCH(QString, wanted);
        QFETCH(PermissionSet, news);
        const QString a = QStringLiteral("a"), s = QStringLiteral("s");
        PluginPermissions permissions;
        permissions.decide(a, s, before, PluginPermissions::Decision::Granted);
        Person person(permissions);
        std::optional<PluginRights> rights;
        permissions.request({a, a, s, after}, wanted, [&](const PluginRights &given) { rights = given; });
        if (news.isEmpty()) {
            QVERIFY(person.asked.isEmpty());
            QVERIFY(rights && rights->has(wanted));
            return;
        }
        QVERIFY(!rights);
        QCOMPARE(person.asked.size(), 1);
        QCOMPARE(permission_set::toJson(person.asked[0].permissions), permission_set::toJson(news));
        person.reply(false);
        // What was granted stays.
        QVERIFY(rights);
        QCOMPARE(rights->has(wanted), before.contains(wanted));
        QCOMPARE(permission_set::toJson(permissions.entry(a, s).granted), permission_set::toJson(before));
        permissions.request({a, a, s, after}, wanted, [](const PluginRights &) {});
        QCOMPARE(person.asked.size(), 1);
    }

    void aPluginMayDoWhatWasGrantedAsFarAsTheManifestStillAsksForIt()
    {
        const QString fetch = QStringLiteral("fetch"), storage = QStringLiteral("storage");
        const PluginRights rights({fetching({"https://a.org/*"}), storing(10)},
                                  {fetching({"https://a.org/x/*", "https://b.org/*"}), storing(20)});
        QVERIFY(rights.has(fetch) && rights.has(storage) && !rights.has(QStringLiteral("clipboard")));
        QVERIFY(rights.mayFetch(QUrl(QStringLiteral("https://a.org/x/1"))));
        QVERIFY2(!rights.mayFetch(QUrl(QStringLiteral("https://a.org/y"))),
                 "the manifest does not ask for it any more");
        QVERIFY2(!rights.mayFetch(QUrl(QStringLiteral("https://b.org/"))), "it was not granted");
        QCOMPARE(rights.quota(), 10);
        QCOMPARE(PluginRights({storing(20)}, {storing(10)}).quota(), 10);
        QCOMPARE(PluginRights({storing(20)}, {}).quota(), 0);
    }

    void aFileThatSaysYesWithoutSayingToWhatIsAskedAgain()
    {
        QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("plugin-permissions.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QByteArray json = "[{'plugin': 'a', 'site': 'https://example.org', 'granted': true}, {'plugin': 'b', 'site': "
                          "'s', 'granted': false}, {'plugin': 7}, 8,"
                          "{'plugin': 'c', 'site': 's', 'granted': {'root': {}, 'storage': {'quota': -5}, 'fetch': "
                          "{'urls': [1, {}]}}}]";
        file.write(json.replace('\'', '"'));
        file.close();
        PluginPermissions permissions(folder.path());
        QCOMPARE(permissions.entries().size(), 1u);
        QCOMPARE(permissions.entry(QStringLiteral("c"), QStringLiteral("s")).granted.keys(),
                 QStringList({QStringLiteral("fetch"), QStringLiteral("storage")}));
        QCOMPARE(
            permissions.entry(QStringLiteral("c"), QStringLiteral("s")).granted.value(QStringLiteral("storage")).quota,
            0);
        Person person(permissions);
        permissions.request(question(), QStringLiteral("clipboard"), [](const PluginRights &) {});
        QCOMPARE(person.asked.size(), 1);
    }

    void patternsMatchWhatTheySay_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<QString>("url");
        QTest::addColumn<bool>("fits");
        const auto row = [](const char *title, const char *pattern, const char *url, bool fits) {
            QTest::newRow(title) << QString::fromLatin1(pattern) << QString::fromLatin1(url) << fits;
        };
        row("below", "https://example.org/data/*", "https://example.org/data/a/b.json", true);
        row("beside", "https://example.org/data/*", "https://example.org/other", false);
        row("exactly", "https://example.org/a", "https://example.org/a", true);
        row("longer", "https://example.org/a", "https://example.org/ab", false);
        row("another scheme", "https://example.org/*", "http://example.org/", false);
        row("another port", "https://example.org/*", "https://example.org:8443/", false);
        row("a named port", "http://127.0.0.1:8080/*", "http://127.0.0.1:8080/x", true);
        row("a sub-domain", "https://*.example.org/*", "https://tiles.example.org/1", true);
        row("no sub-domain", "https://*.example.org/*", "https://example.org/1", false);
        row("a host that only ends so", "https://*.example.org/*", "https://evilexample.org/1", false);
        row("the pattern in the path", "https://*.example.org/*", "https://evil.org/x.example.org/", false);
        row("a name before the host", "https://example.org/*", "https://example.org@evil.org/", false);
        row("a name of the right host", "https://example.org/*", "https://u:p@example.org/", false);
        row("a dot is a dot", "https://example.org/a.b", "https://example.org/axb", false);
        row("no pattern", "*", "https://example.org/", false);
        row("a file", "https://example.org/*", "file:///etc/passwd", false);
    }
    void patternsMatchWhatTheySay()
    {
        QFETCH(QString, pattern);
        QFETCH(QString, url);
        QFETCH(bool, fits);
        QCOMPARE(matchesPattern(QUrl(url), pattern), fits);
    }

    void valuesAreKeptApartAndWithinTheQuota_data()
    {
        QTest::addColumn<bool>("onDisk");
        QTest::newRow("in memory") << false;
        QTest::newRow("on disk") << true;
    }
    void valuesAreKeptApartAndWithinTheQuota()
    {
        QFETCH(bool, onDisk);
        QTemporaryDir folder;
        PluginStorage storage(onDisk ? folder.path() : QString());
        const QString a = QStringLiteral("a"), s = QStringLiteral("s"), key = QStringLiteral("../../key");
        QVERIFY(storage.put(a, s, key, "value", 4096));
        QCOMPARE(storage.value(a, s, key), std::optional<QByteArray>("value"));
        QVERIFY(!storage.value(QStringLiteral("b"), s, key));
        QVERIFY(!storage.value(a, QStringLiteral("t"), key));
        QVERIFY(storage.put(a, s, key, QByteArray(3000, 'x'), 4096)); // in the place of the first
        const auto full = storage.put(a, s, QStringLiteral("two"), QByteArray(1000, 'x'), 4096);
        QVERIFY(!full);
        QVERIFY(full.error().what.find("permissions.storage.quota") != std::string::npos);
        QVERIFY(storage.put(a, QStringLiteral("t"), QStringLiteral("two"), QByteArray(1000, 'x'), 4096));
        storage.remove(a, s, key);
        QVERIFY(!storage.value(a, s, key));
        storage.removeAll(a);
        QVERIFY(!storage.value(a, QStringLiteral("t"), QStringLiteral("two")));
    }
};

QTEST_GUILESS_MAIN(PermissionsTest)
#include "permissions_test.moc"
