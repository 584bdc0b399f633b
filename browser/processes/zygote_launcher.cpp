// SPDX-License-Identifier: BSD-3-Clause
#include "browser/processes/zygote_launcher.h"

#include "browser/processes/log.h"

namespace bulkhead {

namespace {
constexpr int MaxFailures = 3; // after that the fallback serves for the rest of the run
} // namespace

ZygoteLauncher::ZygoteLauncher(QString program, ChildLauncher &fallback, SandboxUse sandbox, QStringList arguments,
                               QObject *parent)
    : QObject(parent), m_program(std::move(program)), m_fallback(fallback), m_sandbox(sandbox),
      m_arguments(std::move(arguments))
{
    startZygote();
}

ZygoteLauncher::~ZygoteLauncher() = default;

bool ZygoteLauncher::startZygote()
{
    if (m_failures >= MaxFailures)
        return false;
    auto zygote = std::make_unique<Zygote>(m_program, m_sandbox, m_arguments);
    if (const Result<void> started = zygote->start(); !started) {
        m_failures = MaxFailures;
        log::error(tr("The zygote could not be started: %1").arg(QString::fromStdString(started.error().what)));
        return false;
    }
    connect(zygote.get(), &Zygote::ready, this, [this](const wire::ZygoteReady &message) {
        m_failures = 0;
        Q_EMIT ready(message);
    });
    connect(zygote.get(), &Zygote::gone, this, [this] {
        ++m_failures;
        log::warn(tr("The zygote is gone; pages go on, and the next new process starts another zygote."));
        // Later: we are inside a signal of its. The channel's end answers what was asked of the zygote.
        m_zygote.release()->deleteLater();
    });
    m_zygote = std::move(zygote);
    return true;
}

void ZygoteLauncher::launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    if (!m_zygote && !startZygote())
        return m_fallback.launch(std::move(request), std::move(done));
    // Kept until the answer, for the fallback.
    auto again = std::make_shared<LaunchRequest>(
        LaunchRequest{request.channel.duplicate(), request.logWriteEnd.duplicate(), request.role, request.limits,
                      request.crashWriteEnd.duplicate(), request.plugin, request.library.duplicate()});
    m_zygote->fork(std::move(request), [this, again, done = std::move(done)](Result<LaunchedChild> child) {
        if (!child && child.error().number == 0)
            return m_fallback.launch(std::move(*again), done);
        done(std::move(child));
    });
}

} // namespace bulkhead
