// SPDX-License-Identifier: BSD-3-Clause
// Manifests: what a good one says, and that each way to be wrong has its code, its place and a remedy.
#include "browser/pages/plugins/json_position.h"
#include "browser/pages/plugins/plugin_fault_text.h"
#include "tests/browser/pages/plugins/plugin_folder.h"

#include <QtTest>

using namespace bulkhead;

namespace {

QByteArray bytes(const QJsonObject &object)
{
    return QJsonDocument(object).toJson();
}

QByteArray with(const char *key, const QJsonValue &value)
{
    QJsonObject manifest = goodManifest();
    manifest[QLatin1String(key)] = value;
    return bytes(manifest);
}

QByteArray without(const char *key)
{
    QJsonObject manifest = goodManifest();
    manifest.remove(QLatin1String(key));
    return bytes(manifest);
}

QByteArray withType(const QJsonObject &more)
{
    QJsonObject type{{QStringLiteral("mime"), QStringLiteral("application/x-example")}};
    for (auto it = more.begin(); it != more.end(); ++it)
        type[it.key()] = it.value();
    return with("handles", QJsonArray{type});
}

/// With single quotes for double ones.
QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(QByteArray(json).replace('\'', '"')).object();
}

QByteArray nameOf(PluginCode code)
{
    const std::string_view name = pluginCodeName(code);
    return QByteArray(name.data(), qsizetype(name.size()));
}

} // namespace

class ManifestTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodManifestIsUnderstood()
    {
        QJsonObject manifest = goodManifest();
        manifest[QStringLiteral("qt")] = QStringLiteral("6.4");
        manifest[QStringLiteral("content")] = QStringLiteral("ranges");
        manifest[QStringLiteral("isolation")] = QStringLiteral("site");
        manifest[QStringLiteral("limits")] = object("{'memory_mb': 64, 'start_ms': 250, 'content_mb': 3}");
        manifest[QStringLiteral("permissions")] =
            object("{'fetch': {'urls': ['https://example.org/a/*'], 'reason': 'It draws maps.'}, 'storage': {'quota': "
                   "'64K', 'reason': 'It keeps places.'}}");
        const auto read = PluginManifest::parse(bytes(manifest), QStringLiteral("org.example.viewer.bulkplug"));
        QVERIFY2(read, read ? "" : qPrintable(pluginFaultText(read.error())));
        QCOMPARE(read->id, QStringLiteral("org.example.viewer"));
        QCOMPARE(read->version, QStringLiteral("1.2.3"));
        QVERIFY(read->usesQt);
        QCOMPARE(read->qtMinor, 4u);
        QCOMPARE(read->abiMajor, 1u);
        QVERIFY(read->content == PluginContent::Ranges);
        QVERIFY(read->isolation == PluginIsolation::Site);
        QCOMPARE(read->memoryBytes, quint64(64) << 20);
        QCOMPARE(read->startTime.count(), 250);
        QCOMPARE(read->contentBytes, qint64(3) << 20);
        QCOMPARE(read->handles.size(), 1);
        QVERIFY(read->handles[0].full && read->handles[0].embed);
        QCOMPARE(read->permissions[QStringLiteral("fetch")].urls,
                 QStringList(QStringLiteral("https://example.org/a/*")));
        QCOMPARE(read->permissions[QStringLiteral("storage")].quota, 64 << 10);
    }

    void whatIsWrongHasACode_data()
    {
        QTest::addColumn<QByteArray>("json");
        QTest::addColumn<QString>("code");
        const auto row = [](const char *title, const char *code, const QByteArray &json) {
            QTest::newRow(title) << json << QString::fromLatin1(code);
        };
        row("nothing", "PLUG-MANIFEST", "");
        row("half a file", "PLUG-MANIFEST", bytes(goodManifest()).left(100));
        row("a list", "PLUG-MANIFEST", "[1, 2]");
        row("a number as the name", "PLUG-MANIFEST-TYPE", with("name", 3));
        row("an abi that is no version", "PLUG-MANIFEST-TYPE", with("abi", QStringLiteral("one")));
        row("no name", "PLUG-MANIFEST-KEY", without("name"));
        row("no checksum", "PLUG-MANIFEST-KEY", with("sha256", QJsonObject()));
        row("a misspelt key", "PLUG-MANIFEST-UNKNOWN", with("licence", QStringLiteral("BSD")));
        row("a misspelt key of a type", "PLUG-MANIFEST-UNKNOWN", withType(object("{'extension': ['x']}")));
        row("another schema", "PLUG-SCHEMA", with("schema", 2));
        row("an id with capitals", "PLUG-ID", with("id", QStringLiteral("Org.Example")));
        row("an id that is a path", "PLUG-ID", with("id", QStringLiteral("../etc")));
        row("an id without a dot", "PLUG-ID", with("id", QStringLiteral("viewer")));
        row("another folder's id", "PLUG-ID-FOLDER", with("id", QStringLiteral("org.example.other")));
        row("a version in words", "PLUG-VERSION", with("version", QStringLiteral("newest")));
        row("no types", "PLUG-TYPES", with("handles", QJsonArray()));
        row("a type without a slash", "PLUG-TYPES", withType(object("{'mime': 'image'}")));
        row("a type for all", "PLUG-TYPES", withType(object("{'mime': '*/*'}")));
        row("an ending with a slash", "PLUG-TYPES", withType(object("{'extensions': ['a/b']}")));
        row("a type shown nowhere", "PLUG-TYPES", withType(object("{'full': false, 'embed': false}")));
        row("magic without bytes", "PLUG-MAGIC", withType(object("{'magic': [{'offset': 3}]}")));
        row("magic far behind", "PLUG-MAGIC", withType(object("{'magic': [{'offset': 5000, 'text': 'a'}]}")));
        row("magic that is no hexadecimal", "PLUG-MAGIC", withType(object("{'magic': [{'hex': 'zz'}]}")));
        row("an unknown content mode", "PLUG-CONTENT-MODE", with("content", QStringLiteral("some")));
        row("an unknown isolation", "PLUG-ISOLATION", with("isolation", QStringLiteral("none")));
        row("an unknown permission", "PLUG-PERMISSION",
            with("permissions", object("{'camera': {'reason': 'Why not.'}}")));
        row("a fetch of everything", "PLUG-PERMISSION",
            with("permissions", object("{'fetch': {'urls': ['*'], 'reason': 'All.'}}")));
        row("a fetch of files", "PLUG-PERMISSION",
            with("permissions", object("{'fetch': {'urls': ['file:///etc/*'], 'reason': 'All.'}}")));
        row("storage without a quota", "PLUG-PERMISSION",
            with("permissions", object("{'storage': {'reason': 'It keeps places.'}}")));
        row("a permission without a reason", "PLUG-PERMISSION-REASON",
            with("permissions", object("{'clipboard': {}}")));
        row("a limit too low", "PLUG-LIMITS", with("limits", object("{'memory_mb': 1}")));
        row("no library for this processor", "PLUG-ARCH", bytes([] {
                QJsonObject manifest = goodManifest();
                manifest[QStringLiteral("library")] = QJsonObject{{QStringLiteral("z80"), QStringLiteral("viewer.so")}};
                manifest[QStringLiteral("sha256")] = QJsonObject{{QStringLiteral("z80"), QString(64, u'0')}};
                return manifest;
            }()));
        row("a library elsewhere", "PLUG-LIBRARY-PATH",
            with("library", QJsonObject{{PluginManifest::architecture(), QStringLiteral("../../lib.so")}}));
        row("another Qt", "PLUG-QT-MAJOR", with("qt", QStringLiteral("5.15")));
    }
    void whatIsWrongHasACode()
    {
        QFETCH(QByteArray, json);
        QFETCH(QString, code);
        const auto read = PluginManifest::parse(json, QStringLiteral("org.example.viewer.bulkplug"));
        QVERIFY(!read);
        const std::string_view name = pluginCodeName(read.error().code);
        QCOMPARE(QString::fromLatin1(name.data(), qsizetype(name.size())), code);
        QVERIFY(read.error().line > 0);
        const QString text = pluginFaultText(read.error());
        QVERIFY2(!text.contains(u'%') && !text.contains(QStringLiteral("unknown error")), qPrintable(text));
    }

    void theLineAndColumnOfAMistakeAreNamed()
    {
        const QByteArray json = "{\n  \"schema\": 1,\n  \"id\": \"org.example.viewer\",\n  \"version\": 7\n}";
        const auto read = PluginManifest::parse(json);
        QVERIFY(!read);
        QCOMPARE(read.error().subject, std::string("version"));
        QCOMPARE(read.error().line, 4);
        QCOMPARE(read.error().column, 14);
        QVERIFY(pluginFaultText(read.error()).contains(QStringLiteral("line 4, column 14")));
        const auto broken = PluginManifest::parse("{\n  \"schema\" 1\n}");
        QVERIFY(!broken);
        QCOMPARE(broken.error().line, 2);
    }

    void placesAreFoundInNestedJson()
    {
        const QByteArray json = "{\"a\": [1, {\"ü\\\"\": 2, \"b\": [\"]}\", 3]}], \"c\": true}";
        QCOMPARE(positionOf(json, {QStringLiteral("a"), QStringLiteral("1"), QStringLiteral("b"), QStringLiteral("1")})
                     .column,
                 34);
        QCOMPARE(positionOf(json, {QStringLiteral("c")}).column, 45);
        QCOMPARE(positionOf(json, {QStringLiteral("a"), QStringLiteral("9")}).column, 7);
    }

    void everyCodeHasANameACauseAndARemedy()
    {
        int codes = 0;
        for (unsigned number = 1; const auto code = pluginCodeFromNumber(number); ++number, ++codes) {
            const std::string_view name = pluginCodeName(*code);
            QVERIFY(name.substr(0, 5) == "PLUG-");
            QVERIFY(pluginCodeFromName(name) == code);
            const QString cause = pluginFaultCause({*code, "subject", "found", "needed"});
            QVERIFY2(!cause.isEmpty(), name.data());
            QVERIFY2(!pluginFaultRemedy(*code).isEmpty(), name.data());
        }
        QVERIFY(codes >= 25);
        QVERIFY(!pluginCodeFromNumber(0) && !pluginCodeFromName("PLUG-NOTHING"));
    }

    /// Codes are provoked in several programs; this looks whether each is expected, as "PLUG-...", by one of them.
    void everyCodeIsProvokedByATest()
    {
        QByteArray tests;
        for (const char *name : {"browser/pages/plugins/manifest_test.cpp", "browser/pages/plugins/registry_test.cpp",
                                 "plugin_host/loader/loader_test.cpp", "system/plugins/plugins_test.cpp"}) {
            QFile file(QStringLiteral(TESTS_FOLDER "/%1").arg(QLatin1String(name)));
            QVERIFY2(file.open(QIODevice::ReadOnly), name);
            tests += file.readAll();
        }
        int codes = 0;
        for (unsigned number = 1; const auto code = pluginCodeFromNumber(number); ++number, ++codes)
            QVERIFY2(tests.contains('"' + nameOf(*code) + '"'),
                     (nameOf(*code) + " is provoked by no test").constData());
        QVERIFY(codes >= 25);
    }

    void bothVersionsAreNamed()
    {
        const QString text = pluginFaultText({PluginCode::AbiMajor, "abi", "9.0", "1.0"});
        QVERIFY(text.startsWith(QStringLiteral("PLUG-ABI-MAJOR:")));
        QVERIFY(text.contains(QStringLiteral("9.0")) && text.contains(QStringLiteral("1.0")));
    }

    void aFaultSurvivesTheWireAndLongTextsAreCut()
    {
        const PluginFault fault{PluginCode::SymbolMissing, std::string(5000, 'x'), "a", "b"};
        const auto back = PluginFault::fromWire(fault.toWire());
        QVERIFY(back && back->code == PluginCode::SymbolMissing);
        QVERIFY(back->subject.size() <= 512);
        wire::PluginFailed lie;
        lie.set_code(4711);
        QVERIFY(!PluginFault::fromWire(lie));
    }

    void mutatedManifestsAreRefusedOrReadButNeverMore()
    {
        const QByteArray good = bytes(goodManifest());
        quint32 seed = 1;
        for (int i = 0; i < 20'000; ++i) {
            QByteArray json = good;
            for (int change = 0; change < 3; ++change) {
                seed = seed * 1664525 + 1013904223;
                json[qsizetype(seed >> 8) % json.size()] = char(seed);
            }
            const auto read = PluginManifest::parse(json);
            if (!read)
                QVERIFY(read.error().code != PluginCode::None);
        }
    }

    void aFileThatIsMissingOrTooLargeIsSaidToBe()
    {
        const PluginFolder folder;
        const auto missing = PluginManifest::read(folder.path() + QStringLiteral("/nothing"));
        QVERIFY(!missing);
        QCOMPARE(nameOf(missing.error().code), QByteArray("PLUG-MANIFEST-MISSING"));
        PluginFolder::write(folder.path() + QStringLiteral("/manifest.json"), QByteArray(1 << 20, ' '));
        const auto large = PluginManifest::read(folder.path());
        QVERIFY(!large);
        QCOMPARE(nameOf(large.error().code), QByteArray("PLUG-MANIFEST-SIZE"));
    }
};

QTEST_GUILESS_MAIN(ManifestTest)
#include "manifest_test.moc"
