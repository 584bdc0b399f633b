// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "app/programs/command_syntax/parsed_command.h"
#include "ipc/core/result.h"

#include <QJsonObject>
#include <QStringList>

namespace bulkhead {

/// One command of `bulkhead ctl`: which method it calls with which parameters, and what is done
/// with the answer.
struct CtlCommand
{
    enum class Output {
        Nothing,
        Tabs,      ///< a table
        Processes, ///< a table
        Text,      ///< member "text" as it is
        Picture,   ///< member "png", written to file
        Messages,  ///< a table; with follow, goes on for ever
        Crashes,   ///< a table
        Metrics,   ///< a table
        Members,   ///< one line for each member
        LabPages,  ///< a table
        TextFile   ///< member "text", written to file
    };

    QString method;
    QJsonObject params;
    Output output = Output::Nothing;
    QString file;
    bool follow = false;

    /// An error is a sentence that names the mistake. Addresses and files are relative to @p workingDirectory.
    static Result<CtlCommand> of(const ParsedCommand &command, const QString &workingDirectory);
};

} // namespace bulkhead
