// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/plugin_host/in_process.h"

#include "ipc/core/safe_open.h"
#include "plugin_host/loader/plugin_library.h"
#include "plugin_host/process/host_table.h"
#include "plugin_host/process/plugin_page.h"

#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fcntl.h>
#include <fstream>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <unistd.h>

namespace bulkhead {

namespace {

using Clock = bulkhead_page::Clock;
constexpr std::chrono::milliseconds Quiet{200}; ///< without a new frame: it is complete
constexpr std::chrono::seconds Patience{60};
constexpr std::uint64_t MostFileBytes = 256 << 20;

[[noreturn]] void giveUp(const std::string &sentence)
{
    std::fprintf(stderr, "bulkhead plugin: %s\n", sentence.c_str());
    std::exit(1);
}

using Options = std::map<std::string_view, std::string_view>;

std::string option(const Options &options, std::string_view name)
{
    const auto it = options.find(name);
    return it == options.end() ? std::string() : std::string(it->second);
}

std::string readFile(const std::string &path)
{
    Result<std::string> bytes = readRegular(path, MostFileBytes);
    if (!bytes)
        giveUp(path + " cannot be read: " + bytes.error().what);
    return std::move(*bytes);
}

UniqueFd inMemory(const std::string &bytes)
{
    UniqueFd memory(::memfd_create("plugin", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (::write(memory.get(), bytes.data(), bytes.size()) != ssize_t(bytes.size()))
        giveUp("no memory for the library");
    return memory;
}

/// What is the browser otherwise.
struct Session
{
    std::unique_ptr<bulkhead_page> page;
    std::string content, output;
    std::vector<MemfdRegion> buffers;
    std::uint32_t stride = 0;
    std::deque<wire::PluginRead> reads;
    std::optional<wire::FrameReady> frame;
    std::vector<wire::FrameReleased> releases;
    bool finished = false;
    Clock::time_point start = Clock::now(), lastFrame = Clock::now();

    void take(const wire::RendererToBrowser &message)
    {
        using Body = wire::RendererToBrowser;
        if (message.body_case() == Body::kFrameReady) {
            if (frame) {
                wire::FrameReleased released;
                released.set_pool_id(frame->pool_id());
                released.set_buffer(frame->buffer());
                releases.push_back(released);
            }
            frame = message.frame_ready();
            lastFrame = Clock::now();
        } else if (message.body_case() == Body::kLoadFinished) {
            finished = true;
        } else if (message.body_case() == Body::kTitleChanged) {
            std::printf("title: %s\n", message.title_changed().title().c_str());
        } else if (message.has_plugin() && message.plugin().has_notice()) {
            std::printf("notice: %s\n", message.plugin().notice().sentence().c_str());
        } else if (message.has_plugin() && message.plugin().has_failed()) {
            giveUp("the plugin made no instance");
        } else if (message.has_plugin() && message.plugin().has_read()) {
            reads.push_back(message.plugin().read());
        }
    }

    void tick()
    {
        for (const wire::FrameReleased &released : std::exchange(releases, {}))
            page->view().release(released);
        for (const wire::PluginRead &read : std::exchange(reads, {})) {
            wire::PluginPiece piece;
            piece.set_request_id(read.request_id());
            piece.set_offset(read.offset());
            if (read.offset() <= content.size())
                piece.set_data(content.substr(read.offset(), read.count()));
            piece.set_found(true);
            page->takePiece(piece);
        }
        page->tick();
        const auto now = Clock::now();
        if (now - start > Patience)
            giveUp("it was not complete after a minute");
        if (finished && frame && now - lastFrame > Quiet && reads.empty())
            end();
    }

    [[noreturn]] void end()
    {
        if (!output.empty()) {
            std::ofstream file(output, std::ios::binary);
            const auto width = frame->size().width(), height = frame->size().height();
            file << "P6 " << width << ' ' << height << " 255\n";
            const unsigned char *from = buffers[frame->buffer()].data();
            for (std::uint32_t y = 0; y < height; ++y) {
                for (std::uint32_t x = 0; x < width; ++x) {
                    const unsigned char *pixel = from + std::size_t(y) * stride + x * 4;
                    file.put(char(pixel[2])).put(char(pixel[1])).put(char(pixel[0]));
                }
            }
            if (!file.flush())
                giveUp(output + " cannot be written");
        }
        page.reset(); // so that a leak checker sees the plugin's end
        std::exit(0);
    }
};

[[noreturn]] void giveUp(const PluginFault &fault)
{
    giveUp(std::string(pluginCodeName(fault.code)) + ": " + fault.subject + ", found " + fault.found + ", needed " +
           fault.needed);
}

PluginLibrary libraryOf(const Options &options, const QtRuntime *qt)
{
    wire::PluginLoad load;
    load.set_id(option(options, "id"));
    unsigned major = 0, minor = 0;
    std::sscanf(option(options, "abi").c_str(), "%u.%u", &major, &minor);
    load.set_abi_major(major);
    load.set_abi_minor(minor);
    load.set_uses_qt(qt != nullptr);
    load.set_qt_minor(unsigned(std::atoi(option(options, "qt-minor").c_str())));
    auto library =
        PluginLibrary::prepare(inMemory(readFile(option(options, "in-process"))), load, qt ? qt->version() : "");
    if (!library)
        giveUp(library.error());
    return std::move(*library);
}

/// What the browser would open.
wire::OpenDocument request(const Options &options, const std::string &path, unsigned width, unsigned height)
{
    wire::OpenDocument open;
    open.set_page_id(1);
    open.set_stream_id(1);
    open.set_url("file://" + path);
    open.set_mime_type(option(options, "mime"));
    open.mutable_view()->mutable_size()->set_width(width);
    open.mutable_view()->mutable_size()->set_height(height);
    open.mutable_view()->set_device_pixel_ratio(1);
    open.mutable_view()->set_zoom(1);
    open.mutable_view()->set_visible(true);
    return open;
}

wire::PluginDocument describe(const Options &options, const std::string &path, std::size_t length)
{
    wire::PluginDocument document;
    const std::string content = option(options, "content");
    document.set_content(content == "ranges"   ? wire::PluginDocument::RANGES
                         : content == "stream" ? wire::PluginDocument::STREAM
                                               : wire::PluginDocument::WHOLE);
    document.set_file_name(path.substr(path.rfind('/') + 1));
    document.set_length(length);
    return document;
}

/// The buffers of the frames, as the browser makes them; @p session reads them.
Fds makeBuffers(Session &session, wire::Framebuffers &buffers, unsigned width, unsigned height)
{
    buffers.set_pool_id(1);
    buffers.set_buffer_count(3);
    buffers.set_stride(session.stride);
    buffers.mutable_capacity()->set_width(width);
    buffers.mutable_capacity()->set_height(height);
    Fds fds;
    for (int i = 0; i < 3; ++i) {
        Result<Memfd> memory = Memfd::create("frame", std::size_t(session.stride) * height);
        Result<MemfdRegion> region =
            memory ? MemfdRegion::map(*memory, MapAccess::ReadOnly) : tl::unexpected(memory.error());
        if (!region)
            giveUp(region.error().what);
        session.buffers.push_back(std::move(*region));
        fds.push_back(memory->duplicate());
    }
    return fds;
}

} // namespace

void runInProcess(const std::map<std::string_view, std::string_view> &options, const QtRuntime *qt)
{
    PluginLibrary library = libraryOf(options, qt);
    const auto plugin = library.open("/proc/self/fd");
    if (!plugin)
        giveUp(plugin.error());

    static Session session; // for the callbacks, to the end of the process
    unsigned width = 800, height = 600;
    std::sscanf(option(options, "size").c_str(), "%ux%u", &width, &height);
    if (width == 0 || height == 0 || width > 16384 || height > 16384)
        giveUp("the size makes no sense");
    session.output = option(options, "output");
    const std::string path = option(options, "document");
    session.content = readFile(path);
    session.stride = width * 4;

    const wire::OpenDocument open = request(options, path, width, height);
    const wire::PluginDocument document = describe(options, path, session.content.size());
    wire::Framebuffers buffers;
    Fds fds = makeBuffers(session, buffers, width, height);
    session.page = std::make_unique<bulkhead_page>(
        open, document, **plugin, hostTable(), [](const wire::RendererToBrowser &message) { session.take(message); });
    (void)session.page->view().setBuffers(buffers, std::move(fds));
    constexpr std::size_t Piece = 64 << 10;
    for (std::size_t at = 0; at < session.content.size() && document.content() != wire::PluginDocument::RANGES;
         at += Piece)
        session.page->appendBody(session.content.substr(at, Piece));
    session.page->endBody(true);
    const UniqueFd never(::eventfd(0, EFD_CLOEXEC));
    const LoopCallbacks callbacks{never.get(), [](void *) {}, [](void *) { return 10; }, [](void *) { session.tick(); },
                                  nullptr};
    if (qt)
        qt->run(&callbacks);
    runPollLoop(callbacks);
}

} // namespace bulkhead
