// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/study.h"
#include "ipc/lab/engine/worker_pair.h"

namespace bulkhead::lab {

/// What a study that looks at one mechanism after the other has at hand. The link is opened by it.
struct LinkScene
{
    WorkerPair &pair;
    const RunFolder &folder;
    const Cancel &cancel;
    const wire::LabMechanism &mechanism;
    std::size_t size; ///< of a message, within the mechanism's limit
    std::string broker;
    std::function<Result<void>()> restartBroker; ///< for mechanisms with one

    WorkerPair::LinkSpec spec(Wait wait) const;
    Wait usualWait() const { return Wait(mechanism.waits(0)); }
};

using Findings = std::vector<wire::LabFinding>;
wire::LabFinding finding(const std::string &name, double value, const std::string &unit, const std::string &text);

/// How much fits before the writer is refused, and what a datagram does then.
Result<Findings> depthOf(LinkScene &scene);
/// One side is killed: who notices, when, by which error, and what is left behind.
Result<Findings> deathOf(LinkScene &scene);
/// A message for a receiver that does not exist yet, from a sender that does not exist any more.
Result<Findings> persistenceOf(LinkScene &scene);
/// Many messages at once, and messages after a silence.
Result<Findings> burstsOf(LinkScene &scene);

} // namespace bulkhead::lab
