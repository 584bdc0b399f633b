// SPDX-License-Identifier: BSD-3-Clause
#include "app/runtime/child/child_program.h"

#include "app/runtime/child/child_logging.h"
#include "app/runtime/child/zygote_program.h"

#include <QGuiApplication>

namespace bulkhead {

int runChildProgram(int argc, char **argv, const ChildProgram &program)
{
    int qtArgc = 1; // kept by the application object, as the words are
    const auto prepare = [&](const ProgramOptions &, wire::SandboxMode mode) {
        installChildLogging();
        ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
        ::setenv("QT_NO_GLIB", "1", 1);
        program.beforeQt(mode != wire::SANDBOX_OFF);
        // Never deleted: a child ends without destructors, whatever a page left behind must not delay or break that.
        new QGuiApplication(qtArgc, argv);
        QGuiApplication::setQuitOnLastWindowClosed(false);
        program.prepare();
    };
    const auto run = [&program](ForkServer::Child child) {
        StartedChild started;
        started.limits = child.order.limits;
        started.startup = std::move(child.startup);
        started.startupFds = std::move(child.startupFds);
        started.cage = sandbox::lockDown(child.order);
        started.channel = std::move(child.channel);
        return program.run(std::move(started));
    };
    return runZygoteProgram(argc, argv,
                            {"bulkhead-child", program.roles, ZygoteProgram::Files::GoneForAll, prepare, run});
}

} // namespace bulkhead
