// SPDX-License-Identifier: BSD-3-Clause
// settings.ini of the versions before: what QSettings wrote is read, whatever it was, and nothing else.
#include "browser/desktop/settings/old_settings.h"

#include "browser/desktop/settings/setting_keys.h"
#include "browser/desktop/settings/settings.h"

#include <QColor>
#include <QDir>
#include <QFile>
#include <QRandomGenerator>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <memory>
#include <sys/stat.h>

using namespace bulkhead;

class OldSettingsTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_dir;

    QString ini() const { return m_dir->filePath(QStringLiteral("settings.ini")); }
    Settings::Place place() const { return {m_dir->filePath(QStringLiteral("settings.json")), ini()}; }
    void put(const QByteArray &content) const
    {
        QFile file(ini());
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }

private Q_SLOTS:
    void init() { m_dir = std::make_unique<QTemporaryDir>(); }

    void allBytesThatQSettingsWroteAreRead()
    {
        QByteArray every;
        for (int byte = 0; byte < 256; ++byte)
            every += char(byte);
        QList<QByteArray> values{every,
                                 every + every,
                                 "",
                                 " with spaces ",
                                 "a,b;c=d",
                                 "\"quoted\"",
                                 "\\",
                                 "@ByteArray(x)",
                                 ")",
                                 QByteArray(1, '\0'),
                                 QByteArray("\0"
                                            "7",
                                            2),
                                 QByteArray("\1"
                                            "f",
                                            2)};
        QRandomGenerator random(4711);
        for (int i = 0; i < 300; ++i) {
            QByteArray bytes(random.bounded(200), Qt::Uninitialized);
            for (char &byte : bytes)
                byte = char(random.bounded(256));
            values << bytes;
        }
        for (const QByteArray &value : std::as_const(values)) {
            {
                QSettings old(ini(), QSettings::IniFormat);
                old.setValue(QStringLiteral("other/geometry"), QByteArray("not this"));
                old.setValue(QStringLiteral("window/geometry"), value);
                old.setValue(QStringLiteral("window/panelWidth"), 333);
                old.setValue(QStringLiteral("zone/geometry"), QByteArray("nor this"));
            }
            const Result<QJsonObject> read = readOldSettings(ini());
            QVERIFY(read);
            const auto bytes = SettingCodec<QByteArray>::fromJson((*read)[setting::WindowGeometry.key()],
                                                                  setting::WindowGeometry.bounds);
            QVERIFY(bytes);
            QCOMPARE(*bytes, value);
            QCOMPARE((*read)[setting::PanelWidth.key()].toInt(), 333);
        }
    }

    void whatIsOfAnotherTypeIsLeftOut_data()
    {
        QTest::addColumn<QVariant>("geometry");
        QTest::newRow("a list") << QVariant(QStringList{QStringLiteral("a"), QStringLiteral("b")});
        QTest::newRow("a variant") << QVariant(QColor(Qt::red));
        QTest::newRow("text") << QVariant(QStringLiteral("text"));
        QTest::newRow("too long") << QVariant(QByteArray(1 << 20, 'x'));
    }
    void whatIsOfAnotherTypeIsLeftOut()
    {
        QFETCH(QVariant, geometry);
        {
            QSettings old(ini(), QSettings::IniFormat);
            old.setValue(QStringLiteral("window/geometry"), geometry);
            old.setValue(QStringLiteral("window/panelWidth"), 20'000);
            old.setValue(QStringLiteral("window/tools"), QByteArray("docks"));
        }
        const Result<QJsonObject> read = readOldSettings(ini());
        QVERIFY(read);
        QCOMPARE(read->keys(), QStringList{setting::ToolDocks.key()});
    }

    void brokenLinesCostThemselves_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("escape at the end") << QByteArray("geometry=@ByteArray(a\\");
        QTest::newRow("unknown escape") << QByteArray("geometry=@ByteArray(\\q)");
        QTest::newRow("hex of nothing") << QByteArray("geometry=@ByteArray(\\x)");
        QTest::newRow("a quote inside") << QByteArray("geometry=\"@ByteArray(a\"b)\"");
        QTest::newRow("a list") << QByteArray("geometry=@ByteArray(a), @ByteArray(b)");
        QTest::newRow("no end") << QByteArray("geometry=@ByteArray(a");
        QTest::newRow("half a quote") << QByteArray("geometry=\"");
        QTest::newRow("no value") << QByteArray("geometry=");
        QTest::newRow("no sign") << QByteArray("geometry");
        QTest::newRow("binary") << QByteArray("\0\377=\1", 4);
    }
    void brokenLinesCostThemselves()
    {
        QFETCH(QByteArray, line);
        put("geometry=@ByteArray(of no section)\n[window]\n" + line + "\npanelWidth=42");
        const Result<QJsonObject> read = readOldSettings(ini());
        QVERIFY(read);
        QCOMPARE(*read, QJsonObject({{setting::PanelWidth.key(), 42}}));
    }

    void theFirstStartTakesThemOverAndLeavesTheFile()
    {
        {
            QSettings old(ini(), QSettings::IniFormat);
            old.setValue(QStringLiteral("window/panelWidth"), 333);
        }
        const auto content = [this] {
            QFile file(ini());
            return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
        };
        const QByteArray before = content();
        {
            const Settings settings(place());
            QVERIFY(settings.notices().isEmpty());
            QCOMPARE(settings.value(setting::PanelWidth), 333);
        }
        QCOMPARE(content(), before);
        QVERIFY2(QFile::exists(place().file), "it is written without anything being set");
        put("[window]\npanelWidth=1\n");
        {
            Settings settings(place());
            QCOMPARE(settings.value(setting::PanelWidth), 333); // once
            settings.reset(setting::PanelWidth);
        }
        QCOMPARE(Settings(place()).value(setting::PanelWidth), 0);
    }

    void whatIsNoFileIsToldOfAndLeft()
    {
        QCOMPARE(::mkfifo(QFile::encodeName(ini()).constData(), 0600), 0);
        const Settings settings(place());
        QCOMPARE(settings.notices().size(), 1);
        QVERIFY(settings.notices()[0].contains(ini()));
        struct stat status = {};
        QCOMPARE(::lstat(QFile::encodeName(ini()).constData(), &status), 0);
        QVERIFY(S_ISFIFO(status.st_mode));
    }

    void withoutOneNothingIsTold()
    {
        QCOMPARE(readOldSettings(ini()).error().number, ENOENT);
        QCOMPARE(readOldSettings(QString()).error().number, ENOENT);
        {
            const Settings settings(place());
            QVERIFY(settings.notices().isEmpty());
        }
        QVERIFY(QDir(m_dir->path()).isEmpty());
    }
};

QTEST_GUILESS_MAIN(OldSettingsTest)
#include "old_settings_test.moc"
