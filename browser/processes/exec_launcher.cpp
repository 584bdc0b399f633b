// SPDX-License-Identifier: BSD-3-Clause
#include "browser/processes/exec_launcher.h"

#include "browser/processes/spawn.h"

namespace bulkhead {

void ExecLauncher::launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    Result<SpawnedProcess> process = spawn(m_program.toStdString(),
                                           {"--type=renderer", "--channel-fd=" + std::to_string(SpawnedChannelFd),
                                            "--memory-limit=" + std::to_string(request.memoryLimit)},
                                           request.channel, request.logWriteEnd);
    if (!process)
        return done(tl::unexpected(process.error()));
    done(LaunchedChild{process->pid, std::move(process->pidFd)});
}

} // namespace bulkhead
