// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/lab_channel.h"
#include "ipc/mechanisms/mechanism.h"

#include <memory>

namespace bulkhead::lab {

/// A worker process of the lab: does what its engine says, one command after the other, until the channel ends. Holds
/// at most one link. No Qt of its own; one thread (a mechanism's library may start others).
class Worker
{
public:
    explicit Worker(UniqueFd channel) : m_channel(std::move(channel)) {}
    /// The process's exit code.
    int run();

private:
    wire::LabReply handle(const wire::LabCommand &command, Fds fds, Fds &fdsBack);
    Result<void> open(const wire::LabOpen &command, Fds fds, Fds &fdsBack, wire::LabReply &reply);
    Result<void> measureLink(const wire::LabMeasure &what, wire::LabReply &reply);
    bool engineIsWaiting() const;

    LabChannel m_channel;
    std::unique_ptr<Mechanism> m_mechanism;
    std::unique_ptr<Link> m_link;
};

} // namespace bulkhead::lab
