// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/address_space.h"

#include <QHostAddress>
#include <QList>

#include <functional>

class QObject;

namespace bulkhead {

/// How names become addresses and what is thought of these: the world's, or a test's. Any thread.
struct HostLookup
{
    using Found = std::function<void(const QList<QHostAddress> &addresses, const QString &error)>;

    /// Calls @p found later, on this thread, with the addresses of @p host, the best first; not once @p context is
    /// gone.
    std::function<void(const QString &host, QObject *context, Found found)> resolve = systemResolve;
    std::function<AddressSpace(const QHostAddress &)> spaceOf = address_space::of;

    static void systemResolve(const QString &host, QObject *context, Found found);
};

} // namespace bulkhead
