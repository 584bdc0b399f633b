// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/real_file.h"

#include <QString>
#include <QUrl>

#include <optional>

namespace bulkhead {

/// The unit of isolation: who a page is. Two pages of one site may share a process and each other's data; two pages of
/// different sites may not. For http(s) it is scheme, registrable domain (public suffix list; IP addresses and
/// single-label hosts as they are) and port; for file: the folder of the document; for about: the page itself. The
/// listing of a folder is a site of its own that may read nothing. Immutable value, any thread.
class Site
{
public:
    /// The site of @p url, by the address alone. For a file: URL that is one without rights which nothing else belongs
    /// to: where the file lies is known only once it is open. No disk access.
    static Site forUrl(const QUrl &url);
    /// The site of the document @p file, when the person opens it: its folder.
    static Site forFile(const RealFile &file);
    /// The site of what came from @p url, when the person opens it; @p file is what was opened, of a file: URL.
    static Site forAnswer(const QUrl &url, const std::optional<RealFile> &file);
    /// The site of the listing of @p folder.
    static Site forListing(const RealFile &folder);
    /// The site of the page that tells why another could not be opened.
    static Site forErrorPage();
    /// The site of what came from @p url when a page of this site leads there: a document below this site's folder
    /// stays in it, and so does one that lies elsewhere below /usr/share when a package's own symbolic link leads
    /// there.
    Site forNavigationTo(const QUrl &url, const std::optional<RealFile> &file) const;

    /// Whether @p url belongs to it, by the address alone: never that of a file. No disk access.
    bool contains(const QUrl &url) const;
    QString scheme() const { return m_scheme; }
    bool isErrorPage() const;
    /// The folder that pages of a file: site may read, with symbolic links resolved; empty for others, listings too.
    QString folder() const { return m_folder; }
    /// Shown to people and used as a key: "https://example.org", "file:///usr/share/doc/python3/html", "about:start".
    QString key() const { return m_key; }

    friend bool operator==(const Site &a, const Site &b) { return a.m_key == b.m_key; }

private:
    friend class SavedInitiator; // browser/pages/fetch/saved_initiator.h
    Site(QString scheme, QString folder, QString key);

    QString m_scheme;
    QString m_folder;
    QString m_key;
};

} // namespace bulkhead
