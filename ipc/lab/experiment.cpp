// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/experiment.h"

#include "ipc/lab/broker.h"
#include "ipc/lab/lab_run.h"
#include "ipc/lab/link_experiments.h"
#include "ipc/lab/place_message.h"

#include <algorithm>
#include <cerrno>

namespace bulkhead::lab {

namespace {

constexpr std::chrono::seconds ForkedLimit{120};

Result<wire::LabExperimentDone> askWorker(const ExperimentOptions &options, WorkerPair &pair, const RunFolder &folder,
                                          const Cancel &cancel)
{
    if (const auto started = pair.start(); !started)
        return tl::unexpected(started.error());
    wire::LabCommand command;
    command.mutable_experiment()->set_name(options.name);
    writePlace(folder.place(), *command.mutable_experiment()->mutable_place());
    for (const auto &[name, value] : options.numbers)
        (*command.mutable_experiment()->mutable_numbers())[name] = value;
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
    return std::move(*reply->mutable_experiment());
}

double valueOf(const std::vector<wire::LabFinding> &findings, const std::string &name, double otherwise)
{
    const auto it = std::find_if(findings.begin(), findings.end(), [&](const auto &f) { return f.name() == name; });
    return it == findings.end() ? otherwise : it->value();
}

/// What the mechanisms must show, where they were looked at, for the lesson to be true.
bool lessonHolds(const std::string &experiment, const std::vector<wire::LabFinding> &findings)
{
    const auto is = [&](const std::string &name, double wanted) {
        const double value = valueOf(findings, name, wanted);
        return value == wanted;
    };
    if (experiment == "depth")
        return is("pipe.refused", EAGAIN) && is("unix-stream.refused", EAGAIN) && is("sysv-queue.refused", EAGAIN) &&
               is("pipe.dropped", 0) && valueOf(findings, "udp.dropped", 1) > 0;
    if (experiment == "death")
        return is("pipe.reader_killed", EPIPE) && is("pipe.writer_killed", 0) && is("sysv-queue.writer_killed", -1) &&
               is("posix-shm+futex.writer_killed", -1) && valueOf(findings, "sysv-queue.left", 1) > 0 &&
               is("pipe.left", 0);
    if (experiment == "persistence")
        return is("sysv-queue.persists", 1) && is("posix-queue.persists", 1) && is("pipe.persists", 0) &&
               is("unix-stream.persists", 0) && is("mqtt.persists", 1);
    return !findings.empty();
}

} // namespace

const std::vector<ExperimentInfo> &experiments()
{
    static const std::vector<ExperimentInfo> All = {
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

Result<ExperimentReport> runExperiment(const ExperimentOptions &options, const Cancel &cancel,
                                       const std::function<void(const wire::LabFinding &)> &progress)
{
    const auto info = std::find_if(experiments().begin(), experiments().end(),
                                   [&](const ExperimentInfo &e) { return options.name == e.name; });
    if (info == experiments().end())
        return fail(Error{"there is no experiment \"" + options.name + "\"", EINVAL});
    Result<RunFolder> folder = RunFolder::create();
    if (!folder)
        return tl::unexpected(folder.error());
    std::unique_ptr<Broker> broker;
    WorkerPair pair(options.workerProgram, *folder, cancel);
    ExperimentReport report;
    const auto add = [&](const wire::LabFinding &finding) {
        report.findings.push_back(finding);
        if (progress)
            progress(finding);
    };
    if (!info->takesMechanisms) {
        const Result<wire::LabExperimentDone> done = askWorker(options, pair, *folder, cancel);
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
    Result<Findings> (*look)(LinkScene &) = options.name == "depth"         ? depthOf
                                            : options.name == "death"       ? deathOf
                                            : options.name == "persistence" ? persistenceOf
                                                                            : burstsOf;
    for (const wire::LabMechanism &mechanism : *known) {
        const bool wanted = options.mechanisms.empty() ||
                            std::find(options.mechanisms.begin(), options.mechanisms.end(), mechanism.name()) !=
                                options.mechanisms.end();
        if (!wanted || mechanism.alone())
            continue;
        // Clients of an event loop hold messages back themselves: nothing of the kernel's is seen of that.
        const bool queuesInProcess = mechanism.name() == "dbus" || mechanism.name() == "bulkhead-channel";
        if (options.name == "depth" &&
            (queuesInProcess || mechanism.name() == "mqtt" || mechanism.name() == "bulkhead-frames"))
            continue;
        if (!mechanism.unavailable().empty()) {
            add(finding(mechanism.name() + ".unavailable", 0, {}, mechanism.name() + ": " + mechanism.unavailable()));
            continue;
        }
        if (mechanism.name() == "mqtt" && !broker) {
            Result<std::unique_ptr<Broker>> started = Broker::start(folder->path());
            if (!started)
                return tl::unexpected(started.error());
            broker = std::move(*started);
        }
        const auto asked = options.numbers.find("size");
        std::size_t size = asked == options.numbers.end() ? 64 : std::size_t(asked->second);
        if (mechanism.largest() > 0)
            size = std::min<std::size_t>(size, mechanism.largest());
        LinkScene scene{pair, *folder, cancel, mechanism, size, broker ? broker->socket() : std::string(), {}};
        if (mechanism.name() == "mqtt") {
            scene.restartBroker = [&]() -> Result<void> {
                broker.reset();
                Result<std::unique_ptr<Broker>> again = Broker::start(folder->path());
                if (!again)
                    return tl::unexpected(again.error());
                broker = std::move(*again);
                return {};
            };
        }
        const Result<Findings> findings = look(scene);
        if (!findings && findings.error().number == ECANCELED)
            return tl::unexpected(findings.error());
        if (!findings) {
            pair.reset();
            add(finding(mechanism.name() + ".failed", findings.error().number, "errno",
                        mechanism.name() + ": " + findings.error().what));
            continue;
        }
        for (const wire::LabFinding &one : *findings)
            add(one);
    }
    report.lessonHolds = lessonHolds(options.name, report.findings);
    return report;
}

} // namespace bulkhead::lab
