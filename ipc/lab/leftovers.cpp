// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/leftovers.h"

#include "ipc/lab/run_folder.h"

#include <algorithm>
#include <fcntl.h>
#include <filesystem>
#include <mqueue.h>
#include <set>
#include <sys/file.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/stat.h>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

namespace fs = std::filesystem;

constexpr char Prefix[] = "bulkhead-lab-";
/// What the mechanisms call their message queues; without /dev/mqueue the kernel does not list them.
constexpr const char *QueueNames[] = {"there", "back"};

struct Run
{
    std::string folder; ///< empty: names without a folder
    std::string name;
    bool alive = false;
};

bool isLocked(const std::string &folder)
{
    const UniqueFd lock(::open((folder + "/lock").c_str(), O_RDWR | O_CLOEXEC));
    return lock && ::flock(lock.get(), LOCK_EX | LOCK_NB) < 0; // given back when the descriptor closes
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

bool isLabName(const fs::path &path)
{
    return path.filename().string().rfind(Prefix, 0) == 0;
}

bool isOwn(const fs::path &path)
{
    struct stat status = {};
    return ::lstat(path.c_str(), &status) == 0 && status.st_uid == ::geteuid();
}

std::vector<Run> allRuns()
{
    std::vector<Run> runs;
    std::set<std::string> seen;
    for (const std::string &base : RunFolder::bases()) {
        for (const fs::path &path : entries(base)) {
            if (isLabName(path) && fs::is_directory(path)) {
                runs.push_back({path.string(), path.filename().string(), isLocked(path.string())});
                seen.insert(runs.back().name);
            }
        }
    }
    // Names whose folder is gone, with the temporary files perhaps.
    for (const char *folder : {"/dev/shm", "/dev/mqueue"}) {
        for (const fs::path &path : entries(folder)) {
            const std::string run = runOf(path.filename().string());
            if (isLabName(path) && isOwn(path) && seen.insert(run).second)
                runs.push_back({{}, run, false});
        }
    }
    return runs;
}

void listKeys(const Run &run, std::vector<Leftover> &found)
{
    struct stat keyFile = {};
    if (run.folder.empty() || ::stat((run.folder + "/key").c_str(), &keyFile) < 0)
        return;
    Place place;
    place.folder = run.folder;
    const auto add = [&](LeftoverKind kind, key_t key, int id, std::uint64_t bytes, std::uint64_t users) {
        char text[64];
        std::snprintf(text, sizeof text, "key 0x%08x id %d", unsigned(key), id);
        found.push_back({kind, text, run.name, bytes, users, LeftoverState::Orphan});
    };
    if (const auto key = place.key('m')) {
        shmid_ds status = {};
        const int id = ::shmget(*key, 0, 0);
        if (id >= 0 && ::shmctl(id, IPC_STAT, &status) == 0)
            add(LeftoverKind::SysvMemory, *key, id, status.shm_segsz, status.shm_nattch);
    }
    if (const auto key = place.key('q')) {
        msqid_ds status = {};
        const int id = ::msgget(*key, 0);
        if (id >= 0 && ::msgctl(id, IPC_STAT, &status) == 0)
            add(LeftoverKind::SysvQueue, *key, id, status.__msg_cbytes, 0);
    }
    if (const auto key = place.key('s')) {
        const int id = ::semget(*key, 0, 0);
        if (id >= 0)
            add(LeftoverKind::SysvSemaphores, *key, id, 0, 0);
    }
}

void listNames(const Run &run, std::vector<Leftover> &found)
{
    for (const fs::path &path : entries("/dev/shm")) {
        std::error_code error;
        if (runOf(path.filename().string()) == run.name && isOwn(path)) {
            found.push_back({LeftoverKind::SharedMemoryFile, "/" + path.filename().string(), run.name,
                             fs::file_size(path, error), 0, LeftoverState::Orphan});
        }
    }
    std::set<std::string> queues;
    for (const char *queue : QueueNames)
        queues.insert("/" + run.name + "." + queue);
    for (const fs::path &path : entries("/dev/mqueue")) {
        if (runOf(path.filename().string()) == run.name && isOwn(path))
            queues.insert("/" + path.filename().string());
    }
    for (const std::string &queue : queues) {
        const UniqueFd fd(::mq_open(queue.c_str(), O_RDONLY | O_CLOEXEC));
        mq_attr attributes = {};
        if (fd && ::mq_getattr(fd.get(), &attributes) == 0) {
            found.push_back({LeftoverKind::PosixQueue, queue, run.name,
                             std::uint64_t(attributes.mq_curmsgs) * std::uint64_t(attributes.mq_msgsize), 0,
                             LeftoverState::Orphan});
        }
    }
}

std::vector<Leftover> listRun(const Run &run)
{
    std::vector<Leftover> found;
    listKeys(run, found);
    listNames(run, found);
    if (!run.folder.empty()) {
        std::uint64_t bytes = 0;
        for (const fs::path &path : entries(run.folder)) {
            std::error_code error;
            if (fs::is_regular_file(path, error))
                bytes += fs::file_size(path, error);
        }
        // Last: the others are found from it.
        found.push_back({LeftoverKind::Folder, run.folder, run.name, bytes, 0, LeftoverState::Orphan});
    }
    for (Leftover &leftover : found)
        leftover.state = run.alive ? LeftoverState::InUse : LeftoverState::Orphan;
    return found;
}

void removeKeys(const std::string &folder)
{
    struct stat keyFile = {};
    if (folder.empty() || ::stat((folder + "/key").c_str(), &keyFile) < 0)
        return;
    Place place;
    place.folder = folder;
    if (const auto key = place.key('m')) {
        if (const int id = ::shmget(*key, 0, 0); id >= 0)
            ::shmctl(id, IPC_RMID, nullptr);
    }
    if (const auto key = place.key('q')) {
        if (const int id = ::msgget(*key, 0); id >= 0)
            ::msgctl(id, IPC_RMID, nullptr);
    }
    if (const auto key = place.key('s')) {
        if (const int id = ::semget(*key, 0, 0); id >= 0)
            ::semctl(id, 0, IPC_RMID);
    }
}

} // namespace

void removeRun(const std::string &folder, const std::string &run, RemoveFolder removeFolder)
{
    removeKeys(folder);
    for (const char *queue : QueueNames)
        ::mq_unlink(("/" + run + "." + queue).c_str());
    for (const fs::path &path : entries("/dev/mqueue")) {
        if (runOf(path.filename().string()) == run)
            ::mq_unlink(("/" + path.filename().string()).c_str());
    }
    for (const fs::path &path : entries("/dev/shm")) {
        if (runOf(path.filename().string()) == run)
            ::shm_unlink(("/" + path.filename().string()).c_str());
    }
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
        removeRun(run.folder, run.name, RemoveFolder::Yes);
    }
    return removed;
}

} // namespace bulkhead::lab
