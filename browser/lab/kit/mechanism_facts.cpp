// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/mechanism_facts.h"

#include "ipc/lab/mechanisms/mechanism.h"
#include "ipc/messages/lab.pb.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace bulkhead {

namespace {

using Keeps = MechanismFacts::Keeps;

struct Row
{
    const char *name;
    //   messages  many   all    both   fields machine
    bool keepsMessages, takesMany, givesAll, isBothWays, hasFields, reachesMachines;
    Keeps keeps;
};

constexpr Row Rows[] = {
    // Up to PIPE_BUF bytes are written in one piece, so many may write; who reads first has it.
    {"pipe", false, true, false, false, false, false, Keeps::No},
    {"fifo", false, true, false, false, false, false, Keeps::No},
    // A connection for each client.
    {"unix-stream", false, false, false, true, false, false, Keeps::No},
    {"unix-seqpacket", true, false, false, true, false, false, Keeps::No},
    {"unix-datagram", true, true, false, true, false, false, Keeps::No},
    {"passed-memfd", true, false, false, true, false, false, Keeps::No},
    {"tcp", false, false, false, true, false, true, Keeps::No},
    {"udp", true, true, true, true, false, true, Keeps::No},                 // multicast reaches all
    {"sysv-queue", true, true, false, true, false, false, Keeps::Processes}, // types tell the directions apart
    {"posix-queue", true, true, false, false, false, false, Keeps::Processes},
    {"signal", true, true, false, true, false, false, Keeps::No},
    {"boost-queue", true, true, false, false, false, false, Keeps::Processes},
    {"boost-segment", true, false, false, true, false, false, Keeps::Processes},
    {"protobuf-rpc", true, false, false, true, true, false, Keeps::No},
    {"dbus", true, false, false, true, true, false, Keeps::No},
    {"mqtt", true, true, true, true, false, true, Keeps::Restarts}, // the broker writes what it keeps to disk
    {"bulkhead-channel", true, false, false, true, true, false, Keeps::No},
    {"bulkhead-frames", true, false, false, true, false, false, Keeps::No},
};

/// A ring in shared memory, as the lab's: slots are messages, with one writer and one reader for each ring.
bool isRing(const wire::LabMechanism &mechanism)
{
    return lab::Family(mechanism.family()) == lab::Family::SharedMemory &&
           mechanism.name().find('+') != std::string::npos;
}

const Row *rowOf(const wire::LabMechanism &mechanism)
{
    const auto *row = std::find_if(std::begin(Rows), std::end(Rows),
                                   [&](const Row &candidate) { return mechanism.name() == candidate.name; });
    return row == std::end(Rows) ? nullptr : row;
}

} // namespace

bool MechanismFacts::areKnown(const wire::LabMechanism &mechanism)
{
    return isRing(mechanism) || rowOf(mechanism);
}

MechanismFacts MechanismFacts::of(const wire::LabMechanism &mechanism)
{
    MechanismFacts facts;
    if (const Row *row = rowOf(mechanism))
        facts = {row->keepsMessages, row->takesMany,       row->givesAll, row->isBothWays,
                 row->hasFields,     row->reachesMachines, false,         row->keeps};
    if (isRing(mechanism)) {
        facts.keepsMessages = true;
        facts.isBothWays = true;
        const bool file = mechanism.name().rfind("mmap-file", 0) == 0;
        const bool anonymous = mechanism.name().rfind("memfd", 0) == 0;
        facts.keeps = file ? Keeps::Restarts : anonymous ? Keeps::No : Keeps::Processes;
    }
    facts.isLossy = mechanism.lossy();
    return facts;
}

} // namespace bulkhead
