// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/crashes/crash_store.h"

namespace bulkhead {

/// about:crashes (@p id empty: the list) and about:crashes/ID, as HTML in the frame of resources/pages/crashes.html.
/// Nothing when there is no such report. Everything in a report is data, never markup.
std::optional<QByteArray> crashPage(const CrashStore &store, const QString &id);

} // namespace bulkhead
