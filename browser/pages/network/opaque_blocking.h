// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

namespace bulkhead {

enum class AnswerFrom {
    SameSite,
    AnotherSite, ///< or one that another site had a hand in
};

enum class NoSniff { No, Yes };

struct BlockDecision
{
    bool blocked = false;
    QString reason; ///< one sentence for a person
    QString rule;   ///< for logs
};

/// What an answer says of itself, and how it begins.
struct AnswerKind
{
    QString mimeType; ///< as the server says it, lower case; empty when it does not
    NoSniff noSniff = NoSniff::No;
    QByteArray firstBytes; ///< SniffLength of them, or all
};

/// Keeps what is no part of a page out of the process of another site's page: after this, all that such a process can
/// ever get hold of of other sites is pictures, styles and fonts (after https://github.com/annevk/orb). Pure; any
/// thread.
BlockDecision decideOpaque(Destination destination, AnswerFrom from, const AnswerKind &answer);

} // namespace bulkhead
