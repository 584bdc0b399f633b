// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Whether @p port is one of the Fetch standard's bad ports (https://fetch.spec.whatwg.org/#port-blocking): ports of
/// mail, shells, X11 and other services that would take a request for commands of their own.
bool isBlockedPort(int port);

} // namespace bulkhead
