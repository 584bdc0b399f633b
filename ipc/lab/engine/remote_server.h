// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/engine/run_folder.h"
#include "ipc/lab/engine/worker_process.h"
#include "ipc/lab/protocol/lab_channel.h"

#include <functional>
#include <memory>
#include <string>

namespace bulkhead::lab {

inline constexpr std::uint32_t RemoteProtocol = 1;

/// Lends a worker process of this machine to one other lab at a time: the far end of TCP and UDP links, nothing else.
///
/// The network is hostile. Who does not know the token is turned away before anything is done for it, and each guess
/// costs a second. Of what the client then asks, only what the far end of a measurement needs is passed on, within
/// bounds; paths, names and processors are never the client's to choose. All in the calling thread.
class RemoteServer
{
public:
    /// Listens on @p address (HOST:PORT in numbers). @p workerProgram is bulkhead-lab-worker.
    static Result<RemoteServer> listen(const std::string &address, std::string workerProgram);

    /// With the port that it got.
    const std::string &address() const { return m_address; }
    /// To be shown, and to be given by the client.
    const std::string &token() const { return m_token; }

    /// Serves until cancelled; @p log gets a line for every client.
    Result<void> serve(const Cancel &cancel, const std::function<void(const std::string &)> &log);

private:
    RemoteServer(UniqueFd listener, std::string address, std::string token, std::string program);
    void serveClient(UniqueFd socket, const std::string &who, const Cancel &cancel,
                     const std::function<void(const std::string &)> &log);
    bool isWelcome(LabChannel &client);
    /// Nothing when the command is not for strangers.
    /// @p clientHost is where the client is.
    Result<wire::LabCommand> checked(const wire::LabCommand &command, const RunFolder &folder,
                                     const std::string &clientHost) const;

    UniqueFd m_listener;
    std::string m_address, m_host, m_token, m_program;
};

} // namespace bulkhead::lab
