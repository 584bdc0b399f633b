// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/access_policy.h"

namespace bulkhead {

/// How a request stands towards the server that it goes to: what it takes along and what it may keep of the answer.
///
///   standing  | request                                          | cookies sent and set        | name and password |
///   opaque blocking
///   ----------+--------------------------------------------------+-----------------------------+-------------------+----------------
///   Own       | the person's, or a page's to its own site        | all of the site's           | yes               |
///   no Visitor   | a navigation that another site had a hand in     | not Strict; all may be set  | no | no Part |
///   anything else that another site had a hand in    | None only, a jar of its own | no                | yes Anonymous
///   | a plugin's fetch                                 | none                        | no                | no
enum class Standing { Own, Visitor, Part, Anonymous };

/// Where everything belongs that is kept of an exchange: cache, cookies, connections, passwords, strict transport.
/// Requests with different keys share none of it. The top site is that of the page on screen; a navigation makes its
/// own.
struct PartitionKey
{
    QString topSite; ///< Site::key()
    QString site;    ///< of the server
    Standing standing;

    friend bool operator==(const PartitionKey &, const PartitionKey &) = default;
};

/// The way of one request through redirects, as far as it has come. Value.
class RequestChain
{
public:
    /// The server at @p from sends the browser on to @p to.
    void redirected(const QUrl &from, const QUrl &to);
    /// For the hop to @p question's url.
    PartitionKey partitionFor(const AccessQuestion &question) const;

private:
    bool m_crossed = false; ///< another site has had a hand in it: that stays so (RFC 6265bis, 5.2.1)
};

} // namespace bulkhead
