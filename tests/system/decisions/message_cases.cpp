// SPDX-License-Identifier: BSD-3-Clause
// What a child may say at all.
#include "tests/system/decisions/case.h"

namespace bulkhead {

namespace {

using namespace protections;

/// In @p steps NEVER is an address that is not answered, so what asks for it stays open.
QString saying(Scene &scene, QByteArray steps)
{
    scene.a().set("/never", LoopbackAnswer::never());
    scene.a().script("/", steps.replace("NEVER", scene.a().at("/never")));
    // What is judged bad is not answered, whatever the judgement leads to.
    return scene.shown(scene.visit(scene.a().url(), Scene::Requests::Ignored));
}

QByteArray frame(const char *fields)
{
    return "say frame_ready { " + QByteArray(fields) + " }\n";
}

/// A message that no honest page sends.
struct Lie
{
    const char *name;
    const Protection &protection;
    QByteArray steps;
    const char *end; ///< of the process
};
const Lie PageLies[] = {
    {"an icon of fewer pixels than it says ends its process", iconChecks,
     "say icon_changed { size { width: 32 height: 32 } pixels: 'few' }", "43 icon_changed"},
    {"an icon whose size overflows ends its process", iconChecks,
     "say icon_changed { size { width: 2147483648 height: 2 } }", "43 icon_changed"},
    {"a title without end ends its process", pageMessages, "say title_changed { title: '$long(1500)' }",
     "42 title_changed"},
    {"a cursor that there is not ends its process", pageMessages, "say cursor_changed { shape: 4000 }",
     "44 cursor_changed"},
    {"a way to open a link that there is not ends its process", pageMessages,
     "say link_activated { url: 'about:blank' disposition: 9 }", "44 link_activated"},
    {"a page that is loaded to 101 % ends its process", pageMessages, "say load_progress { percent: 101 }",
     "45 load_progress"},
    {"a kind of resource that there is not ends its process", pageMessages,
     "say resource_request { stream_id: 7 url: 'about:blank' kind: 42 }", "44 resource_request"},
    {"a stream without number ends its process", pageMessages,
     "say resource_request { kind: IMAGE url: 'about:blank' }", "50 resource_request"},
    {"a stream with a number of the browser's ends its process", pageMessages,
     "say resource_request { stream_id: 2147483649 kind: IMAGE url: 'about:blank' }", "50 resource_request"},
    {"a stream that is open already ends its process", pageMessages,
     "repeat 2 resource_request { stream_id: 7 kind: IMAGE url: 'NEVER' }", "50 resource_request"},
    {"streams without end end their process", pageMessages,
     "repeat 257 resource_request { stream_id: 1$i kind: IMAGE url: 'NEVER' }", "54 resource_request"},
    {"boxes without end end their process", pageMessages,
     "say embed_boxes { " + QByteArray("boxes { url: 'about:blank' area { width: 9 height: 9 } } ").repeated(65) + "}",
     "45 embed_boxes"},
    {"a box of attributes without end ends its process", pageMessages,
     "say embed_boxes { boxes { url: 'about:blank' attributes { name: 'a' value: '$long(9000)' } } }",
     "45 embed_boxes"},
    {"a box that shows no address ends its process", urlChecks, "say embed_boxes { boxes { url: 'no address' } }",
     "40 embed_boxes"},
    {"an answer to an input that was never sent ends its process", inputAnswers, "say input_handled { event_id: 77 }",
     "53 input_handled"},
};
const Lie FrameLies[] = {
    {"a frame of another pool ends its process", frames,
     frame("frame_id: 9 pool_id: 77 buffer: 1 device_pixel_ratio: 1 size { width: 9 height: 9 }"), "30 frame_ready"},
    {"a frame in a buffer that there is not ends its process", frames,
     frame("frame_id: 9 pool_id: $pool buffer: 77 device_pixel_ratio: 1 size { width: 9 height: 9 }"),
     "31 frame_ready"},
    {"a frame in a buffer that is on screen ends its process", frames,
     frame("frame_id: 9 pool_id: $pool buffer: 1 device_pixel_ratio: 1 size { width: 9 height: 9 }") +
         frame("frame_id: 10 pool_id: $pool buffer: 1 device_pixel_ratio: 1 size { width: 9 height: 9 }"),
     "32 frame_ready"},
    {"a frame that is larger than its buffer ends its process", frames,
     frame("frame_id: 9 pool_id: $pool buffer: 1 device_pixel_ratio: 1 size { width: 60000 height: 9 }"),
     "33 frame_ready"},
    {"a frame that differs outside of itself ends its process", frames,
     frame("frame_id: 9 pool_id: $pool buffer: 1 device_pixel_ratio: 1 size { width: 10 height: 10 } damage { x: 5 "
           "width: 9 height: 9 }"),
     "34 frame_ready"},
    {"a frame older than the one before ends its process", frames,
     frame("frame_id: 1 pool_id: $pool buffer: 1 device_pixel_ratio: 1 size { width: 9 height: 9 }"), "35 frame_ready"},
    {"a frame of no scale ends its process", frames,
     frame("frame_id: 9 pool_id: $pool buffer: 1 device_pixel_ratio: nan size { width: 9 height: 9 }"),
     "36 frame_ready"},
};

template <std::size_t Count>
void addLies(const Group &add, const Lie (&lies)[Count])
{
    for (const Lie &lie : lies) {
        add(
            lie.name, lie.protection, [steps = lie.steps](Scene &s) { return saying(s, steps); },
            QByteArray("ended: bad-message ") + lie.end, "http://a/");
    }
}

} // namespace

void addMessageCases(Cases &cases)
{
    const Group add(cases, "messages");

    add(
        "a link that is no address ends its process", urlChecks,
        [](Scene &s) { return saying(s, "say link_activated { url: '../etc/passwd' }\n"); },
        "ended: bad-message 40 link_activated", "refused: invalid-url");
    add(
        "an address without end ends its process", urlChecks,
        [](Scene &s) { return saying(s, "say hovered_link { url: 'http://a/$long(33000)' }\n"); },
        "ended: bad-message 41 hovered_link", "http://a/");
    add(
        "more credit than was used ends its process", credits,
        [](Scene &s) {
            s.a().set("/stream", LoopbackAnswer::stream(4 << 20)); // of another site no such thing would come
            s.a().script("/", "deaf\nsay resource_request { stream_id: 7 kind: IMAGE url: '" + s.a().at("/stream") +
                                  "' }\nwait body_data\nsay body_credit { stream_id: 7 bytes: 1000000000 }\n");
            const Tab *tab = s.visit(s.a().url(), Scene::Requests::Ignored);
            s.waitUntil([&s, tab] { return s.stops() == 2 || tab->crash(); });
            return s.shown(tab);
        },
        "ended: bad-message 52 body_credit", "http://a/");
    addLies(add, PageLies);
    addLies(add, FrameLies);
}

} // namespace bulkhead
