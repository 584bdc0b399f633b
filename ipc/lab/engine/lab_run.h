// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/lab/engine/broker.h"
#include "ipc/lab/engine/cancel.h"
#include "ipc/lab/engine/results.h"
#include "ipc/lab/engine/worker_pair.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace bulkhead::lab {

/// The mechanisms with all that is known of them, as a worker process describes them.
Result<std::vector<wire::LabMechanism>> catalogue(const WorkerProgram &workerProgram, const Cancel &cancel);

/// Measures mechanisms against each other, fairly: in every round each has its turn, in another order, and is compared
/// with the Unix stream socket of the same round, so that whatever else the machine does falls on all. Before each
/// measurement the link is warmed up. All in the calling thread, which may be any but must stay: workers end with it.
class LabRun
{
public:
    struct Options
    {
        std::vector<std::string> mechanisms; ///< names; baselines and the reference may be among them
        std::vector<std::size_t> sizes{64};  ///< bytes
        std::vector<Placement> placements{Placement::Free};
        std::optional<Wait> wait; ///< nothing: each mechanism's first; mechanisms without it are skipped, with a reason
        int rounds = 5;
        std::optional<std::uint64_t> count; ///< round trips per round and job; nothing: as many as fit into seconds
        double seconds = 0.2;               ///< for each of round trips and streaming, per round and job
        std::uint64_t burst = 1;            ///< messages before the answer
        std::uint64_t gapMicroseconds = 0;  ///< silence before each question
        enum class Calls { Count, Ignore } calls = Calls::Count;
        WorkerProgram workerProgram;
    };
    static constexpr std::size_t LargestSize = std::size_t(16) << 20;
    static constexpr char Reference[] = "unix-stream";

    struct Progress
    {
        int done = 0, total = 0; ///< measurements
        std::string text;        ///< "round 2 of 5: pipe, 64 bytes"
    };
    using ProgressHandler = std::function<void(const Progress &)>;

    LabRun(Options options, const Cancel &cancel, ProgressHandler progress = {});
    ~LabRun();
    /// The second side of every link is on another machine.
    void setRemote(std::unique_ptr<Peer> remote, std::string host);

    /// An error only when nothing can be measured at all, or (ECANCELED) when cancelled; results() has what was done.
    Result<void> run();
    const std::vector<JobResult> &results() const { return m_results; }

private:
    struct Planned;
    Result<void> plan();
    void measureOnce(Planned &planned, int round);
    Result<void> measureLink(Planned &planned, JobResult &result, RoundFigures &figures);
    Result<void> calibrate(Planned &planned);
    Result<void> countCalls(const Planned &planned, JobResult &result);
    void compareWithReference(int round);
    void summarise();
    void report(const Planned &planned, int round);

    Options m_options;
    const Cancel &m_cancel;
    ProgressHandler m_progress;
    std::unique_ptr<RunFolder> m_folder;
    std::unique_ptr<Broker> m_broker; ///< from the first time it is needed
    std::unique_ptr<WorkerPair> m_pair;
    std::unique_ptr<Peer> m_remote;
    std::string m_host;
    std::vector<Planned> m_planned;
    std::vector<JobResult> m_results;
    int m_done = 0;
};

} // namespace bulkhead::lab
