// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch_error.h"
#include "browser/pages/fetch/initiator.h"

#include <QUrl>

namespace bulkhead {

/// Whether a request may go to an address: private network access (https://wicg.github.io/private-network-access/).
/// Asked for every hop with the address that will really be connected to. What the person opens goes anywhere; what a
/// server makes of that by a redirect is the server's wish, unless it leads back to the host that the person named. The
/// browser's own pages go anywhere. Value; any thread.
class ReachRule
{
public:
    ReachRule(const Initiator &initiator, const QUrl &first, NearSpaces granted);

    /// The next hop is asked for by the server of @p url, which was found in @p space.
    void redirectedBy(const QUrl &url, AddressSpace space);
    bool mayReach(const QUrl &url, AddressSpace space) const;
    /// With the question to the person in it. @p address is empty where a proxy looks it up.
    FetchError refusal(const QUrl &url, AddressSpace space, const QString &address) const;

private:
    Initiator m_asker;
    const bool m_isPersons;
    const QUrl m_first;
    NearSpaces m_granted;
};

} // namespace bulkhead
