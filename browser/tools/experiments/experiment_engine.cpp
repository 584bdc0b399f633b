// SPDX-License-Identifier: BSD-3-Clause
// What the runner asks of the IPC lab's engine: two processes that race, press, and die.
#include "browser/tools/experiments/experiment_runner.h"

#include "ipc/lab/engine/pressure_run.h"
#include "ipc/lab/engine/study.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstring>
#include <thread>

namespace bulkhead {

namespace {

/// Messages of the lessons about back-pressure.
constexpr std::size_t MessageBytes = 1024;

QString errorName(double number)
{
    if (number < 0)
        return QStringLiteral("nothing"); // nobody tells it
    if (number == 0)
        return QStringLiteral("end-of-file");
    const char *name = ::strerrorname_np(int(number));
    return QString::fromLatin1(name ? name : "?");
}

/// Runs @p work in a thread of its own, with which its processes end, and this thread's loop meanwhile.
template <class Work>
auto besides(Work work)
{
    decltype(work()) result = fail(Error{"it did not end", 0});
    std::atomic<bool> isDone = false;
    std::thread thread([&] {
        result = work();
        isDone = true;
    });
    ExperimentSession::waitFor([&] { return isDone.load(); }, std::chrono::minutes(3));
    thread.join();
    return result;
}

} // namespace

bool ExperimentRunner::engine(const std::string &experiment, const QString &mechanism,
                              std::map<std::string, std::uint64_t> numbers,
                              const std::function<void(const std::string &, double)> &found)
{
    const lab::Cancel cancel;
    lab::StudyOptions options{experiment, {}, std::move(numbers), labWorkerProgram(), {}};
    if (!mechanism.isEmpty())
        options.mechanisms = {mechanism.toStdString()};
    const Result<lab::StudyReport> report = besides([&] { return lab::runStudy(options, cancel); });
    if (!report) {
        note(QString::fromStdString(report.error().what));
        return false;
    }
    for (const wire::LabFinding &finding : report->findings) {
        if (!finding.text().empty())
            note(QString::fromStdString(finding.text()));
        found(finding.name(), finding.value());
    }
    return !report->findings.empty();
}

std::string ExperimentRunner::labWorkerProgram() const
{
    return (QFileInfo(m_programs.browser).absolutePath() + QStringLiteral("/bulkhead-lab-worker")).toStdString();
}

bool ExperimentRunner::race(const QString &name, int processes)
{
    const auto take = [&](const std::string &finding, double value) {
        QString fact = QString::fromStdString(finding);
        set(name, fact.replace(u'.', u'_').replace(u'-', u'_'), std::round(value));
    };
    return engine("race", {}, {{"processes", std::uint64_t(std::max(2, processes))}}, take) &&
           engine("memory", {}, {}, take);
}

bool ExperimentRunner::pressure(const QString &name, const QString &mechanism)
{
    const std::string prefix = mechanism.toStdString() + ".";
    const bool found =
        engine("depth", mechanism, {{"size", MessageBytes}}, [&](const std::string &finding, double value) {
            if (finding == prefix + "depth") {
                set(name, QStringLiteral("fits"), value);
                set(name, QStringLiteral("bytes"), value * double(MessageBytes));
            } else if (finding == prefix + "refused") {
                set(name, QStringLiteral("answer"), value == 0 ? QStringLiteral("accepted") : errorName(value));
            } else if (finding == prefix + "dropped") {
                set(name, QStringLiteral("dropped"), value);
            }
        });
    if (!found)
        return false;
    lab::PressureRun::Options options;
    options.lanes = {{mechanism.toStdString(), lab::PressureRun::Lane::Writer::Blocking}};
    options.size = MessageBytes;
    options.writesPerSecond = 1000;
    options.readsPerSecond = 50;
    options.seconds = 3;
    options.workerProgram = labWorkerProgram();
    const lab::Cancel cancel;
    lab::PressureRun run(options, cancel);
    const Result<void> done = besides([&] { return run.run(); });
    if (!done || run.lanes().front().state != lab::PressureRun::State::Done)
        return false;
    const lab::PressureRun::LaneResult &lane = run.lanes().front();
    set(name, QStringLiteral("waited_percent"), std::round(lane.waitShare * 100));
    set(name, QStringLiteral("most_underway"), double(lane.most));
    set(name, QStringLiteral("lost"), double(lane.lost()));
    note(QCoreApplication::translate("ExperimentRunner",
                                     "%1: 1000 writes and 50 reads a second: the writer waited %2 % of the time, %3 "
                                     "messages were lost")
             .arg(mechanism)
             .arg(std::round(lane.waitShare * 100))
             .arg(lane.lost()));
    return true;
}

bool ExperimentRunner::death(const QString &name, const QString &mechanism)
{
    const std::string prefix = mechanism.toStdString() + ".";
    return engine("death", mechanism, {}, [&](const std::string &finding, double value) {
        if (finding == prefix + "reader_killed" || finding == prefix + "writer_killed")
            set(name, QString::fromStdString(finding.substr(prefix.size())), errorName(value));
        else if (finding == prefix + "left")
            set(name, QStringLiteral("left"), value);
    });
}

bool ExperimentRunner::locks(const QString &name)
{
    return engine("locks", {}, {}, [&](const std::string &finding, double value) {
        set(name, QString::fromStdString(finding), value == 0 ? QStringLiteral("got-it") : errorName(value));
    });
}

} // namespace bulkhead
