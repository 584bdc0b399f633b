// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/zygote.pb.h"

#include <QString>

namespace bulkhead {

/// Why this machine does not allow the full sandbox and what to do about it, in plain text of a few lines; empty when
/// it does. @p ready is what a zygote found out; the machine's settings tell which remedy fits.
QString sandboxAdvice(const wire::ZygoteReady &ready, const QString &childProgram);

/// An AppArmor profile that lets @p childProgram make user namespaces, for distributions that reserve them.
QString appArmorProfile(const QString &childProgram);

} // namespace bulkhead
