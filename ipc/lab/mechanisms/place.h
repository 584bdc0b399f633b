// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <cstddef>
#include <string>
#include <sys/types.h>

namespace bulkhead::lab {

/// For what a group of processes hears: for use within an organisation (RFC 2365), and on loopback only.
inline constexpr char MulticastGroup[] = "239.255.77.77";

/// What a process does when the other side is not ready: the difference that figures must never hide.
enum class Wait {
    Blocking,    ///< the call itself sleeps
    NonBlocking, ///< the call returns EAGAIN, then poll() sleeps
    Polling,     ///< asks again and again: low latency, for a whole processor
    Never,       ///< gives EAGAIN back to the caller
};

/// Where the two ends of a link meet: everything that both must know beforehand. All names that can outlive a process
/// begin with the name of the run, or are keys made from the run's folder, so that what a killed run leaves is found.
struct Place
{
    std::string folder;      ///< of this run alone, mode 0700: sockets, FIFOs, files
    std::string run;         ///< such as "bulkhead-lab-4711-1": begins every name outside the folder
    std::string address;     ///< HOST or HOST:PORT for TCP and UDP; the creator writes the port that it got
    std::string broker;      ///< socket of the MQTT broker, when one runs
    std::string remote;      ///< HOST of the other side when that is another machine and not in the address
    pid_t peer = 0;          ///< the other process; 0 on another machine
    std::size_t largest = 0; ///< bytes of the largest message that will be sent
    Wait wait = Wait::Blocking;

    /// A file in the folder.
    std::string path(const std::string &name) const { return folder + "/" + name; }
    /// A name for shm_open, mq_open and the like.
    std::string objectName(const std::string &name) const { return "/" + run + "." + name; }
    /// A key for System V objects, made by ftok() from the file "key" in the folder, one per letter of KeyLetters. Made
    /// once per process, so that a worker that asked before it was confined need not open the file. One thread.
    Result<key_t> key(char letter) const;

    /// All letters in use: shared memory, message queue, semaphores.
    static constexpr char KeyLetters[] = "mqs";
};

} // namespace bulkhead::lab
