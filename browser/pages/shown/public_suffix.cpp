// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/shown/public_suffix.h"

#include <QHostAddress>

#include <libpsl.h>

#include <memory>

namespace bulkhead::public_suffix {
namespace {

const psl_ctx_t *list()
{
    // Read once: the list is constant afterwards, and libpsl's queries are then free of data races.
    static const std::unique_ptr<psl_ctx_t, decltype(&psl_free)> context(psl_latest(nullptr), &psl_free);
    return context ? context.get() : psl_builtin();
}

bool isAddress(const QString &host)
{
    return !QHostAddress(host).isNull();
}

} // namespace

QString registrableDomain(const QString &host)
{
    if (isAddress(host) || !host.contains(u'.'))
        return host;
    // "example.org." names the same host but is another name: kept apart, as a different site.
    const QString rootDot = host.endsWith(u'.') ? QStringLiteral(".") : QString();
    const QByteArray name = host.chopped(rootDot.size()).toUtf8();
    const char *domain = psl_registrable_domain(list(), name.constData());
    return domain ? QString::fromUtf8(domain) + rootDot : host;
}

bool isTopLevelDomain(const QString &label)
{
    // Without the rule for unknown names, which takes every last label for a suffix.
    return psl_is_public_suffix2(list(), label.toLower().toUtf8().constData(), PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) !=
           0;
}

bool mayShareCookies(const QString &host, const QString &domain)
{
    if (host == domain)
        return true;
    if (isAddress(host) || isAddress(domain))
        return false;
    return psl_is_cookie_domain_acceptable(list(), host.toUtf8().constData(), domain.toUtf8().constData());
}

} // namespace bulkhead::public_suffix
