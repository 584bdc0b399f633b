// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/exit_reason.h"
#include "browser/tools/model/proc_sample.h"
#include "ipc/messages/sandbox.pb.h"

#include <QImage>
#include <QList>
#include <QSize>
#include <QStringList>
#include <QUrl>

#include <array>
#include <optional>
#include <string_view>

namespace bulkhead {

enum class ProcessRole { Browser, Zygote, Renderer, PluginHost, LabWorker, Other };

/// What a child says it is.
ProcessRole processRole(std::string_view role);
/// "browser", "zygote", "renderer", ... for people.
QString roleText(ProcessRole role);

enum class ProcessPhase {
    Starting,
    Spare, ///< ready, and nobody's yet
    Ready,
    Unresponsive,
    Stopped, ///< by a signal, in the kernel's sight
    Ended,
};
/// "starting", "spare", ... for people.
QString phaseText(ProcessPhase phase);

/// A tab, box or other thing of the person's that lives in a process and goes with it.
struct ProcessTask
{
    quint32 tab = 0; ///< Tab::id(); 0 when it is none
    QString title;
    QUrl url;
    QImage icon;
    bool visible = false;
    int box = 0; ///< a plugin's box in that tab, from 1; 0: the tab itself
};

/// One picture memory that a process shares with the browser.
struct SharedRegion
{
    quint32 page = 0;
    quint64 bytes = 0;
    QSize size; ///< of a frame, device pixels
    quint64 frames = 0;
};

/// Everything that went between the browser and a process so far.
struct TrafficTotals
{
    quint64 sentMessages = 0; ///< to the process
    quint64 sentBytes = 0;
    quint64 receivedMessages = 0; ///< from it
    quint64 receivedBytes = 0;
    quint64 frames = 0;
    quint64 frameBytes = 0;    ///< pixels painted; known while somebody looks
    quint64 queuedBytes = 0;   ///< not taken by it yet, now
    quint64 openQuestions = 0; ///< asked and not answered, now
};

/// The same per second, and what the processor and the scheduler were used for.
struct ProcessRates
{
    double processorPercent = 0; ///< of one processor
    double sentMessages = 0, receivedMessages = 0, sentBytes = 0, receivedBytes = 0;
    double frames = 0, frameBytes = 0;
    double switches = 0;

    double messages() const { return sentMessages + receivedMessages; }
};

/// The last figures of something, for a sparkline: oldest first.
class FigureHistory
{
public:
    static constexpr int Length = 60;
    void add(float figure);
    int count() const { return m_count; }
    float at(int index) const { return m_figures[std::size_t((m_next + Length - m_count + index) % Length)]; }
    float highest() const;

private:
    std::array<float, Length> m_figures{};
    int m_next = 0;
    int m_count = 0;
};

/// One process as the map, the task manager and scripts show it. Plain value.
struct ProcessInfo
{
    quint64 key = 0; ///< never used again for another process
    ProcessRole role = ProcessRole::Other;
    qint64 pid = 0;
    ProcessPhase phase = ProcessPhase::Starting;
    QStringList sites; ///< keys of Site
    QList<ProcessTask> tasks;
    bool hasSandbox = false; ///< it has reported
    wire::SandboxReport sandbox;
    QString trouble;                 ///< why it is unresponsive, one sentence
    std::optional<ExitReason> ended; ///< with ProcessPhase::Ended
    int earlierCrashes = 0;          ///< of processes with the same sites, since the app was started
    QList<SharedRegion> regions;
    TrafficTotals totals;

    // filled in by ProcessList
    std::optional<ProcSample> sample;
    ProcessRates rates;
    FigureHistory processorHistory, memoryHistory, messageHistory;

    /// What a person would call it: the first tab's title, the site, or the role.
    QString title() const;
    /// As addresses are shown, in one line.
    QString shownSites() const;
    quint64 sharedBytes() const;
    /// PSS where the kernel tells it, otherwise the private part of the memory.
    quint64 memoryBytes() const;
    bool memoryIsProportional() const { return sample && sample->proportionalBytes; }
};

} // namespace bulkhead
