// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QString>
#include <QStringList>

namespace bulkhead {

/// What `bulkhead plugin new` makes.
struct PluginTemplate
{
    QString name;   ///< lower-case letters, digits, hyphens: of folder, target and document type
    QString kind;   ///< "viewer", "stream", "c"
    QString vendor; ///< for the id: org.VENDOR.NAME

    static QStringList kinds();
    /// Writes the files into @p folder, which must not exist; returns their names.
    Result<QStringList> write(const QString &folder) const;
};

} // namespace bulkhead
