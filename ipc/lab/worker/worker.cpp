// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/worker/worker.h"

#include "ipc/lab/animation/frame_sides.h"
#include "ipc/lab/mechanisms/catalogue.h"
#include "ipc/lab/protocol/place_message.h"
#include "ipc/lab/worker/measure.h"
#include "ipc/lab/worker/pressure_sides.h"
#include "ipc/lab/worker/studies.h"

#include <cerrno>
#include <csignal>
#include <new>
#include <poll.h>
#include <sched.h>

namespace bulkhead::lab {

namespace {

void describe(const Mechanism &mechanism, wire::LabMechanism &message)
{
    const MechanismInfo info = mechanism.info();
    message.set_name(info.name);
    message.set_title(info.title);
    message.set_family(std::uint32_t(info.family));
    message.set_summary(info.summary);
    message.set_data_path(info.dataPath);
    for (const Wait wait : info.waits)
        message.add_waits(std::uint32_t(wait));
    message.set_lossy(info.delivery == Delivery::Lossy);
    message.set_alone(info.partner == Partner::None);
    message.set_largest(info.largest);
    message.set_limited_by(info.limitedBy);
    message.set_user_copies(info.userCopies);
    for (const char *call : info.needs.calls)
        message.add_calls(call);
    for (const char *resource : info.needs.resources)
        message.add_resources(resource);
    message.set_source(info.source);
    if (const auto available = mechanism.available(); !available)
        message.set_unavailable(available.error().what);
}

Result<void> pinTo(const google::protobuf::RepeatedField<std::uint32_t> &processors)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    for (const std::uint32_t processor : processors) {
        if (processor < CPU_SETSIZE)
            CPU_SET(processor, &set);
    }
    if (processors.empty()) {
        for (int i = 0; i < CPU_SETSIZE; ++i)
            CPU_SET(i, &set); // the kernel takes those that there are
    }
    if (::sched_setaffinity(0, sizeof set, &set) < 0)
        return fail("sched_setaffinity");
    return {};
}

} // namespace

int Worker::run()
{
    for (;;) {
        wire::LabCommand command;
        Result<Fds> fds = m_channel.receive(command);
        if (!fds)
            return 0;
        if (command.has_finish())
            continue; // it came when the measurement was over already
        Fds fdsBack;
        wire::LabReply reply = handle(command, std::move(*fds), fdsBack);
        if (!m_channel.send(std::move(reply), std::move(fdsBack)))
            return 0;
    }
}

wire::LabReply Worker::handle(const wire::LabCommand &command, Fds fds, Fds &fdsBack)
{
    wire::LabReply reply;
    Result<void> done;
    try {
        switch (command.body_case()) {
        case wire::LabCommand::kListMechanisms:
            for (const std::unique_ptr<Mechanism> &mechanism : allMechanisms())
                describe(*mechanism, *reply.mutable_mechanisms()->add_mechanism());
            break;
        case wire::LabCommand::kOpen:
            done = open(command.open(), std::move(fds), fdsBack, reply);
            break;
        case wire::LabCommand::kMeet:
            done = m_link ? m_link->meet() : fail(Error{"there is no link", EINVAL});
            break;
        case wire::LabCommand::kMeasure:
            done = measureLink(command.measure(), reply);
            break;
        case wire::LabCommand::kClose:
            if (m_link && command.close().remove_names())
                m_link->remove();
            m_link.reset();
            m_mechanism.reset();
            break;
        case wire::LabCommand::kStudy:
            done = study(command.study(), std::move(fds), reply);
            break;
        case wire::LabCommand::kFrames:
            done = frames(command.frames(), std::move(fds), reply);
            break;
        case wire::LabCommand::kPressure:
            done = m_link ? runPressure(*m_link, command.pressure(), std::move(fds))
                          : fail(Error{"there is no link", EINVAL});
            break;
        default:
            done = fail(Error{"an unknown command", EINVAL});
        }
    } catch (const std::bad_alloc &) {
        done = fail(Error::fromErrno("the worker's memory limit", ENOMEM));
    }
    if (!done) {
        reply.set_error(done.error().what);
        reply.set_error_number(done.error().number);
    }
    return reply;
}

Result<void> Worker::open(const wire::LabOpen &command, Fds fds, Fds &fdsBack, wire::LabReply &reply)
{
    m_link.reset();
    if (const auto ours = checkConfinement(command.mechanism()); !ours)
        return ours; // before any other mechanism is asked about itself: that takes calls, too
    m_mechanism = findMechanism(command.mechanism());
    if (!m_mechanism)
        return fail(Error{"there is no mechanism \"" + command.mechanism() + "\"", EINVAL});
    Place place = placeFrom(command.place());
    if (m_confinedTo.empty()) { // afterwards it cannot look any more
        if (const auto available = m_mechanism->available(); !available)
            return available;
    }
    if (const auto confined = confineTo(command.mechanism(), m_mechanism->info().needs, place); !confined)
        return confined;
    Result<std::unique_ptr<Link>> link =
        command.create() ? m_mechanism->create(place, fdsBack) : m_mechanism->open(place, std::move(fds));
    if (!link)
        return tl::unexpected(link.error());
    m_link = std::move(*link);
    reply.mutable_opened()->set_address(place.address);
    *reply.mutable_opened()->mutable_sandbox() = m_confinement;
    return {};
}

Result<void> Worker::study(const wire::LabStudy &what, Fds fds, wire::LabReply &reply)
{
    const Result<Needs> needs = needsOfStudy(what.name());
    if (!needs)
        return tl::unexpected(needs.error());
    if (const auto confined = confineTo(what.name(), *needs, placeFrom(what.place())); !confined)
        return confined;
    return runStudy(what, *reply.mutable_study(), std::move(fds));
}

Result<void> Worker::checkConfinement(const std::string &name) const
{
    if (m_confinedTo.empty() || name == m_confinedTo)
        return {};
    return fail(Error{"this worker is confined to " + m_confinedTo, EPERM});
}

Result<void> Worker::confineTo(const std::string &name, const Needs &needs, const Place &place)
{
    if (!m_confinedTo.empty())
        return checkConfinement(name);
    m_confinedTo = name;
    for (const char *letter = Place::KeyLetters; *letter; ++letter) {
        if (const auto key = place.key(*letter); !key)
            return tl::unexpected(key.error());
    }
    Result<wire::SandboxReport> report = m_confine(needs, place);
    if (!report)
        return tl::unexpected(report.error());
    m_confinement = std::move(*report);
    return {};
}

Result<void> Worker::measureLink(const wire::LabMeasure &what, wire::LabReply &reply)
{
    if (!m_link)
        return fail(Error{"there is no link", EINVAL});
    if (const auto pinned = pinTo(what.processors()); !pinned)
        return pinned;
    Result<wire::LabMeasured> measured = measure(*m_link, what, [this] { return engineIsWaiting(); });
    if (!measured)
        return tl::unexpected(measured.error());
    *reply.mutable_measured() = std::move(*measured);
    return {};
}

Result<void> Worker::frames(const wire::LabFrames &what, Fds fds, wire::LabReply &reply)
{
    if (!m_link)
        return fail(Error{"there is no link", EINVAL});
    Result<wire::LabFramesDone> done = runFrames(*m_link, what, std::move(fds));
    if (!done)
        return tl::unexpected(done.error());
    *reply.mutable_frames() = std::move(*done);
    return {};
}

bool Worker::engineIsWaiting() const
{
    pollfd p{m_channel.socket(), POLLIN, 0};
    return m_channel.hasBuffered() || ::poll(&p, 1, 0) > 0;
}

} // namespace bulkhead::lab
