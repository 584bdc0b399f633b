// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/processes/child_launcher.h"

#include <QString>

namespace bulkhead {

/// Starts every child as a new program. Slower and larger than forking the zygote, and free of anything inherited: for
/// debugging, for comparison, and for when there is no zygote.
class ExecLauncher : public ChildLauncher
{
public:
    explicit ExecLauncher(QString program) : m_program(std::move(program)) {}

    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override;

private:
    QString m_program;
};

} // namespace bulkhead
