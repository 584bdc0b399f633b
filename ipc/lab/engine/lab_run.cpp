// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/lab_run.h"

#include "ipc/lab/engine/call_recorder.h"
#include "ipc/lab/engine/worker_process.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <random>

namespace bulkhead::lab {

namespace {

using std::chrono::milliseconds;

/// A measurement may take so much longer than planned before it is given up.
constexpr int Patience = 20;
constexpr milliseconds LeastPatience{10'000};

/// Round trips under the tracer.
constexpr std::uint64_t CallSample = 100;

milliseconds patienceFor(double seconds)
{
    return std::max(LeastPatience, milliseconds(std::int64_t(seconds * 1000 * Patience)));
}

} // namespace

/// A job on its way through the rounds.
struct LabRun::Planned
{
    std::size_t result = 0; ///< index
    WorkerPair::LinkSpec link;
    Processors processors;
    std::uint64_t roundTrips = 0; ///< per round; 0: not calibrated yet
    std::uint64_t streamed = 0;
    wire::LabMeasured total; ///< both sides, all rounds, round trips only
    std::uint64_t messages = 0;
    double userCopies = 0;
};

Result<std::vector<wire::LabMechanism>> catalogue(const WorkerProgram &workerProgram, const Cancel &cancel)
{
    Result<std::unique_ptr<WorkerProcess>> worker = WorkerProcess::start(workerProgram);
    if (!worker)
        return tl::unexpected(worker.error());
    wire::LabCommand command;
    command.mutable_list_mechanisms();
    if (const auto sent = (*worker)->send(std::move(command)); !sent)
        return tl::unexpected(sent.error());
    const Result<wire::LabReply> reply = await(**worker, std::chrono::seconds(15), cancel);
    if (!reply)
        return tl::unexpected(reply.error());
    return std::vector<wire::LabMechanism>(reply->mechanisms().mechanism().begin(),
                                           reply->mechanisms().mechanism().end());
}

LabRun::LabRun(Options options, const Cancel &cancel, ProgressHandler progress)
    : m_options(std::move(options)), m_cancel(cancel), m_progress(std::move(progress))
{
}

LabRun::~LabRun()
{
    m_pair.reset();
    m_broker.reset();
    m_folder.reset();
}

void LabRun::setRemote(std::unique_ptr<Peer> remote, std::string host)
{
    m_remote = std::move(remote);
    m_host = std::move(host);
}

Result<void> LabRun::run()
{
    Result<RunFolder> folder = RunFolder::create();
    if (!folder)
        return tl::unexpected(folder.error());
    m_folder = std::make_unique<RunFolder>(std::move(*folder));
    m_pair = std::make_unique<WorkerPair>(m_options.workerProgram, *m_folder, m_cancel);
    if (m_remote)
        m_pair->setRemote(std::move(m_remote), m_host);
    if (const auto planned = plan(); !planned)
        return planned;

    // The same order every time would give each the same neighbour.
    std::mt19937 shuffler(1);
    for (int round = 0; round < m_options.rounds; ++round) {
        std::vector<Planned *> order;
        for (Planned &planned : m_planned)
            order.push_back(&planned);
        std::shuffle(order.begin(), order.end(), shuffler);
        for (Planned *planned : order) {
            if (m_cancel.isRequested())
                return fail(Error::fromErrno("the run", ECANCELED));
            report(*planned, round);
            measureOnce(*planned, round);
            ++m_done;
        }
        compareWithReference(round);
    }
    summarise();
    m_pair.reset();
    m_broker.reset();
    m_folder.reset();
    return m_cancel.isRequested() ? fail(Error::fromErrno("the run", ECANCELED)) : Result<void>();
}

Result<void> LabRun::plan()
{
    const Result<std::vector<wire::LabMechanism>> known = catalogue(m_options.workerProgram, m_cancel);
    if (!known)
        return tl::unexpected(known.error());
    std::vector<std::string> names = m_options.mechanisms;
    if (!m_pair->isRemote() && std::find(names.begin(), names.end(), Reference) == names.end())
        names.insert(names.begin(), Reference);
    for (const std::size_t size : m_options.sizes) {
        for (const Placement placement : m_options.placements) {
            const Result<Processors> processors = processorsFor(placement);
            for (const std::string &name : names) {
                const auto info =
                    std::find_if(known->begin(), known->end(), [&](const auto &m) { return m.name() == name; });
                JobResult result;
                result.job = {name, Wait::Blocking, size, placement};
                result.actualSize = size;
                result.state = JobState::Unavailable;
                Planned planned;
                if (info == known->end()) {
                    // A pair of shared memory and synchronisation that is not listed: as the listed ones, no limit.
                    result.job.wait =
                        m_options.wait.value_or(name.find("+spin") == name.npos ? Wait::Blocking : Wait::Polling);
                } else {
                    const Wait first = Wait(info->waits(0));
                    result.job.wait = m_options.wait.value_or(first);
                    if (std::find(info->waits().begin(), info->waits().end(), std::uint32_t(result.job.wait)) ==
                        info->waits().end())
                        result.problem = std::string("cannot be used ") + waitName(result.job.wait);
                    if (!info->unavailable().empty())
                        result.problem = info->unavailable();
                    if (info->largest() > 0 && size > info->largest()) {
                        result.actualSize = info->largest();
                        result.limit = info->limited_by();
                    }
                    planned.link.alone = info->alone();
                    planned.link.lossy = info->lossy();
                    planned.userCopies = info->user_copies();
                }
                if (!processors)
                    result.problem = processors.error().what;
                planned.link.mechanism = name;
                planned.link.wait = result.job.wait;
                planned.link.largest = result.actualSize;
                planned.result = m_results.size();
                if (processors)
                    planned.processors = *processors;
                if (result.problem.empty()) {
                    result.state = JobState::Measured;
                    m_planned.push_back(std::move(planned));
                }
                m_results.push_back(std::move(result));
            }
        }
    }
    return {};
}

void LabRun::report(const Planned &planned, int round)
{
    if (!m_progress)
        return;
    const Job &job = m_results[planned.result].job;
    m_progress({m_done, int(m_planned.size()) * m_options.rounds,
                "round " + std::to_string(round + 1) + " of " + std::to_string(m_options.rounds) + ": " +
                    job.mechanism + ", " + std::to_string(job.size) + " bytes, " + placementName(job.placement)});
}

void LabRun::measureOnce(Planned &planned, int round)
{
    JobResult &result = m_results[planned.result];
    result.rounds.resize(std::size_t(round) + 1);
    if (result.state != JobState::Measured)
        return; // failed in an earlier round
    if (result.job.mechanism == "mqtt" && !m_broker) {
        Result<std::unique_ptr<Broker>> broker = Broker::start(m_folder->path());
        if (!broker) {
            result.state = JobState::Unavailable;
            result.problem = broker.error().what;
            return;
        }
        m_broker = std::move(*broker);
    }
    planned.link.broker = m_broker ? m_broker->socket() : std::string();
    Result<void> done = m_pair->open(planned.link);
    if (done)
        done = measureLink(planned, result, result.rounds.back());
    if (done) {
        m_pair->close();
    } else if (done.error().number != ECANCELED) {
        result.state = JobState::Failed;
        result.problem = done.error().what;
    }
}

Result<void> LabRun::calibrate(Planned &planned)
{
    const double seconds = m_options.seconds;
    wire::LabMeasure what;
    what.set_pattern(wire::LabMeasure::PING_PONG);
    what.set_size(planned.link.largest);
    what.set_burst(m_options.burst);
    what.set_gap_microseconds(m_options.gapMicroseconds);
    // Doubled until it takes a tenth of the time: that is the warm-up, too.
    double perRoundTrip = 0;
    for (std::uint64_t count = 1;; count *= 4) {
        what.set_count(count);
        const Result<WorkerPair::Figures> figures = m_pair->measure(what, planned.processors, patienceFor(seconds));
        if (!figures)
            return tl::unexpected(figures.error());
        perRoundTrip = double(figures->initiator.elapsed()) / 1e9 / double(count);
        if (double(figures->initiator.elapsed()) / 1e9 > seconds / 10 || count > 10'000'000)
            break;
    }
    planned.roundTrips = m_options.count.value_or(std::uint64_t(std::max(2.0, seconds / std::max(perRoundTrip, 1e-9))));

    what.set_pattern(wire::LabMeasure::STREAM);
    what.set_burst(0);
    what.set_gap_microseconds(0);
    const double guess = std::max(2.0, seconds / 20 / std::max(perRoundTrip / 2, 1e-9));
    what.set_count(std::uint64_t(m_options.gapMicroseconds > 0 ? 100 : guess));
    const Result<WorkerPair::Figures> streamed = m_pair->measure(what, planned.processors, patienceFor(seconds));
    if (!streamed)
        return tl::unexpected(streamed.error());
    const double perMessage = double(streamed->initiator.elapsed()) / 1e9 / double(what.count());
    planned.streamed =
        m_options.count.value_or(std::uint64_t(std::clamp(seconds / std::max(perMessage, 1e-9), 2.0, 20e6)));
    return {};
}

Result<void> LabRun::measureLink(Planned &planned, JobResult &result, RoundFigures &figures)
{
    const milliseconds patience = patienceFor(m_options.seconds + (m_options.count ? 60 : 0));
    wire::LabMeasure what;
    what.set_size(planned.link.largest);
    if (planned.roundTrips == 0) {
        if (const auto calibrated = calibrate(planned); !calibrated)
            return calibrated;
    } else {
        what.set_count(std::max<std::uint64_t>(1, planned.roundTrips / 20)); // warm-up
        what.set_burst(m_options.burst);
        if (const auto warm = m_pair->measure(what, planned.processors, patience); !warm)
            return tl::unexpected(warm.error());
    }

    what.set_count(planned.roundTrips);
    what.set_burst(m_options.burst);
    what.set_gap_microseconds(m_options.gapMicroseconds);
    const Result<WorkerPair::Figures> trips = m_pair->measure(what, planned.processors, patience);
    if (!trips)
        return tl::unexpected(trips.error());
    const Histogram times(trips->initiator.times());
    result.roundTrip.add(times);
    figures.median = times.percentile(0.5);
    for (const wire::LabMeasured *side : {&trips->initiator, &trips->responder}) {
        planned.total.set_processor_time(planned.total.processor_time() + side->processor_time());
        planned.total.set_voluntary_switches(planned.total.voluntary_switches() + side->voluntary_switches());
        planned.total.set_involuntary_switches(planned.total.involuntary_switches() + side->involuntary_switches());
        planned.total.set_page_faults(planned.total.page_faults() + side->page_faults());
        result.checked += side->received();
        result.wrong += side->wrong();
        planned.messages += side->sent();
    }
    result.lostAnswers += trips->initiator.lost();

    if (m_options.calls == Options::Calls::Count && !result.perMessage.systemCalls && !m_pair->isRemote()) {
        if (const auto counted = countCalls(planned, result); !counted)
            return counted;
    }

    what.set_pattern(wire::LabMeasure::STREAM);
    what.set_count(planned.streamed);
    what.set_burst(0);
    what.set_gap_microseconds(0);
    const Result<WorkerPair::Figures> stream = m_pair->measure(what, planned.processors, patience);
    if (!stream)
        return tl::unexpected(stream.error());
    const wire::LabMeasured &receiver = planned.link.alone ? stream->initiator : stream->responder;
    // What is lost has no end that could be waited for: the receiver's clock counts, from the first to the last.
    const wire::LabMeasured &timed = planned.link.lossy ? receiver : stream->initiator;
    if (timed.elapsed() > 0)
        figures.messagesPerSecond =
            double(std::min(receiver.received(), planned.streamed)) * 1e9 / double(timed.elapsed());
    result.sent += planned.streamed;
    result.received += std::min(receiver.received(), planned.streamed);
    result.checked += receiver.received();
    result.wrong += receiver.wrong();
    return {};
}

/// Not while times are taken: tracing slows every call down.
Result<void> LabRun::countCalls(const Planned &planned, JobResult &result)
{
    wire::LabMeasure what;
    what.set_size(planned.link.largest);
    // A library that reads in small pieces makes a thousand calls for a megabyte, and each stops twice.
    what.set_count(
        std::clamp<std::uint64_t>((4U << 20) / std::max<std::size_t>(planned.link.largest, 1), 3, CallSample));
    what.set_burst(m_options.burst);
    std::vector<pid_t> processes{m_pair->first().pid()};
    if (!planned.link.alone)
        processes.push_back(m_pair->second().pid());
    CallRecorder recorder(processes);
    const Result<WorkerPair::Figures> figures =
        m_pair->measure(what, planned.processors, patienceFor(m_options.seconds));
    if (!figures)
        return tl::unexpected(figures.error());
    const std::vector<RecordedCall> calls = recorder.finish();
    if (!recorder.attached())
        return {}; // the machine's policy: the figures stay unknown
    std::uint64_t bytes = 0;
    for (const RecordedCall &call : calls)
        bytes += call.copiedBytes();
    const double messages = double(figures->initiator.sent() + figures->responder.sent());
    result.perMessage.systemCalls = double(calls.size()) / messages;
    result.perMessage.kernelBytes = double(bytes) / messages;
    return {};
}

void LabRun::compareWithReference(int round)
{
    for (JobResult &result : m_results) {
        if (result.state != JobState::Measured || result.rounds.size() <= std::size_t(round))
            continue;
        for (const JobResult &reference : m_results) {
            const bool same = reference.job.mechanism == Reference && reference.job.size == result.job.size &&
                              reference.job.placement == result.job.placement &&
                              reference.state == JobState::Measured &&
                              reference.actualSize == result.actualSize; // at its limit it does less work
            if (same && reference.rounds[std::size_t(round)].median > 0)
                result.rounds[std::size_t(round)].ratio =
                    result.rounds[std::size_t(round)].median / reference.rounds[std::size_t(round)].median;
        }
    }
}

void LabRun::summarise()
{
    for (const Planned &planned : m_planned) {
        JobResult &result = m_results[planned.result];
        if (result.state != JobState::Measured || planned.messages == 0)
            continue;
        const double messages = double(planned.messages);
        PerMessage &per = result.perMessage;
        per.processorTime = double(planned.total.processor_time()) / messages;
        per.voluntarySwitches = double(planned.total.voluntary_switches()) / messages;
        per.involuntarySwitches = double(planned.total.involuntary_switches()) / messages;
        per.pageFaults = double(planned.total.page_faults()) / messages;
        per.userBytes = planned.userCopies * double(result.actualSize);
    }
}

} // namespace bulkhead::lab
