// SPDX-License-Identifier: BSD-3-Clause
// A profile from before settings.json is taken over whole, and one of a newer version is not harmed. old_profile was
// written by the code of that version: a window of 712 x 541 with two tabs, not ended orderly.
#include "browser/desktop/library/history.h"
#include "browser/desktop/session/session_keeper.h"
#include "browser/desktop/settings/setting_keys.h"
#include "browser/pages/fetch/folder_grants.h"
#include "browser/pages/fetch/private_network.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/plugins/plugin_permissions.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/real_files.h"

#include <QDirIterator>

#include <functional>

using namespace bulkhead;

namespace {

const QString Data = QStringLiteral("data/");

QByteArray contentOf(const QString &name)
{
    return safe_file::read(name, 1 << 20).value_or(QByteArray());
}

/// A profile that may be written to.
class OldProfile
{
public:
    OldProfile()
    {
        const QString from = QStringLiteral(OLD_PROFILE);
        for (QDirIterator file(from, QDir::Files, QDirIterator::Subdirectories); file.hasNext();) {
            const QString name = file.next();
            const QString to = m_folder.path() + name.mid(from.size());
            QDir().mkpath(QFileInfo(to).path());
            QFile::copy(name, to);
            QFile::setPermissions(to, QFile::ReadOwner | QFile::WriteOwner);
        }
    }
    QString path(const QString &name) const { return m_folder.filePath(name); }
    QString data() const { return m_folder.filePath(QStringLiteral("data")); }
    Settings::Place settings() const
    {
        return {path(QStringLiteral("settings.json")), path(QStringLiteral("settings.ini"))};
    }

private:
    QTemporaryDir m_folder;
};

Site documents()
{
    return test::siteOf(QUrl(QStringLiteral("file:///usr/share/doc/a/index.html")));
}

/// Each keeper of the profile's data, made to read its file and then to write something new.
using Use = std::function<QString(const QString &folder)>;

QString usePermissions(const QString &folder)
{
    PluginPermissions permissions(folder);
    permissions.decide(QStringLiteral("new"), QStringLiteral("https://new.test"), {{QStringLiteral("clipboard"), {}}},
                       PluginPermissions::Decision::Granted);
    return permissions.notice();
}

QString useFolders(const QString &folder)
{
    FolderGrants grants(folder);
    grants.add(documents(), QStringLiteral("/usr/share/new"));
    return grants.notice();
}

QString useNetwork(const QString &folder)
{
    PrivateNetworkGrants grants(folder);
    grants.allow(Site::forUrl(QUrl(QStringLiteral("https://new.test/"))), AddressSpace::Loopback);
    return grants.notice();
}

QString useHistory(const QString &folder)
{
    History history(folder);
    QString notice;
    QObject::connect(&history, &History::noticed, &history, [&notice](const QString &sentence) { notice = sentence; });
    QSignalSpy loaded(&history, &History::loaded);
    loaded.wait();
    history.addVisit(QUrl(QStringLiteral("http://new.test/")), {});
    return notice;
}

QString useSession(const QString &folder)
{
    WindowFixture window;
    SessionKeeper keeper(window.tabs, folder);
    return keeper.notice();
}

} // namespace

Q_DECLARE_METATYPE(Use)

class UpgradeTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theWindowIsWhereItWas()
    {
        const OldProfile profile;
        const QByteArray ini = contentOf(profile.path(QStringLiteral("settings.ini")));
        QVERIFY(!ini.isEmpty());
        WindowFixture f;
        for (int start = 0; start < 2; ++start) {
            Settings settings(profile.settings());
            const MainWindow window(f.tabs, f.downloads, f.history, settings);
            QCOMPARE(window.size(), QSize(712, 541));
            QCOMPARE(settings.value(setting::PanelWidth), 345);
        }
        QVERIFY(QFile::exists(profile.path(QStringLiteral("settings.json"))));
        QCOMPARE(contentOf(profile.path(QStringLiteral("settings.ini"))), ini);
    }

    void theSessionIsOffered()
    {
        const OldProfile profile;
        WindowFixture f;
        {
            const SessionKeeper keeper(f.tabs, profile.data());
            QCOMPARE(keeper.notice(), QString());
            QCOMPARE(keeper.offered().size(), 2);
            QCOMPARE(keeper.offered()[0].history.count(), 2);
            QCOMPARE(keeper.offered()[0].history.current()->url,
                     QUrl(QStringLiteral("file:///usr/share/doc/old/2.html")));
            QCOMPARE(keeper.offered()[1].history.current()->url, QUrl(QStringLiteral("about:version")));
        }
        QCOMPARE(SessionKeeper(f.tabs, profile.data()).offered().size(), 2); // also by what this version wrote
    }

    void theHistoryIsThere()
    {
        const OldProfile profile;
        for (int start = 0; start < 2; ++start) {
            History history(profile.data());
            QSignalSpy loaded(&history, &History::loaded), noticed(&history, &History::noticed);
            QVERIFY(loaded.wait());
            QCOMPARE(noticed.size(), 0);
            QCOMPARE(history.count(), 2 + start);
            QCOMPARE(history.complete(QStringLiteral("old/1"), 1).value(0).title, QStringLiteral("Document 1"));
            history.addVisit(QUrl(QStringLiteral("http://new.test/")), QStringLiteral("New"));
        }
    }

    void permissionsHold()
    {
        const OldProfile profile;
        const QString plugin = QStringLiteral("org.bulkhead.hello"), site = QStringLiteral("https://example.org");
        for (int start = 0; start < 2; ++start) {
            PluginPermissions permissions(profile.data());
            QCOMPARE(permissions.notice(), QString());
            QCOMPARE(permissions.entry(plugin, site).granted.keys(), QStringList{QStringLiteral("storage")});
            QCOMPARE(permissions.entry(plugin, site).granted.value(QStringLiteral("storage")).quota, 4096);
            QCOMPARE(permissions.entry(plugin, site).refused.keys(), QStringList{QStringLiteral("clipboard")});
            FolderGrants folders(profile.data());
            QCOMPARE(folders.of(documents()).value(0), QStringLiteral("/usr/share/info"));
            PrivateNetworkGrants network(profile.data());
            QCOMPARE(network.spaces().value(QStringLiteral("https://example.org")), QList{AddressSpace::Private});
            // The next round reads what this version writes.
            permissions.decide(QStringLiteral("other"), site, {{QStringLiteral("clipboard"), {}}},
                               PluginPermissions::Decision::Granted);
            folders.add(documents(), QStringLiteral("/usr/share/new"));
            network.allow(Site::forUrl(QUrl(QStringLiteral("https://new.test/"))), AddressSpace::Loopback);
        }
    }

    void whatANewerVersionWroteIsKeptAside_data()
    {
        QTest::addColumn<QString>("file");
        QTest::addColumn<Use>("use");
        QTest::newRow("session") << QStringLiteral("session.json") << Use(useSession);
        QTest::newRow("history") << QStringLiteral("history.jsonl") << Use(useHistory);
        QTest::newRow("plugins") << QStringLiteral("plugin-permissions.json") << Use(usePermissions);
        QTest::newRow("folders") << QStringLiteral("folders.json") << Use(useFolders);
        QTest::newRow("network") << QStringLiteral("private-network.json") << Use(useNetwork);
    }
    void whatANewerVersionWroteIsKeptAside()
    {
        QFETCH(QString, file);
        QFETCH(Use, use);
        const OldProfile profile;
        const QString name = profile.path(Data + file);
        const QByteArray newer = "{\"format\":99}\n{\"future\":true}\n";
        const QByteArray content =
            file.endsWith(QLatin1String(".jsonl")) ? newer : QByteArray("{\"format\":99,\"x\":[]}");
        QVERIFY(safe_file::replace(name, content));
        const QString notice = use(profile.data());
        QVERIFY2(notice.contains(name + QStringLiteral(".newer-1")), qPrintable(notice));
        QCOMPARE(contentOf(name + QStringLiteral(".newer-1")), content);
        QVERIFY2(!contentOf(name).isEmpty() && contentOf(name) != content, "what is new is kept, too");
        QCOMPARE(use(profile.data()), QString()); // that was it
        QVERIFY(!QFile::exists(name + QStringLiteral(".newer-2")));
    }

    void whatIsBrokenIsKeptAside_data() { whatANewerVersionWroteIsKeptAside_data(); }
    void whatIsBrokenIsKeptAside()
    {
        QFETCH(QString, file);
        QFETCH(Use, use);
        const OldProfile profile;
        const QString name = profile.path(Data + file);
        QVERIFY(QFile::remove(name));
        QVERIFY(QDir().mkdir(name)); // a line of the history may be broken, the others count
        QVERIFY(use(profile.data()).contains(name + QStringLiteral(".broken-1")));
        QVERIFY(QFileInfo(name + QStringLiteral(".broken-1")).isDir());
        QVERIFY(!contentOf(name).isEmpty());
    }
};

QTEST_MAIN(UpgradeTest)
#include "upgrade_test.moc"
