// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/pressure_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/pressure_chart.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/flow_layout.h"
#include "browser/lab/kit/mechanism_card.h"

#include <QComboBox>
#include <QJsonArray>
#include <QLabel>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace bulkhead {

namespace {

/// Clients of an event loop hold messages back themselves; a broker has a queue of its own.
bool isSuited(const wire::LabMechanism &mechanism)
{
    static const QStringList Unsuited{QStringLiteral("dbus"), QStringLiteral("mqtt"),
                                      QStringLiteral("bulkhead-channel"), QStringLiteral("bulkhead-frames"),
                                      QStringLiteral("signal")};
    return !mechanism.alone() && !Unsuited.contains(QString::fromStdString(mechanism.name()));
}

void choose(QComboBox *combo, const QString &name)
{
    combo->setCurrentIndex(std::max(0, combo->findText(name)));
}

} // namespace

PressurePage::PressurePage(LabContext &context, QWidget *parent)
    : LabPage(context,
              {QStringLiteral("pressure"), tr("Back-pressure"),
               tr("A writer that is faster than its reader. Every mechanism has room for some messages; when it is "
                  "full, the writer "
                  "waits, or is refused (EAGAIN), or messages are dropped and nobody is told."),
               tr("&Write Too Fast"), QStringLiteral("14-back-pressure")},
              parent),
      m_mechanism(new QComboBox), m_lossy(new QComboBox), m_size(new QComboBox), m_writes(new QSpinBox),
      m_reads(new QSpinBox), m_chart(new ChartView(std::make_unique<PressureChart>())), m_table(new FiguresTable)
{
    for (const int size : {64, 1024, 4096, 8192})
        m_size->addItem(axisSize(size), size);
    m_size->setCurrentIndex(1);
    m_writes->setRange(10, 20'000);
    m_writes->setValue(400);
    m_reads->setRange(1, 20'000);
    m_reads->setValue(60);
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    column->setSpacing(16);
    auto *controls = new QWidget;
    auto *row = new FlowLayout(controls);
    row->setSpacing(10);
    const auto add = [&](const QString &text, QWidget *control) {
        auto *label = new QLabel(text);
        label->setBuddy(control);
        label->setMinimumHeight(control->sizeHint().height());
        row->addWidget(label);
        row->addWidget(control);
    };
    add(tr("&Through"), m_mechanism);
    add(tr("and one that &loses"), m_lossy);
    add(tr("M&essages of"), m_size);
    add(tr("&Writes per second"), m_writes);
    add(tr("&Reads per second"), m_reads);
    column->addWidget(controls);
    column->addWidget(m_chart);
    column->addWidget(m_table);
    column->addStretch(1);
    setBody(body);
    m_table->hide();
    connect(m_mechanism, &QComboBox::currentTextChanged, this, [this](const QString &name) {
        if (!name.isEmpty())
            card()->setMechanisms({name, m_lossy->currentText()});
    });
    connect(&context, &LabContext::mechanismsChanged, this, &PressurePage::fillChoices);
    fillChoices();
}

PressurePage::~PressurePage() = default;

void PressurePage::fillChoices()
{
    if (context().mechanisms().empty())
        return;
    const QString before = m_wanted.isEmpty() ? m_mechanism->currentText() : m_wanted;
    const QString lossy = m_wantedLossy.isEmpty() ? m_lossy->currentText() : m_wantedLossy;
    m_wanted.clear();
    m_wantedLossy.clear();
    m_lossy->clear();
    m_lossy->addItems(context().names([](const wire::LabMechanism &m) { return isSuited(m) && m.lossy(); }));
    m_mechanism->clear();
    m_mechanism->addItems(context().names([](const wire::LabMechanism &m) { return isSuited(m) && !m.lossy(); }));
    choose(m_lossy, lossy.isEmpty() ? QStringLiteral("udp") : lossy);
    choose(m_mechanism, before.isEmpty() ? QStringLiteral("pipe") : before);
}

void PressurePage::configure(const QJsonObject &options)
{
    const auto pick = [&](const char *key, QComboBox *combo, QString &wanted) {
        const QString name = options[QLatin1String(key)].toString();
        if (name.isEmpty())
            return;
        if (combo->findText(name) >= 0)
            choose(combo, name);
        else
            wanted = name;
    };
    pick("mechanism", m_mechanism, m_wanted);
    pick("lossy", m_lossy, m_wantedLossy);
    if (options.contains(QStringLiteral("size"))) {
        const int size = std::clamp(options[QStringLiteral("size")].toInt(), 8, 1 << 20);
        if (m_size->findData(size) < 0)
            m_size->addItem(axisSize(size), size);
        m_size->setCurrentIndex(m_size->findData(size));
    }
    m_writes->setValue(options[QStringLiteral("writes")].toInt(m_writes->value()));
    m_reads->setValue(options[QStringLiteral("reads")].toInt(m_reads->value()));
    m_seconds = std::clamp(options[QStringLiteral("seconds")].toDouble(m_seconds), 0.5, 600.0);
}

QJsonObject PressurePage::optionsJson() const
{
    return {{QStringLiteral("mechanism"), m_mechanism->currentText()},
            {QStringLiteral("lossy"), m_lossy->currentText()},
            {QStringLiteral("size"), m_size->currentData().toInt()},
            {QStringLiteral("writes"), m_writes->value()},
            {QStringLiteral("reads"), m_reads->value()},
            {QStringLiteral("seconds"), m_seconds}};
}

void PressurePage::start()
{
    if (isRunning())
        return;
    const QString name = m_wanted.isEmpty() ? m_mechanism->currentText() : m_wanted;
    const QString lossy = m_wantedLossy.isEmpty() ? m_lossy->currentText() : m_wantedLossy;
    if (name.isEmpty())
        return say(tr("The mechanisms are not known yet."));
    using Writer = lab::PressureRun::Lane::Writer;
    lab::PressureRun::Options options;
    options.lanes = {{name.toStdString(), Writer::Blocking}, {name.toStdString(), Writer::NonBlocking}};
    if (!lossy.isEmpty())
        options.lanes.push_back({lossy.toStdString(), Writer::Blocking});
    options.size = std::size_t(m_size->currentData().toInt());
    options.writesPerSecond = m_writes->value();
    options.readsPerSecond = m_reads->value();
    options.seconds = m_seconds;
    options.workerProgram = workerProgram();
    m_result = {};
    m_lanes.clear();
    m_table->hide();
    run([this, options](const lab::Cancel &cancel, const LabReporter &reporter) -> Result<void> {
        const lab::PressureRun *current = nullptr;
        int turn = 0;
        lab::PressureRun run(options, cancel, [&] {
            if (++turn % 2 == 0) // ten times a second
                reporter.post([this, lanes = current->lanes()] { hear(lanes); });
            const auto &samples = current->lanes().front().samples;
            const double seconds = samples.empty() ? 0 : samples.back().seconds;
            reporter.progress(int(seconds * 10), int(options.seconds * 10),
                              seconds < options.seconds ? tr("The writers write.")
                                                        : tr("The readers empty what is there."));
        });
        current = &run;
        const Result<void> done = run.run();
        reporter.post([this, lanes = run.lanes()] { hear(lanes); });
        return done;
    });
}

void PressurePage::hear(const std::vector<lab::PressureRun::LaneResult> &lanes)
{
    m_lanes = lanes;
    auto chart = std::make_unique<PressureChart>();
    chart->title = tr("How full it is");
    chart->seconds = m_seconds;
    chart->setLanes(lanes);
    m_chart->setChart(std::move(chart));
}

void PressurePage::onFinished(const Result<void> &result)
{
    const bool any = std::any_of(m_lanes.begin(), m_lanes.end(), [](const auto &lane) { return lane.sent > 0; });
    if (!any)
        return;
    const auto &chart = static_cast<const PressureChart &>(m_chart->chart());
    m_result = chart.toJson();
    m_result[QStringLiteral("options")] = optionsJson();
    m_table->setRows(chart.table());
    m_table->show();
    if (!result)
        return;
    for (const auto &lane : m_lanes) {
        if (lane.state == lab::PressureRun::State::Failed)
            return say(QString::fromStdString(lane.problem));
    }
    say(lessons().value(0));
}

bool PressurePage::restore(const QJsonObject &result)
{
    if (isRunning() || result[QStringLiteral("lanes")].toArray().isEmpty())
        return false;
    configure(result[QStringLiteral("options")].toObject());
    auto chart = std::make_unique<PressureChart>();
    chart->title = tr("How full it is");
    chart->setJson(result);
    m_table->setRows(chart->table());
    m_table->show();
    m_chart->setChart(std::move(chart));
    m_result = result;
    announceChange();
    return true;
}

QList<const LabChart *> PressurePage::charts() const
{
    return m_result.isEmpty() ? QList<const LabChart *>() : QList<const LabChart *>{&m_chart->chart()};
}

QList<LabTable> PressurePage::tables() const
{
    return {{tr("Back-pressure"), m_chart->chart().table()}};
}

QStringList PressurePage::lessons() const
{
    QStringList lessons;
    for (const PressureChart::Lane &lane : static_cast<const PressureChart &>(m_chart->chart()).lanes)
        lessons << lane.title() + QStringLiteral(": ") + lane.verdict();
    return lessons;
}

QList<QStringList> PressurePage::comparedWith(const QJsonObject &before) const
{
    PressureChart then;
    then.setJson(before);
    QList<QStringList> rows{{tr("Mechanism"), tr("Most underway before"), tr("Now"), tr("Refused before"), tr("Now"),
                             tr("Dropped before"), tr("Now")}};
    for (const PressureChart::Lane &now : static_cast<const PressureChart &>(m_chart->chart()).lanes) {
        for (const PressureChart::Lane &old : then.lanes) {
            if (old.title() == now.title()) {
                rows.append({now.title(), figureNumber(old.most), figureNumber(now.most), figureNumber(old.refused),
                             figureNumber(now.refused), figureNumber(old.lost), figureNumber(now.lost)});
                break;
            }
        }
    }
    return rows;
}

} // namespace bulkhead
