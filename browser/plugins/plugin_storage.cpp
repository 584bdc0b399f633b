// SPDX-License-Identifier: BSD-3-Clause
#include "browser/plugins/plugin_storage.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

namespace bulkhead {

namespace {

QString checksum(const QString &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

constexpr qint64 CostOfValue = 256; ///< counted for each beside its size: a million empty values are not nothing

} // namespace

PluginStorage::PluginStorage(const QString &folder)
    : m_folder(folder.isEmpty() ? QString() : folder + QStringLiteral("/plugin-storage"))
{
}

QString PluginStorage::folderOf(const QString &plugin, const QString &site) const
{
    return m_folder + u'/' + checksum(plugin) + u'/' + checksum(site);
}

std::optional<QByteArray> PluginStorage::value(const QString &plugin, const QString &site, const QString &key) const
{
    const QString folder = folderOf(plugin, site);
    if (m_folder.isEmpty()) {
        const auto values = m_memory.constFind(folder);
        if (values == m_memory.constEnd() || !values->contains(checksum(key)))
            return {};
        return values->value(checksum(key));
    }
    QFile file(folder + u'/' + checksum(key));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return file.readAll();
}

Result<void> PluginStorage::put(const QString &plugin, const QString &site, const QString &key, const QByteArray &value,
                                qint64 quota)
{
    const QString folder = folderOf(plugin, site);
    const QString name = checksum(key);
    qint64 used = value.size() + CostOfValue;
    if (m_folder.isEmpty()) {
        QHash<QString, QByteArray> &values = m_memory[folder];
        for (auto it = values.begin(); it != values.end(); ++it)
            used += it.key() == name ? 0 : it->size() + CostOfValue;
        if (used > quota)
            return fail(Error{"the quota of " + std::to_string(quota) + " bytes (\"permissions.storage.quota\") is used up", 0});
        values.insert(name, value);
        return {};
    }
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files);
    for (const QFileInfo &file : files)
        used += file.fileName() == name ? 0 : file.size() + CostOfValue;
    if (used > quota)
        return fail(Error{"the quota of " + std::to_string(quota) + " bytes (\"permissions.storage.quota\") is used up", 0});
    QDir().mkpath(folder);
    QSaveFile file(folder + u'/' + name);
    if (!file.open(QIODevice::WriteOnly) || file.write(value) != value.size() || !file.commit())
        return fail(Error{file.errorString().toStdString(), 0});
    return {};
}

void PluginStorage::remove(const QString &plugin, const QString &site, const QString &key)
{
    const QString folder = folderOf(plugin, site);
    if (m_folder.isEmpty())
        m_memory[folder].remove(checksum(key));
    else
        QFile::remove(folder + u'/' + checksum(key));
}

void PluginStorage::removeAll(const QString &plugin)
{
    if (!m_folder.isEmpty()) {
        QDir(m_folder + u'/' + checksum(plugin)).removeRecursively();
        return;
    }
    const QString prefix = u'/' + checksum(plugin) + u'/';
    erase_if(m_memory, [&prefix](const auto &entry) { return entry.key().startsWith(prefix); });
}

} // namespace bulkhead
