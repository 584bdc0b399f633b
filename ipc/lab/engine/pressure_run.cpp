// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/pressure_run.h"

#include "ipc/lab/engine/lab_run.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <ctime>
#include <poll.h>
#include <sys/wait.h>

namespace bulkhead::lab {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds Look{50};
/// Longer in a call than this is waiting.
constexpr std::uint64_t Waiting = 3'000'000; // nanoseconds
/// The reader has emptied it when nothing came for so long.
constexpr double Quiet = 0.4, LongestDraining = 5; // seconds
/// The smallest message that carries its number.
constexpr std::size_t SmallestSize = 8;

std::uint64_t now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::uint64_t(time.tv_sec) * 1'000'000'000 + std::uint64_t(time.tv_nsec);
}

std::uint64_t period(double perSecond)
{
    return std::uint64_t(1e9 / std::clamp(perSecond, 0.1, 1e6));
}

} // namespace

struct PressureRun::Scene
{
    Scene(RunFolder f, PressureBoardMemory b, const WorkerProgram &program, const Cancel &cancel)
        : folder(std::move(f)), board(std::move(b)), pair(program, folder, cancel)
    {
    }
    ~Scene() { pair.reset(); } // the workers are at work: no orderly close

    RunFolder folder;
    PressureBoardMemory board;
    WorkerPair pair;
};

PressureRun::PressureRun(Options options, const Cancel &cancel, std::function<void()> changed)
    : m_options(std::move(options)), m_cancel(cancel), m_changed(std::move(changed))
{
}

PressureRun::~PressureRun()
{
    for (const LaneResult &lane : m_results) {
        for (const pid_t pid : {lane.writer, lane.reader}) {
            if (pid > 0 && !m_scenes.empty())
                ::kill(pid, SIGKILL); // all at once: reaping each is then short
        }
    }
}

Result<void> PressureRun::run()
{
    if (const auto prepared = prepare(); !prepared)
        return prepared;
    watch(m_options.seconds, false);
    if (!m_cancel.isRequested()) {
        for (std::size_t i = 0; i < m_scenes.size(); ++i) {
            if (m_results[i].state != State::Running)
                continue;
            m_results[i].state = State::Draining;
            m_scenes[i]->board->isPaused = 1;
            m_scenes[i]->board->readEvery = 0;
        }
        watch(m_options.seconds + LongestDraining, true);
    }
    for (LaneResult &lane : m_results) {
        if (lane.state == State::Running || lane.state == State::Draining)
            lane.state = State::Done;
    }
    if (m_changed)
        m_changed();
    return m_cancel.isRequested() ? fail(Error::fromErrno("the run", ECANCELED)) : Result<void>();
}

Result<void> PressureRun::prepare()
{
    if (m_options.lanes.empty() || m_options.lanes.size() > MostLanes || m_options.size < SmallestSize ||
        m_options.size > (1U << 20))
        return fail(Error{"so many, or messages of that size, are not possible here", EINVAL});
    const Result<std::vector<wire::LabMechanism>> known = catalogue(m_options.workerProgram, m_cancel);
    if (!known)
        return tl::unexpected(known.error());
    for (const Lane &lane : m_options.lanes) {
        const auto mechanism =
            std::find_if(known->begin(), known->end(), [&](const auto &m) { return m.name() == lane.mechanism; });
        if (mechanism == known->end() || mechanism->alone() || mechanism->name() == "mqtt" ||
            mechanism->name() == "dbus")
            return fail(Error{"\"" + lane.mechanism + "\" cannot be looked at in this way", EINVAL});
        LaneResult result;
        result.lane = lane;
        result.isLossy = mechanism->lossy();
        result.size =
            mechanism->largest() > 0 ? std::min<std::size_t>(m_options.size, mechanism->largest()) : m_options.size;
        Result<RunFolder> folder = RunFolder::create();
        if (!folder)
            return tl::unexpected(folder.error());
        Result<PressureBoardMemory> board = PressureBoardMemory::create();
        if (!board)
            return tl::unexpected(board.error());
        (*board)->writeEvery = period(m_options.writesPerSecond);
        (*board)->readEvery = period(m_options.readsPerSecond);
        m_scenes.push_back(
            std::make_unique<Scene>(std::move(*folder), std::move(*board), m_options.workerProgram, m_cancel));
        m_results.push_back(std::move(result));
        if (!mechanism->unavailable().empty()) {
            m_results.back().state = State::Failed;
            m_results.back().problem = mechanism->unavailable();
            continue;
        }
        WorkerPair::LinkSpec link;
        link.mechanism = lane.mechanism;
        link.wait = lane.writer == Lane::Writer::NonBlocking ? Wait::Never : Wait(mechanism->waits(0));
        link.largest = m_results.back().size;
        link.lossy = mechanism->lossy();
        WorkerPair &pair = m_scenes.back()->pair;
        if (const auto opened = pair.open(link); !opened) {
            if (m_cancel.isRequested())
                return opened;
            m_results.back().state = State::Failed;
            m_results.back().problem = opened.error().what;
            continue;
        }
        m_results.back().writer = pair.first().pid();
        m_results.back().reader = pair.second().pid();
    }
    for (std::size_t i = 0; i < m_scenes.size(); ++i) {
        LaneResult &result = m_results[i];
        if (result.state == State::Failed)
            continue;
        for (const bool writes : {false, true}) {
            wire::LabCommand command;
            command.mutable_pressure()->set_writes(writes);
            command.mutable_pressure()->set_size(result.size);
            Fds fds;
            fds.push_back(m_scenes[i]->board.duplicate());
            Peer &peer = writes ? m_scenes[i]->pair.first() : m_scenes[i]->pair.second();
            if (const auto sent = peer.send(std::move(command), std::move(fds)); !sent)
                return sent;
        }
        result.state = State::Running;
    }
    m_began = Clock::now();
    return {};
}

void PressureRun::watch(double until, bool draining)
{
    std::vector<std::uint64_t> last(m_results.size(), UINT64_MAX);
    std::vector<double> changedAt(m_results.size(), until - LongestDraining);
    for (;;) {
        std::vector<pollfd> fds{{m_cancel.fd(), POLLIN, 0}};
        std::vector<std::size_t> lanes;
        for (std::size_t i = 0; i < m_scenes.size(); ++i) {
            if (m_results[i].state != State::Running && m_results[i].state != State::Draining)
                continue;
            lanes.push_back(i);
            fds.push_back({m_scenes[i]->pair.first().socket(), POLLIN, 0});
            fds.push_back({m_scenes[i]->pair.second().socket(), POLLIN, 0});
        }
        if (lanes.empty())
            return;
        const Clock::time_point next = Clock::now() + Look;
        const int ready = ::poll(fds.data(), fds.size(), int(Look.count()));
        if (ready > 0 && fds[0].revents)
            return;
        for (std::size_t k = 0; k < lanes.size() && ready > 0; ++k) {
            for (const std::size_t side : {0U, 1U}) {
                if (!fds[1 + 2 * k + side].revents)
                    continue;
                LaneResult &result = m_results[lanes[k]];
                WorkerPair &pair = m_scenes[lanes[k]]->pair;
                const Result<wire::LabReply> reply = (side == 0 ? pair.first() : pair.second()).receive();
                result.state = State::Failed;
                result.problem = std::string(side == 0 ? "The writer: " : "The reader: ") +
                                 (reply ? std::string("it stopped") : reply.error().what);
                break;
            }
        }
        const double seconds = std::chrono::duration<double>(Clock::now() - m_began).count();
        look(seconds);
        if (m_changed)
            m_changed();
        if (seconds >= until)
            return;
        for (std::size_t i = 0; draining && i < m_results.size(); ++i) {
            if (m_results[i].received != last[i]) {
                last[i] = m_results[i].received;
                changedAt[i] = seconds;
            }
            if (m_results[i].state == State::Draining &&
                (m_results[i].sent == m_results[i].received || seconds - changedAt[i] > Quiet))
                m_results[i].state = State::Done;
        }
        const auto rest = next - Clock::now();
        if (ready > 0 && rest > Clock::duration::zero()) { // an end that was told; the next look is not due yet
            pollfd cancel{m_cancel.fd(), POLLIN, 0};
            ::poll(&cancel, 1, int(std::chrono::ceil<milliseconds>(rest).count()));
        }
    }
}

void PressureRun::look(double seconds)
{
    for (std::size_t i = 0; i < m_results.size(); ++i) {
        LaneResult &result = m_results[i];
        if (result.state != State::Running && result.state != State::Draining)
            continue;
        const PressureBoard &board = *m_scenes[i]->board;
        Sample sample;
        sample.seconds = seconds;
        sample.received = board.received;
        sample.sent = board.sent;
        sample.refused = board.refused;
        const std::uint64_t since = board.inCallSince, time = now();
        sample.isWaiting = since > 0 && time > since && time - since > Waiting;
        result.sent = sample.sent;
        result.received = sample.received;
        result.refused = sample.refused;
        result.wrong = board.wrong;
        result.most = std::max(result.most, sample.underway());
        if (result.state == State::Running && seconds > 0) {
            const double inCall = double(board.waitTime) + (since > 0 && time > since ? double(time - since) : 0);
            result.waitShare = std::clamp(inCall / (seconds * 1e9), 0.0, 1.0);
        }
        result.samples.push_back(sample);
    }
}

} // namespace bulkhead::lab
