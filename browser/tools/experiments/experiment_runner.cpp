// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/experiments/experiment_runner.h"

#include "browser/host/processes/signal_names.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/tools/model/proc_sample.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRandomGenerator>

#include <algorithm>
#include <random>

namespace bulkhead {

namespace {

QString tr(const char *source)
{
    return QCoreApplication::translate("ExperimentRunner", source);
}

QString sorted(QStringList names)
{
    names.sort();
    return names.join(QLatin1Char(' '));
}

bool compare(const QString &actual, const QString &op, const QString &expected)
{
    const QStringList words = actual.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (op == QLatin1String("is"))
        return actual == expected;
    if (op == QLatin1String("isnot"))
        return actual != expected;
    if (op == QLatin1String("has"))
        return words.contains(expected) || (expected.contains(QLatin1Char(' ')) && actual.contains(expected));
    if (op == QLatin1String("hasnot"))
        return !words.contains(expected);
    bool isLeft = false, isRight = false;
    const double left = actual.toDouble(&isLeft);
    const double right = expected.toDouble(&isRight);
    if (!isLeft || !isRight)
        return false;
    return op == QLatin1String("<")    ? left < right
           : op == QLatin1String("<=") ? left <= right
           : op == QLatin1String(">")  ? left > right
                                       : left >= right;
}

} // namespace

QMap<QString, QString> ExperimentRunner::picks(const ExperimentFile &file, quint32 seed)
{
    QMap<QString, QString> picks;
    std::mt19937 random(seed); // the same everywhere, unlike the standard's distributions
    for (const ExperimentStep &step : file.setup) {
        if (step.verb.text == QLatin1String("pick"))
            picks.insert(step.word(0), step.word(1 + int(random() % std::uint32_t(step.words.size() - 1))));
    }
    return picks;
}

ExperimentReport ExperimentRunner::run(const ExperimentFile &file, const ExperimentAnswers &answers)
{
    m_file = &file;
    m_report = {};
    m_report.experiment = file.name;
    m_report.title = file.title;
    m_report.goal = file.goal;
    m_report.explanation = file.explanation;
    m_report.learner = answers.learner;
    m_report.seed = answers.seed ? answers.seed : 1 + QRandomGenerator::global()->bounded(999'999u);
    m_report.started = QDateTime::currentDateTimeUtc();
    m_clock.start();
    m_picks = picks(file, m_report.seed);
    for (auto pick = m_picks.begin(); pick != m_picks.end(); ++pick)
        note(tr("the seed chose %1 for $%2").arg(*pick, pick.key()));

    m_session = std::make_unique<ExperimentSession>(m_programs.child, file.setup, m_report.seed);
    m_session->happened = [this](const QString &text) { note(text); };
    if (!m_session->open()) {
        m_report.trouble = tr("the pages of the set-up did not appear");
    } else {
        for (const QString &tab : m_session->tabNames())
            m_pids.insert(tab, m_session->tab(tab)->rendererPid());
        for (const ExperimentStep &step : file.steps) {
            QStringList words{step.verb.text};
            for (const ExperimentWord &word : step.words)
                words << resolved(word.text);
            note(QStringLiteral("> ") + words.join(QLatin1Char(' ')));
            if (!doStep(step)) {
                m_report.trouble =
                    tr("line %1: “%2” did not come about").arg(step.verb.line).arg(words.join(QLatin1Char(' ')));
                break;
            }
        }
    }
    judge(file, answers);
    m_report.milliseconds = m_clock.elapsed();
    m_session.reset();
    m_file = nullptr;
    return m_report;
}

void ExperimentRunner::note(const QString &text)
{
    m_report.events << ExperimentReport::Event{m_clock.elapsed(), text};
}

QString ExperimentRunner::resolved(const QString &word) const
{
    if (!word.startsWith(QLatin1Char('$')))
        return word;
    // "$victim" and "$victim.state"
    const qsizetype dot = word.indexOf(QLatin1Char('.'));
    const QString name = dot < 0 ? word.mid(1) : word.mid(1, dot - 1);
    return m_picks.value(name) + (dot < 0 ? QString() : word.mid(dot));
}

void ExperimentRunner::set(const QString &prefix, const QString &name, const QString &value)
{
    m_report.facts.insert(prefix + u'.' + name, value);
}

void ExperimentRunner::set(const QString &prefix, const QString &name, double value)
{
    set(prefix, name, QString::number(value, 'g', 12));
}

bool ExperimentRunner::doStep(const ExperimentStep &step)
{
    const QString verb = step.verb.text;
    const QString first = resolved(step.word(0));
    const QString second = resolved(step.word(1));
    Tab *tab = m_session->tab(first);
    PageProcess *host = m_session->hostOf(first);
    if (host)
        m_pids.insert(first, host->pid());
    if (verb == QLatin1String("signal"))
        return host && host->sendSignal(signal_names::number(second));
    if (verb == QLatin1String("end")) {
        if (host)
            host->hang() ? host->endUnresponsive() : host->endByUser();
        return host;
    }
    if (verb == QLatin1String("go")) {
        m_session->go(*tab, QUrl(second));
        return true;
    }
    if (verb == QLatin1String("reload")) {
        tab->reload();
        return true;
    }
    if (verb == QLatin1String("wait"))
        return waitForState(first, second);
    if (verb == QLatin1String("observe")) {
        observe(first);
        return true;
    }
    if (verb == QLatin1String("crashloop"))
        return crashLoop(first, second, step.option(QStringLiteral("times"), QStringLiteral("5")).toInt());
    if (verb == QLatin1String("measure"))
        return measure(step);
    if (verb == QLatin1String("latency"))
        return latency(first, second, step.option(QStringLiteral("rounds"), QStringLiteral("30")).toInt());
    if (verb == QLatin1String("watchloop")) {
        watchLoop(first);
        return true;
    }
    if (verb == QLatin1String("probe"))
        return probe(step);
    if (verb == QLatin1String("memory"))
        return memory(first);
    if (verb == QLatin1String("browser"))
        return browser(first, signal_names::number(second));
    if (verb == QLatin1String("zygote"))
        return zygote(first, signal_names::number(second));
    if (verb == QLatin1String("race"))
        return race(first, step.option(QStringLiteral("processes"), QStringLiteral("4")).toInt());
    if (verb == QLatin1String("pressure"))
        return pressure(first, second);
    if (verb == QLatin1String("death"))
        return death(first, second);
    if (verb == QLatin1String("locks"))
        return locks(first);
    if (verb == QLatin1String("boxes"))
        return boxes(step);
    return false;
}

bool ExperimentRunner::waitForState(const QString &name, const QString &state)
{
    Tab *tab = m_session->tab(name);
    return ExperimentSession::waitFor(
        [this, tab, name, state] {
            if (state == QLatin1String("crashed"))
                return tab->crash().has_value();
            if (state == QLatin1String("unresponsive"))
                return tab->hang().has_value();
            if (state == QLatin1String("answering"))
                return !tab->hang() && !tab->crash();
            return m_session->isLoaded(name);
        },
        std::chrono::seconds(60));
}

QString ExperimentRunner::factText(const QString &name) const
{
    return m_report.facts.value(resolved(name), tr("nothing"));
}

void ExperimentRunner::judge(const ExperimentFile &file, const ExperimentAnswers &answers)
{
    for (const ExperimentCheck &check : file.checks) {
        ExperimentReport::Check judged;
        judged.say = check.say;
        const QString actual = factText(check.fact.text);
        QString value = resolved(check.value);
        if (check.valueIsFact) {
            value = factText(check.value);
            if (check.factor != 1)
                value = QString::number(value.toDouble() * check.factor, 'g', 12);
        }
        judged.actual = QStringLiteral("%1: %2").arg(resolved(check.fact.text), actual.isEmpty() ? tr("none") : actual);
        judged.expected = QStringLiteral("%1 %2").arg(check.op, value);
        judged.passed = m_report.trouble.isEmpty() && compare(actual, check.op, value);
        m_report.checks << judged;
    }
    for (const ExperimentQuestion &question : file.questions) {
        ExperimentReport::Question judged;
        judged.name = question.name.text;
        judged.text = question.text;
        for (auto pick = m_picks.begin(); pick != m_picks.end(); ++pick)
            judged.text.replace(u'$' + pick.key(), *pick);
        const QString truth = question.truth.text.startsWith(QLatin1Char('@')) ? factText(question.truth.text.mid(1))
                                                                               : question.truth.text;
        judged.answered = answers.answers.contains(judged.name);
        const QString answer = answers.answers.value(judged.name);
        judged.right = judged.answered && m_report.trouble.isEmpty() && answer == truth;
        const auto text = [&question](const QString &key) {
            for (const auto &choice : question.choices) {
                if (choice.first == key)
                    return choice.second;
            }
            return key.isEmpty() ? tr("none") : key;
        };
        judged.answer = text(answer);
        judged.truth = text(truth);
        m_report.questions << judged;
    }
}

void ExperimentRunner::observe(const QString &name)
{
    QStringList lost, kept;
    for (const QString &tabName : m_session->tabNames()) {
        const Tab *tab = m_session->tab(tabName);
        (tab->crash() ? lost : kept) << tabName;
        set(tabName, QStringLiteral("state"),
            tab->crash()                   ? QStringLiteral("crashed")
            : tab->hang()                  ? QStringLiteral("unresponsive")
            : m_session->isLoaded(tabName) ? QStringLiteral("loaded")
                                           : QStringLiteral("loading"));
        set(tabName, QStringLiteral("reason"), tab->crash() ? tab->crash()->code() : QStringLiteral("none"));
        set(tabName, QStringLiteral("cause"), tab->hang() ? tab->hang()->code() : QStringLiteral("none"));
        const auto sample = ProcSample::of(m_pids.value(tabName));
        set(tabName, QStringLiteral("alive"), sample ? QStringLiteral("yes") : QStringLiteral("no"));
        set(tabName, QStringLiteral("crashes"), tab->crashesInARow());
    }
    set(name, QStringLiteral("lost"), sorted(lost));
    set(name, QStringLiteral("kept"), sorted(kept));
    set(name, QStringLiteral("processes"), double(m_session->usedHosts().size()));
    set(name, QStringLiteral("tabs"), double(m_session->tabNames().size()));
    if (const auto own = ProcSample::of(QCoreApplication::applicationPid()))
        set(name, QStringLiteral("browser_rss"), double(own->residentBytes));
    note(tr("gone: %1; there: %2")
             .arg(lost.isEmpty() ? tr("none") : sorted(lost), kept.isEmpty() ? tr("none") : sorted(kept)));
}

} // namespace bulkhead
