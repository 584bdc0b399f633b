// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/race_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/matrix_chart.h"
#include "browser/lab/charts/race_chart.h"
#include "browser/lab/kit/flow_layout.h"
#include "browser/lab/kit/mechanism_card.h"

#include <QLabel>
#include <QSpinBox>
#include <QTimerEvent>
#include <QVBoxLayout>

namespace bulkhead {

namespace {

constexpr int LookEvery = 60; // milliseconds

QString nameOf(const QString &way)
{
    return way == u"none" ? RacePage::tr("not at all") : way;
}

} // namespace

RacePage::RacePage(LabContext &context, QWidget *parent)
    : StudyPage(
          context,
          {QStringLiteral("race"), tr("Race"),
           tr("Processes add to the same number in shared memory, all at once: read, add one, write. Between reading "
              "and "
              "writing another may do the same, and its addition is lost. Every way to synchronise prevents that, at a "
              "price."),
           tr("&Race"), QStringLiteral("13-race")},
          parent),
      m_processes(new QSpinBox), m_additions(new QSpinBox), m_race(new ChartView(std::make_unique<RaceChart>())),
      m_memory(new ChartView(std::make_unique<MatrixChart>()))
{
    m_processes->setRange(2, 16);
    m_processes->setValue(4);
    m_additions->setRange(100, 1'000'000);
    m_additions->setSingleStep(10'000);
    m_additions->setValue(50'000);
    m_additions->setGroupSeparatorShown(true);
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    column->setSpacing(18);
    auto *controls = new QWidget;
    auto *row = new FlowLayout(controls);
    row->setSpacing(10);
    auto *processes = new QLabel(tr("P&rocesses"));
    processes->setBuddy(m_processes);
    auto *additions = new QLabel(tr("&Additions by each, synchronised"));
    additions->setBuddy(m_additions);
    for (QLabel *label : {processes, additions})
        label->setMinimumHeight(m_processes->sizeHint().height());
    for (QWidget *control : std::initializer_list<QWidget *>{processes, m_processes, additions, m_additions})
        row->addWidget(control);
    column->addWidget(controls);
    column->addWidget(m_race);
    column->addWidget(m_memory);
    column->addStretch(1);
    setBody(body);
    card()->setMechanisms({QStringLiteral("posix-shm+futex"), QStringLiteral("posix-shm+mutex"),
                           QStringLiteral("posix-shm+robust-mutex"), QStringLiteral("sysv-shm+sysv-sem")});
}

RacePage::~RacePage() = default;

void RacePage::configure(const QJsonObject &options)
{
    m_processes->setValue(options[QStringLiteral("processes")].toInt(m_processes->value()));
    m_additions->setValue(options[QStringLiteral("additions")].toInt(m_additions->value()));
    m_unsynchronised = options[QStringLiteral("unsynchronised")].toDouble(m_unsynchronised);
}

QJsonObject RacePage::optionsJson() const
{
    return {{QStringLiteral("processes"), m_processes->value()},
            {QStringLiteral("additions"), m_additions->value()},
            {QStringLiteral("unsynchronised"), m_unsynchronised}};
}

void RacePage::start()
{
    if (isRunning())
        return;
    Result<lab::RaceWatch> watch = lab::RaceWatch::create();
    if (!watch)
        return say(QString::fromStdString(watch.error().what));
    m_watch = std::move(*watch);
    m_looks = 0;
    lab::StudyOptions race{"race", {}, {}, workerProgram()};
    race.numbers = {{"processes", std::uint64_t(m_processes->value())},
                    {"additions", std::uint64_t(m_additions->value())},
                    {"unsynchronised", std::uint64_t(m_unsynchronised)}};
    race.watched = std::make_shared<UniqueFd>(m_watch->duplicate());
    runStudies({race, {"memory", {}, {}, workerProgram()}});
    m_timer.start(context().isCalm() ? 10 * LookEvery : LookEvery, this);
}

void RacePage::timerEvent(QTimerEvent *event)
{
    if (event->timerId() == m_timer.timerId())
        look();
}

/// What is in the memory now.
void RacePage::look()
{
    auto chart = std::make_unique<RaceChart>();
    chart->title = tr("Additions that count, and those that were lost");
    for (const lab::RaceWatch::Stage &stage : m_watch->stages()) {
        m_looks += stage.nanoseconds == 0 && stage.added > 0;
        chart->rows.push_back({nameOf(QString::fromStdString(stage.name)), double(stage.wanted), double(stage.added),
                               double(stage.lost()), stage.nanoseconds});
    }
    m_race->setChart(std::move(chart));
}

void RacePage::onFinished(const Result<void> &result)
{
    m_timer.stop();
    StudyPage::onFinished(result);
    if (result) {
        const auto lost = finding(QStringLiteral("lost.none"));
        if (lost && lost->value > 0)
            say(tr("Without synchronisation %1 additions were lost, with any way of it none.")
                    .arg(RaceChart::grouped(lost->value)));
    }
    m_watch.reset();
}

void RacePage::showFindings()
{
    // While it runs the race shows itself, from the memory that the processes add in.
    if (findings().empty()) {
        m_race->setChart(std::make_unique<RaceChart>());
        m_memory->setChart(std::make_unique<MatrixChart>());
        return;
    }
    auto race = std::make_unique<RaceChart>();
    race->title = tr("Additions that count, and those that were lost");
    for (const Finding &found : findings()) {
        if (!found.name.startsWith(u"lost."))
            continue;
        const QString way = found.name.mid(5);
        const double wanted = found.text.section(QStringLiteral(" of "), 1).section(u' ', 0, 0).toDouble();
        race->rows.push_back({nameOf(way), wanted, wanted, found.value, value(QStringLiteral("time.") + way, 0)});
    }
    if (!race->rows.empty())
        m_race->setChart(std::move(race));

    auto memory = std::make_unique<MatrixChart>();
    memory->title = tr("Three more lessons of shared memory");
    memory->nameTitle = tr("What was done");
    memory->columns = {tr("What was found"), tr("So")};
    if (const auto found = finding(QStringLiteral("overwritten")))
        memory->rows.push_back({tr("A writer does not wait"),
                                {},
                                {{MatrixChart::Mark::Bad,
                                  tr("%1 values never seen").arg(RaceChart::grouped(found->value)),
                                  {},
                                  found->text},
                                 {MatrixChart::Mark::None, tr("overwritten before they were read"), {}, found->text}}});
    if (const auto found = finding(QStringLiteral("plain")))
        memory->rows.push_back(
            {tr("A child sets a variable to 2"),
             {},
             {{MatrixChart::Mark::Bad, tr("the parent still sees %1").arg(found->value), {}, found->text},
              {MatrixChart::Mark::None, tr("a fork copies memory, it is not shared"), {}, found->text}}});
    if (const auto found = finding(QStringLiteral("shared")))
        memory->rows.push_back({tr("And one in shared memory"),
                                {},
                                {{MatrixChart::Mark::Good, tr("the parent sees %1").arg(found->value), {}, found->text},
                                 {MatrixChart::Mark::None, tr("both have the same page"), {}, found->text}}});
    m_memory->setChart(std::move(memory));
}

QList<const LabChart *> RacePage::charts() const
{
    QList<const LabChart *> charts;
    for (const ChartView *view : {m_race, m_memory}) {
        if (!view->chart().isEmpty())
            charts << &view->chart();
    }
    return charts;
}

} // namespace bulkhead
