// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/network/host_lookup.h"

#include <QHostInfo>

namespace bulkhead {

void HostLookup::systemResolve(const QString &host, QObject *context, Found found)
{
    QHostInfo::lookupHost(host, context, [found = std::move(found)](const QHostInfo &info) {
        found(info.addresses(), info.errorString());
    });
}

} // namespace bulkhead
