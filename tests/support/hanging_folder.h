// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"

#include <string>

namespace bulkhead {

/// A folder of a file system that never answers, as a lost network folder does: FUSE, with this process as the server
/// that takes no request. Whoever looks below it waits, until they are killed or this object goes.
class HangingFolder
{
public:
    /// Gives this process a view of the file systems of its own, in which one may mount, with user namespaces where it
    /// is not root. Before there is any other thread. Says why it is refused.
    static Result<void> isolate();
    /// Over the empty folder @p path.
    static Result<HangingFolder> mount(const std::string &path);

    HangingFolder(HangingFolder &&) = default;
    ~HangingFolder();

    const std::string &path() const { return m_path; }
    /// Everybody who waits gets an error, as when the connection is given up.
    void giveUp() { m_server.reset(); }

private:
    HangingFolder(std::string path, UniqueFd server) : m_path(std::move(path)), m_server(std::move(server)) {}

    std::string m_path;
    UniqueFd m_server;
};

} // namespace bulkhead
