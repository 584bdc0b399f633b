// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/plugins/permission_set.h"

#include <QMap>
#include <QObject>

#include <functional>
#include <vector>

namespace bulkhead {

/// What a person is asked: whether a plugin may, on one site, do what its manifest says.
struct PluginQuestion
{
    QString plugin; ///< id
    QString pluginName;
    QString site; ///< Site::key()
    PermissionSet permissions;

    /// One line for each permission: what it is, and the author's reason.
    QStringList lines() const;
    /// What the permission @p name lets a plugin do, within the bounds of @p permission; empty for no permission's
    /// name.
    static QString words(const QString &name, const PluginPermission &permission);
};

/// What a person has allowed plugins and refused them, by plugin and site, with the bounds that were asked about: kept
/// in the profile, and revoked at any time. What was decided is not asked again; what a manifest asks for beyond it is.
/// Main thread.
class PluginPermissions : public QObject
{
    Q_OBJECT
public:
    enum class Decision { Granted, Refused };
    /// Puts the question to the person and calls back once, now or later.
    using Asker = std::function<void(const PluginQuestion &question, std::function<void(bool granted)> done)>;

    /// @p folder holds the profile's data; empty: nothing is kept.
    explicit PluginPermissions(const QString &folder = {}, QObject *parent = nullptr);

    /// What the person is told of the file; empty when all is well.
    const QString &notice() const { return m_notice; }

    /// Without one everything is refused, and not remembered.
    void setAsker(Asker asker) { m_asker = std::move(asker); }

    struct Entry
    {
        QString plugin, site;
        PermissionSet granted, refused;
    };
    /// What is known of a plugin on a site; empty sets when nothing is.
    Entry entry(const QString &plugin, const QString &site) const;
    std::vector<Entry> entries() const;

    /// @p question holds all that the manifest asks for; @p wanted names the permission that is needed now. Calls @p
    /// done with what the plugin may do. When something about @p wanted was never decided the person is asked first,
    /// about all that is new; a question that is open already is not asked again.
    void request(const PluginQuestion &question, const QString &wanted,
                 std::function<void(const PluginRights &rights)> done);
    /// Adds @p what to what is granted or refused.
    void decide(const QString &plugin, const QString &site, const PermissionSet &what, Decision decision);
    /// The next use asks again, about everything.
    void revoke(const QString &plugin, const QString &site);

Q_SIGNALS:
    void changed();

private:
    using Key = std::pair<QString, QString>;

    void load();
    void save() const;

    QString m_file; ///< empty: nothing is kept
    QString m_notice;
    Asker m_asker;
    QMap<Key, Entry> m_entries;
    QMap<Key, std::vector<std::function<void()>>> m_open; ///< waiting for the person
};

} // namespace bulkhead
