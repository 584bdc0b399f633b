// SPDX-License-Identifier: BSD-3-Clause
#include "ipc/lab/engine/provenance.h"

#include "ipc/core/safe_open.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <sstream>
#include <string_view>
#include <unistd.h>

namespace bulkhead::lab {

namespace {

constexpr std::string_view Prefix = "bulkhead-lab-";
/// What the mechanisms call their objects, after the run's name and a dot.
constexpr std::array<std::string_view, 6> ObjectNames = {"memory", "segment",     "there",
                                                         "back",   "boost-there", "boost-back"};

std::optional<int> takeNumber(std::string_view &text)
{
    int value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || value <= 0 || text.front() == '0')
        return {};
    text.remove_prefix(std::size_t(end - text.data()));
    return value;
}

/// "bulkhead-lab-PID-NUMBER", and nothing else.
std::optional<pid_t> engineIn(std::string_view run)
{
    if (run.substr(0, Prefix.size()) != Prefix)
        return {};
    run.remove_prefix(Prefix.size());
    const std::optional<int> pid = takeNumber(run);
    if (!pid || run.substr(0, 1) != "-")
        return {};
    run.remove_prefix(1);
    return takeNumber(run) && run.empty() ? std::optional<pid_t>(*pid) : std::nullopt;
}

bool isOurs(const struct stat &status)
{
    return status.st_uid == ::geteuid();
}

/// When the process began, by the wall clock.
std::optional<std::time_t> startOf(pid_t pid)
{
    const Result<std::string> stat = readRegularStart("/proc/" + std::to_string(pid) + "/stat", 4096);
    const std::size_t name = stat ? stat->rfind(')') : std::string::npos;
    if (name == std::string::npos)
        return {};
    std::istringstream fields(stat->substr(name + 1));
    std::string field;
    for (int i = 3; i <= 22; ++i)
        fields >> field;
    unsigned long long ticks = 0;
    std::from_chars(field.data(), field.data() + field.size(), ticks);
    timespec wall = {}, sinceBoot = {};
    ::clock_gettime(CLOCK_REALTIME, &wall);
    ::clock_gettime(CLOCK_BOOTTIME, &sinceBoot);
    return wall.tv_sec - sinceBoot.tv_sec + std::time_t(ticks / (unsigned long long)(::sysconf(_SC_CLK_TCK)));
}

} // namespace

Provenance::Provenance(std::string folder, std::string run, pid_t engine, std::time_t since)
    : m_folder(std::move(folder)), m_run(std::move(run)), m_engine(engine), m_since(since)
{
}

std::optional<Provenance> Provenance::ofFolder(const std::string &folder)
{
    std::string run = folder.substr(folder.rfind('/') + 1);
    const auto engine = engineIn(run);
    struct stat itself = {}, lock = {};
    const bool isFolder = engine && ::lstat(folder.c_str(), &itself) == 0 && S_ISDIR(itself.st_mode) &&
                          isOurs(itself) && (itself.st_mode & 077) == 0;
    // The first that a run makes in it, and never writes to.
    if (!isFolder || ::lstat((folder + "/lock").c_str(), &lock) < 0 || !S_ISREG(lock.st_mode) || !isOurs(lock))
        return {};
    return Provenance(folder, std::move(run), *engine, lock.st_mtim.tv_sec);
}

std::optional<Provenance> Provenance::ofName(const std::string &run)
{
    const auto engine = engineIn(run);
    return engine ? std::optional(Provenance({}, run, *engine, 0)) : std::nullopt;
}

bool Provenance::made(const struct stat &status) const
{
    return isOurs(status) && status.st_ctim.tv_sec >= m_since;
}

bool Provenance::made(const std::string &name, const struct stat &status) const
{
    const bool isOfRun =
        name.size() > m_run.size() && name.compare(0, m_run.size(), m_run) == 0 && name[m_run.size()] == '.';
    return isOfRun &&
           std::find(ObjectNames.begin(), ObjectNames.end(), std::string_view(name).substr(m_run.size() + 1)) !=
               ObjectNames.end() &&
           made(status);
}

bool Provenance::made(const ipc_perm &permissions, char keyLetter, std::time_t changed) const
{
    const uid_t self = ::geteuid();
    const std::optional<key_t> expected = key(keyLetter);
    return expected && permissions.__key == *expected && permissions.uid == self && permissions.cuid == self &&
           (permissions.mode & 0777) == 0600 && changed >= m_since;
}

std::optional<key_t> Provenance::key(char letter) const
{
    const std::string file = m_folder + "/key";
    struct stat status = {};
    if (m_folder.empty() || ::lstat(file.c_str(), &status) < 0 || !S_ISREG(status.st_mode) || !isOurs(status))
        return {};
    const key_t made = ::ftok(file.c_str(), letter);
    return made != -1 ? std::optional(made) : std::nullopt;
}

bool Provenance::engineLives(const struct stat &object) const
{
    if (::kill(m_engine, 0) < 0 && errno == ESRCH)
        return false;
    constexpr std::time_t Rounding = 2;
    const std::optional<std::time_t> start = startOf(m_engine);
    return !start || *start <= object.st_ctim.tv_sec + Rounding;
}

} // namespace bulkhead::lab
