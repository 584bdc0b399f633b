// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/usage_error.h"

#include <QCoreApplication>

#include <cstdio>

namespace bulkhead {

int usageError(const UsageError &error)
{
    const QStringList program(QStringLiteral("bulkhead"));
    const QString help =
        QCoreApplication::translate("UsageError", "Try \"%1 --help\".").arg((program + error.path).join(u' '));
    std::fprintf(stderr, "%s: %s\n%s\n", qPrintable((program + error.path.mid(0, 1)).join(u' ')),
                 qPrintable(error.sentence), qPrintable(help));
    return ExitUsage;
}

} // namespace bulkhead
