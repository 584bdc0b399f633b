// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/exec_launcher.h"

#include "browser/host/processes/zygote.h"

namespace bulkhead {

void ExecLauncher::launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    auto *zygote = new Zygote(m_program, m_sandbox, m_arguments, this);
    connect(zygote, &Zygote::ready, this, &ExecLauncher::ready);
    if (const Result<void> started = zygote->start(); !started) {
        delete zygote;
        return done(tl::unexpected(started.error()));
    }
    zygote->fork(std::move(request), [zygote, done = std::move(done)](Result<LaunchedChild> child) {
        zygote->deleteLater(); // it ends with that; the child is ours
        done(std::move(child));
    });
}

} // namespace bulkhead
