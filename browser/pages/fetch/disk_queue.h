// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/disk_thread.h"

#include <QString>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

class QThreadPool;

namespace bulkhead {

/// A piece of work on the disk, done in one or more steps. Never two of its steps at once.
class DiskJob
{
public:
    virtual ~DiskJob() = default;
    /// On one of the disk's threads.
    virtual void run(const DiskThread &thread) = 0;
    /// Nobody wants it any more. Any thread.
    virtual bool isCancelled() const = 0;
};

/// Whose work it is. What a person opens comes before what pages ask for, and always finds a thread that no page holds.
struct DiskClient
{
    enum class Urgency { Person, Page };
    Urgency urgency;
    QString key; ///< of the site; the person's work is told apart by where in the file system it is

    /// For what the person does with @p path: told apart by the file system that it is mounted in, and within one by
    /// its first folders, for a link there may lead to one that hangs. The kernel's table of mounts is asked, no disk.
    static DiskClient ofPerson(const QString &path);
};

/// Who may use the disk's threads, so that a disk that hangs (a lost network folder) holds up nobody but those who want
/// something of it: each client has a queue and so many threads of its own at most, pages together leave some for the
/// person, and who waits takes turns. What was cancelled before it began is dropped where it waits. Thread-safe. The
/// fetcher owns one, and who else has work on the disk that names from outside decide.
class DiskQueue : public std::enable_shared_from_this<DiskQueue>
{
public:
    static constexpr int Threads = 8;
    static constexpr int ThreadsForPages = 6;
    static constexpr int ThreadsOfClient = 2;
    /// How long the end of the program waits for a disk that hangs.
    static constexpr int EndPatience = 1000;

    DiskQueue();
    /// Drops what waits. A step that hangs is left to itself.
    ~DiskQueue();

    /// Another step of @p job is to be done. Without effect while one waits.
    void add(const DiskClient &client, const std::shared_ptr<DiskJob> &job);
    /// The same for work of one step that nobody takes back. What it holds is left alone when it never gets a thread:
    /// to let go of it may take as long as the disk does.
    void add(const DiskClient &client, std::function<void(const DiskThread &)> work);
    /// Jobs that have no thread yet.
    std::size_t waiting() const;
    /// Waits until everything is done, but at most so long. Whether it is.
    bool waitForDone(std::chrono::milliseconds most);

private:
    struct Queue
    {
        DiskClient client;
        std::deque<std::shared_ptr<DiskJob>> waiting;
        std::vector<std::shared_ptr<DiskJob>> running;
    };
    void startMore();
    /// The next job of @p queue that may have a thread now; null for none.
    std::shared_ptr<DiskJob> next(const Queue &queue) const;
    void ended(const QString &name, const std::shared_ptr<DiskJob> &job);

    mutable std::mutex m_mutex;
    std::deque<std::shared_ptr<Queue>> m_queues; ///< whose turn it is comes first
    int m_running = 0;
    int m_runningForPages = 0;
    std::condition_variable m_allDone;
    std::unique_ptr<QThreadPool> m_threads;
};

} // namespace bulkhead
