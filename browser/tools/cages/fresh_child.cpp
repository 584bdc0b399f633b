// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/cages/fresh_child.h"

#include <QTimer>

namespace bulkhead {

FreshChild::FreshChild(ChildLauncher &launcher, QObject *parent, const std::vector<wire::SandboxLayer> &leftOut)
    : QObject(parent), m_host(std::make_unique<PageProcess>(0, ChildKind::Renderer))
{
    connect(m_host.get(), &PageProcess::ready, this, &FreshChild::ready);
    connect(m_host.get(), &PageProcess::gone, this, &FreshChild::gone);
    ChildStart start = startOf(ChildKind::Renderer);
    for (const wire::SandboxLayer layer : leftOut)
        start.limits.add_left_out(layer);
    m_host->start(launcher, std::move(start));
}

FreshChild::~FreshChild() = default;

void tryEverything(ChildLauncher &launcher, QObject *context, std::function<void(QMap<QString, TrialResult>)> done,
                   const std::vector<wire::SandboxLayer> &leftOut)
{
    struct Round
    {
        QMap<QString, TrialResult> results;
        std::size_t expected = 0;
    };
    const auto round = std::make_shared<Round>();
    round->expected = sandboxDeeds().size();
    for (const SandboxDeed &deed : sandboxDeeds()) {
        auto *child = new FreshChild(launcher, context, leftOut);
        const auto take = [round, child, key = deed.key, done](TrialResult result) {
            if (round->results.contains(key))
                return;
            round->results.insert(key, std::move(result));
            child->deleteLater();
            if (round->results.size() == qsizetype(round->expected))
                QTimer::singleShot(0, child->parent(), [round, done] { done(round->results); });
        };
        QObject::connect(child, &FreshChild::ready, child,
                         [child, what = deed.deed, take] { tryInProcess(child->host(), what, take); });
        QObject::connect(
            child, &FreshChild::gone, child,
            [child, take] {
                take({TrialResult::Kind::Ended,
                      FreshChild::tr("no process: %1").arg(child->host().exitReason().code())});
            },
            Qt::QueuedConnection); // after the trial has said what ended it
    }
}

} // namespace bulkhead
