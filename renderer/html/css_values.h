// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/html/html_limits.h"

#include <QByteArray>
#include <QByteArrayView>
#include <QUrl>

#include <optional>

namespace bulkhead {

struct CssDeclaration
{
    QByteArray property; ///< lower case
    QByteArray value;    ///< with its !important
};

/// What the engine should read for a declaration, or nothing when it should not see it. @p base, when valid, makes
/// url()s absolute.
std::optional<CssDeclaration> engineDeclaration(const CssDeclaration &declaration, const QUrl &base,
                                                const CssLimits &limits);

} // namespace bulkhead
