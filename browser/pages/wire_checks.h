// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/channel/bad_message.h"
#include "ipc/messages/renderer.pb.h"

#include <QImage>
#include <QUrl>

#include <string>

namespace bulkhead {

/// A renderer's text into a checked value, or why it is bad. The one boundary between wire types and ours.
struct CheckedUrl
{
    BadMessage error = BadMessage::None;
    QUrl url;
};
enum class EmptyUrl { Allowed, Bad };
CheckedUrl checkUrl(const std::string &encoded, EmptyUrl empty);

struct CheckedIcon
{
    BadMessage error = BadMessage::None;
    QImage image; ///< a copy, at most limits::IconEdge square
};
CheckedIcon checkIcon(const wire::IconChanged &message);

/// Without control characters, and cut to something a tab bar can bear.
QString cleanTitle(const std::string &title);

} // namespace bulkhead
