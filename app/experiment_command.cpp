// SPDX-License-Identifier: BSD-3-Clause
#include "app/experiment_command.h"

#include "browser/experiments/lab_runner.h"
#include "browser/processes/log.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QJsonDocument>

#include <algorithm>

#include <cstdio>

namespace bulkhead {

namespace {

constexpr int Wrong = 1;
constexpr int Usage = 2;

QString tr(const char *source)
{
    return QCoreApplication::translate("ExperimentCommand", source);
}

void print(const QString &text, FILE *to = stdout)
{
    std::fputs(qPrintable(text), to);
}

int usage(const QString &sentence)
{
    print(QStringLiteral("bulkhead experiment: %1\n").arg(sentence), stderr);
    print(tr("Try \"bulkhead experiment --help\".\n"), stderr);
    return Usage;
}

QString helpText()
{
    return tr(
        "usage: bulkhead experiment list\n"
        "       bulkhead experiment lint FILE...                check lab files\n"
        "       bulkhead experiment run FILE|NAME [options]     carry one out and grade it\n"
        "options of run:\n"
        "  --answers FILE   predictions, as JSON: {\"learner\", \"seed\", \"answers\": {QUESTION: KEY or [TAB, ...]}}\n"
        "  --report OUT     write the evidence: OUT ending in .html or .json, or both, with these endings added\n"
        "  --seed N         what the learner's own run varies by (1 to 4294967295)\n"
        "  --quiet          say nothing but errors\n");
}

/// A file, or the name of one that comes with the app.
QString fileOf(const QString &name)
{
    return !QFileInfo::exists(name) && shippedExperiments().contains(name) ? shippedExperimentFile(name) : name;
}

/// False when there were errors, which are told.
bool readLab(const QString &name, LabFile *file)
{
    QList<LabError> errors;
    *file = LabFile::read(fileOf(name), &errors);
    for (const LabError &error : std::as_const(errors))
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

bool writeReport(const LabReport &report, const QString &out)
{
    const QByteArray json = QJsonDocument(report.toJson()).toJson();
    if (out.endsWith(QLatin1String(".json")))
        return write(out, json);
    if (out.endsWith(QLatin1String(".html")))
        return write(out, report.toHtml());
    return write(out + QStringLiteral(".json"), json) && write(out + QStringLiteral(".html"), report.toHtml());
}

void tell(const LabReport &report)
{
    print(QStringLiteral("%1\n").arg(report.title));
    for (const LabReport::Check &check : report.checks)
        print(QStringLiteral("  %1 %2 (%3%4)\n")
                  .arg(check.passed ? QStringLiteral("ok  ") : QStringLiteral("FAIL"), check.say, check.actual,
                       check.passed ? QString() : tr(", expected %1").arg(check.expected)));
    for (const LabReport::Question &question : report.questions) {
        if (question.answered)
            print(
                QStringLiteral("  %1 %2 %3\n")
                    .arg(question.right ? tr("right") : tr("WRONG"), question.text,
                         question.right ? question.answer : tr("%1; it was: %2").arg(question.answer, question.truth)));
    }
    if (!report.trouble.isEmpty())
        print(tr("  the run could not be finished: %1\n").arg(report.trouble));
}

int lint(const QStringList &files)
{
    if (files.isEmpty())
        return usage(tr("lint needs a file."));
    bool good = true;
    for (const QString &name : files) {
        LabFile file;
        good &= readLab(name, &file);
    }
    return good ? 0 : Usage;
}

int run(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption answersOption(QStringLiteral("answers"), {}, QStringLiteral("FILE"));
    const QCommandLineOption reportOption(QStringLiteral("report"), {}, QStringLiteral("OUT"));
    const QCommandLineOption seedOption(QStringLiteral("seed"), {}, QStringLiteral("N"));
    const QCommandLineOption quietOption(QStringLiteral("quiet"));
    parser.addOptions({answersOption, reportOption, seedOption, quietOption});
    if (!parser.parse(QStringList(QStringLiteral("experiment")) + arguments))
        return usage(parser.errorText());
    if (parser.positionalArguments().size() != 1)
        return usage(tr("run needs exactly one lab file."));
    LabFile file;
    if (!readLab(parser.positionalArguments().first(), &file))
        return Usage;
    LabAnswers answers;
    if (parser.isSet(answersOption)) {
        QFile given(parser.value(answersOption));
        if (!given.open(QIODevice::ReadOnly))
            return usage(tr("%1 cannot be read: %2").arg(given.fileName(), given.errorString()));
        if (const QString error = LabAnswers::read(given.readAll(), &answers); !error.isEmpty())
            return usage(error);
        for (auto answer = answers.answers.begin(); answer != answers.answers.end(); ++answer) {
            if (std::none_of(file.questions.begin(), file.questions.end(),
                             [&answer](const LabQuestion &q) { return q.name.text == answer.key(); }))
                return usage(tr("There is no question “%1”.").arg(answer.key()));
        }
    }
    if (parser.isSet(seedOption)) {
        answers.seed = parser.value(seedOption).toUInt();
        if (answers.seed == 0)
            return usage(tr("--seed must be a number from 1 to 4294967295."));
    }
    log::Options logging;
    logging.level = spdlog::level::off; // processes end here on purpose
    QString error;
    log::initialise(logging, &error);
    const QString folder = QCoreApplication::applicationDirPath();
    LabRunner runner({folder + QStringLiteral("/bulkhead"), folder + QStringLiteral("/bulkhead-child")});
    const LabReport report = runner.run(file, answers);
    if (!parser.isSet(quietOption))
        tell(report);
    if (parser.isSet(reportOption) && !writeReport(report, parser.value(reportOption)))
        return Usage;
    return report.passed() ? 0 : Wrong;
}

} // namespace

int runExperimentCommand(const QStringList &arguments)
{
    const QString command = arguments.value(0);
    const QStringList rest = arguments.mid(1);
    if (command == u"--help" || command == u"-h") {
        print(helpText());
        return 0;
    }
    if (command == u"list") {
        for (const QString &name : shippedExperiments()) {
            QList<LabError> errors;
            print(QStringLiteral("%1\t%2\n").arg(name, LabFile::read(shippedExperimentFile(name), &errors).title));
        }
        return 0;
    }
    if (command == u"lint")
        return lint(rest);
    if (command == u"run")
        return run(rest);
    return usage(command.isEmpty() ? tr("What is to be done?") : tr("There is no command “%1”.").arg(command));
}

} // namespace bulkhead
