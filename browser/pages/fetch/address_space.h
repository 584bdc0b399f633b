// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

class QHostAddress;

namespace bulkhead {

/// How near to the person an address is. Later ones are nearer: a page reaches its own kind and what is farther by
/// itself, what is nearer only when the person allows it (https://wicg.github.io/private-network-access/).
enum class AddressSpace {
    Public,   ///< the internet; also where nothing is known
    Private,  ///< the local network: RFC 1918, link-local, unique local, carrier-grade NAT, .local, everything that is
              ///< routed nowhere
    Loopback, ///< this computer
};

namespace address_space {

/// What @p address reaches, also when it wraps another one (IPv4 in IPv6, NAT64, 6to4).
AddressSpace of(const QHostAddress &address);
/// What is known of @p host by its name alone: an address, localhost, .local.
AddressSpace ofName(const QString &host);

} // namespace address_space
} // namespace bulkhead
