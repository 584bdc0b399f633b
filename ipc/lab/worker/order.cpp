// SPDX-License-Identifier: BSD-3-Clause
// Queues that are not first in, first out: priorities (POSIX) and types (System V).
#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/lab/protocol/place_message.h"
#include "ipc/lab/worker/forked.h"

#include <cerrno>
#include <fcntl.h>
#include <mqueue.h>
#include <sys/ipc.h>
#include <sys/msg.h>

namespace bulkhead::lab {

namespace {

struct Letter
{
    long type;
    char text[8];
};

/// Sent by another process in the order 1, 5, 3; taken in which?
Result<std::string> byPriority(const Place &place)
{
    mq_attr attributes = {};
    attributes.mq_maxmsg = 3;
    attributes.mq_msgsize = 1;
    const std::string name = place.objectName("there");
    const UniqueFd queue(::mq_open(name.c_str(), O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0600, &attributes));
    if (!queue)
        return fail("mq_open");
    Forked sender([&] {
        for (const unsigned priority : {1U, 5U, 3U}) {
            const char text = char('0' + priority);
            if (::mq_send(queue.get(), &text, 1, priority) < 0)
                return 1;
        }
        return 0;
    });
    const bool sent = sender.wait() == 0;
    std::string order;
    for (int i = 0; sent && i < 3; ++i) {
        char text = 0;
        if (::mq_receive(queue.get(), &text, 1, nullptr) < 0)
            break;
        order += text;
    }
    ::mq_unlink(name.c_str());
    return order;
}

/// Sent by another process with types 3, 1, 2: first the one of type 2 is asked for, then the lowest, then any.
Result<std::string> byType(const Place &place)
{
    const Result<key_t> key = place.key('q');
    if (!key)
        return tl::unexpected(key.error());
    const int queue = ::msgget(*key, IPC_CREAT | 0600);
    if (queue < 0)
        return fail("msgget");
    Forked sender([&] {
        for (const long type : {3L, 1L, 2L}) {
            const Letter letter{type, {char('0' + type)}};
            if (::msgsnd(queue, &letter, 1, 0) < 0)
                return 1;
        }
        return 0;
    });
    const bool sent = sender.wait() == 0;
    std::string order;
    constexpr long AnyType = 0, LowestUpToTen = -10;
    for (const long wanted : {2L, LowestUpToTen, AnyType}) {
        Letter letter = {};
        if (!sent || ::msgrcv(queue, &letter, sizeof letter.text, wanted, IPC_NOWAIT) < 0)
            break;
        order += letter.text[0];
    }
    ::msgctl(queue, IPC_RMID, nullptr);
    return order;
}

} // namespace

Result<void> orderStudy(const wire::LabStudy &what, wire::LabStudyDone &done)
{
    const Place place = placeFrom(what.place());
    bool holds = true;
    if (systemLimit("/proc/sys/fs/mqueue/msg_max") > 0) {
        const Result<std::string> priorities = byPriority(place);
        if (!priorities)
            return tl::unexpected(priorities.error());
        found(done, "priorities", std::atof(priorities->c_str()), "",
              "POSIX queue, sent with priorities 1, 5, 3: received " + *priorities + ", the highest first");
        holds = *priorities == "531";
    }
    const Result<std::string> types = byType(place);
    if (!types)
        return tl::unexpected(types.error());
    found(done, "types", std::atof(types->c_str()), "",
          "System V queue, sent with types 3, 1, 2: received " + *types +
              ", as asked for: type 2, then the lowest, then any");
    done.set_lesson_holds(holds && *types == "213");
    return {};
}

} // namespace bulkhead::lab
