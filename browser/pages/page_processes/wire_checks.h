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

/// The other way: as a child is told it. One that is longer than the wire allows (a data: page) keeps its scheme only;
/// the child needs it as the base of relative addresses, which such a page has no use for.
std::string wireUrl(const QUrl &url);

struct CheckedIcon
{
    BadMessage error = BadMessage::None;
    QImage image; ///< a copy, at most limits::IconEdge square
};
CheckedIcon checkIcon(const wire::IconChanged &message);

/// As OutsideText cleans it, in one line.
QString cleanTitle(const std::string &title);

} // namespace bulkhead
