// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QUrl>

#include <optional>

namespace bulkhead {

/// The unit of isolation: who a page is. Two pages of one site may share a process and each other's data; two pages of
/// different sites may not. For http(s) it is scheme, registrable domain (public suffix list; IP addresses and
/// single-label hosts as they are) and port; for file: a folder, the one of the document that was opened; for about: the
/// page itself. Immutable value, any thread.
class Site
{
public:
    /// The site of @p url when the person opens it. For file: URLs the folder of the document (of itself if it is a folder).
    static Site forUrl(const QUrl &url);
    /// The site of @p url when a page of this site leads there: a file: document below this site's folder stays in it.
    Site forNavigationTo(const QUrl &url) const;

    bool contains(const QUrl &url) const;
    QString scheme() const { return m_scheme; }
    /// The folder of a file: site, with symbolic links resolved; empty for others.
    QString folder() const { return m_folder; }
    /// Shown to people and used as a key: "https://example.org", "file:///usr/share/doc/python3/html", "about:start".
    QString key() const { return m_key; }

    friend bool operator==(const Site &a, const Site &b) { return a.m_key == b.m_key; }

private:
    Site(QString scheme, QString folder, QString key);

    QString m_scheme;
    QString m_folder;
    QString m_key;
};

}  // namespace bulkhead
