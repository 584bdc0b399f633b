// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/plugins/plugin_manifest.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>

namespace bulkhead {

/// A manifest in which nothing is wrong, for tests to break.
inline QJsonObject goodManifest(const QString &id = QStringLiteral("org.example.viewer"))
{
    const QString architecture = PluginManifest::architecture();
    return {{QStringLiteral("schema"), 1},
            {QStringLiteral("id"), id},
            {QStringLiteral("version"), QStringLiteral("1.2.3")},
            {QStringLiteral("name"), QStringLiteral("Viewer")},
            {QStringLiteral("vendor"), QStringLiteral("Example")},
            {QStringLiteral("license"), QStringLiteral("BSD-3-Clause")},
            {QStringLiteral("abi"), QStringLiteral("1.0")},
            {QStringLiteral("library"), QJsonObject{{architecture, QStringLiteral("viewer.so")}}},
            {QStringLiteral("sha256"), QJsonObject{{architecture, QString(64, u'0')}}},
            {QStringLiteral("handles"),
             QJsonArray{QJsonObject{{QStringLiteral("mime"), QStringLiteral("application/x-example")},
                                    {QStringLiteral("extensions"), QJsonArray{QStringLiteral("example")}}}}}};
}

/// A folder of plugins.
class PluginFolder
{
public:
    QString path() const { return m_folder.path(); }

    /// Writes a plugin; @p library is its library's content, whose checksum goes into the manifest. Returns its folder.
    QString add(QJsonObject manifest, const QByteArray &library = "no library")
    {
        const QString folder =
            m_folder.filePath(manifest[QStringLiteral("id")].toString() + QStringLiteral(".bulkplug"));
        QDir().mkpath(folder);
        const QString architecture = PluginManifest::architecture();
        const QString checksum =
            QString::fromLatin1(QCryptographicHash::hash(library, QCryptographicHash::Sha256).toHex());
        manifest[QStringLiteral("sha256")] = QJsonObject{{architecture, checksum}};
        write(folder + QStringLiteral("/manifest.json"), QJsonDocument(manifest).toJson());
        write(folder + u'/' + manifest[QStringLiteral("library")][architecture].toString(), library);
        return folder;
    }

    static void write(const QString &path, const QByteArray &bytes)
    {
        QFile file(path);
        file.open(QIODevice::WriteOnly);
        file.write(bytes);
    }

private:
    QTemporaryDir m_folder;
};

} // namespace bulkhead
