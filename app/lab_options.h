// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/lab/lab_run.h"

#include <QStringList>

namespace bulkhead {

/// What `bulkhead lab run` was asked for, checked. What is wrong is an Error that names it in a sentence.
struct LabRunOptions
{
    enum class Format { Automatic, Table, Json, Csv };

    lab::LabRun::Options run;
    bool all = false;
    Format format = Format::Automatic; ///< a table on a terminal, JSON otherwise
    QString svgFile;
    QString peer;  ///< ADDRESS:PORT of another lab
    QString token; ///< of that lab

    static Result<LabRunOptions> parse(const QStringList &arguments);
    static QString helpText();
};

} // namespace bulkhead
