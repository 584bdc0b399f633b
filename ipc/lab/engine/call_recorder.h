// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <sys/types.h>
#include <thread>
#include <vector>

namespace bulkhead::lab {

/// One system call as it happened.
struct RecordedCall
{
    int process = 0; ///< index among those recorded
    pid_t thread = 0;
    long number = 0;
    std::string name; ///< "write"
    std::array<std::uint64_t, 6> arguments = {};
    std::int64_t result = 0; ///< negative: -errno
    std::uint64_t start = 0; ///< CLOCK_MONOTONIC, nanoseconds
    std::uint64_t end = 0;   ///< the time in between includes what the tracer took, some microseconds

    /// Bytes that the call copied between the process and the kernel: a message's content, not its description.
    std::uint64_t copiedBytes() const;
    /// "write(5, 0x7f..., 64) = 64"
    std::string text() const;
};

/// Records every system call that processes make between two calls of markBoundary(), their libraries' and other
/// threads' included, by tracing them (ptrace) as strace does. Slows what it records: use it for what is counted, not
/// for times. Processes must be children of this one, or the machine's policy (yama) refuses; "dumpable", too.
class CallRecorder
{
public:
    /// Attaches to all threads of @p processes. They must be waiting, not measuring.
    explicit CallRecorder(std::vector<pid_t> processes);
    /// Detaches; the processes go on.
    ~CallRecorder();
    CallRecorder(const CallRecorder &) = delete;
    CallRecorder &operator=(const CallRecorder &) = delete;

    /// Whether they could be attached to.
    const Result<void> &attached() const { return m_attached; }
    /// Waits until every process has passed its second boundary or has ended, and returns the calls in the order of
    /// their ends. To be called when they have said that they are done: one that is not soon after that has lied, and
    /// is ended here. Not yet reaped by anybody else.
    std::vector<RecordedCall> finish();

private:
    struct Thread
    {
        int process = 0;
        bool isInCall = false;
        RecordedCall call;
    };
    void run(std::atomic<bool> &ready);
    void record();
    Result<void> attachAll();
    void onStop(pid_t thread, int status);
    void onCall(pid_t thread, Thread &state);
    bool isDone() const;

    std::vector<pid_t> m_processes;
    std::vector<int> m_boundaries; ///< passed, per process
    std::map<pid_t, Thread> m_threads;
    std::vector<RecordedCall> m_calls;
    Result<void> m_attached;
    std::mutex m_mutex;
    std::condition_variable m_ended;
    bool m_isOver = false; ///< under m_mutex
    std::thread m_tracer;  ///< everything of ptrace and waitpid happens on it
};

} // namespace bulkhead::lab
