// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/study.h"

#include "ipc/lab/engine/broker.h"
#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/engine/link_studies.h"
#include "ipc/lab/protocol/place_message.h"

#include <algorithm>
#include <cerrno>

namespace bulkhead::lab {

namespace {

constexpr std::chrono::seconds ForkedLimit{120};

Result<wire::LabStudyDone> askWorker(const StudyOptions &options, WorkerPair &pair, const RunFolder &folder,
                                     const Cancel &cancel)
{
    if (const auto started = pair.start(); !started)
        return tl::unexpected(started.error());
    wire::LabCommand command;
    command.mutable_study()->set_name(options.name);
    writePlace(folder.place(), *command.mutable_study()->mutable_place());
    for (const auto &[name, value] : options.numbers)
        (*command.mutable_study()->mutable_numbers())[name] = value;
    Fds fds;
    if (options.watched) {
        fds.push_back(options.watched->duplicate());
        if (!fds.back())
            return fail("dup");
    }
    if (const auto sent = pair.first().send(std::move(command), std::move(fds)); !sent)
        return tl::unexpected(sent.error());
    if (options.workerProgram.census)
        options.workerProgram.census->setWork(pair.first().pid(), options.name);
    Result<wire::LabReply> reply = await(pair.first(), ForkedLimit, cancel);
    pair.reset();
    if (!reply)
        return tl::unexpected(reply.error());
    return std::move(*reply->mutable_study());
}

double valueOf(const std::vector<wire::LabFinding> &findings, const std::string &name, double otherwise)
{
    const auto it = std::find_if(findings.begin(), findings.end(), [&](const auto &f) { return f.name() == name; });
    return it == findings.end() ? otherwise : it->value();
}

/// What the mechanisms must show, where they were looked at, for the lesson to be true.
bool lessonHolds(const std::string &study, const std::vector<wire::LabFinding> &findings)
{
    const auto is = [&](const std::string &name, double wanted) {
        const double value = valueOf(findings, name, wanted);
        return value == wanted;
    };
    if (study == "depth")
        return is("pipe.refused", EAGAIN) && is("unix-stream.refused", EAGAIN) && is("sysv-queue.refused", EAGAIN) &&
               is("pipe.dropped", 0) && valueOf(findings, "udp.dropped", 1) > 0;
    if (study == "death")
        return is("pipe.reader_killed", EPIPE) && is("pipe.writer_killed", 0) && is("sysv-queue.writer_killed", -1) &&
               is("posix-shm+futex.writer_killed", -1) && valueOf(findings, "sysv-queue.left", 1) > 0 &&
               is("pipe.left", 0);
    if (study == "persistence")
        return is("sysv-queue.persists", 1) && is("posix-queue.persists", 1) && is("pipe.persists", 0) &&
               is("unix-stream.persists", 0) && is("mqtt.persists", 1);
    return !findings.empty();
}

/// Takes one study to one mechanism after the other; has the broker for those that need one.
class MechanismTour
{
public:
    /// All outlive the tour.
    MechanismTour(const StudyOptions &options, const RunFolder &folder, WorkerPair &pair, const Cancel &cancel)
        : m_options(options), m_folder(folder), m_pair(pair), m_cancel(cancel),
          m_look(options.name == "depth"         ? depthOf
                 : options.name == "death"       ? deathOf
                 : options.name == "persistence" ? persistenceOf
                                                 : burstsOf)
    {
    }

    /// What was found; that it failed or cannot be had is a finding, too. Nothing for mechanisms that do not take part.
    Result<Findings> lookAt(const wire::LabMechanism &mechanism)
    {
        const std::string &name = mechanism.name();
        if (!takesPart(mechanism))
            return Findings();
        if (!mechanism.unavailable().empty())
            return Findings{finding(name + ".unavailable", 0, {}, name + ": " + mechanism.unavailable())};
        const bool hasBroker = name == "mqtt";
        if (hasBroker && !m_broker) {
            if (const auto started = startBroker(); !started)
                return tl::unexpected(started.error());
        }
        LinkScene scene{m_pair, m_folder, m_cancel, mechanism, sizeFor(mechanism), m_broker ? m_broker->socket() : "",
                        {}};
        if (hasBroker)
            scene.restartBroker = [this] { return startBroker(); };
        Result<Findings> findings = m_look(scene);
        if (findings || findings.error().number == ECANCELED)
            return findings;
        m_pair.reset();
        return Findings{
            finding(name + ".failed", findings.error().number, "errno", name + ": " + findings.error().what)};
    }

private:
    bool takesPart(const wire::LabMechanism &mechanism) const
    {
        const std::string &name = mechanism.name();
        const std::vector<std::string> &wanted = m_options.mechanisms;
        if (mechanism.alone() || (!wanted.empty() && std::find(wanted.begin(), wanted.end(), name) == wanted.end()))
            return false;
        // Clients of an event loop hold messages back themselves: nothing of the kernel's is seen of that.
        const bool queuesInProcess = name == "dbus" || name == "bulkhead-channel";
        return m_options.name != "depth" || !(queuesInProcess || name == "mqtt" || name == "bulkhead-frames");
    }
    std::size_t sizeFor(const wire::LabMechanism &mechanism) const
    {
        const auto asked = m_options.numbers.find("size");
        const std::size_t size = asked == m_options.numbers.end() ? 64 : std::size_t(asked->second);
        return mechanism.largest() > 0 ? std::min<std::size_t>(size, mechanism.largest()) : size;
    }
    /// Anew, if there is one.
    Result<void> startBroker()
    {
        m_broker.reset();
        Result<std::unique_ptr<Broker>> started = Broker::start(m_folder.path());
        if (!started)
            return tl::unexpected(started.error());
        m_broker = std::move(*started);
        return {};
    }

    const StudyOptions &m_options;
    const RunFolder &m_folder;
    WorkerPair &m_pair;
    const Cancel &m_cancel;
    Result<Findings> (*m_look)(LinkScene &);
    std::unique_ptr<Broker> m_broker;
};

} // namespace

const std::vector<StudyInfo> &studies()
{
    static const std::vector<StudyInfo> All = {
        {"race", "Race", "Without synchronisation additions are lost; with any way of it none are.", false},
        {"memory", "Fork and memory", "A fork copies memory; only what was mapped as shared is common.", false},
        {"locks", "A lock's owner dies", "A plain mutex is lost, a robust one tells; SEM_UNDO gives a semaphore back.",
         false},
        {"order", "Out of turn", "Priorities and types bring messages out in another order than they went in.", false},
        {"many", "More than two", "Many clients, a socket shared by fork, broadcast, multicast, many producers.",
         false},
        {"depth", "Back-pressure", "Every buffer ends somewhere: then a writer waits, or messages are dropped.", true},
        {"death", "Death", "Streams tell that the other side is gone; queues and shared memory do not.", true},
        {"persistence", "Decoupling in time", "Queues in the kernel and brokers keep messages for later; pipes do not.",
         true},
        {"bursts", "Bursts and silence", "Messages in bursts cost less each, the first one after a silence more.",
         true},
    };
    return All;
}

Result<StudyReport> runStudy(const StudyOptions &options, const Cancel &cancel,
                             const std::function<void(const wire::LabFinding &)> &progress)
{
    const auto info = std::find_if(studies().begin(), studies().end(),
                                   [&](const StudyInfo &study) { return options.name == study.name; });
    if (info == studies().end())
        return fail(Error{"there is no experiment \"" + options.name + "\"", EINVAL});
    Result<RunFolder> folder = RunFolder::create();
    if (!folder)
        return tl::unexpected(folder.error());
    WorkerPair pair(options.workerProgram, *folder, cancel);
    StudyReport report;
    const auto add = [&](const wire::LabFinding &finding) {
        report.findings.push_back(finding);
        if (progress)
            progress(finding);
    };
    if (!info->takesMechanisms) {
        const Result<wire::LabStudyDone> done = askWorker(options, pair, *folder, cancel);
        if (!done)
            return tl::unexpected(done.error());
        for (const wire::LabFinding &finding : done->finding())
            add(finding);
        report.lessonHolds = done->lesson_holds();
        return report;
    }

    const Result<std::vector<wire::LabMechanism>> known = catalogue(options.workerProgram, cancel);
    if (!known)
        return tl::unexpected(known.error());
    MechanismTour tour(options, *folder, pair, cancel);
    for (const wire::LabMechanism &mechanism : *known) {
        const Result<Findings> findings = tour.lookAt(mechanism);
        if (!findings)
            return tl::unexpected(findings.error());
        for (const wire::LabFinding &one : *findings)
            add(one);
    }
    report.lessonHolds = lessonHolds(options.name, report.findings);
    return report;
}

} // namespace bulkhead::lab
