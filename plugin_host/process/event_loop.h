// SPDX-License-Identifier: BSD-3-Clause
#pragma once

/// What a plugin's process does all day, as plain functions: the loop may be poll()'s, or that of Qt, which is in a
/// library of its own that only processes of plugins with Qt load.
namespace bulkhead {

struct LoopCallbacks
{
    int fd; ///< wakes the loop when it can be read
    void (*readable)(void *user);
    /// Milliseconds until tick() is wanted; -1: never.
    int (*timeout)(void *user);
    void (*tick)(void *user);
    void *user;
};

/// Runs for ever; the callbacks end the process.
[[noreturn]] void runPollLoop(const LoopCallbacks &callbacks);

/// What bulkhead-plugin-qt.so exports as "bulkhead_qt_runtime".
struct QtRuntime
{
    unsigned size;
    const char *(*version)();
    /// Makes the application object and loads fonts and image formats, while there are files. Starts no threads.
    void (*prepare)(int caged);
    void (*run)(const LoopCallbacks *callbacks);
};
inline constexpr char QtRuntimeSymbol[] = "bulkhead_qt_runtime";

} // namespace bulkhead
