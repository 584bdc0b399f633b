// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/leftovers.h"

#include "ipc/core/safe_open.h"
#include "ipc/lab/engine/provenance.h"
#include "ipc/lab/engine/run_folder.h"

#include <algorithm>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <functional>
#include <mqueue.h>
#include <set>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

namespace fs = std::filesystem;

struct Run
{
    Provenance provenance;
    std::string folder; ///< empty: names without a folder
    bool alive = false;
};

/// Something of a run, and how it is removed: what is not listed cannot be.
struct Found
{
    Leftover leftover;
    std::function<void()> remove;
};

bool isLocked(const std::string &folder)
{
    const Result<UniqueFd> lock = openRegular(folder + "/lock", 1 << 20, Links::Refuse);
    return lock && ::flock(lock->get(), LOCK_EX | LOCK_NB) < 0; // given back when the descriptor closes
}

std::string runOf(const std::string &objectName)
{
    return objectName.substr(0, objectName.find('.'));
}

std::vector<fs::path> entries(const std::string &folder)
{
    std::vector<fs::path> found;
    std::error_code error;
    for (fs::directory_iterator it(folder, error), end; !error && it != end; it.increment(error))
        found.push_back(it->path());
    std::sort(found.begin(), found.end());
    return found;
}

/// Not the run's own, nor the broker's, which serves several links.
bool isOfALink(const fs::path &path)
{
    const std::string name = path.filename().string();
    return name != "lock" && name != "key" && name.rfind("mqtt", 0) != 0 && name.rfind("mosquitto", 0) != 0;
}

std::vector<Run> allRuns()
{
    std::vector<Run> runs;
    std::set<std::string> seen;
    for (const std::string &base : RunFolder::bases()) {
        for (const fs::path &path : entries(base)) {
            const auto provenance = Provenance::ofFolder(path.string());
            if (provenance && seen.insert(provenance->run()).second)
                runs.push_back({*provenance, path.string(), isLocked(path.string())});
        }
    }
    // Names whose folder is gone, with the temporary files perhaps; or is where this process does not look for it,
    // while its engine lives.
    for (const char *folder : {"/dev/shm", "/dev/mqueue"}) {
        for (const fs::path &path : entries(folder)) {
            const std::string name = path.filename().string();
            struct stat status = {};
            const auto provenance = Provenance::ofName(runOf(name));
            if (provenance && ::lstat(path.c_str(), &status) == 0 && provenance->made(name, status) &&
                seen.insert(provenance->run()).second)
                runs.push_back({*provenance, {}, provenance->engineLives(status)});
        }
    }
    return runs;
}

void listKeys(const Provenance &run, std::vector<Found> &found)
{
    const auto add = [&](LeftoverKind kind, char letter, int id, std::uint64_t bytes, std::uint64_t users,
                         std::function<void()> remove) {
        char text[64];
        std::snprintf(text, sizeof text, "key 0x%08x id %d", unsigned(*run.key(letter)), id);
        found.push_back({{kind, text, run.run(), bytes, users, LeftoverState::Orphan}, std::move(remove)});
    };
    if (const auto key = run.key('m')) {
        shmid_ds status = {};
        const int id = ::shmget(*key, 0, 0);
        if (id >= 0 && ::shmctl(id, IPC_STAT, &status) == 0 && run.made(status.shm_perm, 'm', status.shm_ctime))
            add(LeftoverKind::SysvMemory, 'm', id, status.shm_segsz, status.shm_nattch,
                [id] { ::shmctl(id, IPC_RMID, nullptr); });
    }
    if (const auto key = run.key('q')) {
        msqid_ds status = {};
        const int id = ::msgget(*key, 0);
        if (id >= 0 && ::msgctl(id, IPC_STAT, &status) == 0 && run.made(status.msg_perm, 'q', status.msg_ctime))
            add(LeftoverKind::SysvQueue, 'q', id, status.__msg_cbytes, 0, [id] { ::msgctl(id, IPC_RMID, nullptr); });
    }
    if (const auto key = run.key('s')) {
        semid_ds status = {};
        const int id = ::semget(*key, 0, 0);
        if (id >= 0 && ::semctl(id, 0, IPC_STAT, &status) == 0 && run.made(status.sem_perm, 's', status.sem_ctime))
            add(LeftoverKind::SysvSemaphores, 's', id, 0, 0, [id] { ::semctl(id, 0, IPC_RMID); });
    }
}

void listNames(const Provenance &run, std::vector<Found> &found)
{
    for (const fs::path &path : entries("/dev/shm")) {
        const std::string name = path.filename().string();
        struct stat status = {};
        if (::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && run.made(name, status)) {
            found.push_back({{LeftoverKind::SharedMemoryFile, "/" + name, run.run(), std::uint64_t(status.st_size), 0,
                              LeftoverState::Orphan},
                             [name] { ::shm_unlink(("/" + name).c_str()); }});
        }
    }
    // Without /dev/mqueue the kernel does not list them.
    for (const char *last : {"there", "back"}) {
        const std::string name = run.run() + "." + last;
        const std::string queue = "/" + name;
        const UniqueFd fd(::mq_open(queue.c_str(), O_RDONLY | O_CLOEXEC));
        struct stat status = {};
        mq_attr attributes = {};
        if (fd && ::fstat(fd.get(), &status) == 0 && run.made(name, status) &&
            ::mq_getattr(fd.get(), &attributes) == 0) {
            found.push_back({{LeftoverKind::PosixQueue, queue, run.run(),
                              std::uint64_t(attributes.mq_curmsgs) * std::uint64_t(attributes.mq_msgsize), 0,
                              LeftoverState::Orphan},
                             [queue] { ::mq_unlink(queue.c_str()); }});
        }
    }
}

/// Everything of it but its folder.
std::vector<Found> objectsOf(const Provenance &run)
{
    std::vector<Found> found;
    listKeys(run, found);
    listNames(run, found);
    return found;
}

std::vector<Leftover> listRun(const Run &run)
{
    std::vector<Leftover> found;
    for (Found &object : objectsOf(run.provenance))
        found.push_back(std::move(object.leftover));
    if (!run.folder.empty()) {
        std::uint64_t bytes = 0;
        for (const fs::path &path : entries(run.folder)) {
            struct stat status = {};
            if (::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode))
                bytes += std::uint64_t(status.st_size);
        }
        // Last: the others are found from it.
        found.push_back({LeftoverKind::Folder, run.folder, run.provenance.run(), bytes, 0, LeftoverState::Orphan});
    }
    for (Leftover &leftover : found)
        leftover.state = run.alive ? LeftoverState::InUse : LeftoverState::Orphan;
    return found;
}

} // namespace

void removeRun(const std::string &folder, const std::string &run, RemoveFolder removeFolder)
{
    const auto provenance = folder.empty() ? Provenance::ofName(run) : Provenance::ofFolder(folder);
    if (!provenance || provenance->run() != run)
        return;
    for (const Found &object : objectsOf(*provenance))
        object.remove();
    if (folder.empty())
        return;
    std::error_code ignored;
    if (removeFolder == RemoveFolder::Yes) {
        fs::remove_all(folder, ignored);
        return;
    }
    for (const fs::path &path : entries(folder)) {
        if (isOfALink(path))
            fs::remove_all(path, ignored);
    }
}

std::vector<std::string> filesLeftIn(const std::string &folder)
{
    std::vector<std::string> files;
    for (const fs::path &path : entries(folder)) {
        if (isOfALink(path))
            files.push_back(path.string());
    }
    return files;
}

std::vector<Leftover> listLeftovers()
{
    std::vector<Leftover> found;
    for (const Run &run : allRuns()) {
        std::vector<Leftover> ofRun = listRun(run);
        found.insert(found.end(), ofRun.begin(), ofRun.end());
    }
    return found;
}

std::vector<Leftover> cleanLeftovers()
{
    std::vector<Leftover> removed;
    for (const Run &run : allRuns()) {
        if (run.alive)
            continue;
        std::vector<Leftover> ofRun = listRun(run);
        removed.insert(removed.end(), ofRun.begin(), ofRun.end());
        removeRun(run.folder, run.provenance.run(), RemoveFolder::Yes);
    }
    return removed;
}

} // namespace bulkhead::lab
