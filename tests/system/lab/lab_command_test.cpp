// SPDX-License-Identifier: BSD-3-Clause
// `bulkhead lab` as a script sees it: output, exit codes, sentences, and nothing left behind.
#include "tests/support/lacking.h"
#include "tests/support/resource_counter.h"
#include "tests/support/scoped_process.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QSet>
#include <QTemporaryDir>
#include <QtTest>

#include <csignal>

using namespace bulkhead;

namespace {

struct Run
{
    int exitCode = -1;
    QByteArray output, error;

    QJsonObject json() const { return QJsonDocument::fromJson(output).object(); }
};

QStringList lab(const QString &arguments)
{
    return QStringList(QStringLiteral("lab")) + arguments.split(u' ', Qt::SkipEmptyParts);
}

Run run(const QStringList &arguments)
{
    ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM), arguments);
    if (!process.waitForEnd(std::chrono::seconds(300)))
        return {};
    return {process.exitCode(), process.output(), process.errorOutput()};
}
Run run(const char *arguments)
{
    return run(lab(QString::fromLatin1(arguments)));
}

QJsonObject resultOf(const QJsonObject &json, const QString &mechanism)
{
    for (const QJsonValue &value : json[QStringLiteral("results")].toArray()) {
        if (value[QStringLiteral("mechanism")].toString() == mechanism)
            return value.toObject();
    }
    return {};
}

QJsonArray leftovers()
{
    return run("leftovers --json").json()[QStringLiteral("leftovers")].toArray();
}

} // namespace

class LabCommandTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyMechanismIsListedWithItsNeeds()
    {
        const Run r = run("list --json");
        QCOMPARE(r.exitCode, 0);
        QSet<QString> names;
        for (const QJsonValue &value : r.json()[QStringLiteral("mechanisms")].toArray()) {
            names.insert(value[QStringLiteral("name")].toString());
            QVERIFY(!value[QStringLiteral("title")].toString().isEmpty());
            QVERIFY(!value[QStringLiteral("summary")].toString().isEmpty());
            QVERIFY(QFile::exists(QStringLiteral(SOURCE_FOLDER "/") + value[QStringLiteral("source")].toString()));
        }
        for (const char *name :
             {"pipe",          "fifo",         "unix-stream", "unix-seqpacket", "unix-datagram",    "passed-memfd",
              "tcp",           "udp",          "sysv-queue",  "posix-queue",    "signal",           "boost-queue",
              "boost-segment", "protobuf-rpc", "dbus",        "mqtt",           "bulkhead-channel", "bulkhead-frames",
              "null",          "memcpy",       "memfd+spin"})
            QVERIFY2(names.contains(QLatin1String(name)), name);
    }

    void aRunIsMachineReadable()
    {
        const Run r = run("run pipe signal null --size 64 --rounds 2 --count 200");
        QCOMPARE(r.error, QByteArray());
        QCOMPARE(r.exitCode, 0);
        const QJsonObject json = r.json();
        QCOMPARE(json[QStringLiteral("format")].toString(), QStringLiteral("bulkhead-lab 1"));
        const QJsonObject pipe = resultOf(json, QStringLiteral("pipe"));
        QCOMPARE(pipe[QStringLiteral("state")].toString(), QStringLiteral("measured"));
        QCOMPARE(pipe[QStringLiteral("round_trip_ns")][QStringLiteral("count")].toInt(), 400);
        QVERIFY(pipe[QStringLiteral("round_trip_ns")][QStringLiteral("p50")].toDouble() > 100);
        // Too few samples for that one: unknown, not guessed.
        QVERIFY(pipe[QStringLiteral("round_trip_ns")][QStringLiteral("p99.9")].isNull());
        QVERIFY(pipe[QStringLiteral("ratio_to_unix_stream")][QStringLiteral("median")].toDouble() > 0);
        QCOMPARE(pipe[QStringLiteral("checked")][QStringLiteral("wrong")].toInt(-1), 0);
        const QJsonObject signal = resultOf(json, QStringLiteral("signal"));
        QCOMPARE(signal[QStringLiteral("size_requested")].toInt(), 64);
        QCOMPARE(signal[QStringLiteral("size_actual")].toInt(), 8);
        QVERIFY(!signal[QStringLiteral("limited_by")].toString().isEmpty());
        QVERIFY(!resultOf(json, QStringLiteral("unix-stream")).isEmpty()); // always there, to compare with
    }

    void csvHasOneLinePerJobAndTheSameColumnsInEach()
    {
        const Run r = run("run pipe unix-stream --size 1,64 --rounds 1 --count 20 --csv --no-calls");
        QCOMPARE(r.exitCode, 0);
        const QList<QByteArray> lines = r.output.trimmed().split('\n');
        QCOMPARE(lines.size(), 5);
        for (const QByteArray &line : lines)
            QCOMPARE(line.count(','), lines.first().count(','));
    }

    void theChartIsAPicture()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("chart.svg"));
        const Run r = run(lab(QStringLiteral("run pipe --rounds 1 --count 50 --no-calls --svg ")) << file);
        QCOMPARE(r.exitCode, 0);
        QFile svg(file);
        QVERIFY(svg.open(QIODevice::ReadOnly));
        const QByteArray content = svg.readAll();
        QVERIFY(content.contains("<svg") && content.contains("pipe") && content.contains("unix-stream"));
    }

    void badInputIsASentenceAndExitTwo_data()
    {
        QTest::addColumn<QString>("arguments");
        for (const char *arguments : {"",
                                      "nonsense",
                                      "run",
                                      "run nonsense",
                                      "run pipe --size 0",
                                      "run pipe --size 17M",
                                      "run pipe --size x",
                                      "run pipe --placement moon",
                                      "run pipe --rounds 0",
                                      "run pipe --count 5 --seconds 1",
                                      "run pipe --json --csv",
                                      "run --all pipe",
                                      "run pipe --wait never",
                                      "run pipe --peer 127.0.0.1:1",
                                      "run pipe --peer 127.0.0.1:1 --token x",
                                      "run pipe --svg /no/such/folder/x.svg",
                                      "experiment nonsense",
                                      "experiment race pipe",
                                      "compare x",
                                      "compare /no/such/a /no/such/b",
                                      "leftovers --all",
                                      "serve",
                                      "serve --listen nonsense",
                                      "trace",
                                      "trace null"})
            QTest::newRow(arguments) << QString::fromLatin1(arguments);
    }
    void badInputIsASentenceAndExitTwo()
    {
        QFETCH(QString, arguments);
        const Run r = run(lab(arguments));
        QCOMPARE(r.exitCode, 2);
        QVERIFY2(r.error.startsWith("bulkhead lab: ") && r.error.count('\n') >= 1, r.error.constData());
        QVERIFY(r.output.isEmpty());
    }

    void ctrlCLeavesNothing()
    {
        const ResourceCounter before(ResourceScope::Machine);
        for (const char *mechanism : {"sysv-shm+sysv-sem", "mqtt", "boost-queue"}) {
            const qsizetype leftoversBefore = leftovers().size();
            {
                ScopedProcess process(QStringLiteral(BULKHEAD_PROGRAM),
                                      lab(QStringLiteral("run %1 --rounds 1000").arg(QString::fromLatin1(mechanism))));
                QVERIFY(process.isStarted());
                QTRY_VERIFY_WITH_TIMEOUT(leftovers().size() > leftoversBefore, 30000);
                QVERIFY(process.signal(SIGINT));
                QVERIFY(process.waitForEnd());
                QCOMPARE(process.exitCode(), 130);
            }
            QCOMPARE(leftovers().size(), leftoversBefore);
        }
        QCOMPARE(before.waitUntilRestored(), QString());
    }

    void whatAKilledRunLeavesIsFoundAndRemoved()
    {
        ResourceCounter::adoptOrphans();
        const qsizetype leftoversBefore = leftovers().size();
        QByteArray run4711;
        {
            ScopedProcess process(
                QStringLiteral(BULKHEAD_PROGRAM),
                lab(QStringLiteral("run sysv-shm+sysv-sem posix-shm+futex sysv-queue posix-queue --rounds 1000")));
            // Until there is more than the folder.
            QTRY_VERIFY_WITH_TIMEOUT(leftovers().size() > leftoversBefore + 1, 30000);
            run4711 = "bulkhead-lab-" + QByteArray::number(process.id()) + '-';
            QVERIFY(process.signal(SIGKILL));
            QVERIFY(process.waitForEnd());
        }
        const auto ours = [&](const QJsonArray &list) {
            QJsonArray found;
            for (const QJsonValue &value : list) {
                if (value[QStringLiteral("run")].toString().startsWith(QLatin1String(run4711)))
                    found.append(value);
            }
            return found;
        };
        const QJsonArray orphans = ours(leftovers());
        QVERIFY(!orphans.isEmpty());
        for (const QJsonValue &orphan : orphans)
            QVERIFY(orphan[QStringLiteral("orphan")].toBool());
        QVERIFY(!ours(run("leftovers --clean --json").json()[QStringLiteral("removed")].toArray()).isEmpty());
        QVERIFY(ours(leftovers()).isEmpty());
        QCOMPARE(QDir(QStringLiteral("/dev/shm")).entryList({QString::fromLatin1(run4711) + u'*'}).size(), 0);
    }

    void aRunComparedWithItselfDoesNotDiffer()
    {
        QTemporaryDir folder;
        const Run r = run("run pipe --rounds 2 --count 100 --no-calls");
        QFile file(folder.filePath(QStringLiteral("a.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(r.output);
        file.close();
        const Run c = run(QStringList{QStringLiteral("lab"), QStringLiteral("compare"), file.fileName(),
                                      file.fileName(), QStringLiteral("--json")});
        QCOMPARE(c.exitCode, 0);
        const QJsonArray comparisons = c.json()[QStringLiteral("comparisons")].toArray();
        QCOMPARE(comparisons.size(), 2);
        for (const QJsonValue &value : comparisons) {
            QCOMPARE(value[QStringLiteral("verdict")].toString(), QStringLiteral("same"));
            QCOMPARE(value[QStringLiteral("ratio")].toDouble(), 1.0);
        }
    }

    void aTraceShowsTheTextAndItsCalls()
    {
        SKIP_WHEN_LACKING(lacking::tracing());
        const Run r = run(QStringList{QStringLiteral("lab"), QStringLiteral("trace"), QStringLiteral("pipe"),
                                      QStringLiteral("grüße"), QStringLiteral("--json")});
        QCOMPARE(r.exitCode, 0);
        QCOMPARE(r.json()[QStringLiteral("arrived")].toString(), QStringLiteral("grüße"));
        QStringList names;
        for (const QJsonValue &call : r.json()[QStringLiteral("calls")].toArray())
            names << call[QStringLiteral("process")].toString() + call[QStringLiteral("name")].toString();
        names.sort();
        QCOMPARE(names, QStringList({QStringLiteral("Aread"), QStringLiteral("Awrite"), QStringLiteral("Bread"),
                                     QStringLiteral("Bwrite")}));
    }

    void anotherLabMeasuresThroughTcpAndUdp()
    {
        ScopedProcess server(QStringLiteral(BULKHEAD_PROGRAM), lab(QStringLiteral("serve --listen 127.0.0.1:0")));
        QVERIFY(server.waitForOutput("\n"));
        static const QRegularExpression Shown(QStringLiteral("--peer (\\S+) --token (\\S+)"));
        const QRegularExpressionMatch match = Shown.match(QString::fromUtf8(server.output()));
        QVERIFY(match.hasMatch());
        const QString options = QStringLiteral(" --rounds 1 --count 100 --peer %1 --token ").arg(match.captured(1));
        const Run refused = run(lab(QStringLiteral("run tcp") + options + QStringLiteral("wrong")));
        QCOMPARE(refused.exitCode, 1);
        QVERIFY(refused.error.contains("token"));
        const Run r = run(lab(QStringLiteral("run tcp udp") + options + match.captured(2)));
        QCOMPARE(r.error, QByteArray());
        QCOMPARE(r.exitCode, 0);
        for (const char *mechanism : {"tcp", "udp"}) {
            const QJsonObject result = resultOf(r.json(), QLatin1String(mechanism));
            QCOMPARE(result[QStringLiteral("state")].toString(), QStringLiteral("measured"));
            QCOMPARE(result[QStringLiteral("checked")][QStringLiteral("wrong")].toInt(-1), 0);
        }
        QVERIFY(server.signal(SIGINT));
        QVERIFY(server.waitForEnd());
        QCOMPARE(server.exitCode(), 0);
    }
};

QTEST_GUILESS_MAIN(LabCommandTest)
#include "lab_command_test.moc"
