// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/page_processes/page_process.h"
#include "browser/tools/docks/inspect_docks.h"
#include "browser/tools/model/app_processes.h"
#include "browser/tools/model/process_list.h"
#include "browser/tools/model/renderer_processes.h"
#include "browser/tools/traffic/traffic_log.h"
#include "tests/browser/desktop/window/window_fixture.h"

namespace bulkhead {

/// A window with its tools. Its renderers are the test's, but their pids are those of real processes.
struct InspectFixture : WindowFixture
{
    ProcessList processes;
    TrafficLog traffic{pool};
    std::unique_ptr<InspectDocks> docks;

    InspectFixture()
    {
        processes.add(std::make_unique<AppProcesses>([] { return qint64(0); }));
        processes.add(std::make_unique<RendererProcesses>(tabs, pool));
        window->resize(1100, 800);
        docks = std::make_unique<InspectDocks>(*window, tabs, processes, traffic, settings);
    }
    ~InspectFixture()
    {
        docks.reset();
        window.reset(); // its tools look at the processes
    }

    quint64 keyOf(const Tab *tab) const
    {
        for (const PageProcess *host : pool.hosts()) {
            if (tab->holdsPageIn(host))
                return RendererProcesses::keyOf(*host);
        }
        return 0;
    }
    const ProcessInfo *infoOf(const Tab *tab) { return processes.byKey(keyOf(tab)); }
};

} // namespace bulkhead
