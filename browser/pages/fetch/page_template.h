// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QMap>
#include <QString>

namespace bulkhead {

/// @p html (UTF-8) with every {{name}} replaced by @p values' text, HTML-escaped; a name without a value becomes
/// nothing. What stands in a value is never read as markup or as a placeholder.
QByteArray fillTemplate(const QByteArray &html, const QMap<QString, QString> &values);

} // namespace bulkhead
