// SPDX-License-Identifier: BSD-3-Clause
#include "browser/host/processes/zygote_launcher.h"

#include "browser/host/processes/log.h"

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
    connect(zygote.get(), &Zygote::gone, this, &ZygoteLauncher::onGone);
    m_zygote = std::move(zygote);
    m_children = 0;
    return true;
}

void ZygoteLauncher::onGone()
{
    ++m_failures;
    log::warn(tr("The zygote is gone; pages go on, and the next new process starts another zygote."));
    // Later: we are inside a signal of its. The channel's end answers what was asked of the zygote.
    m_zygote.release()->deleteLater();
}

void ZygoteLauncher::startSuccessor()
{
    m_children = 0; // a successor that cannot be had is tried again after as many
    m_successor = std::make_unique<Zygote>(m_program, m_sandbox, m_arguments);
    connect(m_successor.get(), &Zygote::gone, this, [this] { m_successor.release()->deleteLater(); });
    // Later: what is connected to a signal is not changed inside of it.
    connect(
        m_successor.get(), &Zygote::ready, this,
        [this](const wire::ZygoteReady &message) {
            succeed();
            Q_EMIT ready(message);
        },
        Qt::QueuedConnection);
    if (!m_successor->start())
        m_successor.reset();
}

void ZygoteLauncher::succeed()
{
    if (!m_successor) // it was ready, and gone
        return;
    if (m_zygote) {
        Zygote *const before = m_zygote.release();
        before->setParent(this);
        before->disconnect(this);
        connect(before, &Zygote::gone, before, &QObject::deleteLater);
        before->retire();
    }
    m_zygote = std::move(m_successor);
    m_zygote->disconnect(this);
    connect(m_zygote.get(), &Zygote::gone, this, &ZygoteLauncher::onGone);
    m_children = 0;
}

void ZygoteLauncher::launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    if (!m_zygote && !startZygote())
        return m_fallback.launch(std::move(request), std::move(done));
    // Kept until the answer, for the fallback.
    auto again = std::make_shared<LaunchRequest>(LaunchRequest{request.start.duplicate(), request.channel.duplicate(),
                                                               request.logWriteEnd.duplicate(),
                                                               request.crashWriteEnd.duplicate()});
    m_zygote->fork(std::move(request), [this, again, done = std::move(done)](Result<LaunchedChild> child) {
        if (!child && child.error().number == 0)
            return m_fallback.launch(std::move(*again), done);
        done(std::move(child));
    });
    if (++m_children >= ChildrenPerZygote && !m_successor)
        startSuccessor();
}

} // namespace bulkhead
