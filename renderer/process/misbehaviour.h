// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/process/resource_fetcher.h"

#include <QByteArray>
#include <QString>
#include <QUrl>

namespace bulkhead {

/// The pages that end, freeze or starve their own renderer on purpose, for people who want to see what happens then:
/// about:crash, about:abort, about:kill, about:hang, about:oom, about:sleep, about:exit. The browser serves them with
/// an own MIME type; the deed is done here, in the process that is to suffer.
namespace misbehaviour {

/// "application/vnd.bulkhead.misbehaviour"
extern const char MimeType[];

/// What the page says about itself before or while it does it, as HTML.
QByteArray page(const QUrl &url);
/// Does it. Does not return for most; no-op for an unknown name.
void perform(const QUrl &url);
/// What needs the channel: about:flood sends as many messages as the socket takes, for ever; about:malformed?N one that
/// breaks the protocol in one of some ways. False for any other name. @p channel outlives the process.
bool speak(const QUrl &url, RendererChannel &channel, quint32 pageId);

} // namespace misbehaviour

} // namespace bulkhead
