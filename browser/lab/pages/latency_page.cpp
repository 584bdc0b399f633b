// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/latency_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/curve_chart.h"
#include "browser/lab/charts/percentile_chart.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/flow_layout.h"
#include "browser/lab/kit/measurement.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/widgets/plain_text.h"
#include "ipc/lab/engine/compare.h"
#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/engine/report.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QJsonArray>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTabWidget>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <map>

namespace bulkhead {

namespace {

constexpr double Sizes[] = {1,        16,       64,        256,     1 << 10, 4 << 10,
                            16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20};
/// One of each kind, and both baselines.
constexpr const char *FirstChoice[] = {"null",       "memcpy",         "pipe",        "unix-stream",
                                       "tcp",        "sysv-queue",     "posix-queue", "posix-shm+futex",
                                       "memfd+spin", "bulkhead-frames"};
/// Bars of a histogram per power of ten: the engine's are finer than a picture can show.
constexpr int BarsPerDecade = 20;
/// Histograms over each other: more cannot be read.
constexpr int MostHistograms = 6;

QToolButton *choice(const QString &text, const char *property, const QVariant &value, QWidget *parent)
{
    auto *button = new QToolButton(parent);
    button->setText(text);
    button->setCheckable(true);
    button->setProperty(property, value);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

QWidget *row(const std::vector<QToolButton *> &buttons)
{
    auto *widget = new QWidget;
    auto *layout = new FlowLayout(widget);
    for (QToolButton *button : buttons)
        layout->addWidget(button);
    return widget;
}

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
      m_mechanisms(new QListWidget), m_wait(new QComboBox), m_rounds(new QSpinBox), m_seconds(new QDoubleSpinBox),
      m_estimate(new QLabel), m_slice(new QComboBox), m_results(new QWidget), m_tabs(new QTabWidget),
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
    column->addWidget(makeControls());

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
    connect(&context, &LabContext::mechanismsChanged, this, &LatencyPage::fillMechanisms);
    fillMechanisms();
}

LatencyPage::~LatencyPage() = default;

QWidget *LatencyPage::makeControls()
{
    auto *controls = new QWidget;
    auto *form = new QFormLayout(controls);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    addMechanisms(*form);
    addSlices(*form);
    addWaiting(*form);
    for (const auto *group : {&m_sizes, &m_placements}) {
        for (QToolButton *button : *group)
            connect(button, &QToolButton::toggled, this, &LatencyPage::estimate);
    }
    connect(m_rounds, &QSpinBox::valueChanged, this, &LatencyPage::estimate);
    connect(m_seconds, &QDoubleSpinBox::valueChanged, this, &LatencyPage::estimate);
    connect(m_mechanisms, &QListWidget::itemChanged, this, &LatencyPage::estimate);
    return controls;
}

void LatencyPage::addMechanisms(QFormLayout &form)
{
    m_mechanisms->setAccessibleName(tr("Mechanisms"));
    m_mechanisms->setFlow(QListView::LeftToRight);
    m_mechanisms->setWrapping(true);
    m_mechanisms->setResizeMode(QListView::Adjust);
    m_mechanisms->setUniformItemSizes(true);
    m_mechanisms->setSelectionMode(QAbstractItemView::SingleSelection);
    m_mechanisms->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_mechanisms->installEventFilter(this);
    auto *mechanismsLabel = new QLabel(tr("&Mechanisms"));
    mechanismsLabel->setBuddy(m_mechanisms);
    form.addRow(mechanismsLabel, m_mechanisms);
    auto *quick = new QWidget;
    auto *quickRow = new QHBoxLayout(quick);
    quickRow->setContentsMargins(0, 0, 0, 0);
    const auto checkAll = [this](auto wanted) {
        for (int i = 0; i < m_mechanisms->count(); ++i)
            m_mechanisms->item(i)->setCheckState(wanted(m_mechanisms->item(i)->text()) ? Qt::Checked : Qt::Unchecked);
    };
    auto *all = new QPushButton(tr("&All")), *kinds = new QPushButton(tr("One of each &kind")),
         *none = new QPushButton(tr("&None"));
    connect(all, &QPushButton::clicked, this, [checkAll] { checkAll([](const QString &) { return true; }); });
    connect(none, &QPushButton::clicked, this, [checkAll] { checkAll([](const QString &) { return false; }); });
    connect(kinds, &QPushButton::clicked, this, [checkAll] {
        checkAll([](const QString &name) {
            return std::any_of(std::begin(FirstChoice), std::end(FirstChoice),
                               [&](const char *first) { return name == QLatin1String(first); });
        });
    });
    for (QPushButton *button : {all, kinds, none})
        quickRow->addWidget(button);
    quickRow->addStretch(1);
    form.addRow(QString(), quick);
    connect(m_mechanisms, &QListWidget::currentTextChanged, this, [this](const QString &name) {
        if (name.isEmpty())
            return;
        card()->setMechanisms({name});
        showCard(m_mechanisms->hasFocus() || !card()->shown().isEmpty());
    });
}

void LatencyPage::addSlices(QFormLayout &form)
{
    for (const double size : Sizes) {
        m_sizes.push_back(choice(axisSize(size), "bytes", size, this));
        m_sizes.back()->setChecked(size == 64 || size == 4096);
    }
    form.addRow(tr("Message sizes"), row(m_sizes));
    for (const auto &[name, text] : {std::pair(QStringLiteral("free"), tr("wherever the scheduler likes")),
                                     {QStringLiteral("same"), tr("on the same core")},
                                     {QStringLiteral("cross"), tr("on two cores")}})
        m_placements.push_back(choice(text, "name", name, this));
    m_placements.front()->setChecked(true);
    form.addRow(tr("Both processes"), row(m_placements));
}

void LatencyPage::addWaiting(QFormLayout &form)
{
    m_wait->addItem(tr("as each mechanism usually does"), QStringLiteral("usual"));
    m_wait->addItem(tr("all blocking in the call"), QStringLiteral("blocking"));
    m_wait->addItem(tr("all with EAGAIN and poll()"), QStringLiteral("nonblocking"));
    m_wait->addItem(tr("all polling without a pause"), QStringLiteral("polling"));
    auto *more = new QHBoxLayout;
    m_rounds->setRange(1, 100);
    m_rounds->setValue(5);
    m_rounds->setAccessibleName(tr("Rounds"));
    m_seconds->setRange(0.01, 10);
    m_seconds->setSingleStep(0.05);
    m_seconds->setValue(0.1);
    m_seconds->setSuffix(tr(" s"));
    m_seconds->setAccessibleName(tr("Seconds per measurement"));
    m_estimate->setWordWrap(true);
    more->addWidget(m_wait);
    more->addSpacing(12);
    more->addWidget(m_rounds);
    more->addWidget(new QLabel(tr("rounds of")));
    more->addWidget(m_seconds);
    more->addStretch(1);
    auto *waitLabel = new QLabel(tr("Wa&iting"));
    waitLabel->setBuddy(m_wait);
    form.addRow(waitLabel, more);
    form.addRow(QString(), m_estimate);
}

void LatencyPage::fillMechanisms()
{
    const std::vector<wire::LabMechanism> &known = context().mechanisms();
    if (known.empty()) {
        if (!context().problem().isEmpty())
            say(context().problem());
        return;
    }
    if (m_mechanisms->count() > 0)
        return;
    int widest = 0;
    for (const wire::LabMechanism &mechanism : known) {
        const QString name = QString::fromStdString(mechanism.name());
        auto *item = new QListWidgetItem(name, m_mechanisms);
        const bool first = std::any_of(std::begin(FirstChoice), std::end(FirstChoice),
                                       [&](const char *choice) { return name == QLatin1String(choice); });
        item->setFlags(item->flags() | Qt::ItemIsUserCheckable);
        item->setCheckState((m_wanted.isEmpty() ? first : m_wanted.contains(name)) ? Qt::Checked : Qt::Unchecked);
        item->setToolTip(toolTipText(OutsideText(
            QString::fromStdString(mechanism.unavailable().empty() ? mechanism.title() : mechanism.unavailable()))));
        widest = std::max(widest, m_mechanisms->fontMetrics().horizontalAdvance(name));
    }
    m_mechanisms->setGridSize(
        QSize(widest + 3 * m_mechanisms->fontMetrics().height(), m_mechanisms->fontMetrics().height() + 8));
    fitMechanisms();
    estimate();
}

/// As high as what is in it, in as many columns as fit.
void LatencyPage::fitMechanisms()
{
    const QSize grid = m_mechanisms->gridSize();
    if (grid.width() <= 0)
        return;
    const int columns = std::max(1, (m_mechanisms->width() - 4) / grid.width());
    m_mechanisms->setFixedHeight((m_mechanisms->count() + columns - 1) / columns * grid.height() + 6);
}

bool LatencyPage::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_mechanisms && event->type() == QEvent::Resize)
        fitMechanisms();
    return LabPage::eventFilter(object, event);
}

QStringList LatencyPage::chosenMechanisms() const
{
    QStringList names;
    for (int i = 0; i < m_mechanisms->count(); ++i) {
        if (m_mechanisms->item(i)->checkState() == Qt::Checked)
            names << m_mechanisms->item(i)->text();
    }
    return m_mechanisms->count() == 0 ? m_wanted : names;
}

void LatencyPage::configure(const QJsonObject &options)
{
    if (const QJsonValue names = options[QStringLiteral("mechanisms")]; names.isArray()) {
        m_wanted.clear();
        for (const QJsonValue &name : names.toArray())
            m_wanted << name.toString();
        for (int i = 0; i < m_mechanisms->count(); ++i)
            m_mechanisms->item(i)->setCheckState(m_wanted.contains(m_mechanisms->item(i)->text()) ? Qt::Checked
                                                                                                  : Qt::Unchecked);
    }
    if (const QJsonValue sizes = options[QStringLiteral("sizes")]; sizes.isArray()) {
        for (QToolButton *button : m_sizes)
            button->setChecked(sizes.toArray().contains(button->property("bytes").toDouble()));
    }
    if (const QJsonValue placements = options[QStringLiteral("placements")]; placements.isArray()) {
        for (QToolButton *button : m_placements)
            button->setChecked(placements.toArray().contains(button->property("name").toString()));
    }
    if (options.contains(QStringLiteral("wait")))
        m_wait->setCurrentIndex(std::max(0, m_wait->findData(options[QStringLiteral("wait")].toString())));
    m_rounds->setValue(options[QStringLiteral("rounds")].toInt(m_rounds->value()));
    m_seconds->setValue(options[QStringLiteral("seconds")].toDouble(m_seconds->value()));
}

QJsonObject LatencyPage::chosenOptions() const
{
    QJsonArray sizes, placements;
    for (const QToolButton *button : m_sizes) {
        if (button->isChecked())
            sizes.append(button->property("bytes").toDouble());
    }
    for (const QToolButton *button : m_placements) {
        if (button->isChecked())
            placements.append(button->property("name").toString());
    }
    return {{QStringLiteral("mechanisms"), QJsonArray::fromStringList(chosenMechanisms())},
            {QStringLiteral("sizes"), sizes},
            {QStringLiteral("placements"), placements},
            {QStringLiteral("wait"), m_wait->currentData().toString()}};
}

void LatencyPage::estimate()
{
    const auto checked = [](const std::vector<QToolButton *> &buttons) {
        return std::count_if(buttons.begin(), buttons.end(), [](const QToolButton *b) { return b->isChecked(); });
    };
    const auto jobs = chosenMechanisms().size() * checked(m_sizes) * checked(m_placements);
    // Round trips, streaming, and what comes before and between.
    const double seconds = double(jobs) * m_rounds->value() * (2.3 * m_seconds->value() + 0.05);
    plain::setText(m_estimate,
                   OutsideText(jobs == 0 ? tr("Choose at least one mechanism, one size and one placement.")
                                         : tr("%1 measurements, about %2.")
                                               .arg(jobs * m_rounds->value())
                                               .arg(seconds < 90 ? tr("%1 s").arg(std::ceil(seconds))
                                                                 : tr("%1 min").arg(std::ceil(seconds / 60)))));
}

void LatencyPage::start()
{
    if (isRunning())
        return;
    lab::LabRun::Options options;
    options.sizes.clear();
    options.placements.clear();
    for (const QString &name : chosenMechanisms())
        options.mechanisms.push_back(name.toStdString());
    for (const QToolButton *button : m_sizes) {
        if (button->isChecked())
            options.sizes.push_back(std::size_t(button->property("bytes").toDouble()));
    }
    for (const QToolButton *button : m_placements) {
        if (button->isChecked())
            options.placements.push_back(*lab::placementFromName(button->property("name").toString().toStdString()));
    }
    if (options.mechanisms.empty() || options.sizes.empty() || options.placements.empty())
        return say(tr("Choose at least one mechanism, one size and one placement."));
    options.wait = lab::waitFromName(m_wait->currentData().toString().toStdString());
    options.rounds = m_rounds->value();
    options.seconds = m_seconds->value();
    options.workerProgram = workerProgram();
    run([this, options, chosen = chosenOptions()](const lab::Cancel &cancel,
                                                  const LabReporter &reporter) -> Result<void> {
        const lab::LabRun *running = nullptr;
        const auto tell = [&] {
            QJsonObject json = lab::resultsToJson(running->results(), options);
            QJsonObject all = json[QStringLiteral("options")].toObject();
            for (auto it = chosen.begin(); it != chosen.end(); ++it)
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
