// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/results.h"

#include <QByteArray>

#include <vector>

namespace bulkhead::lab {

/// The results as a picture (SVG): per size and placement one row per mechanism, on a logarithmic axis of time its
/// percentiles p50 to p99.9, fastest first. Told apart by shape and shade, so it prints in black and white.
QByteArray resultsToSvg(const std::vector<JobResult> &results);

} // namespace bulkhead::lab
