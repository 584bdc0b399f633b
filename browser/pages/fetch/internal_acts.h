// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

#include <QHash>
#include <QStringList>

namespace bulkhead {

/// What an internal page is asked for, once it is settled whether it may act.
struct InternalRequest
{
    QUrl url;    ///< the page's own address, without the deed
    QString act; ///< "run", "revoke:…": to be carried out now; empty for a page that is only shown
};

/// The deeds of about: pages. No address does anything by itself: a deed is a link in a page that the app made, it
/// carries that page's token, and it counts once, when the page itself asks for it and the person has just acted there.
/// Typed, pasted, reloaded, restored or linked from elsewhere, the same address only shows the page. Main thread.
class InternalActs
{
public:
    /// Tokens kept for one page: as many tabs may show it at once and still act.
    static constexpr int KeptTokens = 64;

    /// A token for about:@p page as it is being made now.
    QString issue(const QString &page);
    /// What @p page's link to the deed @p act must have in its query: "act=…&token=…", encoded.
    static QString query(const QString &act, const QString &token);

    /// Takes @p request apart. The token is used up.
    InternalRequest settle(const FetchRequest &request);

private:
    bool mayAct(const FetchRequest &request, const QString &page, const QString &token);

    QHash<QString, QStringList> m_tokens; ///< by page, oldest first
};

} // namespace bulkhead
