// SPDX-License-Identifier: BSD-3-Clause
// A process in which the IPC lab uses one mechanism. Started by the lab's engine only:
//   bulkhead-lab-worker --channel-fd=N --parent=PID
#include "app/programs/lab_worker/lab_cage.h"
#include "ipc/lab/worker/worker.h"

#include <QCoreApplication>

#include <charconv>
#include <csignal>
#include <cstdio>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace {

/// Twice what the largest rings take.
constexpr rlim_t MemoryBytes = rlim_t(2) << 30;

int number(std::string_view argument, std::string_view name)
{
    int value = -1;
    if (argument.substr(0, name.size()) == name) {
        argument.remove_prefix(name.size());
        std::from_chars(argument.data(), argument.data() + argument.size(), value);
    }
    return value;
}

} // namespace

int main(int argc, char **argv)
{
    const int fd = argc == 3 ? number(argv[1], "--channel-fd=") : -1;
    const int parent = argc == 3 ? number(argv[2], "--parent=") : -1;
    if (fd < 3 || parent < 1) {
        std::fputs("bulkhead-lab-worker is started by \"bulkhead lab\", not by hand.\n", stderr);
        return 2;
    }
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != parent) // it ended before that took effect
        return 0;
    ::signal(SIGPIPE, SIG_IGN); // a broken pipe is a result
#ifndef __SANITIZE_ADDRESS__
    const rlimit memory{MemoryBytes, MemoryBytes};
    ::setrlimit(RLIMIT_DATA, &memory);
#endif
    const rlimit noCore{0, 0};
    ::setrlimit(RLIMIT_CORE, &noCore);
    // For the mechanisms that need an event loop.
    ::setenv("QT_NO_GLIB", "1", 1);
    const QCoreApplication application(argc, argv);
    return bulkhead::lab::Worker(bulkhead::UniqueFd(fd), bulkhead::sandbox::confineLabWorker).run();
}
