// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/call_recorder.h"

#include "ipc/lab/protocol/boundary.h"

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <seccomp.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <system_error>

namespace bulkhead::lab {

namespace {

/// From a process's word that it is done to its boundary, which it has passed before.
constexpr std::chrono::seconds Patience{2};
/// More than any measurement makes; a process that goes on for ever fills no memory.
constexpr std::size_t MostCalls = 200'000;

std::uint64_t now()
{
    timespec time = {};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::uint64_t(time.tv_sec) * 1'000'000'000 + std::uint64_t(time.tv_nsec);
}

std::string callName(long number)
{
    char *name = ::seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, int(number));
    const std::string text = name ? name : "syscall_" + std::to_string(number);
    std::free(name);
    return text;
}

std::string errorName(std::int64_t result)
{
    const char *name = ::strerrorname_np(int(-result));
    return name ? name : std::to_string(result);
}

/// Which of a call's arguments are worth showing, and how: d decimal, p address. Others are shown as addresses.
constexpr struct
{
    const char *name;
    const char *arguments;
} Shapes[] = {
    {"read", "dpd"},
    {"write", "dpd"},
    {"sendto", "dpdd"},
    {"recvfrom", "dpdd"},
    {"sendmsg", "dpd"},
    {"recvmsg", "dpd"},
    {"poll", "pdd"},
    {"ppoll", "pdp"},
    {"msgsnd", "dpdd"},
    {"msgrcv", "dpddd"},
    {"mq_timedsend", "dpddp"},
    {"mq_timedreceive", "dpdpp"},
    {"semop", "dpd"},
    {"semtimedop", "dpdp"},
    {"futex", "pdd"},
    {"rt_sigtimedwait", "ppp"},
    {"rt_sigqueueinfo", "ddp"},
    {"memfd_create", "pd"},
    {"ftruncate", "dd"},
    {"fcntl", "ddp"},
    {"mmap", "pddddd"},
    {"munmap", "pd"},
    {"close", "d"},
    {"fstat", "dp"},
    {"newfstatat", "dppd"},
    {"sched_yield", ""},
    {"pselect6", "dpppp"},
};

} // namespace

std::uint64_t RecordedCall::copiedBytes() const
{
    if (result < 0)
        return 0;
    for (const char *transfers : {"read", "write", "sendto", "recvfrom", "sendmsg", "recvmsg", "readv", "writev",
                                  "msgrcv", "mq_timedreceive", "pread64", "pwrite64"}) {
        if (name == transfers)
            return std::uint64_t(result);
    }
    if (name == "msgsnd" || name == "mq_timedsend") // these return 0; the size is the third argument
        return arguments[2];
    return 0;
}

std::string RecordedCall::text() const
{
    std::string out = name + "(";
    const auto shape =
        std::find_if(std::begin(Shapes), std::end(Shapes), [this](const auto &s) { return name == s.name; });
    const std::string letters = shape == std::end(Shapes) ? "ppp" : shape->arguments;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        char argument[32];
        if (letters[i] == 'd')
            std::snprintf(argument, sizeof argument, "%lld", static_cast<long long>(arguments[i]));
        else
            std::snprintf(argument, sizeof argument, "%#llx", static_cast<unsigned long long>(arguments[i]));
        out += (i > 0 ? ", " : "") + std::string(argument);
    }
    out += ") = ";
    return out + (result < 0 && result > -4096 ? errorName(result) : std::to_string(result));
}

CallRecorder::CallRecorder(std::vector<pid_t> processes)
    : m_processes(std::move(processes)), m_boundaries(m_processes.size(), 0)
{
    std::atomic<bool> ready = false;
    m_tracer = std::thread([this, &ready] { run(ready); });
    ready.wait(false);
}

CallRecorder::~CallRecorder()
{
    if (m_tracer.joinable())
        m_tracer.join();
}

std::vector<RecordedCall> CallRecorder::finish()
{
    {
        std::unique_lock lock(m_mutex);
        if (!m_ended.wait_for(lock, Patience, [this] { return m_isOver; })) {
            for (const pid_t process : m_processes)
                ::kill(process, SIGKILL);
        }
    }
    m_tracer.join();
    return std::move(m_calls);
}

void CallRecorder::run(std::atomic<bool> &ready)
{
    m_attached = attachAll();
    ready = true;
    ready.notify_one();
    if (m_attached) // else what was attached to is released with this thread
        record();
    const std::lock_guard lock(m_mutex);
    m_isOver = true;
    m_ended.notify_one();
}

void CallRecorder::record()
{
    while (!isDone()) {
        int status = 0;
        // Only this thread's: others of the program wait for their own children.
        const pid_t thread = ::waitpid(-1, &status, __WALL | __WNOTHREAD);
        if (thread < 0 && errno == EINTR)
            continue;
        if (thread < 0)
            return;
        if (WIFSTOPPED(status))
            onStop(thread, status);
        else
            m_threads.erase(thread);
    }
    // The end of the tracing thread detaches from everything that is left, and lets it run.
}

Result<void> CallRecorder::attachAll()
{
    for (std::size_t process = 0; process < m_processes.size(); ++process) {
        std::error_code error;
        const std::string tasks = "/proc/" + std::to_string(m_processes[process]) + "/task";
        for (std::filesystem::directory_iterator it(tasks, error), end; !error && it != end; it.increment(error)) {
            const pid_t thread = pid_t(std::atoi(it->path().filename().c_str()));
            constexpr long Options = PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACECLONE;
            if (::ptrace(PTRACE_SEIZE, thread, nullptr, Options) < 0)
                return fail("ptrace");
            m_threads[thread].process = int(process);
            if (::ptrace(PTRACE_INTERRUPT, thread, nullptr, nullptr) < 0)
                return fail("ptrace");
        }
        if (error)
            return fail(Error{tasks + ": " + error.message(), error.value()});
    }
    // Attached is who has stopped once: only from there on no call is missed.
    for (std::size_t stopped = 0; stopped < m_threads.size(); ++stopped) {
        int status = 0;
        const pid_t thread = ::waitpid(-1, &status, __WALL | __WNOTHREAD);
        if (thread < 0)
            return fail("waitpid");
        if (WIFSTOPPED(status))
            onStop(thread, status);
    }
    return {};
}

void CallRecorder::onStop(pid_t thread, int status)
{
    const int signal = WSTOPSIG(status);
    const int event = status >> 16;
    long deliver = 0;
    const auto known = m_threads.find(thread);
    if (known == m_threads.end()) {
        // A new thread; whose, says the one that made it.
        m_threads[thread].process = 0;
    } else if (signal == (SIGTRAP | 0x80)) {
        onCall(thread, known->second);
    } else if (event == PTRACE_EVENT_CLONE) {
        unsigned long created = 0;
        if (::ptrace(PTRACE_GETEVENTMSG, thread, nullptr, &created) == 0)
            m_threads[pid_t(created)].process = known->second.process;
    } else if (event == 0) {
        deliver = signal;
    }
    ::ptrace(PTRACE_SYSCALL, thread, nullptr, deliver);
}

void CallRecorder::onCall(pid_t thread, Thread &state)
{
    __ptrace_syscall_info info = {};
    if (::ptrace(static_cast<__ptrace_request>(PTRACE_GET_SYSCALL_INFO), thread, sizeof info, &info) < 0)
        return;
    int &boundary = m_boundaries[std::size_t(state.process)];
    if (info.op == PTRACE_SYSCALL_INFO_ENTRY) {
        state.isInCall = true;
        state.call = {};
        state.call.process = state.process;
        state.call.thread = thread;
        state.call.number = long(info.entry.nr);
        for (std::size_t i = 0; i < 6; ++i)
            state.call.arguments[i] = info.entry.args[i];
        state.call.start = now();
    } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && state.isInCall) {
        state.isInCall = false;
        if (state.call.number == SYS_getpid && state.call.arguments[0] == BoundaryMark) {
            ++boundary;
            return;
        }
        if (boundary != 1 || m_calls.size() >= MostCalls)
            return;
        state.call.name = callName(state.call.number);
        state.call.result = info.exit.rval;
        state.call.end = now();
        m_calls.push_back(std::move(state.call));
    }
}

bool CallRecorder::isDone() const
{
    for (std::size_t process = 0; process < m_processes.size(); ++process) {
        const bool alive = std::any_of(m_threads.begin(), m_threads.end(),
                                       [&](const auto &entry) { return entry.second.process == int(process); });
        if (alive && m_boundaries[process] < 2)
            return false;
    }
    return true;
}

} // namespace bulkhead::lab
