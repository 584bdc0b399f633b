// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/standing.h"

namespace bulkhead {
namespace {

/// The same address over TLS: nobody on the way could choose anything by that.
bool isUpgrade(const QUrl &from, const QUrl &to)
{
    return from.scheme() == u"http" && to.scheme() == u"https" && from.port(80) == 80 && to.port(443) == 443 &&
           from.host() == to.host() && from.path() == to.path() && from.query() == to.query();
}

} // namespace

void RequestChain::redirected(const QUrl &from, const QUrl &to)
{
    if (!(Site::forUrl(from) == Site::forUrl(to)) && !isUpgrade(from, to))
        m_crossed = true;
}

PartitionKey RequestChain::partitionFor(const AccessQuestion &question) const
{
    const Initiator &initiator = question.initiator;
    const Site site = Site::forUrl(question.url);
    const bool makesTopSite = initiator.isPerson() || question.destination == Destination::Navigation;
    const QString topSite = makesTopSite ? site.key() : initiator.site().key();
    if (question.destination == Destination::PluginFetch)
        return {topSite, site.key(), Standing::Anonymous};
    if (!m_crossed && (initiator.isPerson() || initiator.site() == site))
        return {topSite, site.key(), Standing::Own};
    return {topSite, site.key(), makesTopSite ? Standing::Visitor : Standing::Part};
}

} // namespace bulkhead
