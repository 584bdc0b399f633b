// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/context/browser_context.h"

namespace bulkhead {

BrowserContext::Plugins::Plugins(Fetcher &fetcher, PageProcessPool &renderers, const QString &dataFolder,
                                 const QStringList &folders, PluginHosts::Options options)
    : registry(folders), permissions(dataFolder), services(fetcher, permissions, dataFolder),
      hosts(registry, renderers, std::move(options), &services)
{
}

BrowserContext::BrowserContext(const QString &childProgram, Options options)
    : m_sandbox(options.sandbox), m_start(options.start), m_dataFolder(options.profile.dataFolder),
      m_exec(std::make_unique<ExecLauncher>(childProgram, options.sandbox))
{
    m_children = m_exec.get();
    connect(m_exec.get(), &ExecLauncher::ready, this, &BrowserContext::childrenReady);
    if (options.start == Start::Zygote) {
        m_zygote = std::make_unique<ZygoteLauncher>(childProgram, *m_exec, options.sandbox);
        m_children = m_zygote.get();
        connect(m_zygote.get(), &ZygoteLauncher::ready, this, &BrowserContext::childrenReady);
    }
    wire(std::move(options));
}

BrowserContext::BrowserContext(ChildLauncher &children, Options options)
    : m_sandbox(options.sandbox), m_start(options.start), m_dataFolder(options.profile.dataFolder),
      m_children(&children)
{
    wire(std::move(options));
}

BrowserContext::~BrowserContext() = default;

void BrowserContext::wire(Options options)
{
    m_fetcher = std::make_unique<ProfileFetcher>(options.profile, std::move(options.pages));
    m_renderers = std::make_unique<PageProcessPool>(*m_children, options.renderers);
}

BrowserContext::Plugins &BrowserContext::addPlugins(const QStringList &folders, PluginHosts::Options options)
{
    Q_ASSERT(!m_plugins);
    options.sandbox = m_sandbox;
    options.useZygote = m_start == Start::Zygote;
    m_plugins = std::make_unique<Plugins>(*m_fetcher, *m_renderers, m_dataFolder, folders, std::move(options));
    return *m_plugins;
}

} // namespace bulkhead
