// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace bulkhead::lab {

/// One job that two runs have in common.
struct Comparison
{
    enum class Verdict { Same, Faster, Slower }; ///< of the second; Same when the rounds of the two overlap

    QString job;                  ///< "pipe, blocking, 64 B, free"
    double before = 0, after = 0; ///< median round trip, nanoseconds
    Verdict verdict = Verdict::Same;
};

/// Compares two results of `lab run --json`. What only one of them has is left out; an error when nothing is left, or
/// when one of them is no such result.
Result<std::vector<Comparison>> compare(const QJsonObject &before, const QJsonObject &after);

QString comparisonToTable(const std::vector<Comparison> &comparisons);

} // namespace bulkhead::lab
