// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <ctime>
#include <optional>
#include <string>
#include <sys/ipc.h>
#include <sys/stat.h>
#include <sys/types.h>

namespace bulkhead::lab {

/// Of one run: what tells that an object was made by it, and by this user. Names and keys alone do not: another program
/// may use the same by chance or on purpose, and what is then removed is somebody's. Plain value; any thread.
class Provenance
{
public:
    /// Of a run whose folder is there. Nothing when that is no folder that RunFolder made for this user.
    static std::optional<Provenance> ofFolder(const std::string &folder);
    /// Of a run of which only names are left. Nothing when @p run is no name of a run.
    static std::optional<Provenance> ofName(const std::string &run);

    const std::string &run() const { return m_run; }
    /// The process that made the run: its number is in the name.
    pid_t engine() const { return m_engine; }

    /// A file, shared memory or a message queue: of this user, and not older than the run.
    bool made(const struct stat &status) const;
    /// The same for what is called @p name ("bulkhead-lab-4711-1.memory"): the run's, and one that a mechanism gives.
    bool made(const std::string &name, const struct stat &status) const;
    /// A System V object: owned and created by this user, for nobody else, under one of the run's keys, and made or
    /// changed since the run began.
    bool made(const ipc_perm &permissions, char keyLetter, std::time_t changed) const;

    /// The key that Place::key() made. Nothing when the run made none.
    std::optional<key_t> key(char letter) const;
    /// Whether the process that made the run still is, and is not a later one with its number.
    bool engineLives(const struct stat &object) const;

private:
    Provenance(std::string folder, std::string run, pid_t engine, std::time_t since);

    std::string m_folder; ///< may be empty
    std::string m_run;
    pid_t m_engine;
    std::time_t m_since; ///< 0 when nobody knows
};

} // namespace bulkhead::lab
