// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/address_space.h"

#include <QHostAddress>

#include <algorithm>

namespace bulkhead::address_space {
namespace {

struct Range
{
    const char *subnet;
    int length;
    AddressSpace space;
};

/// https://www.iana.org/assignments/iana-ipv4-special-registry: everything that is not globally reachable. Linux
/// connects 0.0.0.0 to itself.
constexpr Range V4[] = {
    {"127.0.0.0", 8, AddressSpace::Loopback},    {"0.0.0.0", 8, AddressSpace::Loopback},
    {"10.0.0.0", 8, AddressSpace::Private},      {"172.16.0.0", 12, AddressSpace::Private},
    {"192.168.0.0", 16, AddressSpace::Private},  {"169.254.0.0", 16, AddressSpace::Private},
    {"100.64.0.0", 10, AddressSpace::Private},   {"192.0.0.0", 24, AddressSpace::Private},
    {"198.18.0.0", 15, AddressSpace::Private},   {"192.0.2.0", 24, AddressSpace::Private},
    {"198.51.100.0", 24, AddressSpace::Private}, {"203.0.113.0", 24, AddressSpace::Private},
    {"224.0.0.0", 3, AddressSpace::Private},
};

/// https://www.iana.org/assignments/iana-ipv6-special-registry
constexpr Range V6[] = {
    {"::1", 128, AddressSpace::Loopback},       {"::", 128, AddressSpace::Loopback},
    {"fc00::", 7, AddressSpace::Private},       {"fe80::", 9, AddressSpace::Private},
    {"ff00::", 8, AddressSpace::Private},       {"100::", 64, AddressSpace::Private},
    {"64:ff9b:1::", 48, AddressSpace::Private}, {"2001:db8::", 32, AddressSpace::Private},
};

template <std::size_t Size>
AddressSpace find(const QHostAddress &address, const Range (&ranges)[Size])
{
    const auto range = std::find_if(std::begin(ranges), std::end(ranges), [&address](const Range &candidate) {
        return address.isInSubnet(QHostAddress(QLatin1String(candidate.subnet)), candidate.length);
    });
    return range == std::end(ranges) ? AddressSpace::Public : range->space;
}

/// The IPv4 address that four bytes at @p at of @p address are.
QHostAddress wrapped(const Q_IPV6ADDR &address, int at)
{
    return QHostAddress(quint32(address[at]) << 24 | quint32(address[at + 1]) << 16 | quint32(address[at + 2]) << 8 |
                        address[at + 3]);
}

} // namespace

AddressSpace of(const QHostAddress &address)
{
    if (address.protocol() == QAbstractSocket::IPv4Protocol)
        return find(address, V4);
    QHostAddress plain = address;
    plain.setScopeId({});
    const AddressSpace own = find(plain, V6);
    if (own != AddressSpace::Public)
        return own;
    const Q_IPV6ADDR bytes = plain.toIPv6Address();
    if (plain.isInSubnet(QHostAddress(QStringLiteral("::ffff:0:0")), 96) ||
        plain.isInSubnet(QHostAddress(QStringLiteral("::")), 96) ||
        plain.isInSubnet(QHostAddress(QStringLiteral("64:ff9b::")), 96))
        return find(wrapped(bytes, 12), V4);
    if (plain.isInSubnet(QHostAddress(QStringLiteral("2002::")), 16))
        return find(wrapped(bytes, 2), V4);
    return AddressSpace::Public;
}

AddressSpace ofName(const QString &host)
{
    const QHostAddress address(host);
    if (!address.isNull())
        return of(address);
    QString name = host.toLower();
    if (name.endsWith(u'.'))
        name.chop(1);
    if (name == u"localhost" || name.endsWith(u".localhost"))
        return AddressSpace::Loopback;
    return name.endsWith(u".local") ? AddressSpace::Private : AddressSpace::Public;
}

} // namespace bulkhead::address_space
