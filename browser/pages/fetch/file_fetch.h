// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/access_policy.h"
#include "browser/pages/fetch/disk_queue.h"

#include <memory>

namespace bulkhead {

/// Fetches a file: URL that the policy has let pass: a regular file, or a folder as a listing. All disk access happens
/// on @p disk's threads, which wait for nothing but the disk: when the reader lags, the thread goes on to other work.
/// @p client is whose turn it takes there. Nothing but regular files and folders is ever opened, and what was opened,
/// not its name, is held against
/// @p decision's folders, so neither links nor a swap between check and use lead outside.
std::unique_ptr<Fetch> startFileFetch(const QUrl &url, const Decision &decision, const std::shared_ptr<DiskQueue> &disk,
                                      const DiskClient &client);

} // namespace bulkhead
