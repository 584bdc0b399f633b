// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/renderer_process.h"

#include "ipc/core/exit_codes.h"
#include "renderer/process/sandbox_attempt.h"

#include <QAbstractEventDispatcher>

namespace bulkhead {

RendererProcess::RendererProcess(UniqueFd channel, TaskMonitor &monitor, QObject *parent)
    : QObject(parent), m_channel(std::move(channel)), m_monitor(monitor), m_fetcher(m_channel), m_trace(m_channel)
{
    connect(&m_channel.base(), &Channel::ended, this, [this](ChannelEnd how, BadMessage reason, const QString &name) {
        if (how == ChannelEnd::BadMessage)
            qWarning("the browser sent a bad message: %s %s", badMessageText(reason).c_str(), qPrintable(name));
        Q_EMIT finished(how == ChannelEnd::PeerClosed ? exit_codes::Clean : exit_codes::BadChannel);
    });
}

RendererProcess::~RendererProcess() = default;

void RendererProcess::start(const wire::SandboxReport &sandbox, UniqueFd listener)
{
    // Every turn of the loop counts as one piece of work, whatever started it: a message, a timer, a paint.
    const auto *dispatcher = QAbstractEventDispatcher::instance();
    connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] { m_monitor.taskBegins(); });
    connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] { m_monitor.taskEnds(); });
    m_channel.setHandler(
        [this](const wire::BrowserToRenderer &message, Channel::Envelope &envelope) { handle(message, envelope); });
    wire::RendererToBrowser ready;
    ready.mutable_ready()->set_protocol(Protocol);
    *ready.mutable_ready()->mutable_sandbox() = sandbox;
    Fds fds;
    if (listener)
        fds.push_back(std::move(listener));
    m_channel.send(ready, std::move(fds));
    m_channel.base().flush();
}

PageHost *RendererProcess::page(quint32 id)
{
    const auto it = m_pages.find(id);
    return it == m_pages.end() ? nullptr : it->second.get();
}

PageHost *RendererProcess::pageOfStream(quint32 streamId)
{
    for (auto &[id, host] : m_pages) {
        if (host->streamId() == streamId)
            return host.get();
    }
    return nullptr;
}

void RendererProcess::takeBodyData(const wire::BodyData &piece)
{
    PageHost *host = pageOfStream(piece.stream_id());
    if (!host) {
        m_fetcher.handleData(piece);
        return;
    }
    host->appendBody(piece.data());
    wire::RendererToBrowser credit;
    credit.mutable_body_credit()->set_stream_id(piece.stream_id());
    credit.mutable_body_credit()->set_bytes(std::uint32_t(piece.data().size()));
    m_channel.send(credit);
}

wire::RendererToBrowser RendererProcess::answerTo(const wire::BrowserToRenderer &question)
{
    using Body = wire::BrowserToRenderer;
    wire::RendererToBrowser answer;
    switch (question.body_case()) {
    case Body::kFind:
        answer.mutable_find_reply();
        if (PageHost *host = page(question.find().page_id()))
            *answer.mutable_find_reply() = host->find(question.find());
        break;
    case Body::kGetText:
        answer.mutable_text_reply();
        if (PageHost *host = page(question.get_text().page_id()))
            *answer.mutable_text_reply() = host->text(question.get_text());
        break;
    case Body::kHitTest:
        answer.mutable_hit_test_reply();
        if (PageHost *host = page(question.hit_test().page_id()))
            *answer.mutable_hit_test_reply() = host->hitTest(question.hit_test().position());
        break;
    case Body::kTrySandbox:
        *answer.mutable_sandbox_attempted() = trySandbox(question.try_sandbox());
        break;
    default:
        answer.mutable_pong();
    }
    return answer;
}

void RendererProcess::handle(const wire::BrowserToRenderer &message, Channel::Envelope &envelope)
{
    using Body = wire::BrowserToRenderer;
    switch (message.body_case()) {
    case Body::kOpenDocument: {
        const wire::OpenDocument &open = message.open_document();
        m_pages[open.page_id()] = std::make_unique<PageHost>(open, m_channel, m_fetcher, m_monitor);
        break;
    }
    case Body::kClosePage:
        m_pages.erase(message.close_page().page_id());
        break;
    case Body::kStopLoading:
        if (PageHost *host = page(message.stop_loading().page_id()))
            host->stopLoading();
        break;
    case Body::kConfigureView:
        if (PageHost *host = page(message.configure_view().page_id()))
            host->configure(message.configure_view().view());
        break;
    case Body::kFramebuffers:
        if (PageHost *host = page(message.framebuffers().page_id())) {
            if (const auto set = host->setBuffers(message.framebuffers(), std::move(envelope.fds)); !set)
                qWarning("framebuffers: %s", set.error().what.c_str());
        }
        break;
    case Body::kFrameReleased:
        if (PageHost *host = page(message.frame_released().page_id()))
            host->releaseBuffer(message.frame_released());
        break;
    case Body::kResourceResponse:
        m_fetcher.handleResponse(message.resource_response());
        break;
    case Body::kBodyData:
        takeBodyData(message.body_data());
        break;
    case Body::kBodyEnd:
        if (PageHost *host = pageOfStream(message.body_end().stream_id()))
            host->finishBody();
        else
            m_fetcher.handleEnd(message.body_end());
        break;
    case Body::kInputEvent:
        if (PageHost *host = page(message.input_event().page_id()))
            host->handleInput(message.input_event());
        break;
    case Body::kScrollTo:
        if (PageHost *host = page(message.scroll_to().page_id()))
            host->scrollTo(message.scroll_to().position());
        break;
    case Body::kScrollToFragment:
        if (PageHost *host = page(message.scroll_to_fragment().page_id()))
            host->scrollToFragment(QString::fromStdString(message.scroll_to_fragment().fragment()));
        break;
    case Body::kEditCommand:
        if (PageHost *host = page(message.edit_command().page_id()))
            host->edit(message.edit_command().type());
        break;
    case Body::kFind:
    case Body::kGetText:
    case Body::kHitTest:
    case Body::kPing:
    case Body::kTrySandbox:
        if (envelope.requestId != 0)
            m_channel.reply(envelope.requestId, answerTo(message));
        break;
    case Body::kStartTrace:
        m_trace.start();
        break;
    case Body::kStopTrace:
        m_trace.stop();
        break;
    case Body::kPlugin: // for plugin hosts
    case Body::BODY_NOT_SET:
        break; // the channel has refused these
    }
}

} // namespace bulkhead
