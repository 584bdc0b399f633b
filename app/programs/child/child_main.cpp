// SPDX-License-Identifier: BSD-3-Clause
// The one executable of all untrusted processes. Started by the browser only:
//   bulkhead-child --type=zygote --channel-fd=N [--sandbox=off]
#include "app/runtime/child/child_program.h"
#include "app/runtime/child/watchdog.h"
#include "renderer/process/prepare.h"
#include "renderer/process/renderer_process.h"

#include <QGuiApplication>

#include <cstdio>
#include <unistd.h>

using namespace bulkhead;

namespace {

int runRenderer(StartedChild child)
{
    Watchdog watchdog(child.channel.get(), std::chrono::seconds(child.limits.task_seconds()));
    RendererProcess renderer(std::move(child.channel), watchdog);
    QObject::connect(&renderer, &RendererProcess::finished, qApp, [](int exitCode) {
        // No destructors: whatever a page left behind must not delay or break the end of its process.
        std::fflush(nullptr);
        ::_exit(exitCode);
    });
    renderer.start(child.cage.report, std::move(child.cage.listener));
    return QGuiApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    const auto chooseFonts = [](bool caged) { prepareFonts(caged ? Fonts::InMemory : Fonts::FromSystem); };
    return runChildProgram(argc, argv, {chooseFonts, &prepareRenderer, &runRenderer});
}
