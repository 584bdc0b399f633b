// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_permissions.h"

#include "browser/host/processes/log.h"
#include "browser/pages/fetch/kept_file.h"
#include "browser/pages/fetch/safe_file.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>

namespace bulkhead {

namespace {
constexpr qint64 MostFileBytes = 4 << 20;
constexpr int Format = 2; // the first was a list alone
} // namespace

QString PluginQuestion::words(const QString &name, const PluginPermission &permission)
{
    if (name == u"fetch")
        return PluginPermissions::tr("load from %1").arg(permission.urls.join(QStringLiteral(", ")));
    if (name == u"storage")
        return PluginPermissions::tr("keep up to %1 KB on this computer").arg(permission.quota >> 10);
    if (name == u"clipboard")
        return PluginPermissions::tr("copy text to the clipboard");
    if (name == u"save-as")
        return PluginPermissions::tr("save files where you choose");
    if (name == u"open-link")
        return PluginPermissions::tr("open links");
    return {};
}

QStringList PluginQuestion::lines() const
{
    QStringList lines;
    for (const QString &name : PluginManifest::permissionNames()) {
        if (permissions.contains(name))
            lines << PluginPermissions::tr("%1 (“%2”)")
                         .arg(words(name, permissions.value(name)), permissions.value(name).reason);
    }
    return lines;
}

PluginPermissions::PluginPermissions(const QString &folder, QObject *parent)
    : QObject(parent), m_file(folder.isEmpty() ? QString() : folder + QStringLiteral("/plugin-permissions.json"))
{
    load();
}

void PluginPermissions::load()
{
    if (m_file.isEmpty())
        return;
    const KeptJson kept = KeptJson::read(m_file, MostFileBytes, Format, tr("What plugins may do"));
    m_notice = kept.notice;
    if (!kept.mayWrite)
        m_file.clear();
    const QJsonArray list = kept.document.isArray() ? kept.document.array()
                                                    : kept.document.object()[QStringLiteral("permissions")].toArray();
    for (const QJsonValue &value : list) {
        Entry entry{value[QStringLiteral("plugin")].toString(), value[QStringLiteral("site")].toString(), {}, {}};
        // Files of earlier versions say yes or no, and not to what: that is asked again.
        entry.granted = permission_set::fromJson(value[QStringLiteral("granted")].toObject());
        entry.refused = permission_set::fromJson(value[QStringLiteral("refused")].toObject());
        if (!entry.granted.isEmpty() || !entry.refused.isEmpty())
            m_entries.insert({entry.plugin, entry.site}, entry);
    }
}

void PluginPermissions::save() const
{
    if (m_file.isEmpty())
        return;
    QJsonArray list;
    for (const Entry &entry : entries()) {
        list.append(QJsonObject{{QStringLiteral("plugin"), entry.plugin},
                                {QStringLiteral("site"), entry.site},
                                {QStringLiteral("granted"), permission_set::toJson(entry.granted)},
                                {QStringLiteral("refused"), permission_set::toJson(entry.refused)}});
    }
    const QJsonObject file{{QLatin1String(KeptJson::Format), Format}, {QStringLiteral("permissions"), list}};
    if (const Result<void> kept = safe_file::replace(m_file, QJsonDocument(file).toJson()); !kept)
        log::error(tr("What plugins may do cannot be kept: %1").arg(QString::fromStdString(kept.error().what)));
}

PluginPermissions::Entry PluginPermissions::entry(const QString &plugin, const QString &site) const
{
    return m_entries.value({plugin, site}, Entry{plugin, site, {}, {}});
}

void PluginPermissions::decide(const QString &plugin, const QString &site, const PermissionSet &what, Decision decision)
{
    Entry entry = this->entry(plugin, site);
    PermissionSet &side = decision == Decision::Granted ? entry.granted : entry.refused;
    side = permission_set::merged(side, what);
    m_entries.insert({plugin, site}, entry);
    save();
    Q_EMIT changed();
}

void PluginPermissions::revoke(const QString &plugin, const QString &site)
{
    m_entries.remove({plugin, site});
    save();
    Q_EMIT changed();
}

void PluginPermissions::request(const PluginQuestion &question, const QString &wanted,
                                std::function<void(const PluginRights &)> done)
{
    const Key key{question.plugin, question.site};
    const auto answer = [this, key, all = question.permissions, done = std::move(done)] {
        done(PluginRights(entry(key.first, key.second).granted, all));
    };
    const Entry known = entry(question.plugin, question.site);
    const PermissionSet fresh =
        permission_set::beyond(question.permissions, permission_set::merged(known.granted, known.refused));
    if (!fresh.contains(wanted) || !m_asker)
        return answer();
    const bool isOpen = m_open.contains(key);
    m_open[key].push_back(answer);
    if (isOpen)
        return;
    PluginQuestion news = question;
    news.permissions = fresh;
    m_asker(news, [self = QPointer(this), key, fresh](bool granted) {
        if (!self)
            return;
        self->decide(key.first, key.second, fresh, granted ? Decision::Granted : Decision::Refused);
        for (const auto &waiting : self->m_open.take(key))
            waiting();
    });
}

std::vector<PluginPermissions::Entry> PluginPermissions::entries() const
{
    return {m_entries.begin(), m_entries.end()};
}

} // namespace bulkhead
