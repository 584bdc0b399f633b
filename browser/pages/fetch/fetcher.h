// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

#include <memory>

namespace bulkhead {

/// The one place where the app reaches network and disk for pages: http and https, file (documents and folder
/// listings), about (internal pages), data. Asks the AccessPolicy before it does anything. One per profile, main
/// thread.
class Fetcher
{
public:
    virtual ~Fetcher() = default;

    /// Starts @p request. Never fails at once: a denied request answers with failed() later.
    virtual std::unique_ptr<Fetch> start(const FetchRequest &request) = 0;

    /// The page that is shown instead of one that could not be loaded, as a document like any other.
    virtual std::unique_ptr<Fetch> startErrorPage(const FetchError &error, const QUrl &url) = 0;

    /// The person lets pages of @p site read files below @p folder, which has no symbolic links, too, from now on.
    virtual void grantFolder(const Site &site, const QString &folder) = 0;

    /// The person's Yes to a FetchError's question: the site may reach that kind of address from now on.
    virtual void allowPrivateNetwork(const PrivateNetworkQuestion &) {}
};

} // namespace bulkhead
