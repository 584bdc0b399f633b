// SPDX-License-Identifier: BSD-3-Clause
// bulkhead-plugin-qt.so: what the processes of plugins with Qt load, and others do not.
#include "app/runtime/child/child_logging.h"
#include "plugin_host/process/event_loop.h"
#include "renderer/process/prepare.h"

#include <QAbstractEventDispatcher>
#include <QGuiApplication>
#include <QSocketNotifier>
#include <QTimer>

namespace {

using namespace bulkhead;

void prepare(int caged)
{
    installChildLogging();
    ::setenv("QT_QPA_PLATFORM", "offscreen", 1);
    ::setenv("QT_NO_GLIB", "1", 1);
    prepareFonts(caged ? Fonts::InMemory : Fonts::FromSystem);
    static int argc = 1;
    static char name[] = "bulkhead-plugin-host";
    static char *argv[] = {name, nullptr};
    new QGuiApplication(argc, argv); // never deleted: processes end without destructors
    QGuiApplication::setQuitOnLastWindowClosed(false);
    prepareRenderer();
}

/// The host's own loop, driven by Qt's: so the plugin's timers and queued signals come in turn with messages and
/// frames.
void run(const LoopCallbacks *callbacks)
{
    QSocketNotifier notifier(callbacks->fd, QSocketNotifier::Read);
    QTimer timer;
    timer.setSingleShot(true);
    timer.setTimerType(Qt::PreciseTimer);
    const auto turn = [&] {
        callbacks->tick(callbacks->user);
        const int next = callbacks->timeout(callbacks->user);
        if (next >= 0)
            timer.start(next);
        else
            timer.stop();
    };
    QObject::connect(&notifier, &QSocketNotifier::activated, &timer, [&] {
        callbacks->readable(callbacks->user);
        turn();
    });
    QObject::connect(&timer, &QTimer::timeout, &timer, turn);
    // What the plugin did in its own timers may want a frame: looked at whenever the loop has nothing else to do.
    QObject::connect(QAbstractEventDispatcher::instance(), &QAbstractEventDispatcher::aboutToBlock, &timer, [&] {
        const int next = callbacks->timeout(callbacks->user);
        if (next >= 0 && (!timer.isActive() || timer.remainingTime() > next))
            timer.start(next);
    });
    turn();
    QGuiApplication::exec();
}

} // namespace

extern "C" __attribute__((visibility("default")))
const bulkhead::QtRuntime bulkhead_qt_runtime{sizeof(bulkhead::QtRuntime), &qVersion, &prepare, &run};
