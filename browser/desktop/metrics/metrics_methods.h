// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/metrics/app_metrics.h"
#include "browser/desktop/remote/control_methods.h"

namespace bulkhead {

/// Remote control's `metrics`: {"metrics": [{name, labels, value}]}, or with {"format": "prometheus"} {"text"} in the
/// Prometheus text format 0.0.4. @p metrics outlives it.
void addMetricsMethods(ControlMethods &methods, const AppMetrics &metrics);

} // namespace bulkhead
