// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/private_network.h"

#include "browser/pages/fetch/background_file.h"
#include "browser/pages/fetch/kept_file.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace bulkhead {
namespace {

constexpr qint64 MaxFileBytes = 1 << 20;
constexpr int MaxSites = 1000;
constexpr int Format = 1; // files of the time before have none

const QString PrivateName = QStringLiteral("local network");
const QString LoopbackName = QStringLiteral("this computer");

} // namespace

PrivateNetworkGrants::PrivateNetworkGrants(const QString &dataFolder)
{
    if (dataFolder.isEmpty())
        return;
    const QString fileName = dataFolder + QStringLiteral("/private-network.json");
    const KeptJson kept = KeptJson::read(fileName, MaxFileBytes, Format,
                                         QCoreApplication::translate("PrivateNetworkGrants", "What sites may reach"));
    m_notice = kept.notice;
    const QJsonObject all = kept.document.object();
    for (auto site = all.begin(); site != all.end() && m_spaces.size() < MaxSites; ++site) {
        const QJsonArray names = site->toArray();
        QList<AddressSpace> spaces;
        if (names.contains(PrivateName))
            spaces << AddressSpace::Private;
        if (names.contains(LoopbackName))
            spaces << AddressSpace::Loopback;
        if (!spaces.isEmpty())
            m_spaces.insert(site.key(), spaces);
    }
    if (kept.mayWrite)
        m_file = std::make_unique<BackgroundFile>(fileName);
}

PrivateNetworkGrants::~PrivateNetworkGrants() = default;

void PrivateNetworkGrants::allow(const Site &site, AddressSpace space)
{
    if (space == AddressSpace::Public || site.isErrorPage() || m_spaces.value(site.key()).contains(space))
        return;
    if (m_spaces.size() >= MaxSites && !m_spaces.contains(site.key()))
        m_spaces.erase(m_spaces.begin());
    m_spaces[site.key()] << space;
    save();
}

void PrivateNetworkGrants::revoke(const QString &siteKey)
{
    if (m_spaces.remove(siteKey))
        save();
}

void PrivateNetworkGrants::save()
{
    if (!m_file)
        return;
    QJsonObject all{{QLatin1String(KeptJson::Format), Format}}; // no site's key: those have a scheme
    for (auto site = m_spaces.cbegin(); site != m_spaces.cend(); ++site) {
        QJsonArray names;
        for (AddressSpace space : *site)
            names << (space == AddressSpace::Loopback ? LoopbackName : PrivateName);
        all.insert(site.key(), names);
    }
    m_file->replace(QJsonDocument(all).toJson());
}

} // namespace bulkhead
