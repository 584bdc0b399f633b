// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <netinet/in.h>
#include <string>

namespace bulkhead::lab {

/// An IPv4 or IPv6 address with a port, written "127.0.0.1:80" or "[::1]:80". Numbers only: no name service.
struct InternetAddress
{
    sockaddr_storage storage = {};
    socklen_t length = 0;

    /// @p text may lack the port, which is 0 then.
    static Result<InternetAddress> parse(const std::string &text);
    /// What @p socket is bound to.
    static Result<InternetAddress> ofSocket(int socket);

    std::string text() const;
    int family() const { return storage.ss_family; }
    const sockaddr *get() const { return reinterpret_cast<const sockaddr *>(&storage); }
};

} // namespace bulkhead::lab
