// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QStringList>
#include <QStringView>

namespace bulkhead {

/// Installed families for a CSS font-family list, best first: generic and well-known web families become relatives that
/// are there, unknown ones are left out. Never empty. Scripts that none of them has are up to Qt's own fallback.
/// The installed families are read once per process: a renderer's fonts do not change after it was born.
QStringList installedFamilies(QStringView cssFontFamily);

} // namespace bulkhead
