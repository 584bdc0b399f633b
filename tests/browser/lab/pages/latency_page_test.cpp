// SPDX-License-Identifier: BSD-3-Clause
// The latency page: a real run on it, its figures as the engine's, and what can go wrong midway.
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/lab_export.h"
#include "browser/lab/kit/measurement.h"
#include "browser/lab/pages/latency_page.h"
#include "tests/browser/lab/kit/lab_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QXmlStreamReader>

using namespace bulkhead;

namespace {

QJsonObject options(const QStringList &mechanisms, const QList<double> &sizes, int rounds = 2, double seconds = 0.02)
{
    QJsonArray list;
    for (const double size : sizes)
        list.append(size);
    return {{QStringLiteral("mechanisms"), QJsonArray::fromStringList(mechanisms)},
            {QStringLiteral("sizes"), list},
            {QStringLiteral("placements"), QJsonArray{QStringLiteral("free")}},
            {QStringLiteral("wait"), QStringLiteral("usual")},
            {QStringLiteral("rounds"), rounds},
            {QStringLiteral("seconds"), seconds}};
}

const MeasuredJob *find(const std::vector<MeasuredJob> &jobs, const QString &mechanism, double size)
{
    for (const MeasuredJob &job : jobs) {
        if (job.mechanism == mechanism && job.size == size)
            return &job;
    }
    return nullptr;
}

} // namespace

class LatencyPageTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { LabFixture::warmUp(); }

    void aRunShowsWhatItMeasured()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<LatencyPage>(QStringLiteral("latency"));
            page->configure(options({QStringLiteral("null"), QStringLiteral("memcpy"), QStringLiteral("pipe"),
                                     QStringLiteral("posix-queue"), QStringLiteral("memfd+eventfd")},
                                    {64, 65536}));
            QVERIFY(LabFixture::run(page));
            QCOMPARE(page->problem(), QString());

            const std::vector<MeasuredJob> jobs = measuredJobs(page->exported());
            QCOMPARE(int(jobs.size()), 2 * 6); // the reference is always there
            const MeasuredJob *pipe = find(jobs, QStringLiteral("pipe"), 64);
            QVERIFY(pipe && pipe->isMeasured() && pipe->p50 > 0 && pipe->checked > 0);
            QCOMPARE(pipe->wrong, 0.0);
            QVERIFY(pipe->ratio && *pipe->ratioLeast <= *pipe->ratio && *pipe->ratio <= *pipe->ratioMost);
            // The lesson: through the kernel every byte is copied twice, in shared memory never; and doing nothing
            // costs less than anything.
            if (pipe->kernelBytes) {
                QCOMPARE(*find(jobs, QStringLiteral("pipe"), 65536)->kernelBytes, 2.0 * 65536);
                QVERIFY(*find(jobs, QStringLiteral("memfd+eventfd"), 65536)->kernelBytes < 100);
                QCOMPARE(*pipe->systemCalls, 2.0);
            }
            QVERIFY(find(jobs, QStringLiteral("null"), 64)->p50 < pipe->p50);
            // Limits are shown, not hidden.
            const MeasuredJob *queue = find(jobs, QStringLiteral("posix-queue"), 65536);
            QVERIFY(queue && queue->isLimited());
            QVERIFY2(page->notes().contains(u"msgsize_max"), qPrintable(page->notes()));
            const QList<QStringList> rows = page->table()->rows();
            QCOMPARE(rows.size(), qsizetype(1 + 12));
            QVERIFY(std::any_of(rows.begin(), rows.end(), [](const QStringList &row) {
                return row[0] == u"posix-queue" && row[2].endsWith(u" of 64 KB");
            }));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void resultsAreKeptComparedAndExported()
    {
        LabFixture lab;
        auto *page = lab.open<LatencyPage>(QStringLiteral("latency"));
        page->configure(options({QStringLiteral("pipe")}, {64}));
        QVERIFY(LabFixture::run(page));
        QVERIFY(lab.context->results().keep(page->name(), QStringLiteral("before / ünter"), labDocument(*page)));
        QCOMPARE(lab.context->results().names(page->name()), QStringList{QStringLiteral("before / ünter")});
        const QJsonObject first = page->exported();
        QVERIFY(LabFixture::run(page));
        page->compareWith(QStringLiteral("before / ünter"));
        QCOMPARE(page->comparison().size(), qsizetype(3)); // pipe and the reference
        QVERIFY(page->comparison()[1][4].contains(QRegularExpression(QStringLiteral("same|faster|slower"))));
        // Another start of the app finds it, and the last result.
        LabContext later{QStringLiteral(LAB_WORKER_PROGRAM), lab.profile.filePath(QStringLiteral("lab"))};
        const QJsonObject kept = later.results().load(page->name(), QStringLiteral("before / ünter"));
        QCOMPARE(kept[QStringLiteral("result")].toObject(), first);
        QCOMPARE(later.results().last(page->name()), page->exported());
        QVERIFY(page->restore(first));
        QCOMPARE(page->exported(), first);

        const QByteArray csv = labExport(*page, LabFormat::Csv);
        QCOMPARE(csv.count('\n'), 3);
        QCOMPARE(csv.split('\n')[1].count(','), csv.split('\n')[0].count(','));
        const QByteArray png = labExport(*page, LabFormat::Png);
        QVERIFY(QImage::fromData(png).width() > 1000);
        for (const LabFormat format : {LabFormat::Svg, LabFormat::Html}) {
            QByteArray text = labExport(*page, format);
            if (format == LabFormat::Html)
                text = text.mid(text.indexOf("<svg"), text.indexOf("</svg>") + 6 - text.indexOf("<svg"));
            QXmlStreamReader svg(text);
            while (!svg.atEnd())
                svg.readNext();
            QVERIFY2(!svg.hasError(), qPrintable(svg.errorString()));
        }
    }

    void cancellingMidwayEndsItAtOnceAndLeavesNothing()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<LatencyPage>(QStringLiteral("latency"));
            page->configure(options({QStringLiteral("pipe"), QStringLiteral("sysv-queue")}, {1 << 20}, 100, 5));
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(page->isRunning());
            QVERIFY(LabFixture::wait([] { return LabFixture::workers().size() >= 2; }));
            QTest::mouseClick(page->bar()->cancelButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([page] { return !page->isRunning(); }));
            QVERIFY2(page->status().contains(u"Cancelled"), qPrintable(page->status()));
            QVERIFY(page->bar()->runButton()->isEnabled());
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void closingMidwayDoesNotHoldTheWindow()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<LatencyPage>(QStringLiteral("latency"));
            page->configure(options({QStringLiteral("pipe")}, {64}, 100, 5));
            page->start();
            QVERIFY(LabFixture::wait([] { return LabFixture::workers().size() >= 2; }));
            // The thread that runs it is not waited for: it is still there when the page has gone.
            lab.view.reset();
            QVERIFY(LabFixture::wait([&lab] { return lab.context->threads().count() == 0; }));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void aWorkerKilledMidwayIsSaidAndTheRestGoesOn()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<LatencyPage>(QStringLiteral("latency"));
            page->configure(
                options({QStringLiteral("pipe"), QStringLiteral("tcp"), QStringLiteral("posix-queue")}, {64}, 4, 0.3));
            page->start();
            QVERIFY(LabFixture::killAWorker());
            QVERIFY(LabFixture::wait([page] { return !page->isRunning(); }, 120'000));
            QCOMPARE(page->problem(), QString());
            const std::vector<MeasuredJob> jobs = measuredJobs(page->exported());
            int measured = 0;
            for (const MeasuredJob &job : jobs) {
                measured += job.isMeasured();
                if (!job.isMeasured())
                    QVERIFY2(page->notes().contains(job.problem), qPrintable(page->notes()));
            }
            QVERIFY(measured >= 3); // one of four met its end
            QVERIFY(measured < 4);
            QVERIFY2(page->status().contains(u"could not be measured"), qPrintable(page->status()));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void theWindowStaysResponsiveMeanwhile()
    {
        LabFixture lab;
        auto *page = lab.open<LatencyPage>(QStringLiteral("latency"));
        page->configure(options({QStringLiteral("pipe"), QStringLiteral("memfd+spin"), QStringLiteral("dbus")},
                                {64, 65536}, 3, 0.05));
        page->start();
        // Timers go on firing, and the page can be left and come back to, while it measures.
        int turns = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, this, [&turns] { ++turns; });
        timer.start(10);
        lab.view->showUrl(LabView::urlOf(QStringLiteral("message")));
        lab.view->showUrl(LabView::urlOf(QStringLiteral("latency")));
        QCOMPARE(lab.view->current(), page);
        QVERIFY(LabFixture::wait([page] { return !page->isRunning(); }, 120'000));
        QVERIFY(turns > 20);
        QCOMPARE(page->problem(), QString());
    }
};

QTEST_MAIN(LatencyPageTest)
#include "latency_page_test.moc"
