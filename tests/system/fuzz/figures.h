// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QMap>
#include <QString>

namespace bulkhead::fuzz {

/// What rounds came to, for the report.
struct Figures
{
    quint64 rounds = 0;
    quint64 children = 0;
    quint64 messages = 0;         ///< that got as far as being parsed
    QMap<QString, quint64> taken; ///< of these the ones that were not refused, by body
    QMap<QString, quint64> ends;  ///< how the children ended
    qint64 mostMemory = 0;        ///< private, beyond what there was before, bytes
    double longestTurn = 0;       ///< of the event loop, processor time, ms

    void print(const char *kind) const;
};

} // namespace bulkhead::fuzz
