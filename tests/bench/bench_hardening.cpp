// SPDX-License-Identifier: BSD-3-Clause
// What the hardening of the binaries costs where foreign bytes are taken apart: the same program built twice, hardened
// as all that ships and without, in turns on one core. Processor time, so that waiting does not count.
#include "tests/bench/bench_main.h"

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sched.h>
#include <spawn.h>
#include <string>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

namespace {

/// A hardening_echo, ended with this object.
class Echo
{
public:
    explicit Echo(const char *program)
    {
        int ends[2];
        if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) < 0)
            return;
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDIN_FILENO);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        char *arguments[] = {const_cast<char *>(program), nullptr};
        if (::posix_spawn(&m_id, program, &actions, nullptr, arguments, environ) != 0)
            m_id = -1;
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
        m_input = ::fdopen(ends[0], "w");
        m_output = ::fdopen(::fcntl(ends[0], F_DUPFD_CLOEXEC, 0), "r");
    }
    ~Echo()
    {
        for (std::FILE *stream : {m_input, m_output}) {
            if (stream)
                ::fclose(stream); // both: the end of its input
        }
        if (m_id > 0)
            ::waitpid(m_id, nullptr, 0);
    }
    Echo(const Echo &) = delete;
    Echo &operator=(const Echo &) = delete;

    /// Nanoseconds of processor time for one message; negative when the program is gone.
    double perMessage(const char *what, int count)
    {
        long long spent = -1;
        if (!m_input || !m_output || std::fprintf(m_input, "%s %d\n", what, count) < 0 || std::fflush(m_input) != 0 ||
            std::fscanf(m_output, "%lld", &spent) != 1)
            return -1;
        return double(spent) / count;
    }

private:
    pid_t m_id = -1;
    std::FILE *m_input = nullptr;
    std::FILE *m_output = nullptr;
};

double at(std::vector<double> &values, double part)
{
    std::sort(values.begin(), values.end());
    return values[std::min(values.size() - 1, std::size_t(part * double(values.size())))];
}

void messageThereAndParsed(benchmark::State &state, const char *what)
{
    constexpr int Messages = 2000;
    constexpr int Turns = 21;
    // Both on the core that this runs on.
    cpu_set_t before, one;
    ::sched_getaffinity(0, sizeof before, &before);
    CPU_ZERO(&one);
    CPU_SET(std::max(0, ::sched_getcpu()), &one);
    ::sched_setaffinity(0, sizeof one, &one);
    {
        Echo hardened(HARDENED_ECHO);
        Echo bare(BARE_ECHO);
        std::vector<double> hardenedTimes, bareTimes, ratios;
        for (auto _ : state) {
            for (int turn = 0; turn < Turns; ++turn) {
                const double with = hardened.perMessage(what, Messages);
                const double without = bare.perMessage(what, Messages);
                if (with <= 0 || without <= 0) {
                    state.SkipWithError("a program is gone");
                    break;
                }
                hardenedTimes.push_back(with);
                bareTimes.push_back(without);
                ratios.push_back(with / without);
            }
        }
        if (!ratios.empty()) {
            state.counters["hardened_ns"] = at(hardenedTimes, 0.5);
            state.counters["bare_ns"] = at(bareTimes, 0.5);
            state.counters["ratio"] = at(ratios, 0.5);
            state.counters["ratio_p10"] = at(ratios, 0.1);
            state.counters["ratio_p90"] = at(ratios, 0.9);
        }
    }
    ::sched_setaffinity(0, sizeof before, &before);
}
BENCHMARK_CAPTURE(messageThereAndParsed, frame_announced, "frame")->Iterations(1);
BENCHMARK_CAPTURE(messageThereAndParsed, text_of_16_kB, "text")->Iterations(1);

} // namespace

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    return bulkhead::runBenchmarks(argc, argv);
}
