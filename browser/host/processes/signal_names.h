// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

namespace bulkhead::signal_names {

/// "SIGSEGV"; "SIG42" for one without a name.
QString name(int number);
/// Of "SEGV", "SIGSEGV", "11"; 0 when it is none.
int number(const QString &name);

} // namespace bulkhead::signal_names
