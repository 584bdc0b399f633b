// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/address_space.h"
#include "browser/pages/fetch/site.h"

#include <QHash>
#include <QStringList>

#include <memory>

namespace bulkhead {

class BackgroundFile;

/// What the person is asked when a page is kept from the local network or this computer.
struct PrivateNetworkQuestion
{
    Site site;          ///< of the page, or of the server that sent the browser on
    AddressSpace space; ///< what is to be reached
    QString host;       ///< as the page wrote it
    QString address;    ///< what it turned out to be; empty where a proxy looks it up
};

/// What each site may reach beyond its own kind, by the site's key. A value: a request takes along what was allowed
/// when it began.
using NearSpaces = QHash<QString, QList<AddressSpace>>;

/// The sites that the person lets reach the local network or this computer. Kept in the profile. Main thread.
class PrivateNetworkGrants
{
public:
    /// @p dataFolder is where they are kept; empty: they end with the app.
    explicit PrivateNetworkGrants(const QString &dataFolder);
    ~PrivateNetworkGrants();

    /// What the person is told of the file; empty when all is well.
    const QString &notice() const { return m_notice; }

    void allow(const Site &site, AddressSpace space);
    void revoke(const QString &siteKey);
    QStringList sites() const { return m_spaces.keys(); }
    const NearSpaces &spaces() const { return m_spaces; }

private:
    void save();

    QString m_notice;
    NearSpaces m_spaces;
    std::unique_ptr<BackgroundFile> m_file;
};

} // namespace bulkhead
