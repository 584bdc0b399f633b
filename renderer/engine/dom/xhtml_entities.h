// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QString>
#include <QStringView>

namespace bulkhead::engine {

/// What an entity of XHTML 1.0's three sets stands for, as "nbsp"; empty when there is none of that name.
QString xhtmlEntity(QStringView name);

} // namespace bulkhead::engine
