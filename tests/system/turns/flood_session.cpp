// SPDX-License-Identifier: BSD-3-Clause
#include "tests/system/turns/flood.h"

#include "ipc/channel/limits.h"

#include <poll.h>
#include <unistd.h>

namespace bulkhead::flood {

using Message = wire::RendererToBrowser;

void Session::send(const Message &message, Fds fds)
{
    if (!m_channel.send(message, std::move(fds)))
        ::_exit(0);
}

void Session::take()
{
    wire::BrowserToRenderer message;
    const auto received = m_channel.receive(message);
    if (!received)
        ::_exit(0);
    if (received->kind == PacketKind::Request)
        return answer(message, received->requestId);
    if (message.has_open_document()) {
        m_page = message.open_document().page_id();
        m_url = message.open_document().url();
    } else if (message.has_framebuffers()) {
        m_buffers = message.framebuffers();
        m_ownBuffers.clear();
        for (std::uint32_t i = 0; i < m_buffers.buffer_count(); ++i)
            m_ownBuffers.insert(i);
    } else if (message.has_frame_released() && message.frame_released().pool_id() == m_buffers.pool_id()) {
        m_ownBuffers.insert(message.frame_released().buffer());
    } else if (message.plugin().has_piece()) {
        ++m_pieces;
    } else if (message.has_start_trace()) {
        m_traced = true;
    }
}

void Session::answer(const wire::BrowserToRenderer &question, std::uint32_t requestId)
{
    Message reply;
    if (question.has_get_text()) { // a text without an end
        reply.mutable_text_reply()->set_text(std::string(limits::MessageBytes - 64, 't'));
        reply.mutable_text_reply()->set_next_offset(question.get_text().offset() + limits::MessageBytes);
        reply.mutable_text_reply()->set_more(true);
    } else if (question.has_find()) {
        reply.mutable_find_reply()->set_count(~0u);
        reply.mutable_find_reply()->set_active(~0u);
    } else if (question.has_hit_test()) {
        reply.mutable_hit_test_reply()->set_link("http://example.test/" + std::string(limits::UrlBytes - 64, 'l'));
        reply.mutable_hit_test_reply()->set_image("http://example.test/" + std::string(limits::UrlBytes - 64, 'i'));
    } else if (question.plugin().has_get_structure()) {
        wire::PluginStructure *structure = reply.mutable_plugin()->mutable_structure();
        for (std::size_t bytes = 0; bytes + limits::TitleBytes + 64 < limits::MessageBytes;
             bytes += limits::TitleBytes + 16) {
            structure->add_outline()->set_title(longText(limits::TitleBytes));
            structure->mutable_outline()->rbegin()->set_level(1);
        }
    } else {
        reply.mutable_pong();
    }
    (void)m_channel.reply(requestId, reply);
}

void Session::takeAll()
{
    pollfd readable{m_channel.socket(), POLLIN, 0};
    while (m_channel.hasBuffered() || ::poll(&readable, 1, 0) > 0)
        take();
}

void Session::paint()
{
    while (m_ownBuffers.empty())
        take();
    Message message;
    wire::FrameReady *ready = message.mutable_frame_ready();
    ready->set_page_id(m_page);
    ready->set_frame_id(++m_frame);
    ready->set_pool_id(m_buffers.pool_id());
    ready->set_buffer(*m_ownBuffers.begin());
    m_ownBuffers.erase(m_ownBuffers.begin());
    ready->set_device_pixel_ratio(1);
    *ready->mutable_size() = m_buffers.capacity();
    ready->mutable_content()->set_width(m_buffers.capacity().width());
    ready->mutable_content()->set_height(500 + m_n % 100000);
    ready->mutable_scroll()->set_y(int(m_n % 400));
    const std::uint32_t width = m_buffers.capacity().width(), height = m_buffers.capacity().height();
    for (int i = 0; i < limits::FrameDamageRects; ++i) {
        wire::Rect *rect = ready->add_damage();
        rect->set_x(i);
        rect->set_y(i);
        rect->set_width(width - unsigned(i));
        rect->set_height(height - unsigned(i));
    }
    send(message);
}

Message Session::request(std::uint32_t stream, const std::string &address) const
{
    Message message;
    wire::ResourceRequest *request = message.mutable_resource_request();
    request->set_page_id(m_page);
    request->set_stream_id(stream);
    request->set_url(address);
    request->set_kind(wire::ResourceRequest::IMAGE);
    return message;
}

void Session::read(std::uint64_t offset, std::uint32_t count)
{
    Message message;
    wire::PluginRead *read = message.mutable_plugin()->mutable_read();
    read->set_page_id(m_page);
    read->set_request_id(++m_reads);
    read->set_offset(offset);
    read->set_count(count);
    send(message);
}

std::string Session::longText(std::size_t bytes) const
{
    std::string text = std::to_string(m_n) + ' ';
    while (text.size() < bytes)
        text += "Wabcd ";
    text.resize(bytes - 8);
    return text + "--------";
}

std::string Session::large() const
{
    return m_url.substr(0, m_url.rfind('/')) + "/large.bin?" + std::to_string(m_n);
}

} // namespace bulkhead::flood
