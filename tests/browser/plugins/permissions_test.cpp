// SPDX-License-Identifier: BSD-3-Clause
// What plugins may do: asked once, kept, revoked; patterns of addresses; storage and its quota.
#include "browser/plugins/plugin_permissions.h"
#include "browser/plugins/plugin_services.h"
#include "browser/plugins/plugin_storage.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

namespace {

PluginQuestion question(const QString &plugin = QStringLiteral("a"), const QString &site = QStringLiteral("https://example.org"))
{
    return {plugin, QStringLiteral("A"), site, {{QStringLiteral("clipboard"), {QStringLiteral("It copies."), {}, 0}}}};
}

} // namespace

class PermissionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void withoutAnyoneToAskEverythingIsRefusedAndNothingKept()
    {
        PluginPermissions permissions;
        int answers = 0;
        permissions.request(question(), [&](bool granted) {
            ++answers;
            QVERIFY(!granted);
        });
        QCOMPARE(answers, 1);
        QVERIFY(permissions.entries().empty());
    }

    void thePersonIsAskedOncePerPluginAndSite()
    {
        PluginPermissions permissions;
        QList<PluginQuestion> asked;
        std::function<void(bool)> reply;
        permissions.setAsker([&](const PluginQuestion &q, std::function<void(bool)> done) {
            asked << q;
            reply = std::move(done);
        });
        QList<bool> answers;
        const auto note = [&](bool granted) { answers << granted; };
        permissions.request(question(), note);
        permissions.request(question(), note); // while the first is open
        QCOMPARE(asked.size(), 1);
        QVERIFY(asked[0].lines().join(u' ').contains(QStringLiteral("It copies.")));
        reply(true);
        QCOMPARE(answers, QList<bool>({true, true}));
        permissions.request(question(), note);
        QCOMPARE(asked.size(), 1);
        permissions.request(question(QStringLiteral("a"), QStringLiteral("https://other.org")), note);
        permissions.request(question(QStringLiteral("b")), note);
        QCOMPARE(asked.size(), 3);
        permissions.revoke(QStringLiteral("a"), QStringLiteral("https://example.org"));
        permissions.request(question(), note);
        QCOMPARE(asked.size(), 4);
    }

    void decisionsAreKept()
    {
        QTemporaryDir folder;
        {
            PluginPermissions permissions(folder.path());
            permissions.decide(QStringLiteral("a"), QStringLiteral("s"), PluginPermissions::Decision::Granted);
            permissions.decide(QStringLiteral("a"), QStringLiteral("t"), PluginPermissions::Decision::Refused);
        }
        PluginPermissions permissions(folder.path());
        QVERIFY(permissions.decision(QStringLiteral("a"), QStringLiteral("s")) == PluginPermissions::Decision::Granted);
        QVERIFY(permissions.decision(QStringLiteral("a"), QStringLiteral("t")) == PluginPermissions::Decision::Refused);
        QVERIFY(permissions.decision(QStringLiteral("b"), QStringLiteral("s")) == PluginPermissions::Decision::Unknown);
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
