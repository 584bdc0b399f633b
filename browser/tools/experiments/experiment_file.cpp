// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/experiments/experiment_file.h"

#include "browser/host/processes/signal_names.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/plugins/plugin_hosts.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <cerrno>

namespace bulkhead {

namespace {

constexpr qsizetype LargestFile = 64 * 1024;

QString tr(const char *source)
{
    return QCoreApplication::translate("ExperimentFile", source);
}

class Parser
{
public:
    Parser(ExperimentFile &file, QList<ExperimentError> *errors) : m_file(file), m_errors(errors) {}

    void parse(const QString &text)
    {
        const QStringList lines = text.split(QLatin1Char('\n'));
        for (m_line = 1; m_line <= lines.size(); ++m_line) {
            QString line = lines[m_line - 1];
            if (line.endsWith(QLatin1Char('\r')))
                line.chop(1);
            if (const qsizetype tab = line.indexOf(QLatin1Char('\t')); tab >= 0)
                error(int(tab) + 1, tr("A tab character; lab files are indented with spaces."));
            if (m_section == Section::Explanation && (line.isEmpty() || line.startsWith(QLatin1Char(' ')))) {
                m_file.explanation += line.trimmed() + QLatin1Char('\n');
                continue;
            }
            if (line.trimmed().isEmpty() || line.trimmed().startsWith(QLatin1Char('#')))
                continue;
            if (line.startsWith(QLatin1Char(' ')))
                parseBody(line);
            else
                parseHead(line);
        }
        m_file.explanation = m_file.explanation.trimmed();
        finish(int(lines.size()));
    }

private:
    enum class Section { None, Setup, Question, Steps, Checks, Explanation };

    void error(int line, int column, const QString &message) { m_errors->append({line, column, message}); }
    void error(int column, const QString &message) { error(m_line, column, message); }

    QList<ExperimentWord> wordsOf(const QString &line, int from = 0) const
    {
        static const QRegularExpression Word(QStringLiteral("\\S+"));
        QList<ExperimentWord> words;
        for (auto found = Word.globalMatch(line, from); found.hasNext();) {
            const QRegularExpressionMatch match = found.next();
            words << ExperimentWord{match.captured(), m_line, int(match.capturedStart()) + 1};
        }
        return words;
    }

    void parseHead(const QString &line)
    {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        if (colon < 0) {
            error(1, tr("Expected “KEY: text” or a section such as “steps:”."));
            return;
        }
        const QString key = line.left(colon);
        const QString value = line.mid(colon + 1).trimmed();
        const int valueColumn = int(colon) + 2;
        m_section = Section::None;
        static const QMap<QString, Section> Sections{{QStringLiteral("setup"), Section::Setup},
                                                     {QStringLiteral("steps"), Section::Steps},
                                                     {QStringLiteral("checks"), Section::Checks},
                                                     {QStringLiteral("explanation"), Section::Explanation}};
        if (Sections.contains(key)) {
            m_section = Sections[key];
            if (!value.isEmpty())
                error(valueColumn, tr("Nothing may follow “%1:” on its line.").arg(key));
            once(key);
        } else if (key == QLatin1String("title") || key == QLatin1String("goal") || key == QLatin1String("time")) {
            once(key);
            if (value.isEmpty())
                error(valueColumn, tr("“%1” needs a text.").arg(key));
            (key == QLatin1String("title")  ? m_file.title
             : key == QLatin1String("goal") ? m_file.goal
                                            : m_file.time) = value;
        } else if (key.startsWith(QLatin1String("question "))) {
            m_section = Section::Question;
            ExperimentQuestion question;
            question.name = {key.mid(9).trimmed(), m_line, 10};
            question.text = value;
            checkName(question.name);
            for (const ExperimentQuestion &other : std::as_const(m_file.questions)) {
                if (other.name.text == question.name.text)
                    error(10, tr("There is a question “%1” already.").arg(question.name.text));
            }
            if (value.isEmpty())
                error(valueColumn, tr("A question needs a text."));
            m_file.questions << question;
        } else {
            error(1,
                  tr("“%1” is none of title, goal, time, setup, question NAME, steps, checks, explanation.").arg(key));
        }
    }

    void once(const QString &key)
    {
        if (m_seen.contains(key))
            error(1, tr("“%1” is there already.").arg(key));
        m_seen.insert(key);
    }

    void parseBody(const QString &line)
    {
        switch (m_section) {
        case Section::Setup:
            return parseStep(line, true);
        case Section::Steps:
            return parseStep(line, false);
        case Section::Question:
            return parseQuestion(line);
        case Section::Checks:
            return parseCheck(line);
        default:
            error(int(line.size() - line.trimmed().size()) + 1, tr("This line belongs to no section."));
        }
    }

    QPair<QString, QString> splitSay(const QString &line) const
    {
        const qsizetype dashes = line.indexOf(QLatin1String(" -- "));
        return dashes < 0 ? qMakePair(line, QString()) : qMakePair(line.left(dashes), line.mid(dashes + 4).trimmed());
    }

    void parseStep(const QString &line, bool inSetup)
    {
        const auto [command, say] = splitSay(line);
        QList<ExperimentWord> words = wordsOf(command);
        if (words.isEmpty())
            return error(1, tr("A step needs a verb."));
        ExperimentStep step;
        step.verb = words.takeFirst();
        step.say = say;
        const ExperimentVerb *verb = labVerb(step.verb.text, inSetup);
        if (!verb)
            return error(step.verb.column,
                         tr("“%1” is none of %2.").arg(step.verb.text, labVerbs(inSetup).join(QStringLiteral(", "))));
        for (const ExperimentWord &word : std::as_const(words)) {
            const qsizetype equals = word.text.indexOf(QLatin1Char('='));
            if (equals <= 0 || word.text.contains(QLatin1String("://"))) {
                step.words << word;
                continue;
            }
            const QString key = word.text.left(equals);
            if (!verb->options.contains(key))
                error(word.column, verb->options.isEmpty()
                                       ? tr("“%1” takes no options.").arg(verb->name)
                                       : tr("“%1” is none of %2.").arg(key, verb->options.join(QStringLiteral(", "))));
            step.options.insert(key, {word.text.mid(equals + 1), m_line, word.column + int(equals) + 1});
        }
        checkWords(step, *verb);
        checkOptions(step);
        (inSetup ? m_file.setup : m_file.steps) << step;
    }

    void checkWords(const ExperimentStep &step, const ExperimentVerb &verb)
    {
        int at = 0;
        for (int i = 0; i < verb.words.size(); ++i) {
            const QChar kind = verb.words[i];
            const bool many = i + 1 < verb.words.size() && verb.words[i + 1] == QLatin1Char('*');
            if (at >= step.words.size()) {
                const QString what = kind == u't'   ? tr("a tab")
                                     : kind == u's' ? tr("a signal")
                                     : kind == u'w' ? tr("a state")
                                     : kind == u'u' ? tr("a URL")
                                     : kind == u'n' ? tr("a name")
                                                    : tr("a word");
                return error(step.verb.column + int(step.verb.text.size()), tr("“%1” needs %2.").arg(verb.name, what));
            }
            do {
                checkWord(step.words[at], kind);
                ++at;
            } while (many && at < step.words.size());
            if (many)
                ++i;
        }
        if (at < step.words.size())
            error(step.words[at].column, tr("“%1” is one word too many.").arg(step.words[at].text));
        if (verb.words.startsWith(QLatin1Char('n')) && !step.words.isEmpty()) {
            const ExperimentWord &name = step.words.first();
            if (verb.name == QLatin1String("tab") || verb.name == QLatin1String("pick"))
                declare(name, m_names);
            else
                declare(name, m_results);
            for (const QString &fact : verb.facts)
                m_facts.insert(name.text + u'.' + fact);
            if (verb.name == QLatin1String("observe"))
                m_observed = true;
        }
    }

    void checkWord(const ExperimentWord &word, QChar kind)
    {
        if (kind == u't') {
            checkTab(word);
        } else if (kind == u's') {
            if (signal_names::number(word.text) == 0)
                error(word.column, tr("“%1” is no signal.").arg(word.text));
        } else if (kind == u'w') {
            if (!labStates().contains(word.text))
                error(word.column, tr("“%1” is none of %2.").arg(word.text, labStates().join(QStringLiteral(", "))));
        } else if (kind == u'n') {
            checkName(word);
        } else if (kind == u'u' && !word.text.startsWith(QLatin1String("about:"))) {
            error(word.column, tr("A lab file opens about: pages and those it makes itself, not “%1”.").arg(word.text));
        }
    }

    void checkTab(const ExperimentWord &word)
    {
        const QString name = word.text.startsWith(QLatin1Char('$')) ? word.text.mid(1) : word.text;
        if (!m_names.contains(name))
            error(word.line, word.column, tr("There is no tab “%1” in the set-up.").arg(word.text));
    }

    void checkName(const ExperimentWord &word)
    {
        static const QRegularExpression Name(QStringLiteral("^[a-z][a-z0-9_-]*$"));
        if (!Name.match(word.text).hasMatch())
            error(word.line, word.column, tr("“%1” is no name: small letters, digits, - and _.").arg(word.text));
    }

    void declare(const ExperimentWord &word, QSet<QString> &names)
    {
        if (m_names.contains(word.text) || m_results.contains(word.text))
            error(word.column, tr("The name “%1” is taken.").arg(word.text));
        names.insert(word.text);
    }

    void checkOptions(const ExperimentStep &step)
    {
        if (step.options.contains(QStringLiteral("model")) &&
            !processModelFromName(step.option(QStringLiteral("model"))))
            error(step.options[QStringLiteral("model")].column, tr("A model is per-site, per-tab or single."));
        if (step.options.contains(QStringLiteral("plugins")) &&
            !pluginProcessModelFromName(step.option(QStringLiteral("plugins"))))
            error(step.options[QStringLiteral("plugins")].column, tr("Plugins' processes are per-site or per-type."));
        for (const char *number : {"times", "hang", "memory", "rounds"}) {
            const QString key = QLatin1String(number);
            bool ok = true;
            if (step.options.contains(key) && (step.option(key).toDouble(&ok) <= 0 || !ok))
                error(step.options[key].column, tr("“%1” must be a number above 0.").arg(key));
        }
        for (const QString &plugin : step.option(QStringLiteral("boxes")).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
            if (!labPlugins().contains(plugin))
                error(step.options[QStringLiteral("boxes")].column,
                      tr("“%1” is none of %2.").arg(plugin, labPlugins().join(QStringLiteral(", "))));
        }
        if (step.verb.text == QLatin1String("tab") && !step.options.contains(QStringLiteral("site")) &&
            !step.options.contains(QStringLiteral("url")))
            error(step.verb.column, tr("A tab needs site=NAME or url=about:PAGE."));
    }

    void parseQuestion(const QString &line)
    {
        ExperimentQuestion &question = m_file.questions.last();
        const QList<ExperimentWord> words = wordsOf(line);
        const ExperimentWord &first = words.first();
        if (first.text == QLatin1String("choice")) {
            static const QRegularExpression Choice(QStringLiteral("^\\s*choice\\s+([a-z0-9_-]+):\\s*(\\S.*)$"));
            const QRegularExpressionMatch match = Choice.match(line);
            if (!match.hasMatch())
                return error(first.column, tr("Expected “choice KEY: text”."));
            question.choices.append({match.captured(1), match.captured(2).trimmed()});
        } else if (first.text == QLatin1String("tabs")) {
            question.kind = ExperimentQuestion::Kind::Tabs;
        } else if (first.text == QLatin1String("truth")) {
            if (words.size() != 2)
                return error(first.column, tr("Expected “truth KEY” or “truth @FACT”."));
            question.truth = words[1];
        } else {
            error(first.column, tr("“%1” is none of choice, tabs, truth.").arg(first.text));
        }
    }

    void parseCheck(const QString &line)
    {
        const auto [text, say] = splitSay(line);
        const QList<ExperimentWord> words = wordsOf(text);
        static const QStringList Operators{QStringLiteral("is"),     QStringLiteral("isnot"), QStringLiteral("has"),
                                           QStringLiteral("hasnot"), QStringLiteral("<"),     QStringLiteral("<="),
                                           QStringLiteral(">"),      QStringLiteral(">=")};
        if (words.size() < 2)
            return error(words.isEmpty() ? 1 : words[0].column, tr("Expected “FACT OPERATOR VALUE -- what it shows”."));
        ExperimentCheck check;
        check.fact = words[0];
        check.op = words[1].text;
        check.say = say;
        if (!Operators.contains(check.op))
            error(words[1].column, tr("“%1” is none of %2.").arg(check.op, Operators.join(QStringLiteral(", "))));
        if (say.isEmpty())
            error(int(text.size()) + 1, tr("A check says what it shows, after “ -- ”."));
        QStringList value;
        for (qsizetype i = 2; i < words.size(); ++i)
            value << words[i].text;
        if (!value.isEmpty() && value.first().startsWith(QLatin1Char('@'))) {
            check.valueIsFact = true;
            m_usedFacts << ExperimentWord{value.first().mid(1), m_line, words[2].column + 1};
            bool ok = true;
            if (value.size() == 3 && value[1] == QLatin1String("*"))
                check.factor = value[2].toDouble(&ok);
            if (!ok || (value.size() != 1 && value.size() != 3))
                error(words[2].column, tr("Expected “@FACT” or “@FACT * NUMBER”."));
            check.value = value.first().mid(1);
        } else {
            check.value = value.join(QLatin1Char(' '));
            bool isNumber = false;
            check.value.toDouble(&isNumber);
            if ((check.op.startsWith(QLatin1Char('<')) || check.op.startsWith(QLatin1Char('>'))) && !isNumber)
                error(words.size() > 2 ? words[2].column : int(text.size()) + 1,
                      tr("“%1” compares with a number.").arg(check.op));
        }
        m_usedFacts << check.fact;
        m_file.checks << check;
    }

    void checkFact(const ExperimentWord &fact)
    {
        QString name = fact.text;
        if (name.startsWith(QLatin1Char('$')))
            name.remove(0, 1);
        if (m_facts.contains(name))
            return;
        const qsizetype dot = name.indexOf(QLatin1Char('.'));
        if (dot > 0 && m_names.contains(name.left(dot)) && labTabFacts().contains(name.mid(dot + 1))) {
            if (!m_observed)
                error(fact.line, fact.column, tr("Nothing is known of tabs without the step “observe NAME”."));
            return;
        }
        error(fact.line, fact.column, tr("No step leaves the fact “%1”.").arg(fact.text));
    }

    void finish(int lastLine)
    {
        for (const ExperimentWord &fact : std::as_const(m_usedFacts))
            checkFact(fact);
        for (const ExperimentQuestion &question : std::as_const(m_file.questions)) {
            const ExperimentWord &name = question.name;
            if (question.kind == ExperimentQuestion::Kind::Choice && question.choices.size() < 2)
                error(name.line, name.column, tr("“%1” needs two choices, or the word “tabs”.").arg(name.text));
            if (question.truth.text.isEmpty()) {
                error(name.line, name.column, tr("“%1” does not say what is true.").arg(name.text));
            } else if (question.truth.text.startsWith(QLatin1Char('@'))) {
                checkFact({question.truth.text.mid(1), question.truth.line, question.truth.column + 1});
            } else if (question.kind == ExperimentQuestion::Kind::Choice) {
                bool known = false;
                for (const auto &choice : question.choices)
                    known = known || choice.first == question.truth.text;
                if (!known)
                    error(question.truth.line, question.truth.column,
                          tr("“%1” is none of the choices.").arg(question.truth.text));
            }
        }
        for (const ExperimentStep &step : std::as_const(m_file.setup)) {
            if (step.verb.text != QLatin1String("pick"))
                continue;
            for (const ExperimentWord &word : step.words.mid(1)) {
                if (!m_file.tabs().contains(word.text) && m_file.tabs().contains(step.word(1)))
                    error(word.line, word.column, tr("There is no tab “%1” in the set-up.").arg(word.text));
            }
        }
        for (const char *needed : {"title", "goal", "steps", "checks", "explanation"}) {
            if (!m_seen.contains(QLatin1String(needed)))
                error(lastLine, 1, tr("“%1:” is missing.").arg(QLatin1String(needed)));
        }
        if (m_seen.contains(QStringLiteral("explanation")) && m_file.explanation.isEmpty())
            error(lastLine, 1, tr("The explanation is empty."));
        std::stable_sort(m_errors->begin(), m_errors->end(), [](const ExperimentError &a, const ExperimentError &b) {
            return a.line != b.line ? a.line < b.line : a.column < b.column;
        });
    }

    ExperimentFile &m_file;
    QList<ExperimentError> *m_errors;
    int m_line = 0;
    Section m_section = Section::None;
    QSet<QString> m_seen, m_names, m_results, m_facts;
    QList<ExperimentWord> m_usedFacts;
    bool m_observed = false;
};

QStringList namesOf(const ExperimentFile &file, const char *verb)
{
    QStringList names;
    for (const ExperimentStep &step : file.setup) {
        if (step.verb.text == QLatin1String(verb))
            names << step.word(0);
    }
    return names;
}

} // namespace

QStringList ExperimentFile::tabs() const
{
    return namesOf(*this, "tab");
}

QStringList ExperimentFile::variables() const
{
    return namesOf(*this, "pick");
}

ExperimentFile ExperimentFile::parse(const QString &name, const QString &text, QList<ExperimentError> *errors)
{
    ExperimentFile file;
    file.name = name;
    Parser(file, errors).parse(text);
    return file;
}

ExperimentFile ExperimentFile::read(const QString &fileName, QList<ExperimentError> *errors)
{
    const Result<QByteArray> text = safe_file::read(fileName, LargestFile);
    if (!text) {
        errors->append({0, 0,
                        text.error().number == EFBIG
                            ? tr("%1 is larger than any lab file.").arg(fileName)
                            : tr("%1 cannot be read: %2").arg(fileName, QString::fromStdString(text.error().what))});
        return {};
    }
    return parse(QFileInfo(fileName).completeBaseName(), QString::fromUtf8(*text), errors);
}

QStringList shippedExperiments()
{
    // Files are numbered in the order in which they are best done.
    QStringList names;
    for (const QString &file :
         QDir(QStringLiteral(":/bulkhead/experiments")).entryList({QStringLiteral("*.lab")}, QDir::Files, QDir::Name))
        names << QFileInfo(file).completeBaseName();
    return names;
}

QString shippedExperimentFile(const QString &name)
{
    return QStringLiteral(":/bulkhead/experiments/%1.lab").arg(name);
}

} // namespace bulkhead
