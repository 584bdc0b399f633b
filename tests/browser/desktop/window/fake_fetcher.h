// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetcher.h"

#include <QList>

namespace bulkhead {

/// Answers without disk or network, by the URL's host: "slow.test" never, "broken.test" with an error, "download.test"
/// with an attachment of a few bytes, every other at once with a small document.
class FakeFetcher : public Fetcher
{
public:
    std::unique_ptr<Fetch> start(const FetchRequest &request) override;
    std::unique_ptr<Fetch> startErrorPage(const FetchError &error, const QUrl &url) override;
    void grantFolder(const Site &site, const QString &folder) override;

    QList<FetchRequest> requests;
    QStringList grantedFolders;
};

} // namespace bulkhead
