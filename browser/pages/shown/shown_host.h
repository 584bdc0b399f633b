// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>

namespace bulkhead {

/// The label @p ascii of a host ("xn--bcher-kva") as a person may read it ("bücher"), or as it is when that could be
/// taken for another name: scripts mixed beyond what UTS #39 calls highly restrictive, invisible or unusual characters,
/// digits of several systems, or a label that looks like one of ASCII ("аррӏе" in Cyrillic). Any thread.
QString shownHostLabel(const QString &ascii);

} // namespace bulkhead
