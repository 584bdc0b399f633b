// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

#include <QCoreApplication>
#include <QStringList>

namespace bulkhead {

/// What is to be decided: who wants which URL for what.
struct AccessQuestion
{
    Initiator initiator;
    QUrl url;
    Destination destination;
    /// Folders that the person let the initiator read, with symbolic links resolved.
    QStringList grantedFolders;
};

struct Decision
{
    bool allowed = false;
    FetchErrorKind kind = FetchErrorKind::Denied; ///< of the error when it is not allowed
    QString reason;                               ///< one sentence for a person; empty when it is allowed
    QString rule;                                 ///< short and untranslated, for logs: "bad-port"
    /// When not empty, the file that is opened must really lie below one of these folders: for whoever opens it to
    /// check on the open file, since only there names, links and races are settled.
    QStringList onlyBelow;
    /// The asking page is a package's below /usr/share: what root put there, too, is its own. Manuals share style
    /// sheets that way, mostly by symbolic links.
    bool sharesPackages = false;
};

/// A file as it was found once it was open: only then names, links and races are settled.
struct OpenedFile
{
    QString realPath;
    bool belongsToRoot = false;
};

/// The rules about who may fetch what, all in one place. Pure: no disk, no network, no state; any thread.
///
///   asking page | styles, images, fonts, icons          | documents in it | links to
///   ------------+---------------------------------------+-----------------+--------------------------
///   http(s)     | http(s), not http: from https:; data: | its own site    | http(s), about:blank
///   file:       | the same, and files below its folder  | the same files  | file:, http(s), about:blank
///   a listing   | nothing                               | none            | file:, http(s), about:blank
///   data:       | as http(s)                            | none            | http(s), about:blank
///   about:      | about:, data:                         | none            | http(s), file:, about:
///   error page  | nothing                               | none            | about:start; Tab tries again itself
///
/// The person opens http(s), file:, about: and data:. Nobody reaches the ports of other services
/// (https://fetch.spec.whatwg.org/#port-blocking) or a file: URL with a host.
class AccessPolicy
{
    Q_DECLARE_TR_FUNCTIONS(AccessPolicy)
public:
    static Decision decide(const AccessQuestion &question);
    /// Whether an answer from @p from may lead on to @p question's url: from the network to the network only.
    static Decision decideRedirect(const QUrl &from, const AccessQuestion &question);
    /// Whether a file that was opened after @p granted is where it may be.
    static Decision decideOpened(const Decision &granted, const OpenedFile &file);
};

} // namespace bulkhead
