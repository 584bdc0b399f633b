// SPDX-License-Identifier: BSD-3-Clause
// What the runner measures rather than does.
#include "browser/tools/experiments/experiment_runner.h"

#include "browser/pages/page_processes/page_process.h"
#include "browser/tools/cages/fresh_child.h"
#include "browser/tools/model/proc_sample.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <csignal>
#include <numeric>

namespace bulkhead {

namespace {

using Clock = std::chrono::steady_clock;

/// Round trips of a ping, microseconds, sorted; as many as were answered.
std::vector<double> pings(PageProcess &host, int rounds)
{
    std::vector<double> times;
    for (int i = 0; i < rounds && !host.isGone(); ++i) {
        const auto start = Clock::now();
        bool answered = false;
        wire::BrowserToRenderer message;
        message.mutable_ping();
        host.channel().request(
            message, std::chrono::seconds(10), [&](const wire::RendererToBrowser *reply, Channel::Envelope &) {
                answered = true;
                if (reply)
                    times.push_back(std::chrono::duration<double, std::micro>(Clock::now() - start).count());
            });
        // Not by polling: a poll's interval is longer than the answer takes.
        const auto limit = start + std::chrono::seconds(11);
        while (!answered && Clock::now() < limit)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (!answered)
            break;
    }
    std::sort(times.begin(), times.end());
    return times;
}

} // namespace

bool ExperimentRunner::latency(const QString &name, const QString &tab, int rounds)
{
    PageProcess *host = m_session->hostOf(tab);
    if (!host)
        return false;
    const std::vector<double> times = pings(*host, rounds);
    if (times.empty())
        return false;
    set(name, QStringLiteral("median_us"), std::round(times[times.size() / 2]));
    set(name, QStringLiteral("longest_ms"), std::round(times.back() / 100) / 10);
    return true;
}

void ExperimentRunner::watchLoop(const QString &name)
{
    constexpr std::chrono::milliseconds Watched{1500};
    const auto messages = [this] {
        std::uint64_t all = 0;
        for (const PageProcess *host : m_session->pool().hosts())
            all += host->hasChannel() ? host->channel().base().counters().messagesReceived : 0;
        return all;
    };
    const std::uint64_t before = messages();
    const auto start = Clock::now();
    auto last = start;
    Clock::duration longest{};
    // Turns of this loop, which is the browser's: nothing else may hold it up.
    ExperimentSession::waitFor([&] {
        const auto now = Clock::now();
        longest = std::max(longest, now - last);
        last = now;
        return now - start > Watched;
    });
    set(name, QStringLiteral("longest_ms"), std::round(std::chrono::duration<double, std::milli>(longest).count()));
    set(name, QStringLiteral("messages"), double(messages() - before));
}

bool ExperimentRunner::crashLoop(const QString &name, const QString &tabName, int times)
{
    Tab *tab = m_session->tab(tabName);
    int done = 0;
    bool reloadedByItself = false;
    for (; done < times; ++done) {
        if (done == 0)
            m_session->go(*tab, QUrl(QStringLiteral("about:crash")));
        else
            tab->reload();
        if (!ExperimentSession::waitFor([tab] { return tab->loadState() == LoadState::Idle && tab->crash(); }))
            return false;
        // Nobody asked for it: then nothing may happen.
        reloadedByItself |= ExperimentSession::waitFor([tab] { return !tab->crash(); }, std::chrono::milliseconds(250));
    }
    set(name, QStringLiteral("times"), done);
    set(name, QStringLiteral("in_a_row"), tab->crashesInARow());
    set(name, QStringLiteral("reloaded_by_itself"), reloadedByItself ? QStringLiteral("yes") : QStringLiteral("no"));
    set(name, QStringLiteral("processes"), double(m_session->usedHosts().size()));
    return true;
}

bool ExperimentRunner::measure(const ExperimentStep &step)
{
    const QString name = step.word(0);
    const auto model = processModelFromName(step.option(QStringLiteral("model"), QStringLiteral("per-site")));
    ExperimentSession session(m_programs.child, m_file->setup, m_report.seed, model,
                              ExperimentSession::Measurable::Yes);
    // The zygote's own start is the same for all, and not what is measured.
    bool warm = false;
    {
        FreshChild first(session.context().children());
        QObject::connect(&first, &FreshChild::ready, &first, [&warm] { warm = true; });
        if (!ExperimentSession::waitFor([&warm] { return warm; }))
            return false;
    }
    const auto start = Clock::now();
    if (!session.open())
        return false;
    set(name, QStringLiteral("start_ms"),
        std::round(std::chrono::duration<double, std::milli>(Clock::now() - start).count()));
    quint64 proportional = 0, resident = 0;
    const std::vector<PageProcess *> hosts = session.usedHosts();
    for (const PageProcess *host : hosts) {
        const auto sample = ProcSample::of(host->pid());
        if (!sample)
            return false;
        resident += sample->residentBytes;
        // Where the kernel does not even tell the owner, the private part of the memory.
        proportional += ProcSample::proportionalBytesOf(host->pid()).value_or(sample->privateBytes);
    }
    set(name, QStringLiteral("processes"), double(hosts.size()));
    set(name, QStringLiteral("pss"), double(proportional));
    set(name, QStringLiteral("rss"), double(resident));
    PageProcess *first = session.hostOf(session.tabNames().first());
    const std::vector<double> times = pings(*first, 40);
    if (times.empty())
        return false;
    set(name, QStringLiteral("latency_us"), std::round(times[times.size() / 2]));
    // And what one crash takes along.
    if (!first->sendSignal(SIGSEGV))
        return false;
    Tab *victim = session.tab(session.tabNames().first());
    if (!ExperimentSession::waitFor([victim] { return victim->crash().has_value(); }))
        return false;
    ExperimentSession::waitFor([] { return false; }, std::chrono::milliseconds(300)); // what would fall with it
    QStringList lost;
    for (const QString &tab : session.tabNames()) {
        if (session.tab(tab)->crash())
            lost << tab;
    }
    lost.sort();
    set(name, QStringLiteral("lost"), lost.join(QLatin1Char(' ')));
    set(name, QStringLiteral("lost_count"), double(lost.size()));
    set(name, QStringLiteral("kept"), double(session.tabNames().size() - lost.size()));
    note(QCoreApplication::translate("ExperimentRunner", "%1: %2 processes; a crash takes %3 of %4 tabs along")
             .arg(name)
             .arg(hosts.size())
             .arg(lost.size())
             .arg(session.tabNames().size()));
    return true;
}

} // namespace bulkhead
