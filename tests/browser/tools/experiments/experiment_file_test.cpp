// SPDX-License-Identifier: BSD-3-Clause
// Lab files: what is wrong with one is told with its place, hostile ones harm nobody, those that ship are clean, seeds
// repeat, and a report carries everything into both of its forms.
#include "browser/tools/experiments/experiment_report.h"
#include "browser/tools/experiments/experiment_runner.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRandomGenerator>
#include <QSet>
#include <QtTest>

using namespace bulkhead;

namespace {

const char Sound[] = R"(title: A title
goal: A goal
setup:
  tab a site=one
  tab b site=two
  pick victim a b
question which: Which, $victim?
  tabs
  truth @after.lost
question why: Why?
  choice x: Because
  choice y: Otherwise
  truth x
steps:
  signal $victim KILL -- by hand
  wait $victim crashed
  observe after
checks:
  after.lost has $victim -- it went
  $victim.state is crashed -- so it did
  after.processes <= @after.tabs * 1.5 -- not many
explanation:
  First.

  Second.
)";

QString at(const QList<ExperimentError> &errors)
{
    QStringList all;
    for (const ExperimentError &error : errors)
        all << QStringLiteral("%1:%2 %3").arg(error.line).arg(error.column).arg(error.message);
    return all.join(QStringLiteral(" | "));
}

} // namespace

class ExperimentFileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundFileIsRead()
    {
        QList<ExperimentError> errors;
        const ExperimentFile file = ExperimentFile::parse(QStringLiteral("x"), QString::fromUtf8(Sound), &errors);
        QVERIFY2(errors.isEmpty(), qPrintable(at(errors)));
        QCOMPARE(file.title, QStringLiteral("A title"));
        QCOMPARE(file.tabs(), (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
        QCOMPARE(file.variables(), QStringList{QStringLiteral("victim")});
        QCOMPARE(file.steps.size(), 3);
        QCOMPARE(file.steps[0].say, QStringLiteral("by hand"));
        QCOMPARE(file.questions[1].choices.size(), 2);
        QCOMPARE(file.checks[2].valueIsFact, true);
        QCOMPARE(file.checks[2].factor, 1.5);
        QCOMPARE(file.explanation, QStringLiteral("First.\n\nSecond."));
    }

    void everyMistakeIsToldWithItsPlace_data()
    {
        QTest::addColumn<QString>("from");
        QTest::addColumn<QString>("to");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        QTest::addColumn<QString>("word");
        const auto row = [](const char *name, const char *from, const char *to, int line, int column,
                            const char *word) {
            QTest::newRow(name) << QString::fromLatin1(from) << QString::fromLatin1(to) << line << column
                                << QString::fromLatin1(word);
        };
        row("an unknown verb", "  wait $victim", "  wiat $victim", 16, 3, "wiat");
        row("an unknown signal", "KILL", "KILLL", 15, 18, "KILLL");
        row("an unknown tab", "signal $victim", "signal zoe", 15, 10, "zoe");
        row("an unknown variable", "signal $victim", "signal $person", 15, 10, "$person");
        row("an unknown state", "wait $victim crashed", "wait $victim happy", 16, 16, "happy");
        row("a missing word", "wait $victim crashed", "wait $victim", 16, 7, "needs");
        row("a word too many", "observe after", "observe after all", 17, 17, "all");
        row("an unknown option", "tab a site=one", "tab a sight=one", 4, 9, "sight");
        row("an unknown fact", "after.lost has", "after.loss has", 19, 3, "after.loss");
        row("an unknown fact of a tab", "$victim.state is", "$victim.mood is", 20, 3, "mood");
        row("an unknown fact to compare with", "@after.tabs", "@after.taps", 21, 23, "after.taps");
        row("an unknown operator", "lost has", "lost includes", 19, 14, "includes");
        row("no number to compare with", "<= @after.tabs * 1.5", "<= many", 21, 22, "number");
        row("a check that says nothing", " -- it went", "", 19, 25, "says");
        row("a truth that is no choice", "  truth x", "  truth z", 13, 9, "z");
        row("a truth that is no fact", "truth @after.lost", "truth @later.lost", 9, 10, "later.lost");
        row("a name twice", "  tab b", "  tab a", 5, 7, "taken");
        row("a name that is none", "tab b site", "tab B site", 5, 7, "B");
        row("a section twice", "checks:", "steps:", 18, 1, "steps");
        row("an unknown section", "checks:", "cheques:", 18, 1, "cheques");
        row("no explanation", "explanation:\n  First.\n\n  Second.\n", "", 22, 1, "explanation");
        row("a page from outside", "  observe after", "  go a http://example.org/\n  observe after", 17, 8,
            "example.org");
        row("a tab character", "  observe after", "  observe\tafter", 17, 10, "tab character");
    }
    void everyMistakeIsToldWithItsPlace()
    {
        QFETCH(QString, from);
        QFETCH(QString, to);
        QFETCH(int, line);
        QFETCH(int, column);
        QFETCH(QString, word);
        QString text = QString::fromUtf8(Sound);
        const qsizetype place = text.indexOf(from);
        QVERIFY(place >= 0);
        text.replace(place, from.size(), to);
        QList<ExperimentError> errors;
        ExperimentFile::parse(QStringLiteral("x"), text, &errors);
        QVERIFY(!errors.isEmpty());
        const bool found = std::any_of(errors.begin(), errors.end(), [&](const ExperimentError &error) {
            return error.line == line && error.column == column && error.message.contains(word);
        });
        QVERIFY2(found, qPrintable(at(errors)));
    }

    void nonsenseIsRefusedAndHarmsNobody()
    {
        QList<ExperimentError> errors;
        ExperimentFile::parse(QStringLiteral("x"), QString(), &errors);
        QVERIFY(!errors.isEmpty());
        QRandomGenerator random(4711);
        for (int i = 0; i < 300; ++i) {
            // Sound lines, mixed up and cut.
            QStringList lines = QString::fromUtf8(Sound).split(QLatin1Char('\n'));
            for (int j = 0; j < 5; ++j) {
                QString &line = lines[int(random.bounded(quint32(lines.size())))];
                line.insert(int(random.bounded(quint32(line.size() + 1))), QChar(ushort(1 + random.bounded(0xd7feu))));
                line.truncate(int(random.bounded(quint32(line.size() + 1))));
                lines.swapItemsAt(int(random.bounded(quint32(lines.size()))),
                                  int(random.bounded(quint32(lines.size()))));
            }
            errors.clear();
            ExperimentFile::parse(QStringLiteral("x"), lines.join(QLatin1Char('\n')), &errors);
        }
        ExperimentFile::read(QStringLiteral("/nonexistent"), &errors);
        QVERIFY(errors.last().message.contains(QStringLiteral("/nonexistent")));
        errors.clear();
        ExperimentFile::read(QStringLiteral("/dev/null"), &errors);
        QVERIFY(!errors.isEmpty());
    }

    void theShippedOnesAreCleanAndAtLeastTen()
    {
        const QStringList names = shippedExperiments();
        QVERIFY(names.size() >= 10);
        QSet<QString> titles;
        for (const QString &name : names) {
            QList<ExperimentError> errors;
            const ExperimentFile file = ExperimentFile::read(shippedExperimentFile(name), &errors);
            QVERIFY2(errors.isEmpty(), qPrintable(name + QStringLiteral(": ") + at(errors)));
            QVERIFY2(!file.questions.isEmpty(), qPrintable(name)); // nobody learns by watching alone
            QVERIFY2(file.checks.size() >= 3, qPrintable(name));
            titles.insert(file.title);
        }
        QCOMPARE(titles.size(), names.size());
    }

    void aSeedRepeatsAndSeedsDiffer()
    {
        QList<ExperimentError> errors;
        const ExperimentFile file = ExperimentFile::parse(QStringLiteral("x"), QString::fromUtf8(Sound), &errors);
        QSet<QString> chosen;
        for (quint32 seed = 1; seed < 40; ++seed) {
            const auto picks = ExperimentRunner::picks(file, seed);
            QCOMPARE(ExperimentRunner::picks(file, seed), picks);
            chosen.insert(picks[QStringLiteral("victim")]);
        }
        QCOMPARE(chosen.size(), 2);
    }

    void answersAreReadOrRefused()
    {
        ExperimentAnswers answers;
        QVERIFY(ExperimentAnswers::read(
                    R"({"learner": "Ada", "seed": 9, "answers": {"which": ["b", "a"], "why": "x"}})", &answers)
                    .isEmpty());
        QCOMPARE(answers.learner, QStringLiteral("Ada"));
        QCOMPARE(answers.seed, 9u);
        QCOMPARE(answers.answers[QStringLiteral("which")], QStringLiteral("a b"));
        for (const char *bad : {"", "[]", "{}", R"({"answers": 3})", R"({"answers": {"which": 3}})"})
            QVERIFY2(!ExperimentAnswers::read(bad, &answers).isEmpty(), bad);
    }

    void aReportEscapesWhatItTells()
    {
        ExperimentReport report;
        report.title = QStringLiteral("<script>alert(1)</script>");
        report.learner = QStringLiteral("\"><img src=x>");
        report.facts.insert(QStringLiteral("n"), QStringLiteral("42"));
        report.checks << ExperimentReport::Check{QStringLiteral("<b>"), QStringLiteral("is 1"), QStringLiteral("2"),
                                                 false};
        report.questions << ExperimentReport::Question{
            QStringLiteral("q"), QStringLiteral("?"), QStringLiteral("x"), QStringLiteral("y"), true, false};
        const QByteArray html = report.toHtml();
        QVERIFY(!html.contains("<script>"));
        QVERIFY(!html.contains("<img"));
        QVERIFY(html.contains("&lt;b&gt;"));
        const QJsonObject json = report.toJson();
        QCOMPARE(json[QStringLiteral("facts")][QStringLiteral("n")].toInt(), 42);
        QCOMPARE(json[QStringLiteral("passed")].toBool(), false);
        QCOMPARE(json[QStringLiteral("questions")][0][QStringLiteral("right")].toBool(), false);
        QVERIFY(!report.passed());
    }
};

QTEST_MAIN(ExperimentFileTest)
#include "experiment_file_test.moc"

#include <algorithm>
