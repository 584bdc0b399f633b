// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/unique_fd.h"
#include "ipc/messages/plugin.pb.h"

struct bulkhead_page;

namespace bulkhead {

/// The table of contents and the pages to print, by the plugin's extensions; empty without them. Main thread, as both.
wire::PluginStructure structureOf(const bulkhead_page &page);
/// Paints one of those pages into the memfd that came along; false when the plugin or the memory refuses.
bool paintPage(const bulkhead_page &page, const wire::PluginPaintPage &request, Fds fds);

} // namespace bulkhead
