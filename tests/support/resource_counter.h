// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QMap>
#include <QString>

#include <chrono>

namespace bulkhead {

/// Whose resources are counted.
enum class ResourceScope {
    Process, ///< this process's descriptors and shared mappings, and its descendants
    Machine, ///< these, and /dev/shm and System V objects, which all programs share: such a test must not run beside
             ///< others that make some (CTest property RESOURCE_LOCK machine_objects)
};

/// Shows that what was taken is given back: remembers at construction what there is, and tells later what differs.
/// Counts descriptors by kind ("fd socket", "fd memfd:frame", "fd /etc/passwd"), mapped memfds ("mapping memfd:frame"),
/// processes below this one at any depth ("process bulkhead-child 4711", zombies named so), and objects of the machine
/// ("/dev/shm/x", "System V shm 3"). Any thread.
class ResourceCounter
{
public:
    /// "what it is" to how many of it there are.
    using Counts = QMap<QString, int>;

    explicit ResourceCounter(ResourceScope scope = ResourceScope::Process);

    /// A line for everything that differs from then, e.g. "fd socket: 2 before, 3 now"; empty when nothing does. Fewer
    /// eventfds are no difference: each idle thread of Qt's own pools has one, and may be gone by now.
    QString difference() const;
    /// Runs the event loop until nothing differs; then empty, at the time-out what still does. Longer than the half
    /// minute for which Qt's threads wait for more to paint.
    QString waitUntilRestored(std::chrono::milliseconds timeout = std::chrono::seconds(45)) const;

    /// How many there are now of what begins so, e.g. "process bulkhead-child" or "fd ".
    int count(const QString &prefix) const;
    /// Everything there is now.
    Counts now() const;

    /// From now on processes whose parent dies become children of this one instead of vanishing from the count, so that
    /// a test can kill a program and look for what it leaves. Dead ones of them are not counted: nobody reaps them.
    static void adoptOrphans();

private:
    ResourceScope m_scope;
    Counts m_before;
};

} // namespace bulkhead
