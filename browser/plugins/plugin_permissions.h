// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/plugins/plugin_manifest.h"

#include <QMap>
#include <QObject>

#include <functional>
#include <vector>

namespace bulkhead {

/// What a person is asked: whether a plugin may, on one site, do what its manifest says.
struct PluginQuestion
{
    QString plugin;     ///< id
    QString pluginName;
    QString site;       ///< Site::key()
    QMap<QString, PluginPermission> permissions;

    /// One line for each permission: what it is, and the author's reason.
    QStringList lines() const;
};

/// What a person has allowed plugins, by plugin and site; asked once, kept in the profile, and revoked at any time. Main
/// thread.
class PluginPermissions : public QObject
{
    Q_OBJECT
public:
    enum class Decision { Unknown, Granted, Refused };
    /// Puts the question to the person and calls back once, now or later.
    using Asker = std::function<void(const PluginQuestion &question, std::function<void(bool granted)> done)>;

    /// @p folder holds the profile's data; empty: nothing is kept.
    explicit PluginPermissions(const QString &folder = {}, QObject *parent = nullptr);

    /// Without one everything is refused, and not remembered.
    void setAsker(Asker asker) { m_asker = std::move(asker); }

    Decision decision(const QString &plugin, const QString &site) const;
    /// Calls @p done with what was decided, or asks first. A question that is open already is not asked again.
    void request(const PluginQuestion &question, std::function<void(bool granted)> done);
    void decide(const QString &plugin, const QString &site, Decision decision);
    /// The next use asks again.
    void revoke(const QString &plugin, const QString &site) { decide(plugin, site, Decision::Unknown); }

    struct Entry
    {
        QString plugin, site;
        Decision decision = Decision::Unknown;
    };
    std::vector<Entry> entries() const;

Q_SIGNALS:
    void changed();

private:
    using Key = std::pair<QString, QString>;

    void load();
    void save() const;

    QString m_file;
    Asker m_asker;
    QMap<Key, Decision> m_decisions;
    QMap<Key, std::vector<std::function<void(bool)>>> m_open; ///< waiting for the person
};

} // namespace bulkhead
