// SPDX-License-Identifier: BSD-3-Clause
// Which plugins there are and which shows what.
#include "browser/pages/plugins/plugin_crashes.h"
#include "browser/pages/plugins/plugin_registry.h"
#include "tests/browser/pages/plugins/plugin_folder.h"

#include <QtTest>

#include <fcntl.h>
#include <unistd.h>

using namespace bulkhead;

namespace {

QJsonObject plugin(const QString &id, const char *types)
{
    QJsonObject manifest = goodManifest(id);
    manifest[QStringLiteral("handles")] = QJsonDocument::fromJson(QByteArray(types).replace('\'', '"')).array();
    return manifest;
}

QString chosen(const PluginRegistry &registry, const PluginRequest &request)
{
    const auto plugin = registry.choose(request);
    return plugin ? plugin->id() : QString();
}

QByteArray nameOf(PluginCode code)
{
    const std::string_view name = pluginCodeName(code);
    return QByteArray(name.data(), qsizetype(name.size()));
}

QByteArray codeOf(const PluginFile &file)
{
    return file.fault() ? nameOf(file.fault()->code) : QByteArray();
}

} // namespace

class RegistryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstFolderWinsAndTheOtherSaysSo()
    {
        PluginFolder first, second;
        first.add(goodManifest());
        second.add(goodManifest());
        const PluginRegistry registry({first.path(), second.path(), QStringLiteral("/nowhere")});
        QCOMPARE(registry.plugins().size(), 2u);
        QVERIFY(registry.find(QStringLiteral("org.example.viewer"))->folder().startsWith(first.path()));
        QCOMPARE(codeOf(*registry.plugins()[1]), QByteArray("PLUG-DUPLICATE"));
    }

    void onePluginsFolderCanBeNamedItself()
    {
        PluginFolder folder;
        const PluginRegistry registry({folder.add(goodManifest())});
        QVERIFY(registry.find(QStringLiteral("org.example.viewer")));
    }

    void aBrokenPluginIsListedWithItsFault()
    {
        PluginFolder folder;
        const QString path = folder.add(goodManifest());
        PluginFolder::write(path + QStringLiteral("/manifest.json"), "{");
        const PluginRegistry registry({folder.path()});
        QCOMPARE(registry.plugins().size(), 1u);
        QCOMPARE(codeOf(*registry.plugins()[0]), QByteArray("PLUG-MANIFEST"));
        QCOMPARE(registry.plugins()[0]->id(), QStringLiteral("org.example.viewer"));
        QVERIFY(!registry.find(QStringLiteral("org.example.viewer")));
    }

    void theHighestPriorityShowsAndAnExactTypeBeatsAWildOne()
    {
        PluginFolder folder;
        folder.add(plugin(QStringLiteral("org.example.all"), "[{'mime': 'image/*'}]"));
        folder.add(plugin(QStringLiteral("org.example.tiff"), "[{'mime': 'image/tiff'}]"));
        folder.add(plugin(QStringLiteral("org.example.eager"), "[{'mime': 'image/*', 'priority': 5, 'full': false}]"));
        const PluginRegistry registry({folder.path()});
        QCOMPARE(chosen(registry, {QStringLiteral("image/tiff")}), QStringLiteral("org.example.tiff"));
        QCOMPARE(chosen(registry, {QStringLiteral("image/x-tga")}), QStringLiteral("org.example.all"));
        QCOMPARE(chosen(registry, {QStringLiteral("image/tiff"), {}, {}, PluginRequest::Use::Embed}),
                 QStringLiteral("org.example.eager"));
        QCOMPARE(chosen(registry, {QStringLiteral("text/html")}), QString());
    }

    void whatTheAppShowsByItselfNeedsAPriority()
    {
        PluginFolder folder;
        folder.add(plugin(QStringLiteral("org.example.shy"), "[{'mime': 'image/png'}]"));
        PluginRequest request{QStringLiteral("image/png")};
        request.isBuiltIn = true;
        PluginRegistry registry({folder.path()});
        QCOMPARE(chosen(registry, request), QString());
        folder.add(plugin(QStringLiteral("org.example.bold"), "[{'mime': 'image/png', 'priority': 1}]"));
        registry.rescan();
        QCOMPARE(chosen(registry, request), QStringLiteral("org.example.bold"));
        const auto why = registry.explain(request);
        QCOMPARE(why.size(), 2u);
        QVERIFY(why[0].chosen && !why[1].chosen);
        QVERIFY(why[1].reason.contains(QStringLiteral("by itself")));
    }

    void namesAndBeginningsCountOnlyWhereTheTypeIsNotKnown()
    {
        PluginFolder folder;
        folder.add(
            plugin(QStringLiteral("org.example.wave"),
                   "[{'mime': 'audio/x-wav', 'extensions': ['wav'], 'magic': [{'offset': 8, 'text': 'WAVE'}]}]"));
        const PluginRegistry registry({folder.path()});
        const QString unknown = QStringLiteral("application/octet-stream");
        QCOMPARE(chosen(registry, {unknown, QStringLiteral("a.WAV")}), QStringLiteral("org.example.wave"));
        QCOMPARE(chosen(registry, {unknown, QStringLiteral("a"), "RIFFxxxxWAVE"}), QStringLiteral("org.example.wave"));
        QCOMPARE(chosen(registry, {unknown, QStringLiteral("a"), "RIFFxxxxAVI "}), QString());
        QCOMPARE(chosen(registry, {QStringLiteral("text/html"), QStringLiteral("a.wav")}), QString());
    }

    void aLibraryThatIsNotTheCheckedOneIsRefused()
    {
        PluginFolder folder;
        const QString path = folder.add(goodManifest(), "first");
        PluginFile file(path);
        QVERIFY(file.isUsable() && file.library());
        PluginFolder::write(path + QStringLiteral("/viewer.so"), "second");
        const auto changed = file.library();
        QVERIFY(!changed);
        QCOMPARE(nameOf(changed.error().code), QByteArray("PLUG-CHECKSUM"));
        QCOMPARE(changed.error().found.size(), 64u);
        QVERIFY(changed.error().found != changed.error().needed);
        QFile::remove(path + QStringLiteral("/viewer.so"));
        const auto missing = file.library();
        QVERIFY(!missing);
        QCOMPARE(nameOf(missing.error().code), QByteArray("PLUG-LIBRARY-MISSING"));
        QDir().mkpath(path + QStringLiteral("/viewer.so"));
        const auto folderInstead = file.library();
        QVERIFY(!folderInstead);
        QCOMPARE(nameOf(folderInstead.error().code), QByteArray("PLUG-LIBRARY-MISSING"));
    }

    void aLibraryThatIsTooLargeIsRefused()
    {
        PluginFolder folder;
        const QString path = folder.add(goodManifest());
        QFile library(path + QStringLiteral("/viewer.so"));
        QVERIFY(library.resize(PluginFile::MostLibraryBytes + 1)); // a hole
        const auto large = PluginFile(path).library();
        QVERIFY(!large);
        QCOMPARE(nameOf(large.error().code), QByteArray("PLUG-LIBRARY-SIZE"));
    }

    void theLibraryIsSealed()
    {
        PluginFolder folder;
        PluginFile file(folder.add(goodManifest(), "library"));
        const auto memory = file.library();
        QVERIFY(memory);
        const int seals = ::fcntl(memory->get(), F_GET_SEALS);
        QCOMPARE(seals, F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL);
        QVERIFY(::pwrite(memory->get(), "x", 1, 0) < 0);
    }

    void threeCrashesInTwoMinutesEndReloadingAndSharedOnesIsolate()
    {
        PluginCrashes crashes;
        const QString id = QStringLiteral("a");
        PluginCrashes::Clock::time_point now{};
        crashes.add(id, 1, now);
        crashes.add(id, 1, now + std::chrono::seconds(60));
        QVERIFY(crashes.mayReloadByItself(id, now + std::chrono::seconds(61)));
        QVERIFY(!crashes.needsOwnProcesses(id));
        crashes.add(id, 2, now + std::chrono::seconds(119));
        QVERIFY(!crashes.mayReloadByItself(id, now + std::chrono::seconds(120)));
        QVERIFY(crashes.needsOwnProcesses(id));
        QVERIFY(crashes.mayReloadByItself(id, now + std::chrono::seconds(200)));
        QVERIFY(crashes.mayReloadByItself(QStringLiteral("b"), now));
    }
};

QTEST_GUILESS_MAIN(RegistryTest)
#include "registry_test.moc"
