// SPDX-License-Identifier: BSD-3-Clause
// Every shipped experiment carried out by the program, with real processes: with right predictions and with wrong ones,
// and its reports read.
#include "browser/tools/experiments/experiment_pages.h"
#include "tests/browser/pages/fetch/fetch_probe.h"
#include "tests/support/resource_counter.h"
#include "tests/support/scoped_process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QtTest>

using namespace bulkhead;

class ExperimentsTest : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QJsonObject run(const QString &name, const QJsonObject &answers, int *exitCode, QByteArray *said)
    {
        const QString answersFile = m_folder.filePath(QStringLiteral("answers"));
        const QString out = m_folder.filePath(QStringLiteral("report"));
        QFile file(answersFile);
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write(QJsonDocument(QJsonObject{{QStringLiteral("learner"), QStringLiteral("A <test>")},
                                             {QStringLiteral("seed"), 7},
                                             {QStringLiteral("answers"), answers}})
                       .toJson());
        file.close();
        QFile::remove(out + QStringLiteral(".json"));
        QFile::remove(out + QStringLiteral(".html"));
        ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM),
                              {QStringLiteral("experiment"), QStringLiteral("run"), name, QStringLiteral("--answers"),
                               answersFile, QStringLiteral("--report"), out});
        if (!process.waitForEnd(std::chrono::seconds(240)))
            return {};
        *exitCode = process.exitCode();
        *said = process.output() + process.errorOutput();
        QFile html(out + QStringLiteral(".html"));
        QFile json(out + QStringLiteral(".json"));
        if (!html.open(QIODevice::ReadOnly) || !json.open(QIODevice::ReadOnly))
            return {};
        const QByteArray page = html.readAll();
        QJsonObject report = QJsonDocument::fromJson(json.readAll()).object();
        report.insert(QStringLiteral("html"), QString::fromUtf8(page));
        return report;
    }

private Q_SLOTS:
    void everyOneTeachesWhatItSays_data()
    {
        QTest::addColumn<QString>("name");
        for (const QString &name : shippedExperiments()) {
#ifdef __SANITIZE_ADDRESS__ // such a build has neither limits of memory nor forbidden calls that end a process
            if (name == QLatin1String("06-memory") || name == QLatin1String("03-escape"))
                continue;
#endif
            QTest::newRow(qPrintable(name)) << name;
        }
    }
    void everyOneTeachesWhatItSays()
    {
        QFETCH(QString, name);
        int exitCode = -1;
        QByteArray said;
        // Without predictions first: the checks alone, and what would have been right.
        const QJsonObject first = run(name, {}, &exitCode, &said);
        QVERIFY2(exitCode == 0, said.constData());
        QCOMPARE(first[QStringLiteral("passed")].toBool(), true);
        QVERIFY(first[QStringLiteral("html")].toString().contains(QStringLiteral("A &lt;test&gt;")));
        QVERIFY(!first[QStringLiteral("events")].toArray().isEmpty());
        QVERIFY(!first[QStringLiteral("facts")].toObject().isEmpty());

        // The truth is told in words for people; as keys it stands in the file.
        QList<ExperimentError> errors;
        const ExperimentFile file = ExperimentFile::read(shippedExperimentFile(name), &errors);
        QJsonObject right, wrong;
        const QJsonObject facts = first[QStringLiteral("facts")].toObject();
        for (const ExperimentQuestion &question : file.questions) {
            const QString key = question.name.text;
            if (question.kind == ExperimentQuestion::Kind::Tabs) {
                const QString truth = facts[question.truth.text.mid(1)].toString();
                right.insert(key, QJsonArray::fromStringList(truth.split(QLatin1Char(' '), Qt::SkipEmptyParts)));
                wrong.insert(key, truth.isEmpty() ? QJsonArray{file.tabs().first()} : QJsonArray{});
            } else {
                right.insert(key, question.truth.text);
                for (const auto &choice : question.choices) {
                    if (choice.first != question.truth.text)
                        wrong.insert(key, choice.first);
                }
            }
        }
        const QJsonObject second = run(name, right, &exitCode, &said);
        QVERIFY2(exitCode == 0, said.constData());
        for (const QJsonValue &question : second[QStringLiteral("questions")].toArray())
            QCOMPARE(question[QStringLiteral("right")].toBool(), true);
        const QJsonObject third = run(name, wrong, &exitCode, &said);
        QCOMPARE(exitCode, 1);
        QCOMPARE(third[QStringLiteral("passed")].toBool(), false);
        for (const QJsonValue &check : third[QStringLiteral("checks")].toArray())
            QVERIFY2(check[QStringLiteral("passed")].toBool(), qPrintable(check[QStringLiteral("text")].toString()));
        for (const QJsonValue &question : third[QStringLiteral("questions")].toArray())
            QCOMPARE(question[QStringLiteral("right")].toBool(), false);
        QVERIFY(third[QStringLiteral("html")].toString().contains(QStringLiteral("✗")));
    }

    void aFalseCheckFails()
    {
        QFile lab(m_folder.filePath(QStringLiteral("false.lab")));
        QVERIFY(lab.open(QIODevice::WriteOnly));
        lab.write("title: T\ngoal: G\nsetup:\n  tab a site=one\nsteps:\n  observe now\nchecks:\n"
                  "  a.state is crashed -- it is not\n  now.tabs is 1 -- it is\nexplanation:\n  None.\n");
        lab.close();
        int exitCode = -1;
        QByteArray said;
        const QJsonObject report = run(lab.fileName(), {}, &exitCode, &said);
        QCOMPARE(exitCode, 1);
        QCOMPARE(report[QStringLiteral("checks")][0][QStringLiteral("passed")].toBool(), false);
        QCOMPARE(report[QStringLiteral("checks")][1][QStringLiteral("passed")].toBool(), true);
        QVERIFY(said.contains("FAIL"));
    }

    void lintTellsLineAndColumn()
    {
        QFile lab(m_folder.filePath(QStringLiteral("bad.lab")));
        QVERIFY(lab.open(QIODevice::WriteOnly));
        lab.write("title: T\nsetup:\n  tab a sight=one\n");
        lab.close();
        ScopedProcess bad(QStringLiteral(BULKHEAD_PROGRAM),
                          {QStringLiteral("experiment"), QStringLiteral("lint"), lab.fileName()});
        QVERIFY(bad.waitForEnd());
        QCOMPARE(bad.exitCode(), 2);
        QVERIFY2(bad.errorOutput().contains("bad.lab:3:9: "), bad.errorOutput().constData());
        ScopedProcess good(QStringLiteral(BULKHEAD_PROGRAM),
                           QStringList{QStringLiteral("experiment"), QStringLiteral("lint")} + shippedExperiments());
        QVERIFY(good.waitForEnd());
        QVERIFY2(good.exitCode() == 0, good.errorOutput().constData());
    }

    void badInputIsRefused_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const auto row = [](const char *name, const char *arguments) {
            QTest::newRow(name) << QString::fromLatin1(arguments).split(QLatin1Char(' '), Qt::SkipEmptyParts);
        };
        row("nothing", "");
        row("an unknown command", "walk");
        row("no file", "run");
        row("a missing file", "run /nonexistent.lab");
        row("a bad seed", "run 01-kill-one --seed -3");
        row("missing answers", "run 01-kill-one --answers /nonexistent");
        row("an unknown option", "run 01-kill-one --fast");
    }
    void badInputIsRefused()
    {
        QFETCH(QStringList, arguments);
        ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM), QStringList{QStringLiteral("experiment")} + arguments);
        QVERIFY(process.waitForEnd());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(!process.errorOutput().isEmpty());
    }

    void aboutExperimentsPredictsRunsAndSaves()
    {
        InternalActs acts;
        ExperimentPages pages(QStringLiteral(BULKHEAD_PROGRAM), acts);
        pages.setSaveFolder(m_folder.path());
        const auto get = [&pages](const QString &query, const QString &act = {}) {
            test::FetchProbe probe(pages.open({QUrl(QStringLiteral("about:experiments") + query), act}));
            return probe.wait(std::chrono::seconds(120)) ? QString::fromUtf8(probe.body) : QString();
        };
        const QString list = get({});
        for (const QString &name : shippedExperiments())
            QVERIFY2(list.contains(QStringLiteral("?show=") + name), qPrintable(name));
        const QString show = QStringLiteral("?show=01-kill-one");
        QVERIFY(!get(show).contains(QStringLiteral("choice chosen")));
        QCOMPARE(get(show, QStringLiteral("answer:reason:crash")).count(QStringLiteral("class=\"choice chosen\"")), 1);
        get(show, QStringLiteral("answer:lost:ann"));
        QCOMPARE(get(show, QStringLiteral("answer:lost:cleo")).count(QStringLiteral("class=\"choice chosen\"")), 3);
        QCOMPARE(get(show, QStringLiteral("answer:lost:cleo")).count(QStringLiteral("class=\"choice chosen\"")), 2);
        QVERIFY(get(show, QStringLiteral("save")).contains(QStringLiteral("no evidence")));

        QSignalSpy wanted(&pages, &ExperimentPages::pagesWanted);
        get(show, QStringLiteral("open"));
        QCOMPARE(wanted.count(), 1);
        const auto urls = wanted[0][0].value<QList<QUrl>>();
        QCOMPARE(urls.size(), 4);
        for (const QUrl &url : urls)
            QVERIFY(QFile::exists(url.toLocalFile()));

        const QString done = get(show, QStringLiteral("run"));
        QVERIFY2(done.contains(QStringLiteral("checks hold")), qPrintable(done.right(2000)));
        QVERIFY(done.contains(QStringLiteral("SIGSEGV"))); // the wrong prediction
        QVERIFY(get(show, QStringLiteral("save")).contains(QStringLiteral("Written")));
        QCOMPARE(QDir(m_folder.path()).entryList({QStringLiteral("bulkhead-01-kill-one-*")}).size(), 2);
        QVERIFY(!get(show, QStringLiteral("reset")).contains(QStringLiteral("choice chosen")));
        QVERIFY(
            get(QStringLiteral("?show=../../etc/passwd")).contains(QStringLiteral("?show=01-kill-one"))); // the list
    }

    void aRunLeavesNothing()
    {
        const ResourceCounter before;
        int exitCode = -1;
        QByteArray said;
        run(QStringLiteral("01-kill-one"), {}, &exitCode, &said);
        QCOMPARE(exitCode, 0);
        QCOMPARE(before.waitUntilRestored(), QString());
    }
};

QTEST_GUILESS_MAIN(ExperimentsTest)
#include "experiments_test.moc"
