// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QString>

namespace bulkhead {

/// Where a running app listens for remote control: FOLDER/NAME.sock in a private folder of the person's, which is
/// $XDG_RUNTIME_DIR/bulkhead, /run/user/UID/bulkhead, or /tmp/bulkhead-UID, whichever is theirs alone.
namespace runtime_socket {

/// The folder, made if it is not there (0700). An error when what is there belongs to somebody else or is open to
/// others.
Result<QString> folder();

/// Name of the instance that keeps its things in @p profile; the person's own profile when empty. One app runs per
/// profile.
QString nameForProfile(const QString &profile);
/// Name of an app without a window and without a profile.
QString headlessName();

QString path(const QString &folder, const QString &name);

} // namespace runtime_socket

} // namespace bulkhead
