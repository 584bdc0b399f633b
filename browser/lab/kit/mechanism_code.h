// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QList>
#include <QString>

namespace bulkhead {

/// A piece of a mechanism's own source, as it was when the app was built.
struct CodePart
{
    QString file; ///< "ipc/lab/mechanisms/pipe.cpp"
    QString code;
};

/// The essential code of a mechanism: its own file first, then those it builds on. @p source is the file that its
/// description names.
QList<CodePart> mechanismCode(const QString &mechanism, const QString &source);

} // namespace bulkhead
