// SPDX-License-Identifier: BSD-3-Clause
#include "tests/browser/desktop/window/scripted_renderer.h"

#include "ipc/core/socket_pair.h"
#include "ipc/core/spawn.h"

#include <QPainter>
#include <QTest>

#include <algorithm>
#include <csignal>

namespace bulkhead {

namespace {

wire::RendererToBrowser frameMessage(const ScriptedRenderer::Page &page)
{
    wire::RendererToBrowser message;
    wire::FrameReady *frame = message.mutable_frame_ready();
    frame->set_page_id(page.id);
    frame->set_device_pixel_ratio(page.view.device_pixel_ratio());
    frame->mutable_scroll()->set_x(page.scroll.x());
    frame->mutable_scroll()->set_y(page.scroll.y());
    frame->mutable_content()->set_width(std::uint32_t(page.content.width()));
    frame->mutable_content()->set_height(std::uint32_t(page.content.height()));
    frame->set_background(0xffeeddcc);
    return message;
}

} // namespace

ScriptedRenderer::ScriptedRenderer(UniqueFd channel, qint64 pid) : m_channel(std::move(channel)), m_pid(pid)
{
    m_channel.setHandler(
        [this](const wire::BrowserToRenderer &message, Channel::Envelope &envelope) { handle(message, envelope); });
    // As a renderer does: without its browser it ends.
    connect(&m_channel.base(), &Channel::ended, this, [this] { ::kill(pid_t(m_pid), SIGKILL); });
    wire::RendererToBrowser ready;
    ready.mutable_ready()->set_protocol(1);
    m_channel.send(ready);
}

ScriptedRenderer::Page *ScriptedRenderer::page()
{
    return page(m_newest);
}

ScriptedRenderer::Page *ScriptedRenderer::page(quint32 id)
{
    const auto found = m_pages.find(id);
    return found == m_pages.end() ? nullptr : &found->second;
}

int ScriptedRenderer::countOf(wire::BrowserToRenderer::BodyCase body) const
{
    return int(std::count_if(received.begin(), received.end(),
                             [body](const auto &message) { return message.body_case() == body; }));
}

wire::BrowserToRenderer ScriptedRenderer::last(wire::BrowserToRenderer::BodyCase body) const
{
    const auto found = std::find_if(received.rbegin(), received.rend(),
                                    [body](const auto &message) { return message.body_case() == body; });
    return found == received.rend() ? wire::BrowserToRenderer() : *found;
}

void ScriptedRenderer::handle(const wire::BrowserToRenderer &message, Channel::Envelope &envelope)
{
    using Body = wire::BrowserToRenderer::BodyCase;
    received.push_back(message);
    switch (message.body_case()) {
    case Body::kOpenDocument:
        return open(message.open_document());
    case Body::kClosePage:
        m_pages.erase(message.close_page().page_id());
        return;
    case Body::kFramebuffers:
        if (Page *p = page(message.framebuffers().page_id())) {
            if (const auto set = p->frames.setBuffers(message.framebuffers(), std::move(envelope.fds)); !set)
                qFatal("%s", set.error().what.c_str());
            drawAll(*p);
        }
        return;
    case Body::kFrameReleased:
        if (Page *p = page(message.frame_released().page_id())) {
            p->frames.release(message.frame_released());
            if (p->framePending)
                drawAll(*p);
        }
        return;
    case Body::kConfigureView:
        if (Page *p = page(message.configure_view().page_id())) {
            p->view = message.configure_view().view();
            drawAll(*p);
        }
        return;
    case Body::kScrollTo:
        if (Page *p = page(message.scroll_to().page_id())) {
            p->scroll = QPoint(message.scroll_to().position().x(), message.scroll_to().position().y());
            drawAll(*p);
        }
        return;
    case Body::kInputEvent:
        return acknowledge(message.input_event());
    case Body::kFind:
        return find(message.find(), envelope.requestId);
    case Body::kGetText: {
        wire::RendererToBrowser answer;
        answer.mutable_text_reply()->set_text(selectedText.toStdString());
        m_channel.reply(envelope.requestId, answer);
        return;
    }
    case Body::kHitTest: {
        wire::RendererToBrowser answer;
        answer.mutable_hit_test_reply()->set_link(hitLink.toEncoded().toStdString());
        answer.mutable_hit_test_reply()->set_image(hitImage.toEncoded().toStdString());
        m_channel.reply(envelope.requestId, answer);
        return;
    }
    case Body::kPing: {
        wire::RendererToBrowser answer;
        answer.mutable_pong();
        m_channel.reply(envelope.requestId, answer);
        return;
    }
    default:
        return;
    }
}

void ScriptedRenderer::open(const wire::OpenDocument &document)
{
    m_newest = document.page_id();
    Page &p = m_pages[m_newest];
    p.id = m_newest;
    p.view = document.view();
    p.url = QUrl::fromEncoded(QByteArray::fromStdString(document.url()));
    if (document.restore_scroll())
        p.scroll = QPoint(document.scroll().x(), document.scroll().y());
    setTitle(QStringLiteral("Title of ") + p.url.path().mid(1));
    if (finishesLoading)
        finishLoading();
}

void ScriptedRenderer::acknowledge(const wire::InputEvent &event)
{
    wire::RendererToBrowser answer;
    wire::InputHandled *handled = answer.mutable_input_handled();
    handled->set_page_id(event.page_id());
    handled->set_event_id(event.event_id());
    handled->set_consumed(consumesKeys);
    m_channel.send(answer);
}

void ScriptedRenderer::find(const wire::Find &what, std::uint32_t requestId)
{
    if (what.text().empty()) {
        m_findText.clear();
        wire::RendererToBrowser none;
        none.mutable_find_reply();
        m_channel.reply(requestId, none);
        return;
    }
    const QString text = QString::fromStdString(what.text());
    const int step = what.backward() ? -1 : 1;
    if (findCount > 0)
        m_findActive = text == m_findText ? (m_findActive - 1 + step + findCount) % findCount + 1 : 1;
    m_findText = text;
    m_findRequests.push_back(requestId);
    if (answersFind)
        answerFind();
}

void ScriptedRenderer::drawAll(Page &p)
{
    const QSize size(int(p.view.size().width()), int(p.view.size().height()));
    if (!p.view.visible())
        return;
    auto canvas = p.frames.begin(size, QRegion(QRect(QPoint(), size)), {});
    p.framePending = !canvas;
    if (!canvas)
        return;
    canvas->image.fill(PageColor);
    if (contentFor)
        p.content = contentFor((QSizeF(size) / (p.view.device_pixel_ratio() * p.view.zoom())).toSize());
    wire::RendererToBrowser message = frameMessage(p);
    p.frames.end(*message.mutable_frame_ready());
    m_channel.send(message);
}

void ScriptedRenderer::paint(const QRect &rect, const QColor &color)
{
    Page &p = *page();
    if (!QTest::qWaitFor([&p] { return p.frames.hasFreeBuffer(); }))
        qFatal("the window gives no framebuffer back");
    const QSize size(int(p.view.size().width()), int(p.view.size().height()));
    auto canvas = p.frames.begin(size, rect, {});
    if (!canvas)
        qFatal("no free framebuffer");
    QPainter painter(&canvas->image);
    for (const QRect &part : canvas->paint)
        painter.fillRect(part, PageColor);
    painter.fillRect(rect, color);
    painter.end();
    wire::RendererToBrowser message = frameMessage(p);
    p.frames.end(*message.mutable_frame_ready());
    m_channel.send(message);
}

void ScriptedRenderer::setContentSize(QSize size)
{
    page()->content = size;
    drawAll(*page());
}

void ScriptedRenderer::repaint()
{
    drawAll(*page());
}

void ScriptedRenderer::setTitle(const QString &title)
{
    wire::RendererToBrowser message;
    message.mutable_title_changed()->set_page_id(m_newest);
    message.mutable_title_changed()->set_title(title.toStdString());
    m_channel.send(message);
}

void ScriptedRenderer::hoverLink(const QUrl &url)
{
    wire::RendererToBrowser message;
    message.mutable_hovered_link()->set_page_id(m_newest);
    message.mutable_hovered_link()->set_url(url.toEncoded().toStdString());
    m_channel.send(message);
}

void ScriptedRenderer::setSelection(bool hasSelection)
{
    wire::RendererToBrowser message;
    message.mutable_selection_changed()->set_page_id(m_newest);
    message.mutable_selection_changed()->set_has_selection(hasSelection);
    m_channel.send(message);
}

void ScriptedRenderer::finishLoading()
{
    wire::RendererToBrowser message;
    message.mutable_load_finished()->set_page_id(m_newest);
    m_channel.send(message);
}

void ScriptedRenderer::answerFind()
{
    for (const std::uint32_t request : std::exchange(m_findRequests, {})) {
        wire::RendererToBrowser answer;
        answer.mutable_find_reply()->set_count(std::uint32_t(findCount));
        answer.mutable_find_reply()->set_active(findCount > 0 ? std::uint32_t(m_findActive) : 0);
        m_channel.reply(request, answer);
    }
}

void ScriptedLauncher::launch(LaunchRequest request, std::function<void(Result<LaunchedChild>)> done)
{
    // The waiting process gets a socket of its own to nowhere: the real one is spoken on from here.
    auto nowhere = SocketPair::create();
    if (!nowhere)
        return done(tl::unexpected(nowhere.error()));
    auto process = spawn("/bin/sleep", {"3600"}, nowhere->theirs, request.logWriteEnd);
    if (!process)
        return done(tl::unexpected(process.error()));
    auto renderer = std::make_unique<ScriptedRenderer>(std::move(request.channel), process->pid);
    if (prepare)
        prepare(*renderer);
    renderers.push_back(std::move(renderer));
    done(LaunchedChild{process->pid, std::move(process->pidFd), {}});
}

ScriptedRenderer *ScriptedLauncher::byPid(qint64 pid) const
{
    const auto found = std::find_if(renderers.begin(), renderers.end(),
                                    [pid](const auto &renderer) { return renderer->pid() == pid; });
    return found == renderers.end() ? nullptr : found->get();
}

} // namespace bulkhead
