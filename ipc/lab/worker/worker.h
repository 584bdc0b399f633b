// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/lab/protocol/lab_channel.h"
#include "ipc/messages/sandbox.pb.h"

#include <functional>
#include <memory>
#include <string>

namespace bulkhead::lab {

/// Takes from this process, for good, whatever @p needs do not name; @p place says where the run is and with whom it
/// talks.
using Confine = std::function<Result<wire::SandboxReport>(const Needs &needs, const Place &place)>;

/// A worker process of the lab: does what its engine says, one command after the other, until the channel ends.
/// Confined to one mechanism or study before it first uses it. Holds at most one link. No Qt of its own; one
/// thread (a mechanism's library may start others).
class Worker
{
public:
    Worker(UniqueFd channel, Confine confine) : m_channel(std::move(channel)), m_confine(std::move(confine)) {}
    /// The process's exit code.
    int run();

private:
    wire::LabReply handle(const wire::LabCommand &command, Fds fds, Fds &fdsBack);
    Result<void> open(const wire::LabOpen &command, Fds fds, Fds &fdsBack, wire::LabReply &reply);
    Result<void> measureLink(const wire::LabMeasure &what, wire::LabReply &reply);
    Result<void> frames(const wire::LabFrames &what, Fds fds, wire::LabReply &reply);
    Result<void> study(const wire::LabStudy &what, Fds fds, wire::LabReply &reply);
    Result<void> checkConfinement(const std::string &name) const;
    Result<void> confineTo(const std::string &name, const Needs &needs, const Place &place);
    bool engineIsWaiting() const;

    LabChannel m_channel;
    Confine m_confine;
    std::string m_confinedTo;
    wire::SandboxReport m_confinement;
    std::unique_ptr<Mechanism> m_mechanism;
    std::unique_ptr<Link> m_link;
};

} // namespace bulkhead::lab
