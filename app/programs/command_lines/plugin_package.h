// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QString>

namespace bulkhead::plugin_package {

/// Packs the plugin in @p folder, after having checked it, into ID-VERSION.tar.gz below @p target; returns the file.
Result<QString> pack(const QString &folder, const QString &target);

/// Installs a plugin's folder or package for this person, in the place of another version; returns its folder. Only the
/// manifest and the libraries that it names are taken over, and only when everything that can be checked is right.
Result<QString> install(const QString &source);

/// Removes the person's plugin of that id.
Result<void> remove(const QString &id);

} // namespace bulkhead::plugin_package
