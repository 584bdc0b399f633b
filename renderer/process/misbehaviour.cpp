// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/process/misbehaviour.h"

#include "ipc/core/exit_codes.h"

#include <QCoreApplication>
#include <QTimer>

#include <csignal>
#include <cstdlib>
#include <cstring>
#include <new>
#include <poll.h>
#include <unistd.h>

namespace bulkhead::misbehaviour {

const char MimeType[] = "application/vnd.bulkhead.misbehaviour";

QByteArray page(const QUrl &url)
{
    const QString name = url.path();
    const auto text = [](const char *source) { return QCoreApplication::translate("misbehaviour", source); };
    QString says;
    if (name == u"crash")
        says = text("This page writes through a null pointer.");
    else if (name == u"abort")
        says = text("This page calls abort().");
    else if (name == u"kill")
        says = text("This page sends SIGKILL to its own process.");
    else if (name == u"hang")
        says = text("This page never returns from its event handler: scrolling and clicking in it does nothing any "
                    "more. Other tabs and the window go on. Close the tab, or end its process from the tab's menu.");
    else if (name == u"oom")
        says = text("This page allocates memory until its process has none left.");
    else if (name == u"sleep")
        says = text("This page goes to sleep in its event handler and reads no message any more.");
    else if (name == u"exit")
        says = text("This page ends its own process with exit code 3.");
    else if (name == u"flood")
        says = text("This page sends the browser messages as fast as the socket takes them, for ever.");
    else if (name == u"malformed")
        says = text("This page sends the browser a message that breaks the protocol.");
    return QStringLiteral("<title>%1</title><h1>%1</h1><p>%2</p><p>%3</p>")
        .arg(url.toString().toHtmlEscaped(), says.toHtmlEscaped(),
             text("Process id: %1").arg(QCoreApplication::applicationPid()))
        .toUtf8();
}

/// Without the sanitizer, which would end the process before the signal does.
__attribute__((no_sanitize("undefined"))) void perform(const QUrl &url)
{
    const QString name = url.path();
    if (name == u"crash") {
        volatile int *nowhere = nullptr;
        *nowhere = 1;
    } else if (name == u"abort") {
        std::abort();
    } else if (name == u"kill") {
        ::raise(SIGKILL);
        // Number 1 of a pid namespace survives what it sends itself; the browser reads this exit code as the signal.
        ::_exit(exit_codes::SignalBase + SIGKILL);
    } else if (name == u"hang") {
        volatile bool forever = true; // a loop without a side effect may be assumed to end
        while (forever) {
        }
    } else if (name == u"sleep") {
        for (;;)
            ::poll(nullptr, 0, -1); // pause() is forbidden in the sandbox
    } else if (name == u"exit") {
        ::_exit(3);
    } else if (name == u"oom") {
        constexpr std::size_t Piece = std::size_t(16) << 20;
        for (;;) {
            char *memory = static_cast<char *>(::operator new(Piece));
            std::memset(memory, 0x5a, Piece); // touched, or the kernel would only pretend
        }
    }
}

bool speak(const QUrl &url, RendererChannel &channel, quint32 pageId)
{
    const QString name = url.path();
    if (name == u"flood") {
        auto *timer = new QTimer(&channel.base());
        QObject::connect(timer, &QTimer::timeout, timer, [&channel, pageId, percent = 0u]() mutable {
            wire::RendererToBrowser message;
            message.mutable_load_progress()->set_page_id(pageId);
            // Below this end's own limit: the browser is to be drowned, not this process.
            for (int i = 0; i < 5000 && !channel.base().isCongested(); ++i) {
                message.mutable_load_progress()->set_percent(++percent % 100);
                channel.send(message);
            }
        });
        timer->start(0);
        return true;
    }
    if (name != u"malformed")
        return false;
    wire::RendererToBrowser message;
    const QString which = url.query();
    if (which == u"frame") {
        wire::FrameReady *frame = message.mutable_frame_ready();
        frame->set_page_id(pageId);
        frame->set_frame_id(1'000'000);
        frame->set_pool_id(4711);
    } else if (which == u"title") {
        message.mutable_title_changed()->set_page_id(pageId);
        message.mutable_title_changed()->set_title(std::string(100'000, 'x'));
    } else if (which == u"page") {
        message.mutable_load_finished()->set_page_id(pageId + 4711);
    } else if (which == u"input") {
        message.mutable_input_handled()->set_page_id(pageId);
        message.mutable_input_handled()->set_event_id(4'711'000);
    } else {
        message.mutable_cursor_changed()->set_page_id(pageId);
        message.mutable_cursor_changed()->set_shape(4711);
    }
    channel.send(message);
    return true;
}

} // namespace bulkhead::misbehaviour
