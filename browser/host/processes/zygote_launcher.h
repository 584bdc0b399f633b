// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/zygote.h"

#include <QObject>

namespace bulkhead {

/// Gets children by asking the zygote to fork itself. Starts the zygote at once and again when it has died; children
/// that exist are not touched by that. When it cannot be had, @p fallback is used, and the log says so. Main thread.
///
/// Children of one zygote have the same addresses and the same stack canary: what one of them gives away holds for all.
/// So a zygote serves for ChildrenPerZygote children only; then another is started beside it and takes over when it is
/// ready. Nobody waits for that.
class ZygoteLauncher : public QObject, public ChildLauncher
{
    Q_OBJECT
public:
    /// A zygote costs 42 ms of processor time in the background, so 1.3 ms for each of its children
    /// (tests/bench/bench_sandbox.cpp measures both).
    static constexpr int ChildrenPerZygote = 32;

    /// @p fallback outlives the launcher.
    ZygoteLauncher(QString program, ChildLauncher &fallback, SandboxUse sandbox = SandboxUse::On,
                   QStringList arguments = {}, QObject *parent = nullptr);
    ~ZygoteLauncher() override;

    void launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done) override;

    /// 0 while there is none.
    qint64 pid() const { return m_zygote ? m_zygote->pid() : 0; }

Q_SIGNALS:
    /// The zygote has loaded everything, knows what the machine allows, and waits.
    void ready(const bulkhead::wire::ZygoteReady &ready);

private:
    bool startZygote();
    void startSuccessor();
    void succeed();
    void onGone();

    QString m_program;
    ChildLauncher &m_fallback;
    const SandboxUse m_sandbox;
    const QStringList m_arguments;
    std::unique_ptr<Zygote> m_zygote;
    std::unique_ptr<Zygote> m_successor; ///< not ready yet
    int m_children = 0;                  ///< asked of m_zygote
    int m_failures = 0;
};

} // namespace bulkhead
