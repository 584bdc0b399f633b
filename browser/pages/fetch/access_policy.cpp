// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/access_policy.h"

#include "browser/pages/fetch/blocked_ports.h"
#include "browser/pages/fetch/local_path.h"

#include <algorithm>

namespace bulkhead {
namespace {

Decision allow(QStringList onlyBelow = {})
{
    Decision decision;
    decision.allowed = true;
    decision.onlyBelow = std::move(onlyBelow);
    return decision;
}

Decision deny(const char *rule, QString reason, FetchErrorKind kind = FetchErrorKind::Denied)
{
    Decision decision;
    decision.kind = kind;
    decision.reason = std::move(reason);
    decision.rule = QLatin1String(rule);
    return decision;
}

enum class Scheme { Http, Https, File, About, Data, Other };

Scheme schemeOf(const QString &scheme)
{
    // QUrl keeps schemes in lower case.
    if (scheme == QLatin1String("http"))
        return Scheme::Http;
    if (scheme == QLatin1String("https"))
        return Scheme::Https;
    if (scheme == QLatin1String("file"))
        return Scheme::File;
    if (scheme == QLatin1String("about"))
        return Scheme::About;
    if (scheme == QLatin1String("data"))
        return Scheme::Data;
    return Scheme::Other;
}

bool isWeb(Scheme scheme)
{
    return scheme == Scheme::Http || scheme == Scheme::Https;
}

/// Where packages put what does not depend on the processor, manuals among it.
constexpr char PackageData[] = "/usr/share";

bool isBlank(const QUrl &url)
{
    return url.path() == QLatin1String("blank");
}

bool isPartOfPage(Destination destination)
{
    return destination == Destination::Style || destination == Destination::Image || destination == Destination::Font ||
           destination == Destination::Icon;
}

/// What no one can open, whoever asks.
Decision decideAddress(const QUrl &url, Scheme scheme)
{
    if (!url.isValid() || url.isRelative())
        return deny("invalid-url", AccessPolicy::tr("This is not a complete address."));
    switch (scheme) {
    case Scheme::Http:
    case Scheme::Https:
        if (url.host().isEmpty())
            return deny("no-host", AccessPolicy::tr("The address names no server."));
        if (isBlockedPort(url.port(scheme == Scheme::Https ? 443 : 80)))
            return deny("bad-port",
                        AccessPolicy::tr("Port %1 belongs to another kind of service, so no page is fetched from it.")
                            .arg(url.port()));
        return allow();
    case Scheme::File:
        if (!local_path::fromUrl(url))
            return deny("not-a-local-file", AccessPolicy::tr("The address does not name a file on this computer."));
        return allow();
    case Scheme::About:
    case Scheme::Data:
        return allow();
    case Scheme::Other:
        break;
    }
    return deny("scheme", AccessPolicy::tr("Addresses that begin with “%1:” cannot be opened.").arg(url.scheme()),
                FetchErrorKind::UnsupportedScheme);
}

/// A link from the page was followed.
Decision decideNavigation(const AccessQuestion &question, Scheme from, Scheme target)
{
    // It shows texts of whoever caused the error. Its other link, Try again, is the tab's own business.
    if (question.initiator.site().isErrorPage() && question.url != QUrl(QStringLiteral("about:start")))
        return deny("link-on-error-page",
                    AccessPolicy::tr("The page that tells of an error leads to the start page only."));
    if (isWeb(target))
        return allow();
    if (target == Scheme::About) {
        if (from == Scheme::About || isBlank(question.url))
            return allow();
        return deny("link-to-internal-page",
                    AccessPolicy::tr("Only a person or an internal page may open internal pages."));
    }
    if (target == Scheme::File) {
        if (from == Scheme::File || from == Scheme::About)
            return allow();
        return deny("link-to-file", AccessPolicy::tr("A page from the network may not open files of this computer."));
    }
    return deny("data-navigation", AccessPolicy::tr("A page may not lead to a “data:” address."));
}

Decision decideFile(const AccessQuestion &question, Scheme from)
{
    const QString folder = from == Scheme::File ? question.initiator.site().folder() : QString();
    if (folder.isEmpty())
        return deny("file-from-elsewhere",
                    AccessPolicy::tr("Only a page that is a file itself may read files of this computer."));
    Decision decision = allow(QStringList(folder) + question.grantedFolders);
    decision.sharesPackages = local_path::isBelow(folder, QLatin1String(PackageData));
    return decision;
}

Decision decideWeb(const AccessQuestion &question, Scheme from, Scheme target)
{
    if (from == Scheme::About)
        return deny("internal-page-to-network", AccessPolicy::tr("Internal pages load nothing from the network."));
    if (from == Scheme::Https && target == Scheme::Http)
        return deny(
            "mixed-content",
            AccessPolicy::tr("A page that came over an encrypted connection may not load parts over an open one."));
    if (isPartOfPage(question.destination)) {
        if (!question.url.userInfo().isEmpty())
            return deny("credentials",
                        AccessPolicy::tr("A page may not load parts with a name and password in the address."));
        return allow();
    }
    // What a plugin fetches was allowed by the person, address by address (PluginServices).
    if (question.destination == Destination::Download || question.destination == Destination::PluginFetch)
        return allow();
    if (question.initiator.site().contains(question.url))
        return allow();
    return deny("foreign-document", AccessPolicy::tr("A page may not read documents of another site."));
}

} // namespace

Decision AccessPolicy::decide(const AccessQuestion &question)
{
    const Scheme target = schemeOf(question.url.scheme());
    Decision decision = decideAddress(question.url, target);
    if (!decision.allowed)
        return decision;
    if (question.initiator.isPerson())
        return allow();

    const Scheme from = schemeOf(question.initiator.site().scheme());
    if (question.destination == Destination::Navigation)
        return decideNavigation(question, from, target);
    switch (target) {
    case Scheme::Http:
    case Scheme::Https:
        return decideWeb(question, from, target);
    case Scheme::File:
        return decideFile(question, from);
    case Scheme::About:
        if (isBlank(question.url) || (from == Scheme::About && isPartOfPage(question.destination)))
            return allow();
        return deny("internal-page", AccessPolicy::tr("A page may not read internal pages."));
    case Scheme::Data:
        if (isPartOfPage(question.destination))
            return allow();
        return deny("data-document",
                    AccessPolicy::tr("A page may not load documents or downloads from a “data:” address."));
    case Scheme::Other:
        break;
    }
    return deny("scheme", AccessPolicy::tr("This address cannot be opened."), FetchErrorKind::UnsupportedScheme);
}

Decision AccessPolicy::decideRedirect(const QUrl &from, const AccessQuestion &question)
{
    if (!isWeb(schemeOf(from.scheme())) || !isWeb(schemeOf(question.url.scheme())))
        return deny("redirect-scheme",
                    AccessPolicy::tr("The server sent the browser on to an address that is not on the network."));
    return decide(question);
}

Decision AccessPolicy::decideOpened(const Decision &granted, const OpenedFile &file)
{
    const auto isInside = [&](const QString &folder) { return local_path::isBelow(file.realPath, folder); };
    if (granted.onlyBelow.isEmpty() || std::any_of(granted.onlyBelow.begin(), granted.onlyBelow.end(), isInside))
        return granted;
    if (granted.sharesPackages && file.belongsToRoot && isInside(QLatin1String(PackageData)))
        return granted;
    return deny("outside-folder", tr("A page may read files of its own folder only, and this one lies outside."));
}

} // namespace bulkhead
