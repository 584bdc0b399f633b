// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/log.h"
#include "browser/pages/context/browser_context.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/tabs/tab_list.h"

namespace bulkhead {

/// The browser process without its window: the same parts, with real children.
struct RealSession
{
    explicit RealSession(const PageProcessPool::Options &options = {}, const ProfileSettings &profile = {})
        : context(QStringLiteral(BULKHEAD_CHILD), contextOptions(options, profile))
    {
        spdlog::set_level(spdlog::level::err); // ends of processes are what these tests are about
        QObject::connect(&tabs, &TabList::tabInserted, [](int, Tab *tab) {
            tab->setView({1000, 700}, 1);
            tab->setVisible(true);
            // What a widget does after painting.
            QObject::connect(tab, &Tab::frameChanged, tab, &Tab::frameShown);
        });
    }

    static BrowserContext::Options contextOptions(const PageProcessPool::Options &renderers,
                                                  const ProfileSettings &profile)
    {
        BrowserContext::Options options;
        options.renderers = renderers;
        options.profile = profile;
        return options;
    }

    BrowserContext context;
    ProfileFetcher &fetcher = context.fetcher();
    PageProcessPool &renderers = context.renderers();
    TabList tabs{fetcher, renderers};
};

} // namespace bulkhead
