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

void RendererProcess::reply(const Channel::Envelope &envelope, const wire::RendererToBrowser &message)
{
    if (envelope.requestId != 0)
        m_channel.reply(envelope.requestId, message);
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
        if (PageHost *host = pageOfStream(message.body_data().stream_id())) {
            host->appendBody(message.body_data().data());
            wire::RendererToBrowser credit;
            credit.mutable_body_credit()->set_stream_id(message.body_data().stream_id());
            credit.mutable_body_credit()->set_bytes(std::uint32_t(message.body_data().data().size()));
            m_channel.send(credit);
        } else {
            m_fetcher.handleData(message.body_data());
        }
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
    case Body::kFind: {
        wire::RendererToBrowser answer;
        answer.mutable_find_reply();
        if (PageHost *host = page(message.find().page_id()))
            *answer.mutable_find_reply() = host->find(message.find());
        reply(envelope, answer);
        break;
    }
    case Body::kEditCommand:
        if (PageHost *host = page(message.edit_command().page_id()))
            host->edit(message.edit_command().type());
        break;
    case Body::kGetText: {
        wire::RendererToBrowser answer;
        answer.mutable_text_reply();
        if (PageHost *host = page(message.get_text().page_id()))
            *answer.mutable_text_reply() = host->text(message.get_text());
        reply(envelope, answer);
        break;
    }
    case Body::kHitTest: {
        wire::RendererToBrowser answer;
        answer.mutable_hit_test_reply();
        if (PageHost *host = page(message.hit_test().page_id()))
            *answer.mutable_hit_test_reply() = host->hitTest(message.hit_test().position());
        reply(envelope, answer);
        break;
    }
    case Body::kPing: {
        wire::RendererToBrowser answer;
        answer.mutable_pong();
        reply(envelope, answer);
        break;
    }
    case Body::kTrySandbox: {
        wire::RendererToBrowser answer;
        *answer.mutable_sandbox_attempted() = trySandbox(message.try_sandbox());
        reply(envelope, answer);
        break;
    }
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
