// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <memory>
#include <string>
#include <sys/types.h>

namespace bulkhead::lab {

/// An MQTT broker of our own on a Unix socket in a run's folder, nobody else's; ends with the object, and with the
/// thread that started it. What it keeps for absent subscribers survives stop() and the next start() in the same
/// folder.
class Broker
{
public:
    static constexpr char Program[] = "/usr/sbin/mosquitto";

    /// Returns when it accepts connections.
    static Result<std::unique_ptr<Broker>> start(const std::string &folder);
    ~Broker() { stop(); }
    /// Orderly: it writes its state to disk.
    void stop();

    const std::string &socket() const { return m_socket; }
    pid_t pid() const { return m_pid; }

private:
    Broker(std::string socket, pid_t pid) : m_socket(std::move(socket)), m_pid(pid) {}

    std::string m_socket;
    pid_t m_pid;
};

} // namespace bulkhead::lab
