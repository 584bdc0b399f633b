// SPDX-License-Identifier: BSD-3-Clause
// A renderer, or a plugin's process, gone bad: goes the real way through the real fork server into the real cage, and
// then says what its seed makes of everything that could be said there (fuzz_order.h). Documents that are no order it
// shows, as a renderer should.
#include "app/runtime/child/child_program.h"
#include "ipc/channel/blocking_channel.h"
#include "ipc/channel/message_name.h"
#include "ipc/core/crash_record.h"
#include "ipc/messages/renderer.pb.h"
#include "renderer/process/prepare.h"
#include "tests/system/fuzz/fuzz_order.h"
#include "tests/system/fuzz/message_maker.h"
#include "tests/system/fuzz/packet_maker.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <csignal>
#include <cstring>
#include <deque>
#include <map>
#include <poll.h>
#include <set>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace bulkhead;
using namespace bulkhead::fuzz;

namespace {

using Say = wire::RendererToBrowser;
using Hear = wire::BrowserToRenderer;

FuzzOrder early; ///< from the command line

/// What the order of a process is mixed with, since one fork server's children all have the same command line: the test
/// numbers them by a limit that none reaches (page_round.cpp).
constexpr std::uint32_t Uncounted = 1'000'000; // seconds

struct Page
{
    std::uint32_t id = 0;
    std::uint32_t stream = 0;
    std::string document;
    std::uint32_t pool = 0;
    std::set<std::uint32_t> buffers; ///< its own
    std::uint64_t frames = 0;
    std::deque<std::uint64_t> inputs; ///< not acknowledged yet
};

/// The envelope with the body of that name, "plugin.state" for one in an envelope of its own, filled in or not.
Say bodyNamed(const std::string &name)
{
    Say message;
    google::protobuf::Message *where = &message;
    std::string rest = name;
    while (!rest.empty()) {
        const std::size_t dot = rest.find('.');
        const auto *field = where->GetDescriptor()->FindFieldByName(rest.substr(0, dot));
        if (!field || !field->containing_oneof())
            break;
        where = where->GetReflection()->MutableMessage(where, field);
        rest = dot == rest.npos ? std::string() : rest.substr(dot + 1);
    }
    return message;
}

/// All there are.
std::vector<std::string> bodyNames()
{
    std::vector<std::string> names;
    const auto *outer = Say::descriptor()->oneof_decl(0);
    for (int i = 0; i < outer->field_count(); ++i) {
        const auto *type = outer->field(i)->message_type();
        if (type->oneof_decl_count() == 0) {
            names.push_back(outer->field(i)->name());
            continue;
        }
        for (int k = 0; k < type->oneof_decl(0)->field_count(); ++k)
            names.push_back(outer->field(i)->name() + '.' + type->oneof_decl(0)->field(k)->name());
    }
    return names;
}

class FuzzChild
{
public:
    FuzzChild(UniqueFd channel, std::uint64_t number)
        : m_channel(std::move(channel)), m_random(RandomSource::ofPart(early.seed, number)), m_maker(m_random, m_known),
          m_packets(m_random), m_all(bodyNames())
    {
    }

    void introduce(sandbox::LockedDown cage)
    {
        m_isPlugin = cage.report.role() != "renderer";
        findDescriptors();
        if (cage.listener)
            m_fds.push_back(cage.listener.get());
        const bool misbehaves = early.early && (m_isPlugin || m_random.oneIn(6));
        setOrder(early);
        Say ready;
        ready.mutable_ready()->set_protocol(1);
        *ready.mutable_ready()->mutable_sandbox() = cage.report;
        std::vector<int> fds;
        if (cage.listener)
            fds.push_back(cage.listener.get());
        if (misbehaves && m_random.oneIn(3))
            m_spoilt = 300;
        if (misbehaves && m_random.oneIn(8))
            sayAnything();
        if (misbehaves && m_random.oneIn(3))
            m_maker.spoil(ready);
        if (misbehaves && m_random.oneIn(4))
            fds = {m_random.oneOf(m_fds)};
        if (misbehaves && m_random.oneIn(8))
            fds.push_back(m_random.oneOf(m_fds));
        send(PacketMaker::packet(PacketKind::Message, 0, ready.SerializeAsString(), fds));
        if (misbehaves && m_random.oneIn(8))
            send(PacketMaker::packet(PacketKind::Message, 0, ready.SerializeAsString(), fds));
        for (std::size_t n = misbehaves ? m_random.below(m_isPlugin ? 30 : 4) : 0; n > 0; --n)
            sayAnything();
        if (m_isPlugin)
            say(bodyNamed("plugin.loaded"));
        m_left = 0;
    }

    int run()
    {
        for (;;) {
            if (m_left == 0) {
                hearOne();
                continue;
            }
            hearAll();
            if (m_left > 0 && --m_left > 0)
                sayAnything();
            else
                end();
        }
    }

private:
    void setOrder(const FuzzOrder &order)
    {
        m_order = order;
        m_left = order.count;
        for (const std::string &url : order.urls)
            m_known.learnText("url", url);
        // How it is minded: most get far with what is nearly right, some say nothing right at all.
        static constexpr unsigned Spoilt[] = {0, 2, 5, 5, 20, 20, 100, 500}, Broken[] = {0, 0, 2, 2, 5, 20, 100, 300};
        m_spoilt = Spoilt[m_random.below(std::size(Spoilt))];
        m_broken = Broken[m_random.below(std::size(Broken))];
        m_dutiful = m_random.oneIn(6) ? 300 : 970;
        m_words.clear();
        for (const std::string &body : order.may) { // by seed not always all of them, so that some are said often
            if (!m_random.oneIn(4))
                m_words.push_back(body);
        }
        if (m_words.empty())
            m_words = order.may.empty() ? m_all : order.may;
    }

    // ---- saying

    void send(const RawPacket &packet)
    {
        // Only taken out of the socket, not answered: this packet is half sent.
        const auto takeOut = [](void *child) { static_cast<FuzzChild *>(child)->receiveAll(); };
        if (!sendRaw(m_channel.socket(), packet, takeOut, this) || packet.isLast)
            ::_exit(0);
    }

    void say(const Say &message, PacketKind kind = PacketKind::Message, std::uint32_t requestId = 0)
    {
        RawPacket packet = PacketMaker::packet(kind, requestId, message.SerializePartialAsString());
        if (m_random.perMille(m_broken))
            m_packets.spoil(packet, m_fds);
        send(packet);
    }

    void sayAnything()
    {
        if (m_random.oneIn(60))
            ::poll(nullptr, 0, int(m_random.below(4)));
        if (m_random.oneIn(400))
            return writeElsewhere();
        // Seldom what its kind may not say at all.
        const std::string name = m_random.perMille(m_spoilt / 8) ? m_random.oneOf(m_all) : m_random.oneOf(m_words);
        Say message = bodyNamed(name);
        m_maker.fill(message);
        if (!fitIn(message))
            return;
        if (m_random.perMille(m_spoilt))
            m_maker.spoil(message);
        if (m_random.perMille(m_spoilt / 16))
            return say(message, m_random.oneIn(2) ? PacketKind::Reply : PacketKind::Request,
                       std::uint32_t(1 + m_random.below(50)));
        say(message);
    }

    /// Makes of a message that is well-formed one that fits to what was said before. Nothing has to be done here for a
    /// new one.
    bool fitIn(Say &message)
    {
        if (m_random.perMille(m_spoilt / 4))
            return true;
        if (message.has_frame_ready()) {
            wire::FrameReady &frame = *message.mutable_frame_ready();
            Page *page = find(frame.page_id());
            if (!page || page->buffers.empty())
                return false;
            frame.set_pool_id(page->pool);
            frame.set_buffer(*page->buffers.begin());
            frame.set_frame_id(++page->frames);
            page->buffers.erase(page->buffers.begin());
            frame.mutable_size()->set_width(10 + std::uint32_t(m_random.below(200)));
            frame.mutable_size()->set_height(10 + std::uint32_t(m_random.below(200)));
            frame.set_device_pixel_ratio(m_random.oneIn(4) ? 2 : 1);
        } else if (message.has_body_credit()) {
            const auto owed =
                std::find_if(m_owed.begin(), m_owed.end(), [](const auto &one) { return one.second > 0; });
            if (owed == m_owed.end())
                return false;
            message.mutable_body_credit()->set_stream_id(owed->first);
            message.mutable_body_credit()->set_bytes(owed->second);
            owed->second = 0;
        } else if (message.has_input_handled()) {
            Page *page = find(message.input_handled().page_id());
            if (!page || page->inputs.empty())
                return false;
            message.mutable_input_handled()->set_event_id(page->inputs.front());
            page->inputs.pop_front();
        } else if (message.has_resource_request()) {
            if (message.resource_request().kind() == wire::ResourceRequest::UNKNOWN)
                message.mutable_resource_request()->set_kind(wire::ResourceRequest::IMAGE);
            message.mutable_resource_request()->set_stream_id(++m_lastStream);
            m_known.learnNumber("stream_id", m_lastStream);
        } else if (message.plugin().has_service_request() &&
                   message.plugin().service_request().service() == wire::PluginServiceRequest::UNKNOWN) {
            message.mutable_plugin()->mutable_service_request()->set_service(wire::PluginServiceRequest::FETCH);
        } else if (message.plugin().has_failed() && message.plugin().failed().page_id() == 0) {
            return m_pages.empty(); // for the whole process
        } else if (message.plugin().has_failed() && message.plugin().failed().code() == 0) {
            message.mutable_plugin()->mutable_failed()->set_code(1);
        }
        return true;
    }

    /// Its log and what it would write a crash down into are read by the browser, too.
    void writeElsewhere()
    {
        std::string noise(1 + m_random.below(m_random.oneIn(3) ? 4000 : 300), '\0');
        for (char &c : noise)
            c = m_random.oneIn(30) ? '\n' : char(m_random.next());
        if (m_random.oneIn(2) && noise.size() > sizeof(crash::Record)) { // nearly one
            crash::Record record = {};
            std::memcpy(&record, noise.data(), sizeof record);
            record.magic = crash::Magic;
            record.version = crash::Version;
            record.kind = m_random.oneIn(2) ? crash::Kind::Crash : crash::Kind::Capture;
            record.signal = int(m_random.below(70));
            record.frameCount = std::uint32_t(m_random.below(crash::MaxFrames + 2));
            record.tableBytes = std::uint32_t(m_random.oneIn(2) ? m_random.below(200) : m_random.next());
            std::memcpy(noise.data(), &record, sizeof record);
        }
        for (const int fd : m_pipes) {
            pollfd p{fd, POLLOUT, 0};
            if (m_random.oneIn(2) && ::poll(&p, 1, 0) == 1) [[maybe_unused]]
                const auto written = ::write(fd, noise.data(), std::min<std::size_t>(noise.size(), 4000));
        }
    }

    [[noreturn]] void end()
    {
        switch (m_random.below(10)) {
        case 0:
            ::raise(SIGSEGV);
            break;
        case 1:
            (void)::socket(AF_INET, SOCK_STREAM, 0); // which no cage allows
            break;
        case 2:
            ::shutdown(m_channel.socket(), m_random.oneIn(2) ? SHUT_WR : SHUT_RDWR);
            ::poll(nullptr, 0, 200);
            break;
        case 3:
            ::poll(nullptr, 0, 60'000); // says nothing, hears nothing
            break;
        case 4:
        case 5: // in the middle
            sayAnything();
            break;
        default:
            break;
        }
        ::_exit(int(m_random.below(4)));
    }

    // ---- hearing

    void receive()
    {
        Hear message;
        Result<BlockingChannel::Received> received = m_channel.receive(message);
        if (!received)
            ::_exit(0);
        m_known.learn(message);
        for (UniqueFd &fd : received->fds) { // memory for pixels, content
            m_held.push_back(std::move(fd));
            m_fds.push_back(m_held.back().get());
            if (m_held.size() > 20) {
                std::erase(m_fds, m_held.front().get());
                m_held.pop_front();
            }
        }
        m_heard.push_back({std::move(message), received->kind == PacketKind::Request ? received->requestId : 0});
    }

    void receiveAll()
    {
        pollfd p{m_channel.socket(), POLLIN, 0};
        while (m_channel.hasBuffered() || ::poll(&p, 1, 0) > 0)
            receive();
    }

    void hearAll()
    {
        receiveAll();
        while (!m_heard.empty())
            hearOne();
    }

    void hearOne()
    {
        if (m_heard.empty())
            receive();
        const auto [message, requestId] = std::move(m_heard.front());
        m_heard.pop_front();
        if (requestId != 0)
            answer(message, requestId);
        else
            take(message);
    }

    void take(const Hear &message)
    {
        switch (message.body_case()) {
        case Hear::kOpenDocument: {
            Page &page = m_pages[message.open_document().page_id()];
            page.id = message.open_document().page_id();
            page.stream = message.open_document().stream_id();
            break;
        }
        case Hear::kStartTrace: // from now on it may
            m_words.push_back("trace_events");
            break;
        case Hear::kClosePage:
            m_pages.erase(message.close_page().page_id());
            break;
        case Hear::kFramebuffers:
            if (Page *page = find(message.framebuffers().page_id())) {
                page->pool = message.framebuffers().pool_id();
                page->buffers.clear();
                for (std::uint32_t i = 0; i < message.framebuffers().buffer_count(); ++i)
                    page->buffers.insert(i);
            }
            break;
        case Hear::kFrameReleased:
            if (Page *page = find(message.frame_released().page_id());
                page && page->pool == message.frame_released().pool_id())
                page->buffers.insert(message.frame_released().buffer());
            break;
        case Hear::kBodyData: {
            m_owed[message.body_data().stream_id()] += std::uint32_t(message.body_data().data().size());
            for (auto &[id, page] : m_pages) {
                if (page.stream == message.body_data().stream_id() && page.document.size() < (1 << 20))
                    page.document += message.body_data().data();
            }
            if (m_left == 0 || m_random.perMille(m_dutiful))
                credit(message.body_data().stream_id());
            break;
        }
        case Hear::kBodyEnd:
            for (auto &[id, page] : m_pages) {
                if (page.stream == message.body_end().stream_id())
                    begin(page);
            }
            break;
        case Hear::kInputEvent:
            if (Page *page = find(message.input_event().page_id())) {
                page->inputs.push_back(message.input_event().event_id());
                if (m_left == 0 || m_random.perMille(m_dutiful))
                    handle(*page);
            }
            break;
        default:
            break;
        }
    }

    void begin(const Page &page)
    {
        if (FuzzOrder::isOrder(page.document)) {
            const FuzzOrder order = FuzzOrder::parse(page.document);
            m_random = RandomSource(order.seed);
            setOrder(order);
            return;
        }
        Say frame = bodyNamed("frame_ready");
        m_maker.fill(frame);
        frame.mutable_frame_ready()->set_page_id(page.id);
        if (fitIn(frame))
            send(PacketMaker::packet(PacketKind::Message, 0, frame.SerializeAsString()));
        Say finished;
        finished.mutable_load_finished()->set_page_id(page.id);
        send(PacketMaker::packet(PacketKind::Message, 0, finished.SerializeAsString()));
    }

    void credit(std::uint32_t stream)
    {
        Say message;
        message.mutable_body_credit()->set_stream_id(stream);
        message.mutable_body_credit()->set_bytes(std::exchange(m_owed[stream], 0));
        if (message.body_credit().bytes() > 0)
            send(PacketMaker::packet(PacketKind::Message, 0, message.SerializeAsString()));
    }

    void handle(Page &page)
    {
        Say message;
        message.mutable_input_handled()->set_page_id(page.id);
        message.mutable_input_handled()->set_event_id(page.inputs.front());
        message.mutable_input_handled()->set_consumed(m_random.oneIn(2));
        page.inputs.pop_front();
        send(PacketMaker::packet(PacketKind::Message, 0, message.SerializeAsString()));
    }

    void answer(const Hear &question, std::uint32_t requestId)
    {
        static const std::map<std::string, std::string> Answers{{"find", "find_reply"},
                                                                {"get_text", "text_reply"},
                                                                {"hit_test", "hit_test_reply"},
                                                                {"ping", "pong"},
                                                                {"try_sandbox", "sandbox_attempted"},
                                                                {"get_structure", "plugin.structure"},
                                                                {"paint_page", "plugin.page_painted"}};
        const auto known = Answers.find(question.has_plugin() ? messageName(question.plugin()) : messageName(question));
        const bool isFuzzing = m_left > 0;
        if (isFuzzing && m_random.oneIn(20))
            return; // too late, or never
        Say reply =
            bodyNamed(known == Answers.end() || (isFuzzing && m_random.perMille(m_spoilt / 8)) ? m_random.oneOf(m_all)
                                                                                               : known->second);
        m_maker.fill(reply);
        if (isFuzzing && m_random.perMille(m_spoilt))
            m_maker.spoil(reply);
        for (int times = isFuzzing && m_random.oneIn(20) ? 2 : 1; times > 0; --times)
            say(reply, PacketKind::Reply,
                isFuzzing && m_random.perMille(m_spoilt / 8) ? std::uint32_t(m_random.next()) : requestId);
    }

    Page *find(std::uint32_t id)
    {
        const auto it = m_pages.find(id);
        return it == m_pages.end() ? nullptr : &it->second;
    }

    /// What the cage has left it: the channel, the pipes for log and crash, an event loop's eventfds. Making others is
    /// forbidden there.
    void findDescriptors()
    {
        for (int fd = 0; fd < 64; ++fd) {
            struct stat status = {};
            if (::fstat(fd, &status) < 0)
                continue;
            m_fds.push_back(fd);
            if (S_ISFIFO(status.st_mode) && fd >= STDERR_FILENO)
                m_pipes.push_back(fd);
        }
    }

    BlockingChannel m_channel;
    RandomSource m_random;
    KnownValues m_known;
    MessageMaker m_maker;
    PacketMaker m_packets;
    const std::vector<std::string> m_all;
    FuzzOrder m_order;
    std::vector<std::string> m_words; ///< bodies that it says
    unsigned m_left = 0;              ///< messages until the end; 0: it does as it should
    unsigned m_spoilt = 0, m_broken = 0,
             m_dutiful = 1000; ///< in a thousand: messages with something wrong in them, packets; duties done
    bool m_isPlugin = false;
    std::map<std::uint32_t, Page> m_pages;
    std::map<std::uint32_t, std::uint32_t> m_owed; ///< credit, by stream
    std::uint32_t m_lastStream = 0;
    std::deque<std::pair<Hear, std::uint32_t>> m_heard; ///< with its number, when it is a question
    std::vector<int> m_fds, m_pipes;
    std::deque<UniqueFd> m_held;
};

int run(StartedChild child)
{
    google::protobuf::SetLogHandler(nullptr); // of text that is none it would say so each time
    FuzzChild process(std::move(child.channel),
                      child.limits.total_seconds() > Uncounted ? child.limits.total_seconds() - Uncounted : 0);
    process.introduce(std::move(child.cage));
    return process.run();
}

} // namespace

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; ++i) { // plugins' fork servers are given it as the name of Qt's library
        for (const char *option : {"--fuzz=", "--qt="}) {
            if (std::strncmp(argv[i], option, std::strlen(option)) == 0)
                early = FuzzOrder::parse(argv[i] + std::strlen(option));
        }
    }
    const auto chooseFonts = [](bool caged) { prepareFonts(caged ? Fonts::InMemory : Fonts::FromSystem); };
    const auto prepare = [] { // what reflection builds is built before the fork
        for (const std::string &name : bodyNames())
            (void)bodyNamed(name).SerializeAsString();
    };
    return runChildProgram(argc, argv,
                           {chooseFonts, prepare, &run, {sandbox::roles::renderer(), sandbox::roles::plugin()}});
}
