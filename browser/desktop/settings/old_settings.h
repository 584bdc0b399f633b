// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QJsonObject>
#include <QString>

namespace bulkhead {

/// What is set in @p iniFile, which versions before settings.json wrote with QSettings: by today's names, in the form
/// of settings.json. Read here and not by QSettings, which opens whatever stands there and decodes values of any type.
/// The error's number is ENOENT when there is no such file.
Result<QJsonObject> readOldSettings(const QString &iniFile);

} // namespace bulkhead
