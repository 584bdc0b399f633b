// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QStringList>

namespace bulkhead {

/// The name that @p typed may have been meant to be: few letters away, or nothing.
QString nearestName(const QString &typed, const QStringList &names);
/// " Did you mean "NAME"?" with a space before it, or nothing.
QString didYouMean(const QString &typed, const QStringList &names);

} // namespace bulkhead
