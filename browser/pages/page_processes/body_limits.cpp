// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/body_limits.h"

#include "ipc/channel/limits.h"
#include "ipc/messages/renderer.pb.h"

namespace bulkhead {

namespace {
/// Numbers, flags, and the tags around them.
constexpr std::size_t Frame = 1 << 10;
} // namespace

std::size_t bodyLimit(int number)
{
    using Body = wire::RendererToBrowser;
    switch (Body::BodyCase(number)) {
    case Body::kReady: // what each layer of the sandbox said
        return 64 << 10;
    case Body::kFrameReady:
        return 2 * Frame; // sixteen rectangles
    case Body::kResourceRequest:
    case Body::kHoveredLink:
    case Body::kLinkActivated:
        return limits::UrlBytes + Frame;
    case Body::kTitleChanged:
        return limits::TitleBytes + Frame;
    case Body::kIconChanged:
        return 4 * limits::IconEdge * limits::IconEdge + Frame;
    case Body::kHitTestReply:
        return 2 * limits::UrlBytes + Frame;
    case Body::kResourceCancel:
    case Body::kBodyCredit:
    case Body::kCursorChanged:
    case Body::kSelectionChanged:
    case Body::kLoadProgress:
    case Body::kLoadFinished:
    case Body::kInputHandled:
    case Body::kFindReply:
    case Body::kPong:
    case Body::kSandboxAttempted:
        return Frame;
    case Body::kEmbedBoxes:
        return limits::EmbedBoxesBytes;
    case Body::kTraceEvents: // a thousand of them
        return 256 << 10;
    case Body::kTextReply:
    case Body::kPlugin:
        return limits::MessageBytes;
    case Body::BODY_NOT_SET:
        break;
    }
    return 0;
}

} // namespace bulkhead
