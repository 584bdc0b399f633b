// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QDateTime>
#include <QHash>
#include <QUrl>

#include <memory>

namespace bulkhead {

class BackgroundFile;

/// Hosts that want to be reached over TLS only (RFC 6797), as each top site has come to know them: what one site's
/// pages do leaves no mark that another's can read. Kept in the profile. Network thread.
class StrictTransport
{
public:
    /// Empty @p fileName: forgotten with the app.
    explicit StrictTransport(const QString &fileName);
    ~StrictTransport();

    /// @p url, or the same over https.
    QUrl upgraded(const QString &topSite, const QUrl &url) const;
    /// An answer from @p url, whose certificate was good, said @p header.
    void note(const QString &topSite, const QUrl &url, const QByteArray &header);

private:
    struct Host
    {
        QDateTime expiry;
        bool withSubdomains = false;
    };
    void save();

    QHash<QString, Host> m_hosts; ///< by top domain and host
    std::unique_ptr<BackgroundFile> m_file;
};

} // namespace bulkhead
