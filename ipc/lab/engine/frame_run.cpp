// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/frame_run.h"

#include "ipc/lab/engine/broker.h"
#include "ipc/lab/engine/lab_run.h"

#include <algorithm>
#include <cerrno>
#include <ctime>
#include <poll.h>

namespace bulkhead::lab {

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds Look{250};
/// Until the first frames are on the displays, and then some: caches and buffers are warm, the start is over.
constexpr milliseconds LongestStart{8000}, WarmUp{600};
/// From the command to the first frame: time for both sides to prepare the animation.
constexpr std::uint64_t Headstart = 200'000'000; // nanoseconds

std::uint64_t now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::uint64_t(time.tv_sec) * 1'000'000'000 + std::uint64_t(time.tv_nsec);
}

tl::unexpected<Error> cancelled()
{
    return fail(Error::fromErrno("the run", ECANCELED));
}

} // namespace

FrameRun::FrameRun(Options options, const Cancel &cancel, Observer observer)
    : m_options(std::move(options)), m_cancel(cancel), m_observer(std::move(observer))
{
    if (m_options.transports.empty()) {
        for (const FrameTransport &transport : frameTransports()) {
            if (transport.isUsual)
                m_options.transports.emplace_back(transport.name);
        }
    }
    m_options.displayWidth = std::clamp(m_options.displayWidth, 1, m_options.width);
    m_options.displayHeight = std::clamp(m_options.displayHeight, 1, m_options.height);
}

FrameRun::~FrameRun()
{
    for (const std::unique_ptr<FrameLane> &lane : m_lanes) // all at once: waiting for each is then short
        lane->kill();
}

double FrameRun::seconds() const
{
    return m_isMeasuring ? std::chrono::duration<double>(Clock::now() - m_began).count() : 0;
}

Result<void> FrameRun::run()
{
    const Result<void> prepared = prepare();
    const Result<void> watched = prepared ? watch() : prepared;
    for (const std::unique_ptr<FrameLane> &lane : m_lanes) {
        if (m_isMeasuring && lane->isRunning())
            lane->look();
        lane->markDone();
    }
    publish();
    for (const std::unique_ptr<FrameLane> &lane : m_lanes)
        lane->kill();
    m_lanes.clear();
    return watched;
}

Result<void> FrameRun::prepare()
{
    if (m_options.width < SmallestSide || m_options.height < SmallestSide || m_options.width > LargestSide ||
        m_options.height > LargestSide)
        return fail(Error{"frames of that size are not possible here", EINVAL});
    if (m_options.transports.size() > MostTransports)
        return fail(Error{"that many transports at once are not possible here", EINVAL});
    for (const std::string &name : m_options.transports) {
        const FrameTransport *transport = findFrameTransport(name);
        if (!transport)
            return fail(Error{"there is no transport \"" + name + "\"", EINVAL});
        Result<std::unique_ptr<FrameLane>> lane =
            FrameLane::create({transport, m_options.width, m_options.height, m_options.displayWidth,
                               m_options.displayHeight, m_options.rate, m_options.workerProgram},
                              m_cancel);
        if (!lane)
            return tl::unexpected(lane.error());
        m_lanes.push_back(std::move(*lane));
        m_results.push_back(m_lanes.back()->result());
    }
    const Result<std::vector<wire::LabMechanism>> known = catalogue(m_options.workerProgram, m_cancel);
    if (!known)
        return tl::unexpected(known.error());
    for (const std::unique_ptr<FrameLane> &lane : m_lanes) { // they load while others are prepared
        if (const auto started = lane->start(); !started)
            return started;
    }
    Error lastProblem;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        const char *wanted = m_lanes[i]->result().transport->mechanism;
        const auto mechanism =
            std::find_if(known->begin(), known->end(), [&](const auto &m) { return m.name() == wanted; });
        if (mechanism == known->end())
            return fail(Error{std::string("there is no mechanism ") + wanted, EINVAL});
        const Result<void> prepared = prepareLane(i, *mechanism);
        if (m_cancel.isRequested())
            return cancelled();
        if (!prepared) {
            lastProblem = prepared.error();
            m_lanes[i]->fail(mechanism->unavailable().empty() ? FrameLaneState::Failed : FrameLaneState::Unavailable,
                             prepared.error());
        }
        publish();
    }
    // Only now, together. The rest of the start is the animation's, not a transport's.
    const std::uint64_t start = now() + Headstart;
    const std::uint64_t period = m_options.rate > 0 ? 1'000'000'000 / m_options.rate : 0;
    bool any = false;
    for (std::size_t i = 0; i < m_lanes.size(); ++i) {
        FrameLane &lane = *m_lanes[i];
        if (lane.result().state != FrameLaneState::Waiting)
            continue;
        if (const auto gone = lane.go(start + i * period / m_lanes.size()); !gone) {
            lane.fail(FrameLaneState::Failed, gone.error());
            continue;
        }
        any = true;
        if (m_observer.showing)
            m_observer.showing(i, lane.view());
    }
    publish();
    return any ? Result<void>() : fail(lastProblem);
}

Result<void> FrameRun::prepareLane(std::size_t index, const wire::LabMechanism &mechanism)
{
    FrameLane &lane = *m_lanes[index];
    const std::string name = lane.result().transport->name;
    const auto say = [&](const char *what) {
        if (m_observer.preparing)
            m_observer.preparing(name + ": " + what);
    };
    if (!mechanism.unavailable().empty())
        return fail(Error{mechanism.unavailable(), ENOTSUP});
    if (mechanism.name() == "mqtt" && !m_broker) {
        Result<RunFolder> folder = RunFolder::create();
        if (!folder)
            return tl::unexpected(folder.error());
        m_brokerFolder = std::make_unique<RunFolder>(std::move(*folder));
        Result<std::unique_ptr<Broker>> broker = Broker::start(m_brokerFolder->path());
        if (!broker)
            return tl::unexpected(broker.error());
        m_broker = std::move(*broker);
    }
    say("connecting");
    if (const auto opened = lane.open(mechanism, m_broker ? m_broker->socket() : std::string()); !opened)
        return opened;
    if (m_options.calls == Options::Calls::Count) {
        say("counting system calls");
        return lane.count();
    }
    return {};
}

Result<void> FrameRun::watch()
{
    const Clock::time_point launched = Clock::now();
    Clock::time_point next = launched + Look, warm = launched + LongestStart;
    bool isStarted = false;
    for (;;) {
        const auto running =
            std::count_if(m_lanes.begin(), m_lanes.end(), [](const auto &l) { return l->isRunning(); });
        if (running == 0)
            return {}; // all have ended, and lanes() say why
        std::vector<pollfd> fds{{m_cancel.fd(), POLLIN, 0}};
        std::vector<FrameLane *> lanes;
        for (const std::unique_ptr<FrameLane> &lane : m_lanes) {
            if (!lane->isRunning())
                continue;
            lanes.push_back(lane.get());
            fds.push_back({lane->painterSocket(), POLLIN, 0});
            fds.push_back({lane->receiverSocket(), POLLIN, 0});
        }
        const Clock::time_point end = m_isMeasuring && m_options.seconds > 0
                                          ? m_began + std::chrono::duration_cast<Clock::duration>(
                                                          std::chrono::duration<double>(m_options.seconds))
                                          : Clock::time_point::max();
        const auto wait = std::chrono::ceil<milliseconds>(std::min(next, end) - Clock::now());
        if (::poll(fds.data(), fds.size(), int(std::max<std::int64_t>(0, wait.count()))) < 0 && errno != EINTR)
            return fail("poll");
        if (fds[0].revents)
            return cancelled();
        for (std::size_t i = 0; i < lanes.size(); ++i) {
            if (fds[1 + 2 * i].revents || fds[2 + 2 * i].revents)
                lanes[i]->noteEnd();
        }
        const Clock::time_point time = Clock::now();
        if (time >= end)
            return {};
        if (time < next)
            continue;
        next = time + Look;
        if (!isStarted) {
            isStarted = std::all_of(lanes.begin(), lanes.end(), [](FrameLane *l) { return l->received() > 0; });
            if (isStarted || time >= warm) {
                isStarted = true;
                warm = time + WarmUp;
            }
        } else if (!m_isMeasuring && time >= warm) {
            for (FrameLane *lane : lanes)
                lane->beginMeasuring();
            m_began = Clock::now();
            m_isMeasuring = true;
        }
        look();
    }
}

void FrameRun::look()
{
    for (const std::unique_ptr<FrameLane> &lane : m_lanes) {
        if (lane->isRunning())
            lane->look();
    }
    publish();
}

void FrameRun::publish()
{
    for (std::size_t i = 0; i < m_lanes.size(); ++i)
        m_results[i] = m_lanes[i]->result();
    if (m_observer.measured)
        m_observer.measured();
}

} // namespace bulkhead::lab
