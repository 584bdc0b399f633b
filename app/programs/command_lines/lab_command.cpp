// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/lab_command.h"

#include "app/programs/command_lines/lab_frames.h"
#include "app/programs/command_lines/lab_measuring.h"
#include "app/programs/command_lines/lab_showing.h"

#include <csignal>

namespace bulkhead {

namespace {

using namespace lab;

/// The first Ctrl+C cancels in order; a second one ends the program, and its workers with it.
const Cancel *interrupted = nullptr;

void cancelOnSignals(const Cancel &cancel)
{
    interrupted = &cancel;
    struct sigaction action = {};
    action.sa_handler = [](int) { interrupted->request(); };
    action.sa_flags = int(SA_RESETHAND);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

constexpr struct
{
    const char *name;
    int (*run)(const ParsedCommand &given, const Cancel &cancel);
} Commands[] = {
    {"list", &labList},
    {"run", &labRun},
    {"trace", &labTrace},
    {"frames", &labFrames},
    {"experiment", &labExperiment},
    {"compare", &labCompare},
    {"leftovers", &labLeftovers},
    {"serve", &labServe},
};

} // namespace

int runLabCommand(const ParsedCommand &given)
{
    const Cancel cancel;
    cancelOnSignals(cancel);
    for (const auto &command : Commands) {
        if (given.path.value(1) == QLatin1String(command.name))
            return command.run(given, cancel);
    }
    Q_UNREACHABLE(); // the reader lets no other through
}

} // namespace bulkhead
