// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/run_folder.h"

#include "ipc/lab/engine/leftovers.h"

#include <atomic>
#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

std::string temporaryFolder()
{
    const char *set = ::getenv("TMPDIR");
    return set && *set ? set : "/tmp";
}

std::string baseIn(const std::string &folder)
{
    return folder + "/bulkhead-lab-" + std::to_string(::geteuid());
}

/// /tmp belongs to everybody: a folder, of ours alone.
bool isOurs(const std::string &folder)
{
    struct stat status = {};
    return ::lstat(folder.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == ::geteuid() &&
           (status.st_mode & 077) == 0;
}

} // namespace

Result<RunFolder> RunFolder::create()
{
    static std::atomic<int> number = 0;
    const std::string base = baseIn(temporaryFolder());
    if (::mkdir(base.c_str(), 0700) < 0 && errno != EEXIST)
        return fail("mkdir " + base);
    if (!isOurs(base))
        return fail(Error{base + " belongs to somebody else", EPERM});
    for (;;) {
        std::string run = "bulkhead-lab-" + std::to_string(::getpid()) + "-" + std::to_string(++number);
        std::string path = base + "/" + run;
        if (::mkdir(path.c_str(), 0700) < 0) {
            if (errno == EEXIST)
                continue; // of an earlier process with this id
            return fail("mkdir " + path);
        }
        UniqueFd lock(::open((path + "/lock").c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
        if (!lock || ::flock(lock.get(), LOCK_EX | LOCK_NB) < 0)
            return fail("lock " + path);
        return RunFolder(std::move(path), std::move(run), std::move(lock));
    }
}

RunFolder::~RunFolder()
{
    if (m_lock)
        removeRun(m_path, m_run, RemoveFolder::Yes);
}

Place RunFolder::place() const
{
    Place place;
    place.folder = m_path;
    place.run = m_run;
    place.address = "127.0.0.1";
    return place;
}

void RunFolder::tidy() const
{
    removeRun(m_path, m_run, RemoveFolder::No);
}

std::vector<std::string> RunFolder::bases()
{
    std::vector<std::string> bases;
    for (const std::string &folder : {temporaryFolder(), std::string("/tmp")}) {
        const std::string base = baseIn(folder);
        if (isOurs(base) && (bases.empty() || bases.front() != base))
            bases.push_back(base);
    }
    return bases;
}

} // namespace bulkhead::lab
