// SPDX-License-Identifier: BSD-3-Clause
#include "plugin_host/process/plugin_page.h"

#include "ipc/channel/limits.h"
#include "ipc/plugin_faults/plugin_fault.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <iterator>
#include <sys/mman.h>

using namespace bulkhead;

namespace {

constexpr std::size_t MostTimers = 1024;
constexpr std::size_t MostReads = 64;
constexpr std::size_t MostQuestions = 64;
constexpr std::uint32_t MostRead = 512 << 10;
constexpr std::size_t MostMessage = 64 << 10;
constexpr std::size_t MostServiceBytes = 768 << 10; // below limits::MessageBytes
constexpr std::size_t MostText = 64 << 20;
constexpr std::chrono::milliseconds SaveDelay{300};

std::string text(const char *given, std::size_t most)
{
    const std::string whole = given ? std::string(given, ::strnlen(given, most + 1)) : std::string();
    std::size_t end = std::min(whole.size(), most);
    while (end < whole.size() && end > 0 && (static_cast<unsigned char>(whole[end]) & 0xc0) == 0x80)
        --end; // not inside a UTF-8 sequence
    return whole.substr(0, end);
}

} // namespace

bulkhead_page::bulkhead_page(const wire::OpenDocument &open, std::optional<wire::PluginDocument> document,
                             const bulkhead_plugin &plugin, const bulkhead_host &host, Send send)
    : m_id(open.page_id()), m_streamId(open.stream_id()), m_url(open.url()), m_mimeType(open.mime_type()),
      m_document(document.value_or(wire::PluginDocument())), m_plugin(plugin), m_send(std::move(send))
{
    if (open.restore_scroll())
        m_wantedScroll = open.scroll();
    m_view.setEmbedded(m_document.embedded());
    m_self = plugin.create(&host, this);
    if (!m_self) {
        wire::RendererToBrowser message;
        wire::PluginFailed failed = PluginFault{PluginCode::Create, "create", "null", "an instance"}.toWire();
        failed.set_page_id(m_id);
        *message.mutable_plugin()->mutable_failed() = failed;
        m_send(message);
        return;
    }
    if (extension<bulkhead_zoom>(BULKHEAD_ZOOM))
        m_view.setZoomBy(PluginView::Zoom::ByPlugin);
    m_view.configure(open.view());
    tellView();
    begin();
}

bulkhead_page::~bulkhead_page()
{
    if (m_self)
        m_plugin.destroy(m_self);
    if (m_content)
        ::munmap(const_cast<void *>(m_content), m_contentBytes);
}

template <class T>
const T *bulkhead_page::extension(const char *id) const
{
    const auto *found = BULKHEAD_HAS(&m_plugin, extension) ? static_cast<const T *>(m_plugin.extension(id)) : nullptr;
    return found && found->size >= sizeof(std::uint32_t) ? found : nullptr;
}

void bulkhead_page::begin()
{
    std::vector<bulkhead_attribute> attributes;
    for (const wire::PluginAttribute &attribute : m_document.attributes())
        attributes.push_back({attribute.name().c_str(), attribute.value().c_str()});
    const bulkhead_document document{
        sizeof(bulkhead_document), m_url.c_str(),     m_mimeType.c_str(), m_document.file_name().c_str(),
        m_document.length(),       attributes.data(), attributes.size()};
    if (BULKHEAD_HAS(&m_plugin, begin))
        m_plugin.begin(m_self, &document);
    m_saved = m_document.state();
    if (!m_saved.empty() && BULKHEAD_HAS(&m_plugin, restore))
        m_plugin.restore(m_self, m_saved.data(), m_saved.size());
    if (m_document.content() == wire::PluginDocument::RANGES)
        contentEnded(true);
}

void bulkhead_page::tellView()
{
    const bulkhead_view view = m_view.view();
    if (BULKHEAD_HAS(&m_plugin, view))
        m_plugin.view(m_self, &view);
    const auto *zoom = extension<bulkhead_zoom>(BULKHEAD_ZOOM);
    if (zoom && m_view.zoom() != m_zoom) {
        m_zoom = m_view.zoom();
        zoom->zoom(m_self, m_zoom);
    }
    tellFocus();
}

void bulkhead_page::tellFocus()
{
    const bool focused = (m_view.view().flags & BULKHEAD_VIEW_FOCUSED) != 0;
    if (focused == m_focused)
        return;
    m_focused = focused;
    bulkhead_input event{};
    event.size = sizeof event;
    event.type = focused ? BULKHEAD_FOCUS_IN : BULKHEAD_FOCUS_OUT;
    event.text = "";
    if (BULKHEAD_HAS(&m_plugin, input))
        m_plugin.input(m_self, &event);
}

void bulkhead_page::configure(const wire::ViewState &state)
{
    if (m_view.configure(state))
        tellView();
}

// ---- content

void bulkhead_page::appendBody(const std::string &bytes)
{
    if (m_ended)
        return;
    if (m_document.content() == wire::PluginDocument::STREAM && BULKHEAD_HAS(&m_plugin, data))
        m_plugin.data(m_self, bytes.data(), bytes.size());
    else
        m_collected += bytes;
}

void bulkhead_page::endBody(bool complete)
{
    if (m_ended)
        return;
    if (m_document.content() == wire::PluginDocument::WHOLE && BULKHEAD_HAS(&m_plugin, whole))
        m_plugin.whole(m_self, m_collected.data(), m_collected.size());
    contentEnded(complete);
}

void bulkhead_page::takeContent(const wire::PluginContent &content, Fds fds)
{
    if (m_ended || m_content)
        return;
    const void *bytes = "";
    std::size_t size = 0;
    if (!fds.empty()) {
        // Privately: the memory is sealed against writing, which older kernels take for a reason not to share it.
        const Result<Memfd> memory = Memfd::adopt(std::move(fds[0]), content.size());
        void *mapped = memory ? ::mmap(nullptr, content.size(), PROT_READ, MAP_PRIVATE, memory->fd(), 0) : MAP_FAILED;
        if (mapped != MAP_FAILED) {
            m_content = bytes = mapped;
            m_contentBytes = size = content.size();
        }
    }
    if (BULKHEAD_HAS(&m_plugin, whole))
        m_plugin.whole(m_self, bytes, size);
    contentEnded(content.complete());
}

void bulkhead_page::contentEnded(bool complete)
{
    m_ended = true;
    m_complete = complete;
    if (BULKHEAD_HAS(&m_plugin, end))
        m_plugin.end(m_self, complete ? 1 : 0);
    readyToPaint();
    finishIfLoaded();
    saveSoon();
}

void bulkhead_page::finishIfLoaded()
{
    if (m_finished || !m_ended || (m_progress >= 0 && m_progress < 1))
        return;
    m_finished = true;
    if (m_wantedScroll)
        m_view.scrollToCss(m_wantedScroll->x(), m_wantedScroll->y());
    m_wantedScroll.reset();
    wire::RendererToBrowser message;
    message.mutable_load_finished()->set_page_id(m_id);
    m_send(message);
}

bool bulkhead_page::read(std::uint64_t offset, std::uint32_t count,
                         void (*done)(void *, std::uint64_t, const void *, size_t), void *user)
{
    if (!done || m_reads.size() >= MostReads)
        return false;
    const std::uint32_t id = m_nextId++;
    m_reads[id] = {done, user};
    wire::RendererToBrowser message;
    wire::PluginRead *read = message.mutable_plugin()->mutable_read();
    read->set_page_id(m_id);
    read->set_request_id(id);
    read->set_offset(offset);
    read->set_count(std::min(count, MostRead));
    m_send(message);
    return true;
}

void bulkhead_page::takePiece(const wire::PluginPiece &piece)
{
    const auto it = m_reads.find(piece.request_id());
    if (it == m_reads.end())
        return;
    const Read read = it->second;
    m_reads.erase(it);
    read.done(read.user, piece.offset(), piece.found() ? piece.data().data() : nullptr, piece.data().size());
}

// ---- services

void bulkhead_page::ask(wire::PluginServiceRequest::Service service, const char *name, const void *bytes, size_t count,
                        bulkhead_answer done, void *user)
{
    const std::uint32_t id = m_nextId++;
    if (m_questions.size() >= MostQuestions || count > MostServiceBytes) {
        // Answered later like everything else: the host never calls back from inside.
        struct Refusal
        {
            bulkhead_answer done;
            void *user;
        };
        if (!done)
            return;
        auto *refusal = new Refusal{done, user};
        startTimer(
            0,
            [](void *given) {
                const std::unique_ptr<Refusal> owned(static_cast<Refusal *>(given));
                static const char sentence[] = "too much at once";
                owned->done(owned->user, 0, sentence, sizeof sentence - 1);
            },
            refusal);
        return;
    }
    m_questions[id] = {done, user};
    wire::RendererToBrowser message;
    wire::PluginServiceRequest *request = message.mutable_plugin()->mutable_service_request();
    request->set_page_id(m_id);
    request->set_request_id(id);
    request->set_service(service);
    request->set_name(::text(name, limits::UrlBytes / 4));
    request->set_data(bytes, count);
    m_send(message);
}

void bulkhead_page::takeAnswer(const wire::PluginServiceAnswer &answer)
{
    const auto it = m_questions.find(answer.request_id());
    if (it == m_questions.end())
        return;
    const Question question = it->second;
    m_questions.erase(it);
    if (question.done)
        question.done(question.user, answer.ok() ? 1 : 0, answer.data().data(), answer.data().size());
}

bool bulkhead_page::post(const char *json)
{
    if (!m_document.embedded())
        return false;
    wire::RendererToBrowser message;
    message.mutable_plugin()->mutable_message()->set_page_id(m_id);
    message.mutable_plugin()->mutable_message()->set_json(::text(json, MostMessage));
    m_send(message);
    return true;
}

void bulkhead_page::takeMessage(const std::string &json)
{
    const auto *receiver = extension<bulkhead_message_receiver>(BULKHEAD_MESSAGES);
    if (receiver && receiver->receive)
        receiver->receive(m_self, json.c_str());
}

// ---- input

void bulkhead_page::handleInput(const wire::InputEvent &event)
{
    m_newestInput = event.event_id();
    const std::string typed = event.text();
    bulkhead_input input{};
    input.size = sizeof input;
    input.type = std::uint32_t(event.type());
    input.view_x = event.position().x();
    input.view_y = event.position().y();
    input.x = m_view.toDocumentX(event.position().x());
    input.y = m_view.toDocumentY(event.position().y());
    input.button = event.button();
    input.buttons = event.buttons();
    input.modifiers = event.modifiers();
    input.clicks = event.click_count();
    input.wheel_x = event.wheel_pixels().x();
    input.wheel_y = event.wheel_pixels().y();
    input.key = event.key();
    input.text = typed.c_str();
    input.touch_id = event.touch_id();
    bool consumed = BULKHEAD_HAS(&m_plugin, input) && m_plugin.input(m_self, &input) != 0;
    if (!consumed && input.type == BULKHEAD_WHEEL) {
        const double ratio = m_view.devicePixelRatio();
        consumed = m_view.scrollBy(int(std::lround(-input.wheel_x * ratio)), int(std::lround(-input.wheel_y * ratio)));
    } else if (!consumed && input.type == BULKHEAD_KEY_PRESS) {
        consumed = m_view.scrollByKey(input.key, input.modifiers);
    }
    if (consumed && m_wantedScroll)
        m_wantedScroll.reset();
    wire::RendererToBrowser message;
    wire::InputHandled *handled = message.mutable_input_handled();
    handled->set_page_id(m_id);
    handled->set_event_id(event.event_id());
    handled->set_consumed(consumed);
    m_send(message);
    saveSoon();
}

wire::FindReply bulkhead_page::find(const wire::Find &find)
{
    wire::FindReply reply;
    const auto *finder = extension<bulkhead_find>(BULKHEAD_FIND);
    if (!finder || !finder->find)
        return reply;
    bulkhead_find_result result{};
    result.size = sizeof result;
    std::uint32_t flags = 0;
    if (find.backward())
        flags |= BULKHEAD_FIND_BACKWARD;
    if (find.case_sensitive())
        flags |= BULKHEAD_FIND_CASE_SENSITIVE;
    finder->find(m_self, find.text().c_str(), flags, &result);
    reply.set_count(result.count);
    reply.set_active(std::min(result.active, result.count));
    if (result.active > 0)
        m_view.scrollIntoView(result.area);
    return reply;
}

void bulkhead_page::edit(wire::EditCommand::Type command)
{
    const auto *selection = extension<bulkhead_selection>(BULKHEAD_SELECTION);
    if (!selection)
        return;
    if (command == wire::EditCommand::SELECT_ALL && selection->select_all)
        selection->select_all(m_self);
    else if (command == wire::EditCommand::CLEAR_SELECTION && selection->clear)
        selection->clear(m_self);
}

wire::TextReply bulkhead_page::text(const wire::GetText &request)
{
    // Taken once, at the first piece, so that the pieces fit together even if the document changes meanwhile.
    if (request.offset() == 0) {
        m_text.clear();
        const auto *selection = extension<bulkhead_selection>(BULKHEAD_SELECTION);
        if (selection && selection->text) {
            const int which = request.selection_only() ? 1 : 0;
            const std::size_t size = std::min(selection->text(m_self, which, nullptr, 0), MostText);
            m_text.resize(size);
            m_text.resize(std::min(selection->text(m_self, which, m_text.data(), size), size));
        }
    }
    constexpr std::size_t Piece = limits::MessageBytes / 4;
    const std::size_t from = std::min<std::size_t>(request.offset(), m_text.size());
    std::size_t to = std::min(from + Piece, m_text.size());
    while (to < m_text.size() && to > from && (static_cast<unsigned char>(m_text[to]) & 0xc0) == 0x80)
        --to;
    wire::TextReply reply;
    reply.set_text(m_text.substr(from, to - from));
    reply.set_next_offset(to);
    reply.set_more(to < m_text.size());
    if (!reply.more())
        m_text.clear();
    return reply;
}

// ---- from the plugin

void bulkhead_page::invalidate(const bulkhead_rect *area)
{
    if (area)
        m_view.invalidate(*area);
    else
        m_view.invalidateAll();
    readyToPaint();
}

void bulkhead_page::setContentSize(int width, int height)
{
    m_view.setContentSize(width, height);
    if (m_wantedScroll)
        m_view.scrollToCss(m_wantedScroll->x(), m_wantedScroll->y());
}

void bulkhead_page::setBackground(std::uint32_t argb)
{
    m_view.setBackground(argb | 0xff000000);
}

void bulkhead_page::setTitle(const char *title)
{
    wire::RendererToBrowser message;
    message.mutable_title_changed()->set_page_id(m_id);
    message.mutable_title_changed()->set_title(::text(title, limits::TitleBytes / 4));
    m_send(message);
}

void bulkhead_page::setProgress(double fraction)
{
    m_progress = std::isfinite(fraction) ? std::clamp(fraction, 0.0, 1.0) : 0;
    const int percent = int(m_progress * 100);
    if (percent != m_percent) {
        m_percent = percent;
        wire::RendererToBrowser message;
        message.mutable_load_progress()->set_page_id(m_id);
        message.mutable_load_progress()->set_percent(std::uint32_t(percent));
        m_send(message);
    }
    finishIfLoaded();
}

void bulkhead_page::setError(const char *sentence)
{
    m_hasError = sentence != nullptr;
    wire::RendererToBrowser message;
    message.mutable_plugin()->mutable_notice()->set_page_id(m_id);
    message.mutable_plugin()->mutable_notice()->set_sentence(::text(sentence, limits::TitleBytes / 4));
    m_send(message);
    m_view.invalidateAll();
    readyToPaint();
}

void bulkhead_page::setCursor(std::uint32_t shape)
{
    constexpr std::uint32_t LastShape = 21; // Qt::LastCursor
    wire::RendererToBrowser message;
    message.mutable_cursor_changed()->set_page_id(m_id);
    message.mutable_cursor_changed()->set_shape(shape > LastShape ? 0 : shape);
    m_send(message);
}

std::uint32_t bulkhead_page::startTimer(std::uint32_t milliseconds, void (*done)(void *), void *user)
{
    if (!done || m_timers.size() >= MostTimers)
        return 0;
    const std::uint32_t id = m_nextId++;
    m_timers[id] = {Clock::now() + std::chrono::milliseconds(milliseconds), done, user};
    return id;
}

// ---- the loop

std::optional<bulkhead_page::Clock::time_point> bulkhead_page::nextTick() const
{
    if (m_ready && m_self && m_view.isPaintDue())
        return Clock::now();
    std::optional<Clock::time_point> next = m_saveAt;
    for (const auto &[id, timer] : m_timers) {
        if (!next || timer.due < *next)
            next = timer.due;
    }
    return next;
}

void bulkhead_page::tick()
{
    const auto now = Clock::now();
    // Those that are due now; what they start waits for the next turn.
    std::vector<std::pair<Clock::time_point, std::uint32_t>> due;
    for (const auto &[id, timer] : m_timers) {
        if (timer.due <= now)
            due.emplace_back(timer.due, id);
    }
    std::sort(due.begin(), due.end());
    for (const auto &[time, id] : due) {
        const auto it = m_timers.find(id);
        if (it == m_timers.end())
            continue; // stopped by one before
        const Timer timer = it->second;
        m_timers.erase(it);
        timer.done(timer.user);
    }
    if (m_saveAt && *m_saveAt <= now)
        save();
    paint();
}

void bulkhead_page::paint()
{
    if (!m_ready || !m_self)
        return;
    wire::RendererToBrowser message;
    wire::FrameReady *frame = message.mutable_frame_ready();
    const bool painted = m_view.paint(
        [this](const bulkhead_frame &target, const std::vector<bulkhead_rect> &damage) {
            if (!m_hasError)
                m_plugin.paint(m_self, &target, damage.data(), damage.size());
        },
        *frame);
    if (!painted)
        return;
    frame->set_page_id(m_id);
    frame->set_input_event_id(m_newestInput);
    m_send(message);
}

void bulkhead_page::saveSoon()
{
    if (BULKHEAD_HAS(&m_plugin, save) && !m_saveAt)
        m_saveAt = Clock::now() + SaveDelay;
}

void bulkhead_page::save()
{
    m_saveAt.reset();
    std::string state(BULKHEAD_STATE_BYTES, '\0');
    state.resize(std::min(m_plugin.save(m_self, state.data(), state.size()), state.size()));
    if (state == m_saved)
        return;
    m_saved = state;
    wire::RendererToBrowser message;
    message.mutable_plugin()->mutable_state()->set_page_id(m_id);
    message.mutable_plugin()->mutable_state()->set_state(m_saved);
    m_send(message);
}
