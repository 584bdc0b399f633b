// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/frames_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/percentile_chart.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/flow_layout.h"
#include "browser/lab/kit/frame_grid.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/widgets/plain_text.h"
#include "ipc/lab/animation/frame_animation.h"
#include "ipc/lab/engine/frame_report.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCoreApplication>
#include <QJsonArray>
#include <QMenu>
#include <QToolButton>
#include <QVBoxLayout>
#include <QWidgetAction>

#include <algorithm>
#include <cerrno>

namespace bulkhead {

namespace {

/// A picture for panes through which nothing has come yet: the ship is in the middle, the beam visible.
constexpr std::uint64_t StillNumber = 330;
constexpr QSize StillSize(960, 540);

QComboBox *combo(const QString &name)
{
    auto *combo = new QComboBox;
    plain::setAccessibleName(combo, OutsideText(name));
    plain::setToolTip(combo, OutsideText(name));
    return combo;
}

void select(QComboBox *combo, const QVariant &data, const QString &text)
{
    int index = combo->findData(data);
    if (index < 0) {
        combo->addItem(text, data);
        index = combo->count() - 1;
    }
    combo->setCurrentIndex(index);
}

bool hasFrames(const std::vector<lab::FrameLaneResult> &lanes)
{
    return std::any_of(lanes.begin(), lanes.end(), [](const auto &lane) { return lane.total.frames > 0; });
}

} // namespace

FramesPage::FramesPage(LabContext &context, QWidget *parent)
    : LabPage(context,
              {QStringLiteral("frames"),
               tr("Frames side by side"),
               tr("One process paints, another receives, in every pane: the same animation at the same time, through "
                  "another "
                  "transport each. Choose a pane to see where its pictures live and how they are sent."),
               tr("&Run"),
               {}},
              parent),
      m_grid(new FrameGrid), m_times(new ChartView(std::make_unique<PercentileChart>())),
      m_work(new ChartView(std::make_unique<BarsChart>())), m_table(new FiguresTable), m_details(new QWidget)
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 0, 0, 12);
    column->setSpacing(10);
    column->addWidget(makeControls());
    column->addWidget(m_grid);
    auto *details = new QVBoxLayout(m_details);
    details->setContentsMargins(8, 8, 8, 0);
    details->setSpacing(16);
    details->addWidget(m_times);
    details->addWidget(m_work);
    details->addWidget(m_table);
    column->addWidget(m_details);
    column->addStretch(1);
    setBody(body);
    m_details->hide();
    showCard(false);

    connect(m_grid, &FrameGrid::selectedChanged, this, &FramesPage::showMechanism);
    connect(&context, &LabContext::calmChanged, this, [this] { m_grid->setCalm(this->context().isCalm()); });
    m_grid->setCalm(context.isCalm());
    showChosen();
    makeStill();
}

FramesPage::~FramesPage() = default;

QWidget *FramesPage::makeControls()
{
    m_size = combo(tr("Size of the pictures"));
    for (const QSize size :
         {QSize(640, 360), QSize(1280, 720), QSize(1920, 1080), QSize(2560, 1440), QSize(3840, 2160)})
        m_size->addItem(tr("%1 × %2").arg(size.width()).arg(size.height()), size);
    m_rate = combo(tr("Frames per second that are painted"));
    for (const int rate : {60, 30, 120})
        m_rate->addItem(tr("%1 frames/s").arg(rate), rate);
    m_rate->addItem(tr("As fast as they go"), 0);
    m_seconds = combo(tr("How long"));
    for (const int seconds : {5, 20, 60})
        m_seconds->addItem(tr("%1 seconds").arg(seconds), double(seconds));
    m_seconds->addItem(tr("Until cancelled"), 0.0);
    m_seconds->setCurrentIndex(1);

    m_transports = new QToolButton;
    m_transports->setPopupMode(QToolButton::InstantPopup);
    m_transports->setFocusPolicy(Qt::TabFocus);
    auto *menu = new QMenu(m_transports);
    auto *list = new QWidget;
    auto *column = new QVBoxLayout(list);
    column->setContentsMargins(12, 8, 16, 8);
    for (const lab::FrameTransport &transport : lab::frameTransports()) {
        auto *choice = new QCheckBox(QCoreApplication::translate("LabFrames", transport.title));
        choice->setChecked(transport.isUsual);
        connect(choice, &QCheckBox::toggled, this, &FramesPage::showChosen);
        column->addWidget(choice);
        m_choices.push_back(choice);
    }
    auto *action = new QWidgetAction(menu);
    action->setDefaultWidget(list);
    menu->addAction(action);
    m_transports->setMenu(menu);

    auto *controls = new QWidget;
    auto *row = new FlowLayout(controls);
    row->setContentsMargins(8, 0, 8, 0);
    row->setSpacing(8);
    for (QWidget *control : std::initializer_list<QWidget *>{m_transports, m_size, m_rate, m_seconds})
        row->addWidget(control);
    return controls;
}

/// Painting takes some milliseconds, so it does not happen on this thread.
void FramesPage::makeStill()
{
    m_still = std::make_unique<LabTask>(context().threads(),
                                        [this](const lab::Cancel &, const LabReporter &reporter) -> Result<void> {
                                            QImage picture(StillSize, QImage::Format_ARGB32_Premultiplied);
                                            lab::FrameAnimation(StillSize).paint(StillNumber, picture.bits());
                                            reporter.post([this, picture] { m_grid->setStill(picture); });
                                            return {};
                                        });
}

QStringList FramesPage::chosen() const
{
    QStringList names;
    const auto &all = lab::frameTransports();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (m_choices[i]->isChecked())
            names << QString::fromLatin1(all[i].name);
    }
    return names;
}

/// Panes without figures for what would run now.
void FramesPage::showChosen()
{
    const QStringList names = chosen();
    plain::setText(m_transports,
                   OutsideText(names.size() == 1 ? tr("1 transport") : tr("%1 transports").arg(names.size())));
    m_transports->setToolTip(tr("Which transports"));
    if (isRunning())
        return;
    QJsonArray lanes;
    for (const QString &name : names) {
        const lab::FrameTransport *transport = lab::findFrameTransport(name.toStdString());
        lanes.append(QJsonObject{{QStringLiteral("transport"), name},
                                 {QStringLiteral("title"), QString::fromLatin1(transport->title)},
                                 {QStringLiteral("state"), QStringLiteral("waiting")},
                                 {QStringLiteral("pieces"), 1}});
    }
    m_grid->setResult({{QStringLiteral("lanes"), lanes}, {QStringLiteral("rate"), m_rate->currentData().toInt()}});
    m_details->hide();
}

void FramesPage::showMechanism()
{
    const int pane = m_grid->selected();
    showCard(pane >= 0);
    if (pane < 0)
        return;
    const QString name = m_grid->chart().panes[std::size_t(pane)].transport;
    if (const lab::FrameTransport *transport = lab::findFrameTransport(name.toStdString()))
        card()->setMechanisms({QString::fromLatin1(transport->mechanism)});
}

void FramesPage::configure(const QJsonObject &options)
{
    if (options.contains(QStringLiteral("transports"))) {
        const QJsonArray wanted = options[QStringLiteral("transports")].toArray();
        const auto &all = lab::frameTransports();
        for (std::size_t i = 0; i < all.size(); ++i)
            m_choices[i]->setChecked(wanted.contains(QString::fromLatin1(all[i].name)));
    }
    if (options.contains(QStringLiteral("width")) && options.contains(QStringLiteral("height"))) {
        const QSize size(options[QStringLiteral("width")].toInt(), options[QStringLiteral("height")].toInt());
        select(m_size, size, tr("%1 × %2").arg(size.width()).arg(size.height()));
    }
    if (options.contains(QStringLiteral("rate"))) {
        const int rate = options[QStringLiteral("rate")].toInt();
        select(m_rate, rate, tr("%1 frames/s").arg(rate));
    }
    if (options.contains(QStringLiteral("seconds"))) {
        const double seconds = options[QStringLiteral("seconds")].toDouble();
        select(m_seconds, seconds, tr("%1 seconds").arg(seconds));
    }
    if (options.contains(QStringLiteral("calls")))
        m_countsCalls = options[QStringLiteral("calls")].toBool();
}

lab::FrameRun::Options FramesPage::options() const
{
    lab::FrameRun::Options options;
    for (const QString &name : chosen())
        options.transports.push_back(name.toStdString());
    const QSize size = m_size->currentData().toSize();
    options.width = size.width();
    options.height = size.height();
    options.rate = unsigned(std::clamp(m_rate->currentData().toInt(), 0, 1000));
    options.seconds = std::clamp(m_seconds->currentData().toDouble(), 0.0, 3600.0);
    const QSize display = m_grid->pictureSize();
    options.displayWidth = display.width();
    options.displayHeight = display.height();
    options.calls = m_countsCalls ? lab::FrameRun::Options::Calls::Count : lab::FrameRun::Options::Calls::Ignore;
    options.workerProgram = workerProgram();
    return options;
}

QJsonObject FramesPage::optionsJson() const
{
    QJsonArray transports;
    for (const std::string &name : m_options.transports)
        transports.append(QString::fromStdString(name));
    return {{QStringLiteral("transports"), transports},
            {QStringLiteral("width"), m_options.width},
            {QStringLiteral("height"), m_options.height},
            {QStringLiteral("rate"), int(m_options.rate)},
            {QStringLiteral("seconds"), m_options.seconds},
            {QStringLiteral("calls"), m_options.calls == lab::FrameRun::Options::Calls::Count}};
}

void FramesPage::start()
{
    if (isRunning())
        return;
    if (chosen().isEmpty())
        return say(tr("Choose at least one transport."));
    showChosen();
    m_options = options();
    m_result = {};
    m_lanes.clear();
    m_grid->freeze();
    run([this, options = m_options](const lab::Cancel &cancel, const LabReporter &reporter) -> Result<void> {
        const lab::FrameRun *current = nullptr;
        lab::FrameRun::Observer observer;
        int prepared = 0;
        const int total = int(options.transports.size());
        observer.preparing = [&](const std::string &what) {
            reporter.progress(prepared++, total * 2, QString::fromStdString(what));
        };
        observer.showing = [this, &reporter](std::size_t lane, const std::shared_ptr<lab::FrameView> &view) {
            reporter.post([this, lane, view] { m_grid->setView(int(lane), view); });
        };
        observer.measured = [&] {
            const std::vector<lab::FrameLaneResult> lanes = current->lanes();
            reporter.post([this, lanes, seconds = current->seconds()] { hear(lanes, seconds); });
            if (options.seconds > 0 && current->seconds() > 0)
                reporter.progress(int(current->seconds() * 10), int(options.seconds * 10), tr("Running."));
            else if (current->seconds() > 0 &&
                     hasFrames(lanes)) // the first may come later than the measured time begins
                reporter.progress(
                    0, 0, tr("Running for %1 s; cancel it when you have seen enough.").arg(int(current->seconds())));
        };
        lab::FrameRun run(options, cancel, observer);
        current = &run;
        const Result<void> done = run.run();
        const bool isEnough = !done && done.error().number == ECANCELED && options.seconds == 0 && run.seconds() > 0;
        return isEnough ? Result<void>() : done;
    });
}

void FramesPage::hear(const std::vector<lab::FrameLaneResult> &lanes, double seconds)
{
    m_lanes = lanes;
    std::vector<lab::FrameLaneResult> now = lanes;
    for (lab::FrameLaneResult &lane : now) {
        if (lane.state == lab::FrameLaneState::Running)
            lane.total = lane.recent;
        if (seconds == 0)
            lane.total = {}; // still warming up
        lane.total.missed = lane.recent.missed;
    }
    m_grid->setResult(lab::framesToJson(now, m_options));
}

qint64 FramesPage::painterOf(int pane) const
{
    return pane >= 0 && pane < int(m_lanes.size()) ? m_lanes[std::size_t(pane)].painter : 0;
}

void FramesPage::onFinished(const Result<void> &result)
{
    m_grid->freeze();
    if (!hasFrames(m_lanes))
        return;
    m_result = lab::framesToJson(m_lanes, m_options);
    m_result[QStringLiteral("options")] = optionsJson();
    show(m_result);
    if (result) {
        const QStringList said = lessons();
        say(said.isEmpty() ? tr("Done.") : said.first());
    }
}

void FramesPage::show(const QJsonObject &result)
{
    m_grid->setResult(result);
    auto times = std::make_unique<PercentileChart>();
    times->title = tr("From a painted picture to one that is there");
    auto work = std::make_unique<BarsChart>();
    work->title = tr("Processor time per frame, both processes, without painting and showing");
    work->nameTitle = tr("Transport");
    work->valueTitle = tr("CPU per frame");
    int series = 0;
    for (const FramesChart::Pane &pane : m_grid->chart().panes) {
        if (pane.isMeasured) {
            PercentileChart::Row row;
            row.name = pane.title;
            row.p50 = pane.median;
            row.p99 = pane.most;
            row.series = series;
            times->rows.push_back(row);
            work->bars.push_back({pane.title, pane.processorTime, figureTime(pane.processorTime), series});
        }
        ++series;
    }
    m_times->setChart(std::move(times));
    m_work->setChart(std::move(work));
    m_table->setRows(m_grid->chart().table());
    m_details->show();
}

bool FramesPage::restore(const QJsonObject &result)
{
    if (isRunning() || result[QStringLiteral("lanes")].toArray().isEmpty())
        return false;
    configure(result[QStringLiteral("options")].toObject());
    m_result = result;
    show(result);
    announceChange();
    return true;
}

QList<const LabChart *> FramesPage::charts() const
{
    if (m_result.isEmpty())
        return {};
    return {&m_grid->chart(), &m_times->chart(), &m_work->chart()};
}

QList<LabTable> FramesPage::tables() const
{
    return {{tr("Frames side by side"), m_grid->chart().table()}};
}

QStringList FramesPage::lessons() const
{
    if (m_result.isEmpty())
        return {};
    const FramesChart::Pane *least = nullptr, *most = nullptr;
    QStringList full;
    const double rate = m_result[QStringLiteral("rate")].toDouble();
    for (const FramesChart::Pane &pane : m_grid->chart().panes) {
        if (!pane.isMeasured)
            continue;
        if (!least || pane.processorTime < least->processorTime)
            least = &pane;
        if (!most || pane.processorTime > most->processorTime)
            most = &pane;
        if (rate > 0 && pane.framesPerSecond >= rate * 0.98)
            full << pane.title;
    }
    if (!least || least == most)
        return {};
    QStringList lessons{
        tr("A frame costs the least with “%1” (%2 of processor time) and %3 times as much with “%4” (%5).")
            .arg(least->title, figureTime(least->processorTime),
                 figureNumber(most->processorTime / std::max(1.0, least->processorTime)), most->title,
                 figureTime(most->processorTime))};
    if (rate > 0)
        lessons
            << (full.isEmpty()
                    ? tr("None reached %1 frames per second here.").arg(rate)
                    : tr("%1 frames per second were reached by: %2.").arg(rate).arg(full.join(QStringLiteral(", "))));
    return lessons;
}

QList<QStringList> FramesPage::comparedWith(const QJsonObject &before) const
{
    QList<QStringList> rows{{tr("Transport"), tr("Frames/s before"), tr("Now"), tr("Per frame before"), tr("Now"),
                             tr("CPU before"), tr("Now")}};
    FramesChart then;
    then.setResult(before);
    for (const FramesChart::Pane &now : m_grid->chart().panes) {
        const auto old = std::find_if(then.panes.begin(), then.panes.end(),
                                      [&](const auto &pane) { return pane.transport == now.transport; });
        if (old == then.panes.end() || !old->isMeasured || !now.isMeasured)
            continue;
        rows.append({now.title, figureNumber(old->framesPerSecond), figureNumber(now.framesPerSecond),
                     figureTime(old->median), figureTime(now.median), figureTime(old->processorTime),
                     figureTime(now.processorTime)});
    }
    return rows;
}

} // namespace bulkhead
