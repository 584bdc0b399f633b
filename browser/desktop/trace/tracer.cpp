// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/trace/tracer.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "ipc/channel/message_name.h"

#include <algorithm>
#include <unistd.h>

namespace bulkhead {

namespace {

constexpr std::chrono::milliseconds Patience{1000};
constexpr std::chrono::milliseconds FlushInterval{500};
constexpr qint64 Moment = 1000; // nanoseconds: a slice needs a length to be seen and to hold an arrow's end
constexpr quint64 MaxDuration = 3'600'000'000'000;

qint64 nanoseconds(std::chrono::steady_clock::time_point time)
{
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

/// An arrow's name: which process, which way, which packet.
QString flowId(const PageProcess &host, char way, quint64 number)
{
    return QStringLiteral("%1%2%3").arg(host.id()).arg(QLatin1Char(way)).arg(number);
}

QString frameId(const PageProcess &host, quint64 page, quint64 frame)
{
    return QStringLiteral("%1f%2.%3").arg(host.id()).arg(page).arg(frame);
}

QString nameOf(const google::protobuf::Message &message)
{
    return QString::fromStdString(messageName(message));
}

/// A child's time must lie in the trace's own; a lying one only spoils its own row.
bool isSensible(const wire::TraceEvent &event)
{
    return event.start_nanoseconds() < (quint64(1) << 62) && event.duration_nanoseconds() < MaxDuration &&
           event.name().size() <= 64;
}

} // namespace

Tracer::Tracer(PageProcessPool &renderers, QObject *parent) : QObject(parent), m_renderers(renderers)
{
    m_patience.setSingleShot(true);
    m_flush.setInterval(FlushInterval);
    connect(&m_flush, &QTimer::timeout, this, [this] { m_file.flush(); });
    connect(&m_patience, &QTimer::timeout, this, &Tracer::finish);
    connect(&m_renderers, &PageProcessPool::hostAdded, this, [this](PageProcess *host) {
        if (isRunning())
            watch(host);
    });
    connect(&m_renderers, &PageProcessPool::hostGone, this, [this](const PageProcess *host) {
        if (m_awaited.remove(host->id()) && m_awaited.isEmpty())
            finish();
    });
}

Tracer::~Tracer()
{
    m_file.close();
}

QString Tracer::start(const QString &fileName)
{
    if (isRunning())
        return tr("A trace is running already.");
    if (const QString error = m_file.open(fileName); !error.isEmpty())
        return tr("The trace %1 cannot be written: %2").arg(fileName, error);
    m_flush.start();
    m_file.nameProcess(::getpid(), QStringLiteral("browser"));
    for (PageProcess *host : m_renderers.hosts())
        watch(host);
    return {};
}

void Tracer::watch(PageProcess *host)
{
    connect(&host->messages(), &MessageLog::sending, this,
            [this, host](const MessageTap::Seen &seen, bool superseding) { sent(host, seen, superseding); });
    connect(&host->messages(), &MessageLog::handledNow, this,
            [this, host](const MessageTap::Seen &seen) { handled(host, seen); });
    connect(host, &PageProcess::frameShown, this,
            [this, host](quint32 page, quint64 frame) { frameShown(host, page, frame); });
    connect(host, &PageProcess::traced, this,
            [this, host](const wire::TraceEvents &events) { childEvents(host, events); });
    if (host->isReady())
        ready(host);
    else
        connect(host, &PageProcess::ready, this, [this, host] { ready(host); });
}

void Tracer::ready(PageProcess *host)
{
    QStringList sites;
    for (const Site &site : host->sites())
        sites << site.key();
    m_file.nameProcess(host->pid(), QStringLiteral("renderer %1").arg(sites.join(u' ')).trimmed());
    host->startTrace();
}

void Tracer::stop(std::function<void(qint64)> done)
{
    m_done = std::move(done);
    for (PageProcess *host : m_renderers.hosts()) {
        if (!host->isReady() || !host->isUsable())
            continue;
        if (host->stopTrace())
            m_awaited.insert(host->id());
    }
    m_patience.start(m_awaited.isEmpty() ? std::chrono::milliseconds(0) : Patience);
}

void Tracer::finish()
{
    m_patience.stop();
    m_flush.stop();
    m_awaited.clear();
    for (PageProcess *host : m_renderers.hosts()) {
        host->disconnect(this);
        host->messages().disconnect(this);
    }
    const qint64 events = m_file.events();
    m_file.close();
    if (const auto done = std::exchange(m_done, nullptr))
        done(events);
}

void Tracer::sent(PageProcess *host, const MessageTap::Seen &seen, bool superseding)
{
    const qint64 now = nanoseconds(seen.time);
    m_file.slice(::getpid(), QStringLiteral("send ") + nameOf(seen.message), "ipc", now, Moment,
                 {{QStringLiteral("bytes"), double(seen.bytes)}, {QStringLiteral("to"), host->pid()}});
    if (!superseding) // the arrow of the one whose place it took leads to where it is handled
        m_file.flowBegins(::getpid(), flowId(*host, '>', seen.sequence), "message", now);
}

void Tracer::handled(PageProcess *host, const MessageTap::Seen &seen)
{
    const auto &message = static_cast<const wire::RendererToBrowser &>(seen.message);
    if (message.has_trace_events())
        return;
    const qint64 began = nanoseconds(seen.time);
    const qint64 now = nanoseconds(std::chrono::steady_clock::now());
    m_file.slice(::getpid(), nameOf(message), "ipc", began, std::max(now - began, Moment),
                 {{QStringLiteral("bytes"), double(seen.bytes)}, {QStringLiteral("from"), host->pid()}});
    m_file.flowEnds(::getpid(), flowId(*host, '<', seen.sequence), "message", began);
}

void Tracer::frameShown(PageProcess *host, quint32 page, quint64 frame)
{
    const qint64 now = nanoseconds(std::chrono::steady_clock::now());
    m_file.slice(::getpid(), QStringLiteral("frame shown"), "frame", now, Moment,
                 {{QStringLiteral("frame"), double(frame)}});
    m_file.flowEnds(::getpid(), frameId(*host, page, frame), "frame", now);
}

void Tracer::childEvents(PageProcess *host, const wire::TraceEvents &events)
{
    const qint64 pid = host->pid();
    for (const wire::TraceEvent &event : events.events()) {
        if (!isSensible(event))
            continue;
        const QString name = QString::fromStdString(event.name());
        const qint64 began = qint64(event.start_nanoseconds());
        const qint64 duration = std::max(qint64(event.duration_nanoseconds()), Moment);
        const QJsonObject bytes{{QStringLiteral("bytes"), double(event.bytes())}};
        switch (event.kind()) {
        case wire::TraceEvent::SENT:
            m_file.slice(pid, QStringLiteral("send ") + name, "ipc", began, duration, bytes);
            if (!event.superseding())
                m_file.flowBegins(pid, flowId(*host, '<', event.sequence()), "message", began);
            break;
        case wire::TraceEvent::HANDLED:
            m_file.slice(pid, name, "ipc", began, duration, bytes);
            m_file.flowEnds(pid, flowId(*host, '>', event.sequence()), "message", began);
            break;
        case wire::TraceEvent::PAINTED:
            m_file.slice(pid, QStringLiteral("paint"), "frame", began, duration,
                         {{QStringLiteral("frame"), double(event.sequence())}});
            m_file.flowBegins(pid, frameId(*host, event.page_id(), event.sequence()), "frame", began);
            break;
        default:
            break;
        }
    }
    if (events.last() && m_awaited.remove(host->id()) && m_awaited.isEmpty())
        finish();
}

} // namespace bulkhead
