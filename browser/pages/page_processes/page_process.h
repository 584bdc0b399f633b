// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/child_process.h"
#include "browser/pages/fetch/site.h"
#include "browser/pages/page_processes/ack_statistics.h"
#include "browser/pages/page_processes/body_stream.h"
#include "browser/pages/page_processes/child_kind.h"
#include "browser/pages/page_processes/hang_monitor.h"
#include "browser/pages/page_processes/message_log.h"
#include "browser/pages/page_processes/site_budget.h"

#include <QObject>

#include <vector>

namespace bulkhead {

class PluginLink;
class RemotePage;

/// One process that holds pages, a renderer or a plugin's, and the channel to it: starts it, gives its messages to its
/// pages, ends it when it breaks the protocol or is no longer needed. A page_id counts only together with the channel
/// it came through. Owned by PageProcessPool. Main thread.
class PageProcess : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds DefaultHangLimit{5000};

    /// @p kind decides what the process may send, from its first message on.
    /// @p hangLimit: how long a question may stay unanswered while a page is visible; 0 for ever.
    /// @p name names the process in the log.
    PageProcess(quint32 id, ChildKind kind, std::chrono::milliseconds hangLimit = DefaultHangLimit,
                QObject *parent = nullptr, const QString &name = QStringLiteral("renderer"));
    ~PageProcess() override;

    /// What it costs the browser is counted in @p budget, and it is read from when @p shares has time; before start().
    /// Both outlive it.
    void setBudget(SiteBudget *budget, ReadShares *shares)
    {
        m_budget = budget;
        m_shares = shares;
    }
    /// What @p site may cost; null where nobody counts.
    std::shared_ptr<SiteAccount> accountOf(const Site &site) const
    {
        return m_budget ? m_budget->accountOf(site) : nullptr;
    }

    /// @p start is startOf(kind()), changed in all but the role, which is the kind's whatever it says.
    void start(ChildLauncher &launcher, ChildStart start);

    /// Who answers for the plugin in a process of that kind, before start(): its pages open only once the plugin is
    /// loaded.
    /// @p plugin outlives the process or is a child of this object.
    void setPlugin(PluginLink *plugin);
    /// Null for renderers.
    PluginLink *plugin() const { return m_plugin; }
    /// "renderer", or "plugin ID"
    const QString &name() const { return m_name; }
    /// A loader becomes a plugin once its library is loaded; nothing else ever changes.
    ChildKind kind() const { return m_rules.kind(); }

    quint32 id() const { return m_id; }
    qint64 pid() const { return m_process.pid(); }
    bool isReady() const { return m_ready; }
    /// It has said Ready, whether or not that was enough.
    bool isIntroduced() const { return m_introduced; }
    /// It runs or is starting, and may be given pages.
    bool isUsable() const { return !m_gone && m_channel && m_channel->base().isOpen(); }
    bool isGone() const { return m_gone; }
    /// Why it is gone; only then.
    const ExitReason &exitReason() const { return m_exitReason; }
    /// What the process said of its sandbox when it was ready; it satisfied the browser then.
    const wire::SandboxReport &sandbox() const { return m_sandbox; }
    BrowserChannel &channel() { return *m_channel; }
    const BrowserChannel &channel() const { return *m_channel; }

    /// Sites whose pages it has ever held: what it may know. Empty for a spare process.
    const std::vector<Site> &sites() const { return m_sites; }
    void lockTo(const Site &site);

    const std::vector<RemotePage *> &pages() const { return m_pages; }
    /// What its pages show; after its end, what they showed.
    QList<QUrl> urls() const;
    /// What its crash handler wrote down, when it did.
    const std::optional<CrashRecord> &crashRecord() const { return m_crashRecord; }
    MessageLog &messages() { return m_messages; }
    bool hasChannel() const { return bool(m_channel); }
    std::uint64_t frameCount() const { return m_frames; }

    /// Ends the process because the person said so; its pages learn of it by gone().
    void endByUser();
    /// The same for another reason.
    void endBecause(ExitReason reason);
    /// The same when the person said so because it hangs: the reason names what it did.
    void endUnresponsive();
    /// Asks it for its stack without ending it: stackCaptured() follows. False when it cannot answer that now.
    bool captureStack();
    /// Sends @p number as anybody might from a terminal; false when there is no process.
    bool sendSignal(int number) { return m_process.sendSignal(number); }

    /// Set while it does not answer.
    const std::optional<Hang> &hang() const { return m_hangs.hang(); }
    std::uint64_t hangCount() const { return m_hangs.hangCount(); }
    /// Inputs and pings: what is open, and how long the others took.
    AckStatistics &acks() { return m_acks; }
    const AckStatistics &acks() const { return m_acks; }
    /// A page was shown or hidden, or answered something.
    void recheckHang() { m_hangs.recheck(); }
    /// Ends the process in an orderly way: it has no pages any more.
    void shutDown();
    /// What happens there comes as traced() from now on, until it has said that it stopped.
    void startTrace();
    /// False when it cannot be told.
    bool stopTrace();

    // ---- for RemotePage
    quint32 newPageId() { return m_nextPage++; }
    void addPage(RemotePage *page);
    void removePage(RemotePage *page);
    bool ownsStream(quint32 streamId) const;
    void noteFrame() { ++m_frames; }
    /// The plugin is loaded: the pages that wait for it are opened.
    void pluginLoaded();

Q_SIGNALS:
    void started(qint64 pid);
    void ready();
    /// The process is gone; before the pages hear of it.
    void ending();
    /// The process is gone; after the pages have heard of it.
    void gone();
    /// The last page was closed.
    void idle();
    /// hang() was set, cleared, or has another cause.
    void hangChanged();
    /// The answer to captureStack().
    void stackCaptured(const bulkhead::CrashRecord &record);
    /// A frame of a page is on screen for the first time.
    void frameShown(quint32 pageId, quint64 frameId);
    /// A batch for a trace; checked by nobody yet.
    void traced(const bulkhead::wire::TraceEvents &events);

private:
    void openPages();
    BadMessage mayArrive(const Channel::Arrival &arrival);
    void handle(const wire::RendererToBrowser &message);
    BadMessage takeReady(const wire::Ready &message, Fds fds);
    void admit();
    void channelEnded(ChannelEnd how, BadMessage reason, const QString &name);
    void processEnded(const ExitReason &reason);
    RemotePage *page(quint32 pageId) const;
    HangMonitor::Subject hangSubject();
    void ping();

    bool mayOpenPages() const;
    void shareTime();

    const quint32 m_id;
    const QString m_name;
    ChildRules m_rules;
    PluginLink *m_plugin = nullptr;
    ChildProcess m_process;
    MessageLog m_messages;
    AckStatistics m_acks;
    std::uint64_t m_start; ///< the question that Ready answers
    std::unique_ptr<BrowserChannel> m_channel;
    SiteBudget *m_budget = nullptr;
    ReadShares *m_shares = nullptr;
    std::shared_ptr<SiteAccount> m_account; ///< of the site that it was locked to last
    Charge m_backlog;
    std::vector<Site> m_sites;
    std::vector<RemotePage *> m_pages;
    quint32 m_nextPage = 1;
    wire::SandboxReport m_sandbox;
    std::vector<int> m_leftOut; ///< layers that it was told to leave out
    bool m_introduced = false;  ///< has said Ready
    bool m_ready = false;       ///< and was found to be locked down as promised: it may have content
    bool m_gone = false;
    bool m_shuttingDown = false;
    ExitReason m_exitReason;
    std::optional<CrashRecord> m_crashRecord;
    QList<QUrl> m_lastUrls;
    std::uint64_t m_frames = 0;
    HangMonitor m_hangs;
};

} // namespace bulkhead
