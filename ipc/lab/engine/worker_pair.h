// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/peer.h"
#include "ipc/lab/engine/placement.h"
#include "ipc/lab/engine/run_folder.h"
#include "ipc/lab/engine/worker_census.h"

#include <memory>
#include <string>

namespace bulkhead::lab {

/// Two worker processes and the link between them: the scene of every measurement. Processes are started when needed,
/// used again for the same mechanism (they are confined to it), and replaced for another, or, with everything they left
/// removed, when one hangs or dies. One thread.
class WorkerPair
{
public:
    WorkerPair(WorkerProgram workerProgram, const RunFolder &folder, const Cancel &cancel)
        : m_program(std::move(workerProgram)), m_folder(folder), m_cancel(cancel)
    {
    }
    ~WorkerPair();

    /// From now on the second side is on another machine: it creates, so that the first can connect to it.
    void setRemote(std::unique_ptr<Peer> remote, std::string host);
    bool isRemote() const { return m_remote; }

    struct LinkSpec
    {
        std::string mechanism;
        Wait wait = Wait::Blocking;
        std::size_t largest = 0;
        bool alone = false; ///< a baseline: the first process only
        bool lossy = false;
        std::string broker;
    };
    /// Makes the link; an open one is closed before.
    Result<void> open(const LinkSpec &spec);

    struct Figures
    {
        wire::LabMeasured initiator;
        wire::LabMeasured responder;
    };
    /// The first process initiates.
    Result<Figures> measure(wire::LabMeasure what, const Processors &processors, std::chrono::milliseconds limit);

    enum class Names { Remove, Keep };
    void close(Names names = Names::Remove);

    /// Starts what is not there yet.
    Result<void> start();
    /// A new process instead of the second one; the link, if there was one, is not closed.
    Result<void> replaceSecond();
    Peer &first() { return *m_first; }
    Peer &second() { return *m_second; }
    /// Ends both and removes what they left.
    void reset();

private:
    Result<void> openLink(const LinkSpec &spec);
    Result<void> checkAddress(const std::string &given, const std::string &said) const;
    Result<std::string> openSide(Peer &peer, bool create, const Place &place, Fds fds, Fds *fdsBack);

    WorkerProgram m_program;
    const RunFolder &m_folder;
    const Cancel &m_cancel;
    std::unique_ptr<Peer> m_first, m_second;
    LinkSpec m_spec;
    std::string m_host;
    bool m_remote = false;
    bool m_isOpen = false;
};

} // namespace bulkhead::lab
