// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/saved_initiator.h"

namespace bulkhead {

QJsonObject SavedInitiator::toJson(const Initiator &initiator)
{
    if (initiator.isPerson())
        return {{QStringLiteral("by"), QStringLiteral("person")}};
    const Site &site = initiator.site();
    return {{QStringLiteral("by"), QStringLiteral("page")},
            {QStringLiteral("scheme"), site.m_scheme},
            {QStringLiteral("folder"), site.m_folder},
            {QStringLiteral("site"), site.m_key},
            {QStringLiteral("space"), int(initiator.space())}};
}

std::optional<Initiator> SavedInitiator::fromJson(const QJsonObject &object)
{
    const QString by = object[QStringLiteral("by")].toString();
    if (by == u"person")
        return Initiator(std::nullopt, AddressSpace::Loopback);
    const QString scheme = object[QStringLiteral("scheme")].toString();
    const QString key = object[QStringLiteral("site")].toString();
    if (by != u"page" || scheme.isEmpty() || key.isEmpty())
        return {};
    const int space = object[QStringLiteral("space")].toInt();
    const bool isKnown = space > int(AddressSpace::Public) && space <= int(AddressSpace::Loopback);
    return Initiator::page(Site(scheme, object[QStringLiteral("folder")].toString(), key),
                           isKnown ? AddressSpace(space) : AddressSpace::Public);
}

} // namespace bulkhead
