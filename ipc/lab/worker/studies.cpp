// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/worker/studies.h"

#include "ipc/lab/worker/forked.h"

#include <cerrno>
#include <sys/socket.h>

namespace bulkhead::lab {

namespace {

struct Study
{
    const char *name;
    Result<void> (*run)(const wire::LabStudy &, wire::LabStudyDone &, Fds);
    Needs needs; ///< beside what forking takes
};

/// For those that nobody looks at meanwhile.
template <Result<void> (*Run)(const wire::LabStudy &, wire::LabStudyDone &)>
Result<void> alone(const wire::LabStudy &what, wire::LabStudyDone &done, Fds)
{
    return Run(what, done);
}

const std::vector<Study> &all()
{
    static const std::vector<Study> All = {
        {"race",
         raceStudy,
         {{"semget", "semop", "semtimedop", "semctl", "memfd_create", "ftruncate", "fcntl"}, {"System V objects"}}},
        {"memory", alone<memoryStudy>, {}},
        {"locks", alone<locksStudy>, {{"semget", "semop", "semtimedop", "semctl"}, {"System V objects"}}},
        {"order",
         alone<orderStudy>,
         {{"msgget", "msgsnd", "msgrcv", "msgctl", "mq_open", "mq_timedsend", "mq_timedreceive", "mq_getsetattr",
           "mq_unlink"},
          {"System V objects", "POSIX message queues"}}},
        {"many",
         alone<manyStudy>,
         {{"socket", "socketpair", "bind", "listen", "accept4", "connect", "getsockname", "setsockopt", "sendto",
           "recvfrom", "pipe2", "msgget", "msgsnd", "msgrcv", "msgctl", "unlink", "fcntl"},
          {"folder", "network", "multicast", "System V objects"},
          {{AF_UNIX, SOCK_STREAM}, {AF_INET, SOCK_DGRAM}}}},
    };
    return All;
}

const Study *find(const std::string &name)
{
    for (const Study &study : all()) {
        if (name == study.name)
            return &study;
    }
    return nullptr;
}

Error unknown(const std::string &name)
{
    return Error{"there is no experiment \"" + name + "\"", EINVAL};
}

} // namespace

Result<Needs> needsOfStudy(const std::string &name)
{
    const Study *study = find(name);
    if (!study)
        return fail(unknown(name));
    Needs needs = study->needs;
    // Forked (studies/forked.h): a process that ends with its parent, waited for or killed.
    needs.calls.insert(needs.calls.end(), {"clone", "wait4", "kill", "prctl", "getppid"});
    needs.resources.push_back("processes");
    return needs;
}

Result<void> runStudy(const wire::LabStudy &what, wire::LabStudyDone &done, Fds fds)
{
    const Study *study = find(what.name());
    return study ? study->run(what, done, std::move(fds)) : fail(unknown(what.name()));
}

} // namespace bulkhead::lab
