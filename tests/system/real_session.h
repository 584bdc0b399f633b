// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/loading/profile_fetcher.h"
#include "browser/pages/renderer_host.h"
#include "browser/pages/renderer_pool.h"
#include "browser/processes/exec_launcher.h"
#include "browser/processes/zygote_launcher.h"
#include "browser/processes/log.h"
#include "browser/tabs/tab_list.h"

namespace bulkhead {

/// The browser process without its window: the same parts, wired as app/ wires them, with real children.
struct RealSession
{
    explicit RealSession(const RendererPool::Options &options = {}, const ProfileSettings &profile = {})
        : fetcher(profile), renderers(zygote, options), tabs(fetcher, renderers)
    {
        spdlog::set_level(spdlog::level::err);  // ends of processes are what these tests are about
        QObject::connect(&tabs, &TabList::tabInserted, [](int, Tab *tab) {
            tab->setView({1000, 700}, 1);
            tab->setVisible(true);
            // What a widget does after painting.
            QObject::connect(tab, &Tab::frameChanged, tab, &Tab::frameShown);
        });
    }

    ExecLauncher exec{QStringLiteral(BULKHEAD_CHILD)};
    ZygoteLauncher zygote{QStringLiteral(BULKHEAD_CHILD), exec};
    ProfileFetcher fetcher;
    RendererPool renderers;
    TabList tabs;
};

}  // namespace bulkhead
