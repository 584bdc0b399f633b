// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/experiments.h"

#include "ipc/lab/experiments/forked.h"

#include <cerrno>

namespace bulkhead::lab {

namespace {

struct Experiment
{
    const char *name;
    Result<void> (*run)(const wire::LabExperiment &, wire::LabExperimentDone &, Fds);
    Needs needs; ///< beside what forking takes
};

/// For those that nobody looks at meanwhile.
template <Result<void> (*Run)(const wire::LabExperiment &, wire::LabExperimentDone &)>
Result<void> alone(const wire::LabExperiment &what, wire::LabExperimentDone &done, Fds)
{
    return Run(what, done);
}

const std::vector<Experiment> &all()
{
    static const std::vector<Experiment> All = {
        {"race",
         raceExperiment,
         {{"semget", "semop", "semtimedop", "semctl", "memfd_create", "ftruncate", "fcntl"}, {"System V objects"}}},
        {"memory", alone<memoryExperiment>, {}},
        {"locks", alone<locksExperiment>, {{"semget", "semop", "semtimedop", "semctl"}, {"System V objects"}}},
        {"order",
         alone<orderExperiment>,
         {{"msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_timedsend", "mq_timedreceive", "mq_getsetattr",
           "mq_unlink"},
          {"System V objects", "POSIX message queues"}}},
        {"many",
         alone<manyExperiment>,
         {{"socket", "socketpair", "bind", "listen", "accept4", "connect", "getsockname", "setsockopt", "sendto",
           "recvfrom", "pipe2", "msgget", "msgsnd", "msgrcv", "msgctl", "unlink", "fcntl"},
          {"folder", "network", "System V objects"}}},
    };
    return All;
}

const Experiment *find(const std::string &name)
{
    for (const Experiment &experiment : all()) {
        if (name == experiment.name)
            return &experiment;
    }
    return nullptr;
}

Error unknown(const std::string &name)
{
    return Error{"there is no experiment \"" + name + "\"", EINVAL};
}

} // namespace

Result<Needs> needsOfExperiment(const std::string &name)
{
    const Experiment *experiment = find(name);
    if (!experiment)
        return fail(unknown(name));
    Needs needs = experiment->needs;
    // Forked (experiments/forked.h): a process that ends with its parent, waited for or killed.
    needs.calls.insert(needs.calls.end(), {"clone", "wait4", "kill", "prctl", "getppid"});
    needs.resources.push_back("processes");
    return needs;
}

Result<void> runExperiment(const wire::LabExperiment &what, wire::LabExperimentDone &done, Fds fds)
{
    const Experiment *experiment = find(what.name());
    return experiment ? experiment->run(what, done, std::move(fds)) : fail(unknown(what.name()));
}

} // namespace bulkhead::lab
