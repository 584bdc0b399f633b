// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/fetch/disk_queue.h"

#include "browser/pages/fetch/local_path.h"

#include <QFile>
#include <QThreadPool>

#include <algorithm>

namespace bulkhead {

namespace {

bool isPage(const DiskClient &client)
{
    return client.urgency == DiskClient::Urgency::Page;
}

QString nameOf(const DiskClient &client)
{
    return (isPage(client) ? u'p' : u'P') + client.key;
}

/// proc(5) writes blanks, tabs, newlines and backslashes in the table of mounts as \\ooo.
QString unescaped(const QByteArray &field)
{
    QByteArray plain;
    for (qsizetype i = 0; i < field.size(); ++i) {
        if (field[i] == '\\' && i + 3 < field.size()) {
            plain += char(field.mid(i + 1, 3).toInt(nullptr, 8));
            i += 3;
        } else {
            plain += field[i];
        }
    }
    return QFile::decodeName(plain);
}

/// Where the file system that @p path names is mounted; "/" when nobody knows.
QString mountPointOf(const QString &path)
{
    QString longest = QStringLiteral("/");
    QFile table(QStringLiteral("/proc/self/mountinfo"));
    if (!table.open(QIODevice::ReadOnly))
        return longest;
    const QList<QByteArray> lines = table.readAll().split('\n');
    for (const QByteArray &line : lines) {
        const QString point = unescaped(line.split(' ').value(4));
        if (point.size() > longest.size() && local_path::isBelow(path, point))
            longest = point;
    }
    return longest;
}

/// Work of one step.
class OneStep : public DiskJob
{
public:
    explicit OneStep(std::function<void(const DiskThread &)> work)
        : m_work(std::make_unique<std::function<void(const DiskThread &)>>(std::move(work)))
    {
    }
    ~OneStep() override { (void)m_work.release(); } // was never begun: only at the end of the program
    void run(const DiskThread &thread) override
    {
        (*m_work)(thread);
        m_work.reset(); // here, not where the last who knows this job is
    }
    bool isCancelled() const override { return false; }

private:
    std::unique_ptr<std::function<void(const DiskThread &)>> m_work;
};

} // namespace

DiskClient DiskClient::ofPerson(const QString &path)
{
    constexpr int Depth = 3;
    const QString mount = mountPointOf(path);
    return {Urgency::Person, mount + path.mid(mount.size() > 1 ? mount.size() : 0).section(u'/', 0, Depth)};
}

DiskQueue::DiskQueue() : m_threads(std::make_unique<QThreadPool>())
{
    m_threads->setMaxThreadCount(Threads);
}

DiskQueue::~DiskQueue()
{
    {
        const std::lock_guard lock(m_mutex);
        m_queues.clear();
    }
    // Its destructor would wait for as long as the disk does.
    if (!m_threads->waitForDone(EndPatience))
        m_threads.release();
}

void DiskQueue::add(const DiskClient &client, const std::shared_ptr<DiskJob> &job)
{
    const std::lock_guard lock(m_mutex);
    const QString name = nameOf(client);
    auto it = std::find_if(m_queues.begin(), m_queues.end(),
                           [&name](const auto &queue) { return nameOf(queue->client) == name; });
    if (it == m_queues.end())
        it = m_queues.insert(m_queues.end(), std::make_shared<Queue>(Queue{client, {}}));
    Queue &queue = **it;
    std::erase_if(queue.waiting, [&job](const auto &other) { return other != job && other->isCancelled(); });
    if (std::find(queue.waiting.begin(), queue.waiting.end(), job) == queue.waiting.end())
        queue.waiting.push_back(job);
    startMore();
}

void DiskQueue::add(const DiskClient &client, std::function<void(const DiskThread &)> work)
{
    add(client, std::make_shared<OneStep>(std::move(work)));
}

bool DiskQueue::waitForDone(std::chrono::milliseconds most)
{
    std::unique_lock lock(m_mutex);
    return m_allDone.wait_for(lock, most, [this] { return m_queues.empty(); });
}

std::size_t DiskQueue::waiting() const
{
    const std::lock_guard lock(m_mutex);
    std::size_t sum = 0;
    for (const auto &queue : m_queues)
        sum += queue->waiting.size();
    return sum;
}

std::shared_ptr<DiskJob> DiskQueue::next(const Queue &queue) const
{
    if (queue.running.size() >= ThreadsOfClient || m_running >= Threads ||
        (isPage(queue.client) && m_runningForPages >= ThreadsForPages))
        return nullptr;
    // A job whose step hangs is not to have a second thread wait for it.
    const auto isIdle = [&queue](const auto &job) {
        return std::find(queue.running.begin(), queue.running.end(), job) == queue.running.end();
    };
    const auto it = std::find_if(queue.waiting.begin(), queue.waiting.end(), isIdle);
    return it == queue.waiting.end() ? nullptr : *it;
}

void DiskQueue::startMore()
{
    while (true) {
        auto chosen = std::find_if(m_queues.begin(), m_queues.end(),
                                   [this](const auto &queue) { return !isPage(queue->client) && next(*queue); });
        if (chosen == m_queues.end())
            chosen = std::find_if(m_queues.begin(), m_queues.end(),
                                  [this](const auto &queue) { return next(*queue) != nullptr; });
        if (chosen == m_queues.end())
            return;
        const std::shared_ptr<Queue> queue = *chosen;
        m_queues.erase(chosen);
        m_queues.push_back(queue); // the others come before its next one
        const std::shared_ptr<DiskJob> job = next(*queue);
        std::erase(queue->waiting, job);
        queue->running.push_back(job);
        ++m_running;
        m_runningForPages += isPage(queue->client) ? 1 : 0;
        // Weak: the queue is not to end on one of its own threads.
        m_threads->start([self = weak_from_this(), job, name = nameOf(queue->client)] {
            job->run(DiskThread());
            if (const auto here = self.lock())
                here->ended(name, job);
        });
    }
}

void DiskQueue::ended(const QString &name, const std::shared_ptr<DiskJob> &job)
{
    const std::lock_guard lock(m_mutex);
    const auto it = std::find_if(m_queues.begin(), m_queues.end(),
                                 [&name](const auto &queue) { return nameOf(queue->client) == name; });
    if (it == m_queues.end())
        return;
    std::erase((*it)->running, job);
    --m_running;
    m_runningForPages -= isPage((*it)->client) ? 1 : 0;
    if ((*it)->running.empty() && (*it)->waiting.empty())
        m_queues.erase(it);
    startMore();
    if (m_queues.empty())
        m_allDone.notify_all();
}

} // namespace bulkhead
