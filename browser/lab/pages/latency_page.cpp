// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/latency_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/curve_chart.h"
#include "browser/lab/charts/percentile_chart.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/measurement.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/lab/pages/latency_choices.h"
#include "browser/widgets/plain_text.h"
#include "ipc/lab/engine/compare.h"
#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/engine/report.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <utility>

namespace bulkhead {

namespace {

/// Bars of a histogram per power of ten: the engine's are finer than a picture can show.
constexpr int BarsPerDecade = 20;
/// Histograms over each other: more cannot be read.
constexpr int MostHistograms = 6;

std::vector<CurveChart::Point> coarse(const std::vector<MeasuredJob::Bar> &bars)
{
    std::map<int, double> counts;
    for (const MeasuredJob::Bar &bar : bars)
        counts[int(std::floor(std::log10(std::max(1.0, bar.from)) * BarsPerDecade))] += bar.count;
    std::vector<CurveChart::Point> points;
    const auto add = [&points](int index, double count) {
        points.push_back({std::pow(10.0, double(index) / BarsPerDecade), count});
    };
    for (auto it = counts.begin(); it != counts.end(); ++it) {
        add(it->first, it->second);
        if (const auto next = std::next(it); next == counts.end() || next->first > it->first + 1)
            add(it->first + 1, 0);
    }
    return points;
}

bool isSlice(const MeasuredJob &job, double size, const QString &placement)
{
    return job.isMeasured() && job.size == size && job.placement == placement;
}

} // namespace

LatencyPage::LatencyPage(LabContext &context, QWidget *parent)
    : LabPage(
          context,
          {QStringLiteral("latency"),
           tr("Latency and throughput"),
           tr("The same messages through different mechanisms, in the same rounds: in each round every mechanism has "
              "its "
              "turn, in another order, so that whatever else the machine does falls on all. Every byte is written by "
              "the sender and checked by the receiver. Choose a mechanism's name to read about it."),
           {},
           {}},
          parent),
      m_choices(new LatencyChoices), m_slice(new QComboBox), m_results(new QWidget), m_tabs(new QTabWidget),
      m_percentiles(new ChartView(std::make_unique<PercentileChart>())),
      m_histogram(new ChartView(std::make_unique<CurveChart>())),
      m_overSize(new ChartView(std::make_unique<CurveChart>())),
      m_throughput(new ChartView(std::make_unique<CurveChart>())),
      m_megabytes(new ChartView(std::make_unique<CurveChart>())), m_table(new FiguresTable), m_notes(new QLabel)
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    column->setSpacing(12);
    column->addWidget(m_choices);

    auto *results = new QVBoxLayout(m_results);
    results->setContentsMargins(0, 0, 0, 0);
    auto *sliceRow = new QHBoxLayout;
    auto *sliceLabel = new QLabel(tr("Sho&w"));
    sliceLabel->setBuddy(m_slice);
    sliceRow->addWidget(sliceLabel);
    sliceRow->addWidget(m_slice);
    sliceRow->addStretch(1);
    results->addLayout(sliceRow);
    m_tabs->setDocumentMode(true);
    m_tabs->setAccessibleName(tr("Charts"));
    for (const auto &[chart, name] : {std::pair(m_percentiles, tr("Percentiles")),
                                      {m_histogram, tr("Histogram")},
                                      {m_overSize, tr("Latency over size")},
                                      {m_throughput, tr("Messages/s")},
                                      {m_megabytes, tr("MB/s")}}) {
        auto *page = new QWidget;
        auto *inner = new QVBoxLayout(page);
        inner->setContentsMargins(0, 12, 0, 0);
        inner->addWidget(chart);
        inner->addStretch(1);
        m_tabs->addTab(page, name);
    }
    results->addWidget(m_tabs);
    m_notes->setWordWrap(true);
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_notes->setAccessibleName(tr("Notes"));
    results->addWidget(m_notes);
    results->addWidget(m_table);
    column->addWidget(m_results);
    column->addStretch(1);
    setBody(body);
    m_results->hide();
    showCard(false);

    connect(m_slice, &QComboBox::currentIndexChanged, this, &LatencyPage::showSlice);
    connect(m_choices, &LatencyChoices::mechanismPicked, this, [this](const QString &name, LatencyChoices::Picked how) {
        card()->setMechanisms({name});
        showCard(how == LatencyChoices::Picked::ByPerson || !card()->shown().isEmpty());
    });
    connect(&context, &LabContext::mechanismsChanged, this, &LatencyPage::fillMechanisms);
    fillMechanisms();
}

LatencyPage::~LatencyPage() = default;

void LatencyPage::fillMechanisms()
{
    m_choices->setMechanisms(context().mechanisms());
    if (context().mechanisms().empty() && !context().problem().isEmpty())
        say(context().problem());
}

void LatencyPage::configure(const QJsonObject &options)
{
    m_choices->configure(options);
}

void LatencyPage::start()
{
    if (isRunning())
        return;
    std::optional<lab::LabRun::Options> chosen = m_choices->options();
    if (!chosen)
        return say(tr("Choose at least one mechanism, one size and one placement."));
    lab::LabRun::Options options = std::move(*chosen);
    options.workerProgram = workerProgram();
    run([this, options, named = m_choices->named()](const lab::Cancel &cancel,
                                                    const LabReporter &reporter) -> Result<void> {
        const lab::LabRun *running = nullptr;
        const auto tell = [&] {
            QJsonObject json = lab::resultsToJson(running->results(), options);
            QJsonObject all = json[QStringLiteral("options")].toObject();
            for (auto it = named.begin(); it != named.end(); ++it)
                all.insert(it.key(), *it);
            json.insert(QStringLiteral("options"), all);
            reporter.post([this, json] { show(json); });
        };
        lab::LabRun lab(options, cancel, [&](const lab::LabRun::Progress &progress) {
            reporter.progress(progress.done, progress.total, QString::fromStdString(progress.text));
            const int perRound = progress.total / std::max(1, options.rounds);
            if (progress.done > 0 && perRound > 0 && progress.done % perRound == 0)
                tell(); // what the rounds so far gave
        });
        running = &lab;
        const Result<void> done = lab.run();
        if (done)
            tell();
        return done;
    });
}

void LatencyPage::onFinished(const Result<void> &result)
{
    if (!result)
        return;
    const std::vector<MeasuredJob> jobs = measuredJobs(m_result);
    const auto failed =
        std::count_if(jobs.begin(), jobs.end(), [](const MeasuredJob &job) { return !job.isMeasured(); });
    double checked = 0, wrong = 0;
    for (const MeasuredJob &job : jobs) {
        checked += job.checked;
        wrong += job.wrong;
    }
    QString sentence = tr("Done: %1 messages, every byte of them checked.").arg(figureNumber(checked));
    if (wrong > 0)
        sentence = tr("Done, but %1 messages arrived changed.").arg(figureNumber(wrong));
    if (failed > 0)
        sentence += u' ' + tr("%1 could not be measured; the notes say why.").arg(failed);
    say(sentence);
}

bool LatencyPage::restore(const QJsonObject &result)
{
    if (!result[QStringLiteral("format")].toString().startsWith(u"bulkhead-lab "))
        return false;
    show(result);
    announceChange();
    return true;
}

void LatencyPage::show(const QJsonObject &result)
{
    m_result = result;
    const std::vector<MeasuredJob> jobs = measuredJobs(result);
    const QString before = m_slice->currentText();
    {
        const QSignalBlocker quiet(m_slice);
        m_slice->clear();
        for (const MeasuredJob &job : jobs) {
            const QString text = tr("%1, placement %2").arg(axisSize(job.size), job.placement);
            if (m_slice->findText(text) < 0)
                m_slice->addItem(text, QVariantList{job.size, job.placement});
        }
        m_slice->setCurrentIndex(std::max(0, m_slice->findText(before)));
    }
    plain::setText(m_notes, OutsideText(measurementNotes(jobs).join(u'\n'), OutsideText::Lines::Many));
    m_notes->setVisible(!m_notes->text().isEmpty());
    m_table->setRows(measurementTable(jobs));
    const bool first = m_results->isHidden();
    m_results->show();
    showSlice();
    if (first) // when they have their place
        QTimer::singleShot(0, this, [this] {
            for (QWidget *parent = m_results->parentWidget(); parent; parent = parent->parentWidget()) {
                if (auto *area = qobject_cast<QScrollArea *>(parent)) {
                    area->verticalScrollBar()->setValue(m_results->y());
                    return;
                }
            }
        });
}

void LatencyPage::showSlice()
{
    const std::vector<MeasuredJob> jobs = measuredJobs(m_result);
    const QVariantList slice = m_slice->currentData().toList();
    const double size = slice.value(0).toDouble();
    const QString placement = slice.value(1).toString();

    QStringList names; // a series keeps its look in all charts
    for (const MeasuredJob &job : jobs) {
        if (!names.contains(job.name()))
            names << job.name();
    }
    const auto seriesOf = [&](const MeasuredJob &job) { return int(names.indexOf(job.name())); };

    auto percentiles = std::make_unique<PercentileChart>();
    percentiles->title = tr("Round trip of %1, placement %2").arg(axisSize(size), placement);
    auto histogram = std::make_unique<CurveChart>();
    histogram->title = tr("How often a round trip of %1 took how long").arg(axisSize(size));
    histogram->marks = CurveChart::Marks::No;
    histogram->xUnit = CurveChart::Unit::Time;
    histogram->yUnit = CurveChart::Unit::Count;
    histogram->xTitle = tr("round trip");
    histogram->yTitle = tr("round trips");
    std::vector<const MeasuredJob *> shown;
    for (const MeasuredJob &job : jobs) {
        if (isSlice(job, size, placement) && job.count > 0)
            shown.push_back(&job);
    }
    std::stable_sort(shown.begin(), shown.end(), [](const auto *a, const auto *b) { return a->p50 < b->p50; });
    for (const MeasuredJob *job : shown) {
        const QString note = job->isLimited() ? tr("at %1").arg(axisSize(job->actualSize)) : QString();
        percentiles->rows.push_back({job->name(), job->p50, job->p90, job->p99, job->p999, note, seriesOf(*job)});
        if (int(histogram->lines.size()) < MostHistograms && job->mechanism != u"null")
            histogram->lines.push_back({job->name(), seriesOf(*job), coarse(job->histogram)});
    }
    m_percentiles->setChart(std::move(percentiles));
    m_histogram->setChart(std::move(histogram));

    struct Figure
    {
        ChartView *view;
        QString title, y;
        CurveChart::Unit unit;
        double (*of)(const MeasuredJob &);
    };
    const Figure figures[] = {
        {m_overSize, tr("Median round trip over message size, placement %1").arg(placement), tr("round trip"),
         CurveChart::Unit::Time, [](const MeasuredJob &job) { return job.p50; }},
        {m_throughput, tr("Messages per second, one way, placement %1").arg(placement), tr("messages/s"),
         CurveChart::Unit::Rate, [](const MeasuredJob &job) { return job.messages; }},
        {m_megabytes, tr("Megabytes per second, one way, placement %1").arg(placement), tr("MB/s"),
         CurveChart::Unit::Rate, [](const MeasuredJob &job) { return job.megabytes; }},
    };
    for (const Figure &figure : figures) {
        auto chart = std::make_unique<CurveChart>();
        chart->title = figure.title;
        chart->yUnit = figure.unit;
        chart->xTitle = tr("message size (×: only as much as the mechanism takes at once)");
        chart->yTitle = figure.y;
        for (const QString &name : std::as_const(names)) {
            CurveChart::Line line{name, int(names.indexOf(name)), {}};
            for (const MeasuredJob &job : jobs) {
                if (job.isMeasured() && job.name() == name && job.placement == placement)
                    line.points.push_back({job.size, figure.of(job), job.isLimited()});
            }
            std::sort(line.points.begin(), line.points.end(), [](const auto &a, const auto &b) { return a.x < b.x; });
            if (!line.points.empty())
                chart->lines.push_back(std::move(line));
        }
        figure.view->setChart(std::move(chart));
    }
}

QString LatencyPage::notes() const
{
    return m_notes->text();
}

QList<const LabChart *> LatencyPage::charts() const
{
    if (m_result.isEmpty())
        return {};
    return {&m_percentiles->chart(), &m_histogram->chart(), &m_overSize->chart(), &m_throughput->chart(),
            &m_megabytes->chart()};
}

QList<LabTable> LatencyPage::tables() const
{
    if (m_result.isEmpty())
        return {};
    return {{tr("Figures; what is per message counts both processes"), measurementTable(measuredJobs(m_result))}};
}

QByteArray LatencyPage::csv() const
{
    return measurementCsv(measuredJobs(m_result));
}

QStringList LatencyPage::lessons() const
{
    return measurementNotes(measuredJobs(m_result));
}

QList<QStringList> LatencyPage::comparedWith(const QJsonObject &before) const
{
    QList<QStringList> rows{{tr("Job"), tr("Median before"), tr("Median now"), tr("Now : before"), tr("Verdict")}};
    const Result<std::vector<lab::Comparison>> comparisons = lab::compare(before, m_result);
    if (!comparisons)
        return rows;
    for (const lab::Comparison &comparison : *comparisons) {
        rows.append({comparison.job, figureTime(comparison.before), figureTime(comparison.after),
                     comparison.before > 0 ? figureNumber(comparison.after / comparison.before) : QString(),
                     comparison.verdict == lab::Comparison::Verdict::Same     ? tr("same: the rounds overlap")
                     : comparison.verdict == lab::Comparison::Verdict::Faster ? tr("faster in every round")
                                                                              : tr("slower in every round")});
    }
    return rows;
}

} // namespace bulkhead
