// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/lab_context.h"

#include "ipc/lab/engine/lab_run.h"

#include <algorithm>

namespace bulkhead {

namespace {

/// What a worker calls a mechanism is chosen from, sent back and kept: only what can be one of our own names counts.
bool isName(const std::string &name)
{
    constexpr std::size_t Longest = 40;
    return !name.empty() && name.size() <= Longest && std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '+';
    });
}

} // namespace

LabContext::LabContext(QString workerProgram, QString folder, QObject *parent)
    : QObject(parent), m_workerProgram(std::move(workerProgram)), m_results(std::move(folder))
{
}

LabContext::~LabContext() = default;

lab::WorkerProgram LabContext::workerProgram() const
{
    lab::WorkerProgram program(m_workerProgram.toStdString());
    program.census = m_workers;
    return program;
}

void LabContext::loadMechanisms()
{
    if (!m_mechanisms.empty()) {
        Q_EMIT mechanismsChanged();
        return;
    }
    if (m_loading && !m_loading->isFinished())
        return;
    m_problem.clear();
    m_loading = std::make_unique<LabTask>(
        m_threads,
        [this, program = workerProgram()](const lab::Cancel &cancel, const LabReporter &reporter) -> Result<void> {
            Result<std::vector<wire::LabMechanism>> known = lab::catalogue(program, cancel);
            if (!known)
                return tl::unexpected(known.error());
            // The context outlives what it hears: its threads are joined first.
            std::erase_if(*known, [](const wire::LabMechanism &mechanism) { return !isName(mechanism.name()); });
            reporter.post([this, mechanisms = std::move(*known)] { m_mechanisms = mechanisms; });
            return {};
        });
    connect(m_loading.get(), &LabTask::finished, this, [this] {
        if (!m_loading->result())
            m_problem = QString::fromStdString(m_loading->result().error().what);
        Q_EMIT mechanismsChanged();
    });
}

const wire::LabMechanism *LabContext::mechanism(const QString &name) const
{
    const auto found = std::find_if(m_mechanisms.begin(), m_mechanisms.end(),
                                    [&](const auto &m) { return QString::fromStdString(m.name()) == name; });
    return found == m_mechanisms.end() ? nullptr : &*found;
}

QStringList LabContext::names(const std::function<bool(const wire::LabMechanism &)> &wanted) const
{
    QStringList names;
    for (const wire::LabMechanism &mechanism : m_mechanisms) {
        if (mechanism.unavailable().empty() && wanted(mechanism))
            names << QString::fromStdString(mechanism.name());
    }
    return names;
}

void LabContext::setCalm(bool calm)
{
    if (m_isCalm == calm)
        return;
    m_isCalm = calm;
    Q_EMIT calmChanged();
}

} // namespace bulkhead
