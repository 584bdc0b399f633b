// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/page_process.h"
#include "browser/tools/cages/sandbox_trial.h"

#include <QMap>

#include <functional>
#include <memory>

namespace bulkhead {

/// A renderer started for inspection only: it never gets a page. Main thread.
class FreshChild : public QObject
{
    Q_OBJECT
public:
    /// @p launcher outlives the object.
    /// @p leftOut: layers that it does not put on, to see what each is good for.
    explicit FreshChild(ChildLauncher &launcher, QObject *parent = nullptr,
                        const std::vector<wire::SandboxLayer> &leftOut = {});
    ~FreshChild() override;

    PageProcess &host() { return *m_host; }

Q_SIGNALS:
    /// It is locked down and waits.
    void ready();
    /// It never came that far, or is gone.
    void gone();

private:
    std::unique_ptr<PageProcess> m_host;
};

/// Every deed of sandboxDeeds() in a fresh child of its own, all at once; @p done is called once, later, with the
/// results by key. Needs @p launcher and @p context until then: nothing is called when @p context is deleted first.
void tryEverything(ChildLauncher &launcher, QObject *context, std::function<void(QMap<QString, TrialResult>)> done,
                   const std::vector<wire::SandboxLayer> &leftOut = {});

} // namespace bulkhead
