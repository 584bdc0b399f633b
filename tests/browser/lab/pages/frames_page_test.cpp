// SPDX-License-Identifier: BSD-3-Clause
// Frames side by side: the pictures move, the figures are the command line's, and whatever happens to workers is said.
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/frame_grid.h"
#include "browser/lab/kit/lab_export.h"
#include "browser/lab/pages/frames_page.h"
#include "ipc/lab/engine/frame_report.h"
#include "tests/browser/lab/kit/lab_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTimer>

#include <algorithm>
#include <sys/resource.h>
#include <thread>
#include <unistd.h>

using namespace bulkhead;

namespace {

QJsonObject options(const QStringList &transports, double seconds)
{
    return {{QStringLiteral("transports"), QJsonArray::fromStringList(transports)},
            {QStringLiteral("width"), 640},
            {QStringLiteral("height"), 360},
            {QStringLiteral("rate"), 60},
            {QStringLiteral("seconds"), seconds}};
}

#ifdef __SANITIZE_ADDRESS__
constexpr double ShownFor = 8; // seconds; slower, and one frame in sixty is checked
#else
constexpr double ShownFor = 2;
#endif

const QStringList Three{QStringLiteral("bulkhead-frames"), QStringLiteral("pipe"), QStringLiteral("sysv-queue")};

QStringList usualEight()
{
    QStringList names;
    for (const lab::FrameTransport &transport : lab::frameTransports()) {
        if (transport.isUsual)
            names << QString::fromLatin1(transport.name);
    }
    return names;
}

double figure(const QJsonObject &result, const QString &transport, const char *name)
{
    for (const QJsonValue &lane : result[QStringLiteral("lanes")].toArray()) {
        if (lane[QStringLiteral("transport")].toString() == transport)
            return lane[QLatin1String(name)].toDouble(-1);
    }
    return -1;
}

double median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    return values[values.size() / 2];
}

/// Figures that differ by more than a tenth although no round of the one was like any of the other.
QStringList differences(const std::map<QString, std::vector<double>> &here,
                        const std::map<QString, std::vector<double>> &there)
{
    QStringList found;
    for (const auto &[key, values] : here) {
        const std::vector<double> &others = there.at(key);
        const auto [least, most] = std::minmax_element(values.begin(), values.end());
        const auto [otherLeast, otherMost] = std::minmax_element(others.begin(), others.end());
        const double a = median(values), b = median(others);
        if (std::abs(a - b) > 0.1 * std::max(a, b) && (*most < *otherLeast || *otherMost < *least))
            found << QStringLiteral("%1: %2 on the page, %3 on the command line").arg(key).arg(a).arg(b);
    }
    return found;
}

/// What of the machine's processor time went to other programs, from the kernel's own accounts: /proc/stat, less what
/// this process and its ended children used.
class OthersAtWork
{
public:
    /// Since this was made; of all processors.
    double share() const
    {
        const Time now = read();
        const double whole = now.whole - m_before.whole;
        return whole > 0 ? std::max(0.0, (now.busy - m_before.busy) - (now.ours - m_before.ours)) / whole : 0;
    }

private:
    struct Time
    {
        double whole = 0, busy = 0, ours = 0; // seconds
    };
    static Time read()
    {
        Time time;
        QFile file(QStringLiteral("/proc/stat"));
        if (!file.open(QIODevice::ReadOnly))
            return time;
        // "cpu  user nice system idle iowait irq softirq steal guest guest_nice", guests being part of the first two.
        const QList<QByteArray> words = file.readLine().simplified().split(' ');
        for (qsizetype i = 1; i < words.size() && i <= 8; ++i) {
            const double seconds = words[i].toDouble() / double(::sysconf(_SC_CLK_TCK));
            time.whole += seconds;
            if (i != 4 && i != 5)
                time.busy += seconds;
        }
        for (const auto whose : {RUSAGE_SELF, RUSAGE_CHILDREN}) {
            rusage usage = {};
            ::getrusage(whose, &usage);
            for (const timeval &part : {usage.ru_utime, usage.ru_stime})
                time.ours += double(part.tv_sec) + double(part.tv_usec) / 1e6;
        }
        return time;
    }

    const Time m_before = read();
};

/// What `bulkhead lab frames` does, in a thread of its own.
QJsonObject asOnTheCommandLine(const QStringList &transports, double seconds)
{
    QJsonObject json;
    std::thread thread([&] {
        lab::FrameRun::Options options;
        for (const QString &name : transports)
            options.transports.push_back(name.toStdString());
        options.seconds = seconds;
        options.workerProgram = LAB_WORKER_PROGRAM;
        const lab::Cancel cancel;
        lab::FrameRun run(options, cancel);
        if (run.run())
            json = lab::framesToJson(run.lanes(), options);
    });
    thread.join();
    return json;
}

} // namespace

class FramesPageTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { LabFixture::warmUp(); }

    void picturesMoveAndFiguresStandUnderThem()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<FramesPage>(QStringLiteral("frames"));
            QVERIFY(page->exported().isEmpty());
            page->configure(options(Three, ShownFor));
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return page->grid()->shown() > 60; }, 60'000));
            const QImage before = page->grid()->grab().toImage();
            const quint64 shown = page->grid()->shown();
            QVERIFY(LabFixture::wait([&] { return page->grid()->shown() > shown + 10; }));
            QVERIFY(page->grid()->grab().toImage() != before);
            QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }, 60'000));
            QCOMPARE(page->problem(), QString());
            const QJsonObject result = page->exported();
            QCOMPARE(result[QStringLiteral("lanes")].toArray().size(), 3);
            for (const QString &name : Three) {
                QVERIFY2(figure(result, name, "frames") > 10, qPrintable(name));
                QCOMPARE(figure(result, name, "wrong"), 0.0);
                QVERIFY(figure(result, name, "checked") > 0);
            }
            // The lesson: the pool copies nothing and costs least.
            if (figure(result, QStringLiteral("pipe"), "copied_bytes_per_frame") >= 0) {
                QVERIFY(figure(result, QStringLiteral("bulkhead-frames"), "copied_bytes_per_frame") < 1000);
                QCOMPARE(figure(result, QStringLiteral("pipe"), "copied_bytes_per_frame"), 2.0 * (640 * 360 * 4 + 64));
            }
            QVERIFY(figure(result, QStringLiteral("bulkhead-frames"), "cpu_ns_per_frame") <
                    figure(result, QStringLiteral("sysv-queue"), "cpu_ns_per_frame"));
            QVERIFY2(page->lessons().first().contains(u"Bulkhead's frame pool"), qPrintable(page->lessons().first()));
            // As files, and as it was.
            QVERIFY(labExport(*page, LabFormat::Html).contains("Bulkhead&#39;s frame pool") ||
                    labExport(*page, LabFormat::Html).contains("Bulkhead's frame pool"));
            QVERIFY(labExport(*page, LabFormat::Csv).contains("Frames/s"));
            QVERIFY(labExport(*page, LabFormat::Svg).contains("<svg"));
            const QJsonObject kept = QJsonDocument::fromJson(QJsonDocument(result).toJson()).object();
            QVERIFY(page->restore(kept));
            QCOMPARE(page->comparedWith(kept).size(), qsizetype(4));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void thePoolReachesTheRateBesideSevenOthers()
    {
        LabFixture lab;
        auto *page = lab.open<FramesPage>(QStringLiteral("frames"));
        page->configure(options(usualEight(), 4));
        const OthersAtWork others;
        QVERIFY(LabFixture::run(page));
        QCOMPARE(page->problem(), QString());
        QStringList said;
        for (const QString &name : usualEight())
            said << QStringLiteral("%1 %2").arg(name).arg(figure(page->exported(), name, "frames_per_second"));
        const double pool = figure(page->exported(), QStringLiteral("bulkhead-frames"), "frames_per_second");
        for (const QString &name : usualEight())
            QVERIFY2(figure(page->exported(), name, "frames") > 0, qPrintable(said.join(u'\n')));
#if !defined(__OPTIMIZE__) || defined(__SANITIZE_ADDRESS__)
        QSKIP("this build is not optimised: it paints too slowly for the rate");
#endif
        const double share = others.share();
        if (share > 0.1)
            QSKIP(qPrintable(QStringLiteral("the rate needs a machine of its own; others took %1 % of this one's time")
                                 .arg(100 * share, 0, 'f', 0)));
        QVERIFY2(pool >= 58.5, qPrintable(said.join(u'\n')));
    }

    void theFiguresAreThoseOfTheCommandLine()
    {
        constexpr int Rounds = 3;
        constexpr int Attempts = 3;
        constexpr const char *Names[] = {"frames_per_second", "cpu_ns_per_frame", "copied_bytes_per_frame"};
        LabFixture lab;
        auto *page = lab.open<FramesPage>(QStringLiteral("frames"));
        page->configure(options(Three, 2));
        QStringList wrong;
        std::map<QString, std::vector<double>> here, there;
        // The engine is the same; what may differ is the machine from one second to the next, which is in turns both's.
        // Rounds add up: what is the same overlaps sooner or later, what is not never does.
        for (int attempt = 0; attempt < Attempts; ++attempt) {
            for (int round = 0; round < Rounds; ++round) {
                QVERIFY(LabFixture::run(page));
                QCOMPARE(page->problem(), QString());
                const QJsonObject other = asOnTheCommandLine(Three, 2);
                QVERIFY(!other.isEmpty());
                for (const QString &transport : Three) {
                    for (const char *name : Names) {
                        const QString key = transport + u' ' + QLatin1String(name);
                        here[key].push_back(figure(page->exported(), transport, name));
                        there[key].push_back(figure(other, transport, name));
                    }
                }
            }
            wrong = differences(here, there);
            if (wrong.isEmpty())
                break;
        }
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
    }

    void differencesOfFiguresAreFound()
    {
        using Figures = std::map<QString, std::vector<double>>;
        const QString key = QStringLiteral("pipe frames_per_second");
        QCOMPARE(differences(Figures{{key, {30, 31, 30}}}, Figures{{key, {60, 61, 59}}}).size(), 1);
        QCOMPARE(differences(Figures{{key, {30, 62, 31}}}, Figures{{key, {60, 61, 59}}}).size(), 0); // a noisy machine
        QCOMPARE(differences(Figures{{key, {60, 60, 60}}}, Figures{{key, {61, 62, 61}}}).size(), 0);
    }

    void aKilledWorkerIsSaidInItsPane()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<FramesPage>(QStringLiteral("frames"));
            page->configure(options(Three, 3));
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return page->grid()->shown() > 30 && page->painterOf(1) > 0; }, 60'000));
            QCOMPARE(::kill(pid_t(page->painterOf(1)), SIGKILL), 0);
            QVERIFY(LabFixture::wait([&] { return page->grid()->chart().panes[1].state == u"failed"; }));
            QVERIFY2(page->grid()->chart().panes[1].problem.contains(u"signal 9"),
                     qPrintable(page->grid()->chart().panes[1].problem));
            const quint64 shown = page->grid()->shown();
            QVERIFY(LabFixture::wait([&] { return page->grid()->shown() > shown + 10; })); // the others go on
            QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }, 60'000));
            QCOMPARE(page->problem(), QString());
            QCOMPARE(page->grid()->chart().panes[0].state, QStringLiteral("done"));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void cancellingKeepsWhatWasSeen()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<FramesPage>(QStringLiteral("frames"));
            page->configure(options(Three, 0)); // until cancelled
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return page->status().contains(u"enough"); }, 60'000));
            QTest::mouseClick(page->bar()->cancelButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }));
            QCOMPARE(page->problem(), QString());
            QVERIFY(!page->exported().isEmpty());
            // And in the middle of one with an end, and of its preparation.
            page->configure(options(Three, 60));
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QTest::mouseClick(page->bar()->cancelButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }));
            QVERIFY(page->problem().contains(u"Cancelled"));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void closingThePageEndsItsProcesses()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<FramesPage>(QStringLiteral("frames"));
            page->configure(options(usualEight(), 0));
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return page->grid()->shown() > 30; }, 60'000));
            QElapsedTimer timer;
            timer.start();
            lab.view.reset();
            QVERIFY2(timer.elapsed() < 1000, qPrintable(QString::number(timer.elapsed())));
        }
        QCOMPARE(nothing.difference(), QString());
    }
};

QTEST_MAIN(FramesPageTest)
#include "frames_page_test.moc"
