// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/command_lines/experiment_command.h"

#include "app/programs/command_lines/usage_error.h"
#include "browser/host/processes/log.h"
#include "browser/pages/fetch/safe_file.h"
#include "browser/tools/experiments/experiment_runner.h"
#include "ipc/text/text_table.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

#include <cstdio>

namespace bulkhead {

namespace {

constexpr int Wrong = 1;
constexpr qint64 MostAnswerBytes = 1 << 20;

QString tr(const char *source)
{
    return QCoreApplication::translate("ExperimentCommand", source);
}

void print(const QString &text, FILE *to = stdout)
{
    std::fputs(qPrintable(text), to);
}

int usage(const ParsedCommand &given, const QString &sentence)
{
    return usageError({given.path, sentence});
}

/// A file, or the name of one that comes with the app.
QString fileOf(const QString &name)
{
    return !QFileInfo::exists(name) && shippedExperiments().contains(name) ? shippedExperimentFile(name) : name;
}

/// False when there were errors, which are told.
bool readLab(const QString &name, ExperimentFile *file)
{
    QList<ExperimentError> errors;
    *file = ExperimentFile::read(fileOf(name), &errors);
    for (const ExperimentError &error : std::as_const(errors))
        print(QStringLiteral("%1:%2:%3: %4\n").arg(name).arg(error.line).arg(error.column).arg(error.message), stderr);
    return errors.isEmpty();
}

bool write(const QString &fileName, const QByteArray &content)
{
    QFile file(fileName);
    if (file.open(QIODevice::WriteOnly) && file.write(content) == content.size() && file.flush())
        return true;
    print(tr("%1 cannot be written: %2\n").arg(fileName, file.errorString()), stderr);
    return false;
}

bool writeReport(const ExperimentReport &report, const QString &out)
{
    const QByteArray json = QJsonDocument(report.toJson()).toJson();
    if (out.endsWith(QLatin1String(".json")))
        return write(out, json);
    if (out.endsWith(QLatin1String(".html")))
        return write(out, report.toHtml());
    return write(out + QStringLiteral(".json"), json) && write(out + QStringLiteral(".html"), report.toHtml());
}

void tell(const ExperimentReport &report)
{
    print(QStringLiteral("%1\n").arg(report.title));
    for (const ExperimentReport::Check &check : report.checks)
        print(QStringLiteral("  %1 %2 (%3%4)\n")
                  .arg(check.passed ? QStringLiteral("ok  ") : QStringLiteral("FAIL"), check.say, check.actual,
                       check.passed ? QString() : tr(", expected %1").arg(check.expected)));
    for (const ExperimentReport::Question &question : report.questions) {
        if (question.answered)
            print(
                QStringLiteral("  %1 %2 %3\n")
                    .arg(question.right ? tr("right") : tr("WRONG"), question.text,
                         question.right ? question.answer : tr("%1; it was: %2").arg(question.answer, question.truth)));
    }
    if (!report.trouble.isEmpty())
        print(tr("  the run could not be finished: %1\n").arg(report.trouble));
}

int lint(const ParsedCommand &given)
{
    bool good = true;
    for (const QString &name : given.words) {
        ExperimentFile file;
        good &= readLab(name, &file);
    }
    return good ? 0 : ExitUsage;
}

int list(const ParsedCommand &)
{
    TextTable table;
    for (const QString &name : shippedExperiments()) {
        QList<ExperimentError> errors;
        table.row({name, ExperimentFile::read(shippedExperimentFile(name), &errors).title});
    }
    print(table.toText());
    return 0;
}

/// The predictions in --answers, if any, that fit @p file. An error is a sentence.
Result<ExperimentAnswers> readAnswers(const ParsedCommand &given, const ExperimentFile &file)
{
    ExperimentAnswers answers;
    if (!given.has("answers"))
        return answers;
    const QString name = given.value("answers");
    const Result<QByteArray> content = safe_file::read(name, MostAnswerBytes);
    if (!content)
        return fail(Error{
            tr("%1 cannot be read: %2").arg(name, QString::fromStdString(content.error().what)).toStdString(), 0});
    if (const QString error = ExperimentAnswers::read(*content, &answers); !error.isEmpty())
        return fail(Error{error.toStdString(), 0});
    for (auto answer = answers.answers.begin(); answer != answers.answers.end(); ++answer) {
        if (std::none_of(file.questions.begin(), file.questions.end(),
                         [&answer](const ExperimentQuestion &q) { return q.name.text == answer.key(); }))
            return fail(Error{tr("There is no question “%1”.").arg(answer.key()).toStdString(), 0});
    }
    return answers;
}

int run(const ParsedCommand &given)
{
    ExperimentFile file;
    if (!readLab(given.words.first(), &file))
        return ExitUsage;
    Result<ExperimentAnswers> answers = readAnswers(given, file);
    if (!answers)
        return usage(given, QString::fromStdString(answers.error().what));
    if (const auto seed = given.number("seed"))
        answers->seed = quint32(*seed);
    log::Options logging;
    logging.level = spdlog::level::off; // processes end here on purpose
    QString error;
    log::initialise(logging, &error);
    const QString folder = QCoreApplication::applicationDirPath();
    ExperimentRunner runner({folder + QStringLiteral("/bulkhead"), folder + QStringLiteral("/bulkhead-child")});
    const ExperimentReport report = runner.run(file, *answers);
    if (!given.has("quiet"))
        tell(report);
    if (given.has("report") && !writeReport(report, given.value("report")))
        return ExitUsage;
    return report.passed() ? 0 : Wrong;
}

} // namespace

CommandSpec experimentSpec()
{
    CommandSpec list;
    list.name = QStringLiteral("list");
    list.does = tr("Lists the experiments that come with the app.");
    CommandSpec lint;
    lint.name = QStringLiteral("lint");
    lint.does = tr("Checks lab files and tells line and column of what is wrong.");
    const ValueKind experiment = ValueKind::file().suggesting(shippedExperiments());
    lint.words = {
        {QStringLiteral("FILE"), tr("Or the name of one that comes with the app."), experiment, 1, WordSpec::Any}};
    CommandSpec run;
    run.name = QStringLiteral("run");
    run.does = tr("Carries one out with real processes and grades it.");
    run.words = {{QStringLiteral("FILE"), tr("Or the name of one that comes with the app."), experiment}};
    run.options = {
        OptionSpec::valued("answers", "FILE", ValueKind::file(),
                           tr("Predictions, as JSON: {\"learner\", \"seed\", \"answers\": {QUESTION: KEY or [TAB, "
                              "...]}}.")),
        OptionSpec::valued("report", "OUT", ValueKind::file(),
                           tr("Write the evidence: OUT ending in .html or .json, or both, with these endings added.")),
        OptionSpec::valued("seed", "N", ValueKind::whole(1, 4294967295), tr("What the learner's own run varies by.")),
        OptionSpec::flag("quiet", tr("Say nothing but errors.")),
    };
    CommandSpec spec;
    spec.name = QStringLiteral("experiment");
    spec.does = tr("Carries out and grades guided experiments.");
    spec.details = tr("Ends with 0, with 1 when a check failed or a prediction was wrong, 2 for bad input.");
    spec.commands = {list, lint, run};
    return spec;
}

int runExperimentCommand(const ParsedCommand &given)
{
    const QString command = given.path.value(1);
    return command == u"list" ? list(given) : command == u"lint" ? lint(given) : run(given);
}

} // namespace bulkhead
