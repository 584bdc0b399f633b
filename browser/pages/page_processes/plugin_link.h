// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/host/processes/exit_reason.h"
#include "ipc/channel/bad_message.h"
#include "ipc/messages/plugin.pb.h"

namespace bulkhead {

class RemotePage;

/// What a plugin's process has beyond a renderer's, as far as its PageProcess and its pages need it. Main thread.
class PluginLink
{
public:
    virtual ~PluginLink() = default;

    /// The library is loaded and the lock-down complete: pages may be opened.
    virtual bool isLoaded() const = 0;
    /// To be sent before a page is opened.
    virtual wire::PluginDocument announcement(const RemotePage &page) const = 0;
    /// The largest document, in bytes, where it is wanted whole.
    virtual qint64 contentLimit() const = 0;
    /// A message of the plugin's that is not about a page's document.
    virtual BadMessage handle(const wire::FromPlugin &message) = 0;
    /// How the process ended, in words that fit a plugin.
    virtual ExitReason explain(ExitReason reason) = 0;
};

} // namespace bulkhead
