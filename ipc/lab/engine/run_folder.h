// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"
#include "ipc/lab/mechanisms/place.h"

#include <string>
#include <vector>

namespace bulkhead::lab {

/// The folder of one run, and with it the right to its names: as long as it is locked, the run lives. Everything that a
/// run makes outside its processes is in the folder, begins with the run's name, or has a key made from the folder; so
/// what a killed run leaves is found from the folder alone (leftovers.h). Removed, with all of that, by the destructor.
class RunFolder
{
public:
    static Result<RunFolder> create();
    RunFolder(RunFolder &&) noexcept = default;
    RunFolder &operator=(RunFolder &&) = delete;
    ~RunFolder();

    const std::string &path() const { return m_path; }
    const std::string &run() const { return m_run; }
    /// A place in it for the next link.
    Place place() const;
    /// Removes what dead workers left, but not the folder.
    void tidy() const;

    /// Where this user's runs are: one folder, or two if TMPDIR is set. Missing ones are not listed.
    static std::vector<std::string> bases();

private:
    RunFolder(std::string path, std::string run, UniqueFd lock)
        : m_path(std::move(path)), m_run(std::move(run)), m_lock(std::move(lock))
    {
    }

    std::string m_path;
    std::string m_run;
    UniqueFd m_lock;
};

} // namespace bulkhead::lab
