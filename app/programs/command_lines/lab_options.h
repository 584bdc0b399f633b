// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"
#include "ipc/core/result.h"
#include "ipc/lab/engine/lab_run.h"

#include <QString>

namespace bulkhead {

enum class LabOutputFormat { Automatic, Table, Json, Csv }; ///< automatic: a table on a terminal, JSON otherwise

/// The one that was asked for. An error when more than one was.
Result<LabOutputFormat> labFormatOf(const ParsedCommand &given);

/// What `bulkhead lab run` was asked for, checked. What is wrong is an Error that names it in a sentence.
struct LabRunOptions
{

    lab::LabRun::Options run;
    bool all = false;
    LabOutputFormat format = LabOutputFormat::Automatic;
    QString svgFile;
    QString peer;  ///< ADDRESS:PORT of another lab
    QString token; ///< of that lab

    static Result<LabRunOptions> of(const ParsedCommand &given);
};

} // namespace bulkhead
