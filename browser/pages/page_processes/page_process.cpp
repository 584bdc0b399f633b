// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/page_process.h"

#include "browser/host/processes/log.h"
#include "browser/host/processes/sandbox_verdict.h"
#include "browser/pages/page_processes/body_limits.h"
#include "browser/pages/page_processes/plugin_link.h"
#include "browser/pages/page_processes/remote_page.h"
#include "ipc/channel/fd_demand.h"
#include "ipc/channel/message_name.h"
#include "ipc/core/socket_pair.h"

#include <QPointer>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr std::uint32_t Protocol = 1; // renderer/process/renderer_process.h has its twin

/// The page a message is about, its body's page_id; 0 for those that have none.
quint32 pageIdOf(const wire::RendererToBrowser &message)
{
    const auto *bodyField = wire::RendererToBrowser::descriptor()->FindFieldByNumber(message.body_case());
    if (!bodyField || !bodyField->message_type())
        return 0;
    const auto *idField = bodyField->message_type()->FindFieldByName("page_id");
    if (!idField)
        return 0;
    const google::protobuf::Message &body = message.GetReflection()->GetMessage(message, bodyField);
    return body.GetReflection()->GetUInt32(body, idField);
}

} // namespace

PageProcess::PageProcess(quint32 id, ChildKind kind, std::chrono::milliseconds hangLimit, QObject *parent,
                         const QString &name)
    : QObject(parent), m_id(id), m_name(name), m_rules(kind), m_process(name),
      m_start(m_acks.asked(std::chrono::steady_clock::now())), m_hangs(m_acks, hangSubject(), hangLimit)
{
    connect(&m_hangs, &HangMonitor::changed, this, [this] {
        if (const auto &hang = m_hangs.hang())
            log::writeFor(spdlog::level::warn, m_name, pid(), tr("does not answer (%1)").arg(hang->code()));
        Q_EMIT hangChanged();
    });
    connect(&m_process, &ChildProcess::recorded, this, [this](const CrashRecord &record) {
        if (record.kind == crash::Kind::Crash)
            m_crashRecord = record;
        else
            Q_EMIT stackCaptured(record);
    });
    connect(&m_process, &ChildProcess::started, this, &PageProcess::started);
    // The zygote's answer, which brings the promise, and the child's first message come in either order.
    connect(&m_process, &ChildProcess::started, this, &PageProcess::admit);
    connect(&m_process, &ChildProcess::started, &m_hangs, &HangMonitor::recheck);
    connect(&m_process, &ChildProcess::ended, this, &PageProcess::processEnded);
}

PageProcess::~PageProcess()
{
    if (m_channel)
        m_channel->base().disconnect(this);
    for (RemotePage *page : std::exchange(m_pages, {}))
        page->handleGone({ExitKind::Clean});
}

void PageProcess::start(ChildLauncher &launcher, ChildStart start)
{
    Result<SocketPair> sockets = SocketPair::create();
    if (!sockets) {
        const ExitReason reason{ExitKind::FailedToStart, sockets.error().number,
                                QString::fromStdString(sockets.error().what)};
        QMetaObject::invokeMethod(
            this, [this, reason] { processEnded(reason); }, Qt::QueuedConnection);
        return;
    }
    m_channel = std::make_unique<BrowserChannel>(std::move(sockets->ours));
    connect(&m_channel->base(), &Channel::ended, this, &PageProcess::channelEnded);
    m_channel->base().setTap(&m_messages);
    m_channel->base().setGate([this](const Channel::Arrival &arrival) { return mayArrive(arrival); });
    m_channel->base().setBodyLimit(bodyLimit);
    shareTime();
    connect(&m_channel->base(), &Channel::backlogChanged, this,
            [this](std::size_t bytes) { m_backlog.set(qint64(bytes)); });
    m_channel->setHandler([this](const wire::RendererToBrowser &message, Channel::Envelope &envelope) {
        if (message.has_ready()) {
            if (const BadMessage error = takeReady(message.ready(), std::move(envelope.fds)); error != BadMessage::None)
                m_channel->base().reject(error);
            return;
        }
        handle(message);
    });
    start.role = startOf(kind()).role;
    m_leftOut = {start.limits.left_out().begin(), start.limits.left_out().end()};
    m_process.start(launcher, std::move(sockets->theirs), std::move(start));
}

void PageProcess::setPlugin(PluginLink *plugin)
{
    Q_ASSERT(kind() == ChildKind::PluginLoader && !m_channel);
    m_plugin = plugin;
}

BadMessage PageProcess::mayArrive(const Channel::Arrival &arrival)
{
    const auto &message = static_cast<const wire::RendererToBrowser &>(arrival.message);
    if (!m_introduced && !message.has_ready())
        return BadMessage::NotReady;
    // Only Ready carries descriptors; they are closed with the envelope.
    if (arrival.fds > 0 && !message.has_ready())
        return BadMessage::UnexpectedFds;
    return m_rules.check(message, arrival.kind, arrival.asked);
}

void PageProcess::lockTo(const Site &site)
{
    if (std::find(m_sites.begin(), m_sites.end(), site) == m_sites.end())
        m_sites.push_back(site);
    m_account = accountOf(site);
    if (!m_account)
        return;
    const qint64 backlog = m_backlog.bytes();
    m_backlog = m_account->charge(Holding::Backlog, backlog);
    shareTime();
}

void PageProcess::shareTime()
{
    // Nobody's yet: a party of its own.
    constexpr ReadShares::Party Spare = ReadShares::Party(1) << 63;
    if (m_channel && m_shares)
        m_channel->base().setShares(m_shares, m_account ? m_account->party() : Spare | m_id);
}

void PageProcess::addPage(RemotePage *page)
{
    m_pages.push_back(page);
    m_hangs.recheck();
    if (mayOpenPages())
        page->handleReady();
}

bool PageProcess::mayOpenPages() const
{
    return m_ready && (!m_plugin || m_plugin->isLoaded());
}

void PageProcess::pluginLoaded()
{
    m_rules.becomePlugin();
    openPages();
}

void PageProcess::startTrace()
{
    wire::BrowserToRenderer message;
    message.mutable_start_trace();
    m_rules.traceStarted();
    m_channel->send(message);
}

bool PageProcess::stopTrace()
{
    wire::BrowserToRenderer message;
    message.mutable_stop_trace();
    m_rules.traceStopped();
    return m_channel->send(message);
}

void PageProcess::openPages()
{
    if (!mayOpenPages())
        return;
    for (RemotePage *page : std::vector<RemotePage *>(m_pages))
        page->handleReady();
}

void PageProcess::removePage(RemotePage *page)
{
    std::erase(m_pages, page);
    m_hangs.recheck();
    if (m_pages.empty() && !m_gone)
        Q_EMIT idle();
}

RemotePage *PageProcess::page(quint32 pageId) const
{
    const auto it = std::find_if(m_pages.begin(), m_pages.end(), [pageId](RemotePage *p) { return p->id() == pageId; });
    return it == m_pages.end() ? nullptr : *it;
}

bool PageProcess::ownsStream(quint32 streamId) const
{
    return std::any_of(m_pages.begin(), m_pages.end(),
                       [streamId](RemotePage *p) { return p->fetches().has(streamId); });
}

BadMessage PageProcess::takeReady(const wire::Ready &message, Fds fds)
{
    if (m_introduced)
        return BadMessage::NotReady;
    if (message.protocol() != Protocol)
        return BadMessage::WrongProtocol;
    if (fds.size() > 1)
        return BadMessage::UnexpectedFds;
    if (!fds.empty()) {
        const BadMessage error = checkMessageFd(fds[0], FdKind::CallListener, {FdAccess::ReadWrite});
        if (error != BadMessage::None)
            return error;
        m_process.watchForbiddenCalls(std::move(fds[0]));
    }
    m_introduced = true;
    m_sandbox = message.sandbox();
    admit();
    return BadMessage::None;
}

void PageProcess::admit()
{
    if (!m_introduced || m_ready || !m_process.isRunning())
        return;
    wire::SandboxReport promised = m_process.promisedSandbox();
    if (!m_leftOut.empty()) { // an experiment's, which gets no page but the app's own
        for (wire::SandboxStep &step : *promised.mutable_steps()) {
            if (std::find(m_leftOut.begin(), m_leftOut.end(), step.layer()) != m_leftOut.end())
                step.set_done(false);
        }
        promised.set_landlock_abi(0);
    }
    if (const QString missing = shortfall(m_sandbox, promised); !missing.isEmpty()) {
        log::writeFor(spdlog::level::err, m_name, pid(), tr("not locked down: %1").arg(missing));
        m_process.kill({ExitKind::NotLockedDown, 0, missing});
        return;
    }
    m_ready = true;
    m_acks.answered(m_start, std::chrono::steady_clock::now());
    Q_EMIT ready(); // before the pages: a trace sees them open
    openPages();
}

void PageProcess::handle(const wire::RendererToBrowser &message)
{
    using Body = wire::RendererToBrowser;
    BadMessage error = BadMessage::None;
    // A plugin's process says how loading went right after Ready, and the zygote's answer may come after both.
    if (!m_ready && !(m_introduced && m_plugin && message.has_plugin())) {
        error = BadMessage::NotReady;
    } else if (message.body_case() == Body::kTraceEvents) {
        Q_EMIT traced(message.trace_events());
    } else if (message.body_case() == Body::kPlugin) {
        error = m_plugin ? m_plugin->handle(message.plugin()) : BadMessage::NotForThisKind;
    } else if (message.body_case() == Body::kBodyCredit || message.body_case() == Body::kResourceCancel) {
        const quint32 stream =
            message.has_body_credit() ? message.body_credit().stream_id() : message.resource_cancel().stream_id();
        // One that is not there any more was ended by this side meanwhile; acknowledging it does no harm.
        for (RemotePage *page : m_pages) {
            if (!page->fetches().has(stream))
                continue;
            if (message.has_body_credit())
                error = page->fetches().credit(message.body_credit());
            else
                page->fetches().end(stream);
            break;
        }
    } else if (const quint32 id = pageIdOf(message); id == 0) {
        error = BadMessage::WrongDirection;
    } else if (RemotePage *target = page(id)) {
        error = target->handle(message);
    } else if (id >= m_nextPage) {
        error = BadMessage::UnknownPage; // closed pages may still be spoken of; ones that never were may not
    }
    if (error != BadMessage::None)
        m_channel->base().reject(error);
}

void PageProcess::channelEnded(ChannelEnd how, BadMessage reason, const QString &name)
{
    switch (how) {
    case ChannelEnd::BadMessage:
        log::writeFor(spdlog::level::err, m_name, pid(),
                      tr("bad message %1 (%2) %3")
                          .arg(QString::number(int(reason)), QString::fromStdString(badMessageText(reason)), name));
        m_process.kill({ExitKind::BadMessage, int(reason), name});
        break;
    case ChannelEnd::SendOverflow:
        m_process.kill({ExitKind::Overflow});
        break;
    case ChannelEnd::PeerClosed:
    case ChannelEnd::SocketError:
        // It is ending, or has closed its channel and lives on, which is not allowed: it has a moment to go.
        QTimer::singleShot(1000, this, [this] { m_process.kill({ExitKind::Signal, 9}); });
        break;
    case ChannelEnd::ClosedHere:
        break;
    }
}

void PageProcess::processEnded(const ExitReason &reason)
{
    m_gone = true;
    m_ready = false;
    m_exitReason = reason;
    m_lastUrls = urls();
    // An orderly end that nobody asked for is none.
    if (!m_shuttingDown && reason.kind == ExitKind::Clean)
        m_exitReason = {ExitKind::ExitCode, 0};
    if (m_plugin)
        m_exitReason = m_plugin->explain(m_exitReason);
    Q_EMIT ending();
    // Before the pages hear of it: nothing that is still in the socket counts any more.
    if (m_channel) {
        m_channel->base().disconnect(this);
        m_channel->base().close();
    }
    for (RemotePage *page : std::exchange(m_pages, {}))
        page->handleGone(m_exitReason);
    Q_EMIT gone();
}

QList<QUrl> PageProcess::urls() const
{
    if (m_gone && m_pages.empty())
        return m_lastUrls;
    QList<QUrl> all;
    for (const RemotePage *page : m_pages)
        all << page->url();
    return all;
}

bool PageProcess::captureStack()
{
    // Before it is ready it has no handler yet, and the signal would end it.
    const bool isStopped = hang() && hang()->cause == HangCause::Stopped;
    return m_ready && !isStopped && m_process.sendSignal(crash::CaptureSignal);
}

HangMonitor::Subject PageProcess::hangSubject()
{
    HangMonitor::Subject subject;
    subject.pid = [this] { return pid(); };
    subject.isWatched = [this] {
        return !m_gone && !m_shuttingDown && m_process.isRunning() && m_channel && m_channel->base().isOpen() &&
               std::any_of(m_pages.begin(), m_pages.end(), [](const RemotePage *page) { return page->view().visible; });
    };
    subject.hasUnread = [this] { return m_channel->base().unreadByPeer() > 0; };
    subject.ping = [this] { ping(); };
    return subject;
}

void PageProcess::ping()
{
    if (!m_ready)
        return;
    // No time-out of its own: the hang monitor looks at how long it has been open.
    constexpr std::chrono::hours Forever{24};
    wire::BrowserToRenderer message;
    message.mutable_ping();
    m_channel->request(message, Forever,
                       [self = QPointer(this), number = m_acks.asked(std::chrono::steady_clock::now())](
                           const wire::RendererToBrowser *reply, Channel::Envelope &) {
                           if (!self || !reply)
                               return;
                           self->m_acks.answered(number, std::chrono::steady_clock::now());
                           self->m_hangs.recheck();
                       });
}

void PageProcess::endUnresponsive()
{
    ExitReason reason{ExitKind::Unresponsive};
    if (hang())
        reason.detail = hang()->code();
    m_process.kill(std::move(reason));
}

void PageProcess::endBecause(ExitReason reason)
{
    m_process.kill(std::move(reason));
}

void PageProcess::endByUser()
{
    m_process.kill({ExitKind::KilledByUser});
}

void PageProcess::shutDown()
{
    m_shuttingDown = true;
    if (!m_channel)
        return;
    m_process.expectEnd();
    m_channel->base().disconnect(this);
    m_channel->base().close();
}

} // namespace bulkhead
