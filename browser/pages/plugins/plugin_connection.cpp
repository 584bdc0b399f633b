// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/plugins/plugin_connection.h"

#include "browser/host/processes/log.h"
#include "browser/pages/page_processes/content_buffer.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/page_processes/wire_checks.h"
#include "browser/pages/plugins/plugin_fault_text.h"
#include "browser/pages/plugins/plugin_services.h"
#include "ipc/channel/limits.h"

namespace bulkhead {

namespace {

constexpr int MostExtensions = 32;
constexpr int MostReads = 64; // of one page; plugin_host/process/plugin_page.cpp has its twin
constexpr qint64 MostRead = 512 << 10;
constexpr std::size_t StateBytes = 64 << 10; // BULKHEAD_STATE_BYTES
constexpr std::size_t MessageBytes = 64 << 10;

wire::PluginDocument::Content wireContent(PluginContent content)
{
    switch (content) {
    case PluginContent::Stream:
        return wire::PluginDocument::STREAM;
    case PluginContent::Whole:
        return wire::PluginDocument::WHOLE;
    case PluginContent::Ranges:
        return wire::PluginDocument::RANGES;
    }
    return wire::PluginDocument::STREAM;
}

} // namespace

PluginConnection::PluginConnection(std::shared_ptr<PluginFile> plugin, PageProcess &host, PluginServices *services,
                                   std::chrono::milliseconds startTime)
    : QObject(&host), m_plugin(std::move(plugin)), m_host(host), m_services(services)
{
    m_startTimer.setSingleShot(true);
    m_startTimer.setInterval(startTime);
    m_hangTimer.setSingleShot(true);
    m_hangTimer.setInterval(HangPatience);
    connect(&m_host, &PageProcess::started, this, [this] { m_startTimer.start(); });
    connect(&m_startTimer, &QTimer::timeout, this, [this] {
        const std::string most = std::to_string(m_startTimer.interval()) + " ms";
        giveUp({PluginCode::StartTime, "start_ms", most, most});
    });
    connect(&m_host, &PageProcess::hangChanged, this, &PluginConnection::hangChanged);
    connect(&m_hangTimer, &QTimer::timeout, this, [this] { m_host.endUnresponsive(); });
}

PluginConnection::~PluginConnection() = default;

void PluginConnection::hangChanged()
{
    if (!m_host.hang())
        m_hangTimer.stop();
    else if (!m_hangTimer.isActive())
        m_hangTimer.start();
}

void PluginConnection::giveUp(PluginFault fault)
{
    if (m_fault)
        return;
    m_fault = std::move(fault);
    m_startTimer.stop();
    const QString text = pluginFaultText(*m_fault);
    log::error(tr("The plugin %1 cannot be used. %2").arg(m_plugin->id(), text));
    m_host.endBecause({ExitKind::PluginFailed, int(m_fault->code), text});
    Q_EMIT failed(*m_fault);
}

ExitReason PluginConnection::explain(ExitReason reason)
{
    m_startTimer.stop();
    m_hangTimer.stop();
    reason.of = ExitOf::Plugin;
    if (m_loaded || !reason.isAbnormal())
        return reason;
    if (!m_fault && m_host.isIntroduced()) {
        // Locked down already: it was in the plugin's own code.
        m_fault = PluginFault{PluginCode::Constructor, "library", reason.code().toStdString(), "an orderly start"};
        log::error(tr("The plugin %1 cannot be used. %2").arg(m_plugin->id(), pluginFaultText(*m_fault)));
        Q_EMIT failed(*m_fault);
    }
    return m_fault ? ExitReason{ExitKind::PluginFailed, int(m_fault->code), pluginFaultText(*m_fault), ExitOf::Plugin}
                   : reason;
}

wire::PluginDocument PluginConnection::announcement(const RemotePage &page) const
{
    const PageDocument &document = page.document();
    wire::PluginDocument message;
    message.set_page_id(page.id());
    message.set_content(wireContent(m_plugin->manifest()->content));
    message.set_file_name(document.head.suggestedName.toStdString());
    message.set_length(document.head.length < 0 ? UINT64_MAX : quint64(document.head.length));
    for (const auto &[name, value] : document.attributes) {
        wire::PluginAttribute *attribute = message.add_attributes();
        attribute->set_name(name.toStdString());
        attribute->set_value(value.toStdString());
    }
    message.set_embedded(document.embedded);
    message.set_state(document.state.constData(), std::size_t(document.state.size()));
    return message;
}

RemotePage *PluginConnection::page(quint32 id) const
{
    for (RemotePage *page : m_host.pages()) {
        if (page->id() == id)
            return page;
    }
    return nullptr;
}

BadMessage PluginConnection::handle(const wire::FromPlugin &message)
{
    using Body = wire::FromPlugin;
    if (message.body_case() == Body::kLoaded)
        return takeLoaded(message.loaded());
    if (message.body_case() == Body::kFailed)
        return takeFailed(message.failed());
    if (!m_loaded)
        return BadMessage::NotReady;
    switch (message.body_case()) {
    case Body::kState:
        if (message.state().state().size() > StateBytes)
            return BadMessage::ValueOutOfRange;
        if (RemotePage *of = page(message.state().page_id()))
            of->setState(QByteArray::fromStdString(message.state().state()));
        return BadMessage::None;
    case Body::kNotice:
        if (message.notice().sentence().size() > limits::TitleBytes)
            return BadMessage::TitleTooLong;
        if (RemotePage *of = page(message.notice().page_id()))
            of->setNotice(cleanTitle(message.notice().sentence()));
        return BadMessage::None;
    case Body::kMessage:
        if (message.message().json().size() > MessageBytes)
            return BadMessage::ValueOutOfRange;
        if (RemotePage *of = page(message.message().page_id()))
            Q_EMIT of->messagePosted(QByteArray::fromStdString(message.message().json()));
        return BadMessage::None;
    case Body::kRead:
        return takeRead(message.read());
    case Body::kServiceRequest:
        if (!wire::PluginServiceRequest::Service_IsValid(message.service_request().service()) ||
            message.service_request().service() == wire::PluginServiceRequest::UNKNOWN)
            return BadMessage::EnumOutOfRange;
        if (message.service_request().name().size() > limits::UrlBytes)
            return BadMessage::UrlTooLong;
        if (RemotePage *of = page(message.service_request().page_id()))
            answerServiceRequest(m_services, *m_plugin, *of, message.service_request());
        return BadMessage::None;
    default:
        return BadMessage::EmptyMessage;
    }
}

BadMessage PluginConnection::takeLoaded(const wire::PluginLoaded &message)
{
    if (m_loaded || !m_host.isIntroduced())
        return BadMessage::NotReady;
    if (message.extensions_size() > MostExtensions)
        return BadMessage::ValueOutOfRange;
    for (const std::string &extension : message.extensions())
        m_extensions << QString::fromStdString(extension).left(100);
    m_startTimer.stop();
    m_loaded = true;
    m_host.pluginLoaded();
    Q_EMIT loaded();
    return BadMessage::None;
}

BadMessage PluginConnection::takeFailed(const wire::PluginFailed &message)
{
    const std::optional<PluginFault> fault = PluginFault::fromWire(message);
    if (!fault)
        return BadMessage::EnumOutOfRange;
    if (message.page_id() == 0) {
        if (m_loaded)
            return BadMessage::WrongDirection;
        giveUp(*fault);
    } else if (RemotePage *of = page(message.page_id())) {
        of->setNotice(pluginFaultText(*fault));
    }
    return BadMessage::None;
}

BadMessage PluginConnection::takeRead(const wire::PluginRead &message)
{
    if (message.count() > MostRead || message.offset() > quint64(INT64_MAX) / 2)
        return BadMessage::ValueOutOfRange;
    RemotePage *of = page(message.page_id());
    if (!of)
        return BadMessage::None; // closed meanwhile
    const bool first = !m_reads.contains(message.page_id());
    QList<Read> &reads = m_reads[message.page_id()];
    if (reads.size() >= MostReads)
        return BadMessage::TooManyStreams;
    if (first && of->content()) {
        connect(of->content(), &ContentBuffer::grown, this, [this, of] { answerReads(of); });
        connect(of->content(), &ContentBuffer::ended, this, [this, of] { answerReads(of); });
        connect(of, &QObject::destroyed, this, [this, id = of->id()] { m_reads.remove(id); });
    }
    reads.append({message.request_id(), qint64(message.offset()), qint64(message.count())});
    answerReads(of);
    return BadMessage::None;
}

void PluginConnection::answerReads(RemotePage *of)
{
    QList<Read> waiting;
    const quint32 id = of->id();
    for (const Read &read : std::exchange(m_reads[id], {})) {
        const std::optional<QByteArray> bytes =
            of->content() ? of->content()->read(read.offset, read.count) : QByteArray();
        if (!bytes) {
            waiting.append(read);
            continue;
        }
        wire::BrowserToRenderer message;
        wire::PluginPiece *piece = message.mutable_plugin()->mutable_piece();
        piece->set_page_id(id);
        piece->set_request_id(read.requestId);
        piece->set_offset(quint64(read.offset));
        piece->set_data(bytes->constData(), std::size_t(bytes->size()));
        piece->set_found(of->content() && (!bytes->isEmpty() || of->content()->isComplete()));
        m_host.channel().send(message);
    }
    m_reads[id] = waiting;
}

} // namespace bulkhead
