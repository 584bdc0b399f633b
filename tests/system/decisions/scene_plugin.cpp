// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/decisions/scene_plugin.h"

namespace bulkhead {

ScenePlugin::ScenePlugin(Fetcher &fetcher, PageProcessPool &pool, const QString &dataFolder, const QJsonObject &wanted,
                         Person person, const QString &loaderScript, const QString &isolation)
{
    QJsonObject manifest = goodManifest(QStringLiteral("org.example.hostile"));
    manifest[QStringLiteral("handles")] =
        QJsonArray{QJsonObject{{QStringLiteral("mime"), QLatin1String(MimeType)},
                               {QStringLiteral("extensions"), QJsonArray{QStringLiteral("hostile")}}}};
    manifest[QStringLiteral("content")] = QStringLiteral("stream");
    manifest[QStringLiteral("permissions")] = wanted;
    manifest[QStringLiteral("limits")] = QJsonObject{{QStringLiteral("start_ms"), 60'000}}; // for a busy machine
    if (!isolation.isEmpty())
        manifest[QStringLiteral("isolation")] = isolation;
    PluginHosts::Options options;
    options.program = QStringLiteral(HOSTILE_CHILD);
    options.mostProcesses = MostProcesses;
    if (!loaderScript.isEmpty()) { // travels as the name of the library that is Qt to other plugins
        manifest[QStringLiteral("qt")] = QStringLiteral("6.2");
        options.qtLibrary = loaderScript;
    }
    m_folder.add(manifest);
    m_plugins =
        std::make_unique<BrowserContext::Plugins>(fetcher, pool, dataFolder, QStringList(m_folder.path()), options);
    m_plugins->permissions.setAsker([this, person](const PluginQuestion &, const std::function<void(bool)> &done) {
        ++m_questions;
        done(person == Person::Allows);
    });
}

QJsonObject ScenePlugin::permission(const char *name, QJsonObject more)
{
    more[QStringLiteral("reason")] = QStringLiteral("to see what happens");
    return {{QLatin1String(name), more}};
}

} // namespace bulkhead
