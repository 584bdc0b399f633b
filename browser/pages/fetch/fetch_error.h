// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/private_network.h"

#include <QMetaType>
#include <QString>

#include <optional>

namespace bulkhead {

enum class FetchErrorKind {
    Denied, ///< our own access policy
    UnsupportedScheme,
    NotFound,   ///< no such file, host name, or internal page
    Unreadable, ///< exists, but may not or cannot be read
    Refused,    ///< connection refused or reset
    TimedOut,
    Tls,
    TooManyRedirects,
    Network, ///< anything else on the network
    Internal,
};

struct FetchError
{
    FetchErrorKind kind = FetchErrorKind::Internal;
    QString message;                                     ///< one plain sentence for a person, translated
    QString detail;                                      ///< for the expert: errno text, Qt's error string, policy rule
    std::optional<PrivateNetworkQuestion> question = {}; ///< with the rule "private-network": what the person can allow
    /// With the rule "outside-folder": where the file really lies, which the person can let the page read.
    QString deniedFolder = {};
};

} // namespace bulkhead

Q_DECLARE_METATYPE(bulkhead::FetchError)
