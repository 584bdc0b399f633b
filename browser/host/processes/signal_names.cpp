// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/signal_names.h"

#include <csignal>
#include <cstring>

namespace bulkhead::signal_names {

QString name(int number)
{
    const char *name = ::sigabbrev_np(number);
    return name ? QStringLiteral("SIG") + QString::fromLatin1(name) : QStringLiteral("SIG%1").arg(number);
}

int number(const QString &wanted)
{
    bool isNumber = false;
    const int number = wanted.toInt(&isNumber);
    if (isNumber)
        return number >= 1 && number <= SIGRTMAX ? number : 0;
    const QString upper = wanted.toUpper();
    for (int i = 1; i < SIGRTMIN; ++i) {
        if (upper == name(i) || QStringLiteral("SIG") + upper == name(i))
            return i;
    }
    return 0;
}

} // namespace bulkhead::signal_names
