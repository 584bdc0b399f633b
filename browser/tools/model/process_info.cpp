// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/process_info.h"

#include "browser/pages/shown/shown_address.h"

#include <QCoreApplication>

#include <algorithm>

namespace bulkhead {

namespace {
QString tr(const char *source)
{
    return QCoreApplication::translate("ProcessInfo", source);
}
} // namespace

ProcessRole processRole(std::string_view role)
{
    if (role == "renderer")
        return ProcessRole::Renderer;
    if (role == "plugin")
        return ProcessRole::PluginHost;
    if (role == "lab-worker")
        return ProcessRole::LabWorker;
    return ProcessRole::Other;
}

QString roleText(ProcessRole role)
{
    switch (role) {
    case ProcessRole::Browser:
        return tr("browser");
    case ProcessRole::Zygote:
        return tr("zygote");
    case ProcessRole::Renderer:
        return tr("renderer");
    case ProcessRole::PluginHost:
        return tr("plugin host");
    case ProcessRole::LabWorker:
        return tr("lab worker");
    case ProcessRole::Other:
        break;
    }
    return tr("process");
}

QString phaseText(ProcessPhase phase)
{
    switch (phase) {
    case ProcessPhase::Starting:
        return tr("starting");
    case ProcessPhase::Spare:
        return tr("spare");
    case ProcessPhase::Ready:
        return tr("running");
    case ProcessPhase::Unresponsive:
        return tr("not answering");
    case ProcessPhase::Stopped:
        return tr("stopped");
    case ProcessPhase::Ended:
        return tr("ended");
    }
    return {};
}

void FigureHistory::add(float figure)
{
    m_figures[std::size_t(m_next)] = figure;
    m_next = (m_next + 1) % Length;
    m_count = std::min(m_count + 1, Length);
}

float FigureHistory::highest() const
{
    float highest = 0;
    for (int i = 0; i < m_count; ++i)
        highest = std::max(highest, at(i));
    return highest;
}

QString ProcessInfo::shownSites() const
{
    QStringList shown;
    for (const QString &site : sites)
        shown << shownSite(site);
    return shown.join(QStringLiteral(", "));
}

QString ProcessInfo::title() const
{
    switch (role) {
    case ProcessRole::Browser:
        return tr("Bulkhead");
    case ProcessRole::Zygote:
        return tr("Zygote");
    default:
        break;
    }
    if (!tasks.isEmpty()) {
        return tasks.size() == 1 ? tasks.first().title
                                 : tr("%1 and %2 more").arg(tasks.first().title).arg(tasks.size() - 1);
    }
    if (!sites.isEmpty())
        return sites.first();
    return phase == ProcessPhase::Spare ? tr("Spare process") : roleText(role);
}

quint64 ProcessInfo::sharedBytes() const
{
    quint64 bytes = 0;
    for (const SharedRegion &region : regions)
        bytes += region.bytes;
    return bytes;
}

quint64 ProcessInfo::memoryBytes() const
{
    return sample ? sample->proportionalBytes.value_or(sample->privateBytes) : 0;
}

} // namespace bulkhead
