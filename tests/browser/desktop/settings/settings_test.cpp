// SPDX-License-Identifier: BSD-3-Clause
// The settings' file: whatever stands in its place, whoever else writes to it, and when it cannot be written.
#include "browser/desktop/settings/settings.h"

#include "browser/desktop/settings/setting_keys.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <fcntl.h>
#include <memory>
#include <sys/file.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

const SettingKey<int> Number{"test.number", 7, {0, 100}, ""};
const SettingKey<int> Other{"test.other", 8, {0, 100}, ""};
const SettingKey<bool> Switch{"test.switch", true, {}, ""};
const SettingKey<QString> Text{"test.text", QStringLiteral("as ever"), {0, 10}, ""};
const SettingKey<QByteArray> Bytes{"test.bytes", {}, {0, 8}, ""};

/// As on a full disk: no file of this process may be longer than some bytes.
class FullDisk
{
public:
    FullDisk()
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        m_signalBefore = std::signal(SIGXFSZ, SIG_IGN);
        const rlimit little{16, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &little);
    }
    ~FullDisk()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_signalBefore);
    }

private:
    rlimit m_before{};
    void (*m_signalBefore)(int) = nullptr;
};

/// Puts what is no file, or not this one's business to open, under @p path.
void putHazard(const QString &what, const QString &path)
{
    const QByteArray name = QFile::encodeName(path);
    if (what == u"folder")
        QCOMPARE(::mkdir(name.constData(), 0700), 0);
    else if (what == u"pipe")
        QCOMPARE(::mkfifo(name.constData(), 0600), 0);
    else if (what == u"link to a device")
        QCOMPARE(::symlink("/dev/zero", name.constData()), 0);
    else if (what == u"link to nothing")
        QCOMPARE(::symlink("/nowhere/at/all", name.constData()), 0);
    else {
        const int file = ::open(name.constData(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
        QCOMPARE(::ftruncate(file, qint64(10) << 30), 0);
        ::close(file);
    }
}

mode_t kindOf(const QString &path)
{
    struct stat status = {};
    return ::lstat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & S_IFMT : 0;
}

} // namespace

class SettingsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString path(const char *name = "settings.json") const { return m_dir->filePath(QLatin1String(name)); }
    Settings::Place place() const
    {
        return {path(), path("settings.ini"), std::chrono::milliseconds(10), std::chrono::milliseconds(50)};
    }
    void put(const QByteArray &content, const char *name = "settings.json") const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }
    QByteArray contentOf(const QString &name) const
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    QJsonObject written() const { return QJsonDocument::fromJson(contentOf(path())).object(); }
    QJsonObject writtenSettings() const { return written()[QStringLiteral("settings")].toObject(); }

private Q_SLOTS:
    void init()
    {
        m_dir = std::make_unique<QTemporaryDir>();
        ::alarm(60); // of whatever waits for a pipe
    }
    void cleanup() { ::alarm(0); }

    void whatIsNoFileIsKeptAside_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"folder", "pipe", "link to a device", "link to nothing", "10 GB"})
            QTest::newRow(what) << QString::fromLatin1(what);
    }
    void whatIsNoFileIsKeptAside()
    {
        QFETCH(QString, what);
        putHazard(what, path());
        const mode_t kind = kindOf(path());
        {
            Settings settings(place());
            QCOMPARE(settings.notices().size(), 1);
            QVERIFY(settings.notices()[0].contains(path("settings.json.broken-1")));
            QCOMPARE(settings.value(Number), 7);
            QVERIFY(settings.set(Number, 9));
        }
        QCOMPARE(kindOf(path("settings.json.broken-1")), kind);
        QCOMPARE(kindOf(path()), mode_t(S_IFREG));
        QCOMPARE(Settings(place()).value(Number), 9);
    }

    void whatIsNotOursIsKeptAside_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("cut off") << QByteArray("{\"version\": 1, \"settings\": {\"test.number\": 4");
        QTest::newRow("binary") << QByteArray("\0\1\2\377", 4);
        QTest::newRow("deep") << QByteArray(100'000, '[');
        QTest::newRow("a list") << QByteArray("[1, 2]");
        QTest::newRow("nothing said") << QByteArray("{}");
        QTest::newRow("no version") << QByteArray("{\"settings\": {}}");
        QTest::newRow("version 0") << QByteArray("{\"version\": 0, \"settings\": {}}");
        QTest::newRow("version 1.5") << QByteArray("{\"version\": 1.5, \"settings\": {}}");
        QTest::newRow("no settings") << QByteArray("{\"version\": 1, \"settings\": 3}");
    }
    void whatIsNotOursIsKeptAside()
    {
        QFETCH(QByteArray, content);
        put("an earlier one", "settings.json.broken-1");
        put(content);
        {
            Settings settings(place());
            QCOMPARE(settings.notices().size(), 1);
            QVERIFY(settings.set(Number, 9));
        }
        QCOMPARE(contentOf(path("settings.json.broken-1")), QByteArray("an earlier one"));
        QCOMPARE(contentOf(path("settings.json.broken-2")), content);
        QCOMPARE(writtenSettings(), QJsonObject({{Number.key(), 9}}));
    }

    // Root may read everything, so this reads as somebody else.
    void aFileThatMayNotBeReadIsKeptAside()
    {
        if (::geteuid() != 0)
            QSKIP("only root can be somebody else");
        constexpr uid_t Nobody = 65534;
        put("{}");
        QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0), 0);
        QCOMPARE(::chown(QFile::encodeName(m_dir->path()).constData(), Nobody, Nobody), 0);
        ::setfsuid(Nobody);
        {
            Settings settings(place());
            QCOMPARE(settings.notices().size(), 1);
            QVERIFY(settings.set(Number, 9));
        }
        ::setfsuid(0);
        QCOMPARE(contentOf(path("settings.json.broken-1")), QByteArray("{}"));
        QCOMPARE(writtenSettings(), QJsonObject({{Number.key(), 9}}));
    }

    void whatCannotBeMovedAwayIsNotWrittenTo()
    {
        if (::geteuid() != 0)
            QSKIP("only root can be somebody else");
        put("not ours");
        QCOMPARE(::chmod(QFile::encodeName(path()).constData(), 0666), 0);
        QCOMPARE(::chmod(QFile::encodeName(m_dir->path()).constData(), 0755), 0);
        ::setfsuid(65534);
        {
            Settings settings(place());
            QCOMPARE(settings.notices().size(), 1);
            QVERIFY(settings.notices()[0].contains(QStringLiteral("cannot be moved away")));
            QVERIFY(settings.set(Number, 9));
            QCOMPARE(settings.value(Number), 9);
        }
        ::setfsuid(0);
        QCOMPARE(contentOf(path()), QByteArray("not ours"));
    }

    void valuesOfEachTypeComeBack()
    {
        {
            Settings settings(place());
            QCOMPARE(settings.value(Number), 7);
            QCOMPARE(settings.value(Switch), true);
            QCOMPARE(settings.value(Text), QStringLiteral("as ever"));
            QVERIFY(settings.set(Number, 100));
            QVERIFY(settings.set(Switch, false));
            QVERIFY(settings.set(Text, QStringLiteral("é\n\"\u2028")));
            QVERIFY(settings.set(Bytes, QByteArray("\0\377\n\"", 4)));
        }
        Settings settings(place());
        QVERIFY(settings.notices().isEmpty());
        QCOMPARE(settings.value(Number), 100);
        QCOMPARE(settings.value(Switch), false);
        QCOMPARE(settings.value(Text), QStringLiteral("é\n\"\u2028"));
        QCOMPARE(settings.value(Bytes), QByteArray("\0\377\n\"", 4));
        QCOMPARE(QFile::permissions(path()) & 0x0077, QFile::Permissions());
    }

    void whatAValueCannotBeIsNotTaken()
    {
        put("{\"version\": 1, \"settings\": {\"test.number\": 101, \"test.other\": 1.5, \"test.switch\": \"true\", "
            "\"test.text\": \"longer than ten\", \"test.bytes\": \"no base64!\"}}");
        {
            Settings settings(place());
            QCOMPARE(settings.value(Number), 7);
            QCOMPARE(settings.value(Other), 8);
            QCOMPARE(settings.value(Switch), true);
            QCOMPARE(settings.value(Text), QStringLiteral("as ever"));
            QCOMPARE(settings.value(Bytes), QByteArray());
            QVERIFY(!settings.set(Number, -1));
            QVERIFY(!settings.set(Number, 101));
            QVERIFY(!settings.set(Bytes, QByteArray(9, 'x')));
            QVERIFY(settings.set(Switch, false));
        }
        // What was not set stays as it was written by whomever.
        QCOMPARE(writtenSettings()[Number.key()].toInt(), 101);
        QCOMPARE(writtenSettings()[Switch.key()], QJsonValue(false));
    }

    void aNewerVersionsFileIsUsedAndKept()
    {
        const QByteArray newer = "{\"version\": 9, \"settings\": {\"test.number\": 3, \"future.thing\": {\"a\": [1]}}, "
                                 "\"beside\": \"it\"}";
        put(newer);
        {
            Settings settings(place());
            QVERIFY(settings.notices().isEmpty());
            QCOMPARE(settings.value(Number), 3);
        }
        QCOMPARE(contentOf(path()), newer); // nothing was set
        {
            Settings settings(place());
            QVERIFY(settings.set(Number, 4));
        }
        QJsonObject wanted = QJsonDocument::fromJson(newer).object();
        QJsonObject values = wanted[QStringLiteral("settings")].toObject();
        values[Number.key()] = 4;
        wanted[QStringLiteral("settings")] = values;
        QCOMPARE(written(), wanted);
        QCOMPARE(contentOf(path("settings.json.version-9")), newer);
        {
            Settings settings(place());
            QVERIFY(settings.set(Number, 5));
        }
        QCOMPARE(contentOf(path("settings.json.version-9")), newer); // the first copy is the untouched one
    }

    void changesAreWrittenSoonAndTogether()
    {
        Settings settings(place());
        QSignalSpy changed(&settings, &Settings::changed);
        QList<int> seen;
        settings.watch(Number, this, [&seen](int number) { seen << number; });
        QVERIFY(settings.set(Number, 1));
        QVERIFY(settings.set(Number, 1)); // is no change
        QVERIFY(settings.set(Number, 2));
        QVERIFY(settings.set(Other, 3));
        QVERIFY2(!QFile::exists(path()), "the caller does not wait for the disk");
        settings.reset(Other);
        QCOMPARE(seen, QList<int>({1, 2}));
        QCOMPARE(changed.size(), 4);
        QTRY_COMPARE(writtenSettings(), QJsonObject({{Number.key(), 2}}));
        settings.reset(Number);
        QCOMPARE(seen, QList<int>({1, 2, 7}));
        QTRY_COMPARE(writtenSettings(), QJsonObject());
    }

    void whatIsKeptNowhereIsKeptNowhere()
    {
        {
            Settings settings;
            QVERIFY(settings.set(Number, 1));
            QCOMPARE(settings.value(Number), 1);
        }
        QVERIFY(QDir(m_dir->path()).isEmpty());
    }

    void aFullDiskCostsNothing()
    {
        {
            Settings settings(place());
            QVERIFY(settings.set(Text, QStringLiteral("before")));
        }
        const QByteArray before = contentOf(path());
        Settings settings(place());
        QSignalSpy trouble(&settings, &Settings::writeTroubleChanged);
        {
            const FullDisk full;
            QVERIFY(settings.set(Number, 9));
            QTRY_COMPARE(trouble.size(), 1);
            QVERIFY(settings.writeTrouble().contains(path()));
            QVERIFY(settings.set(Other, 10)); // meanwhile
            QTest::qWait(200);                // it tries again some times
            QCOMPARE(trouble.size(), 1);
            QCOMPARE(contentOf(path()), before);
            QTRY_COMPARE(QDir(m_dir->path()).entryList(QDir::Files), QStringList{QStringLiteral("settings.json")});
        }
        QTRY_COMPARE(trouble.size(), 2);
        QCOMPARE(settings.writeTrouble(), QString());
        QTRY_COMPARE(writtenSettings(),
                     QJsonObject({{Text.key(), QStringLiteral("before")}, {Number.key(), 9}, {Other.key(), 10}}));
    }

    void whatBreaksWhileTheAppRunsIsKeptAsideAndWrittenWhole()
    {
        put("{\"version\": 1, \"settings\": {\"test.text\": \"kept\"}}");
        Settings settings(place());
        put("rubbish");
        QVERIFY(settings.set(Number, 9));
        QTRY_COMPARE(contentOf(path("settings.json.broken-1")), QByteArray("rubbish"));
        QTRY_COMPARE(writtenSettings(), QJsonObject({{Text.key(), QStringLiteral("kept")}, {Number.key(), 9}}));
    }

    // Two processes of one profile, when one has a control socket of its own. Locks are of open files: two stores of
    // one process are as two processes to each other.
    void twoStoresLoseNothingOfEachOther()
    {
        constexpr int Rounds = 20;
        for (int round = 0; round < Rounds; ++round) {
            {
                Settings one(place()), two(place());
                QVERIFY(one.set(Number, round));
                QVERIFY(two.set(Other, round));
                QVERIFY(round % 2 == 0 ? one.set(Switch, false) : two.set(Switch, true));
                QTRY_VERIFY(QFile::exists(path()));
            } // both write, if they have not yet
            QCOMPARE(writtenSettings()[Number.key()].toInt(-1), round);
            QCOMPARE(writtenSettings()[Other.key()].toInt(-1), round);
            QCOMPARE(writtenSettings()[Switch.key()].toBool(), round % 2 != 0);
        }
    }

    void whoeverHoldsTheFolderIsNotWaitedForForever()
    {
        const int folder = ::open(QFile::encodeName(m_dir->path()).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        QCOMPARE(::flock(folder, LOCK_EX), 0);
        QElapsedTimer time;
        time.start();
        {
            Settings settings(place());
            QVERIFY(settings.set(Number, 9));
        }
        QVERIFY(time.elapsed() > 1000); // it was looked at
        QVERIFY(time.elapsed() < 20'000);
        ::close(folder);
        QCOMPARE(writtenSettings(), QJsonObject({{Number.key(), 9}}));
    }

    void everySettingIsDocumentedAndItsDefaultFits()
    {
        QStringList names;
        for (const AnySettingKey &key : allSettings()) {
            names << nameOf(key);
            std::visit(
                [](const auto *known) {
                    using Codec = SettingCodec<std::decay_t<decltype(known->defaultValue)>>;
                    QVERIFY2(Codec::fits(known->defaultValue, known->bounds), known->name);
                    QVERIFY2(QByteArray(known->documentation).endsWith('.'), known->name);
                    QVERIFY(Codec::fromJson(Codec::toJson(known->defaultValue), known->bounds) == known->defaultValue);
                },
                key);
        }
        QStringList sorted = names;
        sorted.sort();
        sorted.removeDuplicates();
        QCOMPARE(names, sorted);

        QFile readme(QStringLiteral(SETTINGS_README));
        QVERIFY(readme.open(QIODevice::ReadOnly));
        const QString begin = QStringLiteral("<!-- settings -->\n"), end = QStringLiteral("<!-- end -->");
        const QString text = QString::fromUtf8(readme.readAll());
        QCOMPARE(text.section(begin, 1).section(end, 0, 0), settingsTable());
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"
