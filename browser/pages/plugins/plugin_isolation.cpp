// SPDX-License-Identifier: BSD-3-Clause
// Which documents of plugins share a process, and how many processes there may be; part of PluginHosts.
#include "browser/pages/plugins/plugin_hosts.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/process_budget.h"
#include "browser/pages/page_processes/remote_page.h"

#include <algorithm>

namespace bulkhead {

QString PluginHosts::keyFor(const PluginManifest &manifest, const Site &site) const
{
    const bool all = m_options.model == PluginProcessModel::PerType && manifest.isolation == PluginIsolation::Type;
    return all ? manifest.id : manifest.id + u' ' + site.key();
}

bool PluginHosts::Process::isInUse() const
{
    return host && !host->isGone() && !host->pages().empty();
}

bool PluginHosts::isFull() const
{
    return std::count_if(m_processes.begin(), m_processes.end(),
                         [](const Process &process) { return process.isInUse(); }) >= m_options.mostProcesses;
}

bool PluginHosts::isDomainFull(const Site &site) const
{
    const QString domain = ProcessBudget::domainOf(site);
    const auto isOfDomain = [&domain](const Process &process) {
        return process.isInUse() &&
               std::any_of(process.host->sites().begin(), process.host->sites().end(),
                           [&domain](const Site &one) { return ProcessBudget::domainOf(one) == domain; });
    };
    return std::count_if(m_processes.begin(), m_processes.end(), isOfDomain) >= MostOfOneDomain;
}

} // namespace bulkhead
