// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/experiments/experiment_file.h"

#include "browser/tools/cages/sandbox_trial.h"

#include <algorithm>

namespace bulkhead {

namespace {

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

ExperimentVerb verb(const char *name, const char *pattern, const char *options = "", const char *facts = "")
{
    return {QString::fromLatin1(name), QString::fromLatin1(pattern), words(options), words(facts)};
}

const QList<ExperimentVerb> &setupVerbs()
{
    static const QList<ExperimentVerb> all{verb("session", "", "model hang memory plugins"),
                                           verb("tab", "n", "site url kind boxes"), verb("pick", "nx*")};
    return all;
}

const QList<ExperimentVerb> &stepVerbs()
{
    static const QList<ExperimentVerb> all = [] {
        QString deeds;
        for (const SandboxDeed &deed : sandboxDeeds())
            deeds += deed.key + u' ' + deed.key + QStringLiteral(".answer ");
        return QList<ExperimentVerb>{
            verb("signal", "ts"),
            verb("end", "t"),
            verb("go", "tu"),
            verb("reload", "t"),
            verb("wait", "tw"),
            verb("observe", "n", "", "lost kept processes tabs browser_rss"),
            verb("crashloop", "nt", "times", "times in_a_row reloaded_by_itself processes"),
            verb("measure", "n", "model", "processes pss rss start_ms latency_us lost lost_count kept"),
            verb("latency", "nt", "rounds", "median_us longest_ms"),
            verb("watchloop", "n", "", "longest_ms messages"),
            verb("probe", "n", "without sandbox",
                 (QStringLiteral("prevented tried succeeded ") + deeds).toLatin1().constData()),
            verb("memory", "n", "",
                 "open.write open.grow open.shrink sealed.write sealed.grow sealed.shrink sealed.unseal "
                 "frozen.write frozen.read passed.same passed.write"),
            verb("browser", "ns", "", "children left longest_ms offered reason"),
            verb("zygote", "ns", "", "before after pages_alive"),
            verb("race", "n", "processes",
                 "lost_none lost_atomic lost_sysv_sem lost_posix_sem lost_mutex lost_robust_mutex lost_futex "
                 "lost_eventfd "
                 "lost_spin time_none time_atomic time_sysv_sem time_posix_sem time_mutex time_robust_mutex time_futex "
                 "time_eventfd time_spin overwritten plain shared"),
            verb("pressure", "nx", "", "fits bytes answer dropped waited_percent most_underway lost"),
            verb("death", "nx", "", "reader_killed writer_killed left"),
            verb("locks", "n", "", "plain_mutex robust_mutex semaphore semaphore_undo"),
            verb("boxes", "ntxs", "plugins", "told lost kept pages_alive processes back processes_after reason"),
        };
    }();
    return all;
}

} // namespace

const ExperimentVerb *labVerb(const QString &name, bool inSetup)
{
    const QList<ExperimentVerb> &all = inSetup ? setupVerbs() : stepVerbs();
    const auto found =
        std::find_if(all.begin(), all.end(), [&name](const ExperimentVerb &verb) { return verb.name == name; });
    return found == all.end() ? nullptr : &*found;
}

QStringList labVerbs(bool inSetup)
{
    QStringList names;
    for (const ExperimentVerb &verb : inSetup ? setupVerbs() : stepVerbs())
        names << verb.name;
    return names;
}

const QStringList &labPlugins()
{
    static const QStringList plugins = words("hello chaos");
    return plugins;
}

const QStringList &labTabFacts()
{
    static const QStringList facts = words("state reason alive crashes cause");
    return facts;
}

const QStringList &labStates()
{
    static const QStringList states = words("loaded crashed unresponsive answering");
    return states;
}

} // namespace bulkhead
