// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/reach_rule.h"

#include <QCoreApplication>

namespace bulkhead {
namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(ReachRule)
};

} // namespace

ReachRule::ReachRule(const Initiator &initiator, const QUrl &first, NearSpaces granted)
    : m_asker(initiator), m_isPersons(initiator.isPerson()), m_first(first), m_granted(std::move(granted))
{
}

void ReachRule::redirectedBy(const QUrl &url, AddressSpace space)
{
    if (m_isPersons)
        m_asker = Initiator::page(Site::forUrl(url), space);
}

bool ReachRule::mayReach(const QUrl &url, AddressSpace space) const
{
    if (m_asker.isPerson() || space <= m_asker.space())
        return true;
    if (m_isPersons && url.host() == m_first.host())
        return true;
    const Site &site = m_asker.site();
    const bool isBrowsersOwn = site.scheme() == u"about" && !site.isErrorPage();
    return isBrowsersOwn || m_granted.value(site.key()).contains(space);
}

FetchError ReachRule::refusal(const QUrl &url, AddressSpace space, const QString &address) const
{
    const QString host = url.host();
    const QString where = address.isEmpty() || address == host ? host : Words::tr("%1 (%2)").arg(host, address);
    const QString sentence = space == AddressSpace::Loopback
                                 ? Words::tr("“%1” wanted to reach a service on this computer, %2. It may not unless "
                                             "you allow it: choose Allow where you are asked, "
                                             "or type the address yourself.")
                                 : Words::tr("“%1” wanted to reach a device on your network, %2. It may not unless you "
                                             "allow it: choose Allow where you are asked, "
                                             "or type the address yourself.");
    return {FetchErrorKind::Denied, sentence.arg(m_asker.site().key(), where), QStringLiteral("private-network"),
            PrivateNetworkQuestion{m_asker.site(), space, host, address}};
}

} // namespace bulkhead
