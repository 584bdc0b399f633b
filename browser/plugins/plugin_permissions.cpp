// SPDX-License-Identifier: BSD-3-Clause
#include "browser/plugins/plugin_permissions.h"

#include "browser/processes/log.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPointer>
#include <QSaveFile>

namespace bulkhead {

QStringList PluginQuestion::lines() const
{
    QStringList lines;
    for (const QString &name : PluginManifest::permissionNames()) {
        if (!permissions.contains(name))
            continue;
        const PluginPermission permission = permissions.value(name);
        QString what;
        if (name == u"fetch")
            what = PluginPermissions::tr("load from %1").arg(permission.urls.join(QStringLiteral(", ")));
        else if (name == u"storage")
            what = PluginPermissions::tr("keep up to %1 KB on this computer").arg(permission.quota >> 10);
        else if (name == u"clipboard")
            what = PluginPermissions::tr("copy text to the clipboard");
        else if (name == u"save-as")
            what = PluginPermissions::tr("save files where you choose");
        else if (name == u"open-link")
            what = PluginPermissions::tr("open links");
        lines << PluginPermissions::tr("%1 (“%2”)").arg(what, permission.reason);
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
    QFile file(m_file);
    if (m_file.isEmpty() || !file.open(QIODevice::ReadOnly))
        return;
    const QJsonArray list = QJsonDocument::fromJson(file.readAll()).array();
    for (const QJsonValue &value : list) {
        m_decisions.insert({value[QStringLiteral("plugin")].toString(), value[QStringLiteral("site")].toString()},
                           value[QStringLiteral("granted")].toBool() ? Decision::Granted : Decision::Refused);
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
                                {QStringLiteral("granted"), entry.decision == Decision::Granted}});
    }
    QDir().mkpath(QFileInfo(m_file).path());
    QSaveFile file(m_file);
    if (!file.open(QIODevice::WriteOnly) || file.write(QJsonDocument(list).toJson()) < 0 || !file.commit())
        log::error(tr("What plugins may do cannot be kept: %1").arg(file.errorString()));
}

PluginPermissions::Decision PluginPermissions::decision(const QString &plugin, const QString &site) const
{
    return m_decisions.value({plugin, site}, Decision::Unknown);
}

void PluginPermissions::decide(const QString &plugin, const QString &site, Decision decision)
{
    if (decision == Decision::Unknown)
        m_decisions.remove({plugin, site});
    else
        m_decisions.insert({plugin, site}, decision);
    save();
    Q_EMIT changed();
}

void PluginPermissions::request(const PluginQuestion &question, std::function<void(bool)> done)
{
    const Key key{question.plugin, question.site};
    const Decision known = decision(question.plugin, question.site);
    if (known != Decision::Unknown)
        return done(known == Decision::Granted);
    if (!m_asker)
        return done(false);
    const bool isOpen = m_open.contains(key);
    m_open[key].push_back(std::move(done));
    if (isOpen)
        return;
    m_asker(question, [self = QPointer(this), key](bool granted) {
        if (!self)
            return;
        self->decide(key.first, key.second, granted ? Decision::Granted : Decision::Refused);
        for (const auto &waiting : self->m_open.take(key))
            waiting(granted);
    });
}

std::vector<PluginPermissions::Entry> PluginPermissions::entries() const
{
    std::vector<Entry> all;
    for (auto it = m_decisions.begin(); it != m_decisions.end(); ++it)
        all.push_back({it.key().first, it.key().second, it.value()});
    return all;
}

} // namespace bulkhead
