// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/plugin_faults/plugin_fault.h"

#include <QByteArray>
#include <QList>
#include <QMap>
#include <QString>
#include <QStringList>

#include <tl/expected.hpp>

#include <chrono>

namespace bulkhead {

/// One kind of document that a plugin shows.
struct HandledType
{
    struct Magic
    {
        qint64 offset = 0;
        QByteArray bytes;
    };

    QString mimeType;       ///< "image/png" or "image/*"
    QStringList extensions; ///< of file names, lower case, without the dot
    QList<Magic> magic;     ///< one of them is enough
    bool full = true;       ///< as a page of its own
    bool embed = true;      ///< in a box of a page
    /// Among plugins the highest counts; above 0 it comes before what the app shows by itself.
    int priority = 0;
};

/// What a plugin may ask the browser for, with the reason that the person is given.
struct PluginPermission
{
    QString reason;
    QStringList urls; ///< of "fetch": patterns such as "https://example.org/*"
    qint64 quota = 0; ///< of "storage": bytes
};

/// Content modes and isolation; in the order from loose to tight.
enum class PluginContent { Stream, Whole, Ranges };
enum class PluginIsolation {
    Type,     ///< as the person's model has it: PluginProcessModel
    Site,     ///< one for every site, even then
    Instance, ///< one for every page
};

/// A plugin's manifest.json, read without loading any code. Immutable plain value.
struct PluginManifest
{
    static constexpr qint64 MostBytes = 256 << 10;
    static constexpr int Schema = 1;

    QString id, version, name, vendor, license, description;
    unsigned abiMajor = 0, abiMinor = 0;
    bool usesQt = false;
    unsigned qtMinor = 0;
    QMap<QString, QString> libraries; ///< by architecture: file name in the folder
    QMap<QString, QString> checksums; ///< by architecture: SHA-256, lower-case hexadecimal
    QList<HandledType> handles;
    PluginContent content = PluginContent::Whole;
    PluginIsolation isolation = PluginIsolation::Type;
    QMap<QString, PluginPermission> permissions; ///< "fetch", "storage", "clipboard", "save-as", "open-link"
    quint64 memoryBytes = quint64(512) << 20;
    std::chrono::milliseconds startTime{5000};
    qint64 contentBytes = qint64(256) << 20; ///< the largest document, where it is wanted whole

    /// @p folder is the name of the plugin's folder, which has to be "ID.bulkplug"; empty: not checked.
    static tl::expected<PluginManifest, PluginFault> parse(const QByteArray &json, const QString &folder = {});
    /// From the file manifest.json in @p folder.
    static tl::expected<PluginManifest, PluginFault> read(const QString &folder);

    /// This machine's: "x86_64".
    static QString architecture();
    /// All keys of "permissions", in the order in which people are told of them.
    static QStringList permissionNames();
};

} // namespace bulkhead
