// SPDX-License-Identifier: BSD-3-Clause
// What the app records of itself: traces that keep the documented format, metrics that Prometheus can read, messages
// that can be followed, and an event loop that no child holds up.
#include "tests/support/remote_browser.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QtTest>

#include <csignal>

using namespace bulkhead;

namespace {

double metric(RemoteBrowser &browser, const QString &name, const QString &label = {})
{
    const QJsonArray all = browser.call(QStringLiteral("metrics"))[QStringLiteral("metrics")].toArray();
    double sum = 0;
    for (const QJsonValue &row : all) {
        const QString labels =
            QString::fromUtf8(QJsonDocument(row[QStringLiteral("labels")].toObject()).toJson(QJsonDocument::Compact));
        if (row[QStringLiteral("name")].toString() == name && labels.contains(label))
            sum += row[QStringLiteral("value")].toDouble();
    }
    return sum;
}

void scrollABit(RemoteBrowser &browser, int tab)
{
    for (int i = 0; i < 10; ++i) {
        const double frames = browser.tab(tab)[QStringLiteral("frames")].toDouble();
        browser.call(QStringLiteral("input"), {{QStringLiteral("tab"), tab},
                                               {QStringLiteral("type"), QStringLiteral("wheel")},
                                               {QStringLiteral("dy"), i % 2 ? -60 : 60}});
        browser.call(QStringLiteral("wait"), {{QStringLiteral("tab"), tab},
                                              {QStringLiteral("for"), QStringLiteral("frame")},
                                              {QStringLiteral("after"), frames},
                                              {QStringLiteral("timeout"), 10}});
    }
}

/// Checks @p events against the Trace Event Format: the members each phase must have, and arrows with both ends.
QString whatIsWrong(const QJsonArray &events, int *arrows, QSet<qint64> *pids)
{
    QHash<QString, double> begun;
    for (const QJsonValue &event : events) {
        const QString phase = event[QStringLiteral("ph")].toString();
        const QString text = QString::fromUtf8(QJsonDocument(event.toObject()).toJson(QJsonDocument::Compact));
        if (!event[QStringLiteral("name")].isString() || !event[QStringLiteral("pid")].isDouble() ||
            !event[QStringLiteral("tid")].isDouble())
            return text;
        pids->insert(qint64(event[QStringLiteral("pid")].toDouble()));
        if (phase == u"M")
            continue;
        const double time = event[QStringLiteral("ts")].toDouble(-1);
        if (time <= 0 || !event[QStringLiteral("cat")].isString())
            return text;
        if (phase == u"X") {
            if (!(event[QStringLiteral("dur")].toDouble(-1) >= 0))
                return text;
        } else if (phase == u"s") {
            begun.insert(event[QStringLiteral("id")].toString(), time);
        } else if (phase != u"f" || event[QStringLiteral("bp")].toString() != u"e") {
            return text;
        }
    }
    for (const QJsonValue &event : events) {
        if (event[QStringLiteral("ph")].toString() != u"f")
            continue;
        const auto begin = begun.find(event[QStringLiteral("id")].toString());
        if (begin == begun.end())
            continue; // its sending was before the trace
        if (*begin > event[QStringLiteral("ts")].toDouble())
            return QStringLiteral("an arrow points back in time: ") + begin.key();
        ++*arrows;
    }
    return {};
}

} // namespace

class TraceMetricsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTraceKeepsTheFormatAndItsArrowsConnectProcesses()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("trace.json"));
        RemoteBrowser browser({}, {QStringLiteral("about:playground/long-text.html")});
        QVERIFY(browser.isReady());
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        browser.call(QStringLiteral("trace.start"), {{QStringLiteral("file"), file}});
        QVERIFY2(browser.lastError().message.isEmpty(), qPrintable(browser.lastError().message));
        scrollABit(browser, 1);
        QVERIFY(browser.openAndWait(QStringLiteral("about:version")) > 0); // a process that starts meanwhile
        const double told = browser.call(QStringLiteral("trace.stop"))[QStringLiteral("events")].toDouble();
        QVERIFY(told > 100);
        QFile trace(file);
        QVERIFY(trace.open(QIODevice::ReadOnly));
        const QJsonArray events = QJsonDocument::fromJson(trace.readAll()).array();
        QCOMPARE(double(events.size()), told);
        int arrows = 0;
        QSet<qint64> pids;
        const QString wrong = whatIsWrong(events, &arrows, &pids);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        QVERIFY2(arrows > 40, qPrintable(QString::number(arrows)));
        QVERIFY(pids.contains(browser.process().id()));
        QVERIFY(pids.contains(qint64(browser.tab(1)[QStringLiteral("pid")].toDouble())));
        QVERIFY(pids.size() >= 3);
        int painted = 0, shown = 0;
        for (const QJsonValue &event : events) {
            painted += event[QStringLiteral("name")].toString() == u"paint";
            shown += event[QStringLiteral("name")].toString() == u"frame shown";
        }
        QVERIFY(painted >= 10 && shown >= 10);
    }

    void aTraceOfAKilledAppCanBeRead()
    {
        QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("trace.json"));
        {
            RemoteBrowser browser({}, {QStringLiteral("--trace"), file, QStringLiteral("about:version")});
            QVERIFY(browser.wait(1, QStringLiteral("loaded")));
            QTRY_VERIFY(QFileInfo(file).size() > 4000);
            browser.process().signal(SIGKILL);
            QVERIFY(browser.process().waitForEnd());
        }
        QFile trace(file);
        QVERIFY(trace.open(QIODevice::ReadOnly));
        // The format allows the end to be missing; the last line may be cut.
        QByteArray text = trace.readAll();
        text.truncate(text.lastIndexOf(",\n"));
        const QJsonArray events = QJsonDocument::fromJson(text + "]").array();
        int arrows = 0;
        QSet<qint64> pids;
        const QString wrong = whatIsWrong(events, &arrows, &pids);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong));
        QVERIFY(events.size() > 10);
    }

    void metricsCountWhatHappened()
    {
        RemoteBrowser browser({},
                              {QStringLiteral("about:version"), QStringLiteral("--hang-limit"), QStringLiteral("0.5")});
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        scrollABit(browser, 1);
        QVERIFY(metric(browser, QStringLiteral("bulkhead_channel_messages_total"), QStringLiteral("received")) > 5);
        QVERIFY(metric(browser, QStringLiteral("bulkhead_ack_seconds_count")) >= 10);
        QVERIFY(metric(browser, QStringLiteral("bulkhead_frames_total")) >= 1);
        browser.call(QStringLiteral("open"), {{QStringLiteral("url"), QStringLiteral("about:crash")}});
        QVERIFY(browser.wait(2, QStringLiteral("crash")));
        QCOMPARE(metric(browser, QStringLiteral("bulkhead_processes_ended_total"), QStringLiteral("signal")), 1.0);
        QCOMPARE(metric(browser, QStringLiteral("bulkhead_tabs"), QStringLiteral("crashed")), 1.0);
        browser.call(QStringLiteral("open"), {{QStringLiteral("url"), QStringLiteral("about:sleep")}});
        QVERIFY(browser.wait(3, QStringLiteral("unresponsive")));
        QCOMPARE(metric(browser, QStringLiteral("bulkhead_hangs_total")), 1.0);
        // What was counted of a process stays counted after its end.
        const double before = metric(browser, QStringLiteral("bulkhead_channel_bytes_total"));
        browser.call(QStringLiteral("close"), {{QStringLiteral("tab"), 1}});
        QVERIFY(metric(browser, QStringLiteral("bulkhead_channel_bytes_total")) >= before);
    }

    void thePrometheusTextKeepsItsFormat()
    {
        RemoteBrowser browser({}, {QStringLiteral("about:version")});
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        const QString text =
            browser
                .call(QStringLiteral("metrics"),
                      {{QStringLiteral("format"), QStringLiteral("prometheus")}})[QStringLiteral("text")]
                .toString();
        static const QRegularExpression Comment(QStringLiteral(
            "^# (HELP [a-zA-Z_:][a-zA-Z0-9_:]* .+|TYPE [a-zA-Z_:][a-zA-Z0-9_:]* (counter|gauge|histogram))$"));
        static const QRegularExpression Sample(QStringLiteral("^[a-zA-Z_:][a-zA-Z0-9_:]*(\\{[a-zA-Z_]+=\"[^\"\\n]*\"(,["
                                                              "a-zA-Z_]+=\"[^\"\\n]*\")*\\})? [0-9.e+-]+$|\\+Inf"));
        const QStringList lines = text.split(u'\n', Qt::SkipEmptyParts);
        QVERIFY(lines.size() > 40);
        for (const QString &line : lines)
            QVERIFY2((line.startsWith(u'#') ? Comment : Sample).match(line).hasMatch(), qPrintable(line));
        QVERIFY(text.contains(QStringLiteral("bulkhead_ack_seconds_bucket{le=\"+Inf\"}")));
        QVERIFY(text.endsWith(u'\n'));
    }

    void messagesCanBeFollowed()
    {
        RemoteBrowser browser({}, {QStringLiteral("about:version")});
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        Result<ControlClient> follower = ControlClient::connect(browser.socketPath());
        QVERIFY(follower.has_value());
        const auto began = follower->call(QStringLiteral("messages.follow"));
        QVERIFY(began && *began);
        scrollABit(browser, 1);
        QSet<QString> names;
        const QDeadlineTimer deadline(std::chrono::seconds(30));
        while (!names.contains(QStringLiteral("frame_ready")) || !names.contains(QStringLiteral("input_event"))) {
            QVERIFY2(!deadline.hasExpired(), qPrintable(QStringList(names.values()).join(u' ')));
            const auto notification = follower->nextNotification();
            QVERIFY(notification.has_value());
            names.insert((*notification)[QStringLiteral("params")][QStringLiteral("name")].toString());
        }
        const QJsonArray last = browser.call(QStringLiteral("messages"))[QStringLiteral("messages")].toArray();
        QVERIFY(last.size() > 10);
    }

    void noChildHoldsUpTheEventLoop()
    {
        RemoteBrowser browser({}, {QStringLiteral("--hang-limit"), QStringLiteral("0.5"),
                                   QStringLiteral("--renderer-memory"), QStringLiteral("256M"),
                                   QStringLiteral("about:version")});
        QVERIFY(browser.wait(1, QStringLiteral("loaded")));
        std::vector<const char *> ends{"about:crash", "about:abort", "about:kill", "about:exit"};
#ifndef __SANITIZE_ADDRESS__ // such a build has no limit of memory, and would take the machine's
        ends.push_back("about:oom");
#endif
        for (const char *page : ends) {
            const int tab = browser
                                .call(QStringLiteral("open"),
                                      {{QStringLiteral("url"), QLatin1String(page)}})[QStringLiteral("tabs")][0]
                                .toInt();
            QVERIFY(browser.wait(tab, QStringLiteral("crash"), 60));
        }
        for (const char *page : {"about:hang", "about:sleep"}) {
            const int tab = browser
                                .call(QStringLiteral("open"),
                                      {{QStringLiteral("url"), QLatin1String(page)}})[QStringLiteral("tabs")][0]
                                .toInt();
            QVERIFY(browser.wait(tab, QStringLiteral("unresponsive"), 60));
            for (int i = 0; i < 200; ++i) // into a process that does not read
                browser.call(QStringLiteral("input"), {{QStringLiteral("tab"), tab},
                                                       {QStringLiteral("type"), QStringLiteral("text")},
                                                       {QStringLiteral("text"), QStringLiteral("x")}});
            browser.call(QStringLiteral("kill"), {{QStringLiteral("pid"), browser.tab(tab)[QStringLiteral("pid")]}});
            QVERIFY(browser.wait(tab, QStringLiteral("crash")));
        }
        for (int i = 0; i < 10; ++i) {
            const int tab = browser.openAndWait(QStringLiteral("about:playground/tables.html"));
            browser.call(QStringLiteral("kill"), {{QStringLiteral("pid"), browser.tab(tab)[QStringLiteral("pid")]},
                                                  {QStringLiteral("signal"), QStringLiteral("KILL")}});
            QVERIFY(browser.wait(tab, QStringLiteral("crash")));
        }
        const double own = metric(browser, QStringLiteral("bulkhead_loop_longest_turn_seconds"), QStringLiteral("own"));
        qInfo("longest turn: %.1f ms of its own, %.1f ms on the wall, %.0f turns", own * 1000,
              metric(browser, QStringLiteral("bulkhead_loop_longest_turn_seconds"), QStringLiteral("wall")) * 1000,
              metric(browser, QStringLiteral("bulkhead_loop_turns_total")));
        QVERIFY(own > 0);
        QCOMPARE(metric(browser, QStringLiteral("bulkhead_loop_stalls_total")), 0.0);
    }
};

QTEST_GUILESS_MAIN(TraceMetricsTest)
#include "trace_metrics_test.moc"
