// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_storage.h"

#include "browser/pages/fetch/safe_file.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace bulkhead {

namespace {

QString checksum(const QString &text)
{
    return QString::fromLatin1(QCryptographicHash::hash(text.toUtf8(), QCryptographicHash::Sha256).toHex());
}

constexpr qint64 MostValueBytes = 64 << 20; ///< more than any quota
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
    const Result<QByteArray> kept = safe_file::read(folder + u'/' + checksum(key), MostValueBytes, Links::Refuse);
    return kept ? std::optional(*kept) : std::nullopt;
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
            return fail(Error{
                "the quota of " + std::to_string(quota) + " bytes (\"permissions.storage.quota\") is used up", 0});
        values.insert(name, value);
        return {};
    }
    const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files);
    for (const QFileInfo &file : files)
        used += file.fileName() == name ? 0 : file.size() + CostOfValue;
    if (used > quota)
        return fail(
            Error{"the quota of " + std::to_string(quota) + " bytes (\"permissions.storage.quota\") is used up", 0});
    return safe_file::replace(folder + u'/' + name, value);
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
