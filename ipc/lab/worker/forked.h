// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/core/result.h"
#include "ipc/core/unique_fd.h"
#include "ipc/messages/lab.pb.h"

#include <functional>
#include <new>
#include <string>
#include <sys/types.h>
#include <utility>

namespace bulkhead::lab {

/// A process forked from the worker that runs a study; ended and reaped with the object.
class Forked
{
public:
    /// @p work runs in the new process, which then exits with what it returns.
    explicit Forked(const std::function<int()> &work);
    Forked(Forked &&other) noexcept : m_pid(std::exchange(other.m_pid, -1)) {}
    Forked &operator=(Forked &&) = delete;
    ~Forked() { kill(); }

    pid_t pid() const { return m_pid; }
    /// Its exit code; -1 when it did not exit by itself.
    int wait();
    void kill();

private:
    pid_t m_pid = -1;
};

/// Memory that forked processes share with us, zeroed; unmapped with the object.
class SharedMemory
{
public:
    explicit SharedMemory(std::size_t bytes);
    ~SharedMemory();
    SharedMemory(const SharedMemory &) = delete;
    SharedMemory &operator=(const SharedMemory &) = delete;

    explicit operator bool() const { return m_address; }
    std::byte *data() const { return static_cast<std::byte *>(m_address); }
    /// A T at @p offset; zeroed bytes must be a T.
    template <class T>
    T *at(std::size_t offset) const
    {
        return reinterpret_cast<T *>(data() + offset);
    }

private:
    void *m_address = nullptr;
    std::size_t m_bytes;
};

/// Adds a figure to what a study found. @p text is for the person.
void found(wire::LabStudyDone &done, const std::string &name, double value, const std::string &unit,
           const std::string &text);

/// What the command asked for under @p name, or @p otherwise.
std::uint64_t number(const wire::LabStudy &what, const std::string &name, std::uint64_t otherwise);

// Each in its own file.
Result<void> raceStudy(const wire::LabStudy &what, wire::LabStudyDone &done, Fds fds);
Result<void> memoryStudy(const wire::LabStudy &what, wire::LabStudyDone &done);
Result<void> locksStudy(const wire::LabStudy &what, wire::LabStudyDone &done);
Result<void> orderStudy(const wire::LabStudy &what, wire::LabStudyDone &done);
Result<void> manyStudy(const wire::LabStudy &what, wire::LabStudyDone &done);

} // namespace bulkhead::lab
