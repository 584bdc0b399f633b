// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "plugin_host/process/event_loop.h"

#include <map>
#include <string_view>

namespace bulkhead {

/// `bulkhead plugin run FILE --in-process`: one document in a plugin without browser, sandbox and other processes, for
/// debuggers, valgrind and sanitizers. Writes the frame as PPM and what the plugin says to standard output, and ends
/// the process. Options: in-process (the library), id, abi, content (stream, whole, ranges), qt-minor, document, mime,
/// size (WxH), output.
[[noreturn]] void runInProcess(const std::map<std::string_view, std::string_view> &options, const QtRuntime *qt);

} // namespace bulkhead
