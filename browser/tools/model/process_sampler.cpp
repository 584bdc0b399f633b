// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/model/process_sampler.h"

#include <algorithm>

namespace bulkhead {

namespace {
/// What one round may spend on PSS. At one round a second that is the most this thread costs.
constexpr std::chrono::milliseconds MemoryBudget{4};
} // namespace

class ProcessSampler::Worker : public QObject
{
public:
    ProcSamples sample(const QList<qint64> &pids)
    {
        ProcSamples samples;
        for (const qint64 pid : pids) {
            if (const auto sample = ProcSample::of(pid))
                samples.insert(pid, *sample);
        }
        m_memory.removeIf([&samples](const auto &entry) { return !samples.contains(entry.key()); });
        readMemory(samples.keys());
        for (auto entry = samples.begin(); entry != samples.end(); ++entry) {
            if (const auto known = m_memory.constFind(entry.key()); known != m_memory.constEnd())
                entry->proportionalBytes = known->bytes;
        }
        return samples;
    }

private:
    struct Memory
    {
        std::optional<quint64> bytes;
        quint64 round = 0;
    };

    void readMemory(QList<qint64> pids)
    {
        ++m_round;
        // Those never read come first, then the oldest figures.
        std::sort(pids.begin(), pids.end(),
                  [this](qint64 a, qint64 b) { return m_memory.value(a).round < m_memory.value(b).round; });
        const auto start = std::chrono::steady_clock::now();
        for (const qint64 pid : std::as_const(pids)) {
            m_memory.insert(pid, {ProcSample::proportionalBytesOf(pid), m_round});
            if (std::chrono::steady_clock::now() - start > MemoryBudget)
                return;
        }
    }

    QHash<qint64, Memory> m_memory;
    quint64 m_round = 0;
};

ProcessSampler::ProcessSampler(QObject *parent) : QObject(parent)
{
    m_thread.setObjectName(QStringLiteral("sampler"));
}

ProcessSampler::~ProcessSampler()
{
    m_thread.quit();
    m_thread.wait();
}

void ProcessSampler::request(const QList<qint64> &pids)
{
    if (m_busy)
        return;
    if (!m_worker) {
        m_worker = new Worker;
        m_worker->moveToThread(&m_thread);
        connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
        m_thread.start(QThread::LowPriority);
    }
    m_busy = true;
    QMetaObject::invokeMethod(m_worker, [this, worker = m_worker, pids] {
        // This object waits for the thread before it goes.
        QMetaObject::invokeMethod(
            this,
            [this, samples = worker->sample(pids)] {
                m_busy = false;
                Q_EMIT sampled(samples);
            },
            Qt::QueuedConnection);
    });
}

} // namespace bulkhead
