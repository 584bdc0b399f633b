// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/which_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/percentile_chart.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/flow_layout.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/widgets/plain_text.h"
#include "ipc/lab/engine/lab_run.h"
#include "ipc/lab/engine/report.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

namespace bulkhead {

namespace {

constexpr double Sizes[] = {1, 64, 1 << 10, 4 << 10, 64 << 10, 1 << 20, 16 << 20};
constexpr int Rounds = 3;
constexpr double Seconds = 0.05;

/// Less is better.
double costOf(const MeasuredJob &job, WhichPage::Needs::Matters matters)
{
    switch (matters) {
    case WhichPage::Needs::Matters::Latency:
        return job.p50;
    case WhichPage::Needs::Matters::Throughput:
        return job.messages > 0 ? 1e9 / job.messages : std::numeric_limits<double>::max();
    case WhichPage::Needs::Matters::Processor:
        break;
    }
    return job.processorTime;
}

QString figureOf(const MeasuredJob &job, WhichPage::Needs::Matters matters)
{
    switch (matters) {
    case WhichPage::Needs::Matters::Latency:
        return WhichPage::tr("%1 for a round trip").arg(figureTime(job.p50));
    case WhichPage::Needs::Matters::Throughput:
        return WhichPage::tr("%1 messages/s").arg(figureNumber(job.messages));
    case WhichPage::Needs::Matters::Processor:
        break;
    }
    return WhichPage::tr("%1 of processor time per message").arg(figureTime(job.processorTime));
}

} // namespace

WhichPage::WhichPage(LabContext &context, QWidget *parent)
    : LabPage(
          context,
          {QStringLiteral("which"),
           tr("Which one?"),
           tr("Say what you need. What cannot do it is left out, with the reason; what can is ranked by what you have "
              "measured yourself, on this machine."),
           tr("&Measure What Fits"),
           {}},
          parent),
      m_size(new QComboBox), m_who(new QComboBox), m_matters(new QComboBox),
      m_bothWays(new QCheckBox(tr("&answers through the same object"))),
      m_messages(new QCheckBox(tr("&whole messages, no stream of bytes"))),
      m_fields(new QCheckBox(tr("named &fields instead of bytes"))),
      m_kept(new QCheckBox(tr("the receiver may come &later"))),
      m_otherMachine(new QCheckBox(tr("also to another mac&hine"))),
      m_mayLose(new QCheckBox(tr("messages may be &lost"))), m_answer(new QLabel),
      m_chart(new ChartView(std::make_unique<PercentileChart>())), m_otherTitle(new QLabel),
      m_fitting(new FiguresTable), m_others(new FiguresTable)
{
    for (const double size : Sizes)
        m_size->addItem(axisSize(size), size);
    m_size->setCurrentIndex(1);
    m_who->addItem(tr("two processes"), QStringLiteral("two"));
    m_who->addItem(tr("many senders, one receiver"), QStringLiteral("many"));
    m_who->addItem(tr("one sender, every receiver gets all"), QStringLiteral("all"));
    m_matters->addItem(tr("that an answer comes soon"), QStringLiteral("latency"));
    m_matters->addItem(tr("how many messages go through"), QStringLiteral("throughput"));
    m_matters->addItem(tr("little processor time"), QStringLiteral("cpu"));

    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    column->setSpacing(12);
    auto *form = new QFormLayout;
    form->addRow(tr("Message &size"), m_size);
    form->addRow(tr("&Between"), m_who);
    form->addRow(tr("What ma&tters"), m_matters);
    auto *needs = new QWidget;
    auto *flow = new FlowLayout(needs);
    for (QCheckBox *box : {m_bothWays, m_messages, m_fields, m_kept, m_otherMachine, m_mayLose}) {
        flow->addWidget(box);
        connect(box, &QCheckBox::toggled, this, &WhichPage::decide);
    }
    form->addRow(tr("It must be so that"), needs);
    column->addLayout(form);
    m_answer->setWordWrap(true);
    m_answer->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_answer->setAccessibleName(tr("Answer"));
    column->addWidget(m_answer);
    column->addWidget(m_chart);
    column->addWidget(m_fitting);
    column->addWidget(m_otherTitle);
    column->addWidget(m_others);
    column->addStretch(1);
    m_others->setAccessibleName(tr("What does not fit"));
    setBody(body);

    for (QComboBox *box : {m_size, m_who, m_matters})
        connect(box, &QComboBox::currentIndexChanged, this, &WhichPage::decide);
    connect(m_fitting, &QTableWidget::currentCellChanged, this, [this](int row) {
        if (const QTableWidgetItem *item = m_fitting->item(row, 0))
            card()->setMechanisms({item->text()});
    });
    connect(&context, &LabContext::mechanismsChanged, this, &WhichPage::decide);
    connect(&context.results(), &LabResults::changed, this, &WhichPage::decide);
    decide();
}

WhichPage::~WhichPage() = default;

WhichPage::Needs WhichPage::needs() const
{
    Needs needs;
    needs.size = m_size->currentData().toDouble();
    needs.who = Needs::Who(m_who->currentIndex());
    needs.matters = Needs::Matters(m_matters->currentIndex());
    needs.bothWays = m_bothWays->isChecked();
    needs.messages = m_messages->isChecked();
    needs.fields = m_fields->isChecked();
    needs.kept = m_kept->isChecked();
    needs.otherMachine = m_otherMachine->isChecked();
    needs.mayLose = m_mayLose->isChecked();
    return needs;
}

void WhichPage::configure(const QJsonObject &options)
{
    if (options.contains(QStringLiteral("size"))) {
        const double size = options[QStringLiteral("size")].toDouble();
        for (int i = 0; i < m_size->count(); ++i) {
            if (m_size->itemData(i).toDouble() == size)
                m_size->setCurrentIndex(i);
        }
    }
    for (const auto &[box, name] : {std::pair(m_who, "who"), {m_matters, "matters"}}) {
        const int index = box->findData(options[QLatin1String(name)].toString());
        if (index >= 0)
            box->setCurrentIndex(index);
    }
    for (const auto &[box, name] : {std::pair(m_bothWays, "both_ways"),
                                    {m_messages, "messages"},
                                    {m_fields, "fields"},
                                    {m_kept, "kept"},
                                    {m_otherMachine, "other_machine"},
                                    {m_mayLose, "may_lose"}})
        box->setChecked(options[QLatin1String(name)].toBool(box->isChecked()));
}

const MeasuredJob *WhichPage::measurementOf(const QString &mechanism, double size) const
{
    for (const MeasuredJob &job : m_jobs) {
        if (job.mechanism == mechanism && job.size == size && job.isMeasured() && !job.isLimited() &&
            job.placement == u"free")
            return &job;
    }
    return nullptr;
}

WhichPage::Verdict WhichPage::judge(const wire::LabMechanism &mechanism, const Needs &needs) const
{
    const MechanismFacts facts = MechanismFacts::of(mechanism);
    Verdict verdict{QString::fromStdString(mechanism.name()), {}, {}, {}};
    const auto rule = [&verdict](bool needed, bool given, const QString &for_, const QString &against) {
        if (!needed)
            return;
        (given ? verdict.inFavour : verdict.against) << (given ? for_ : against);
    };
    if (!mechanism.unavailable().empty())
        verdict.against << tr("not on this machine: %1").arg(QString::fromStdString(mechanism.unavailable()));
    if (mechanism.largest() > 0 && needs.size > double(mechanism.largest()))
        verdict.against << tr("a message holds at most %1 (%2)")
                               .arg(axisSize(double(mechanism.largest())),
                                    QString::fromStdString(mechanism.limited_by()));
    rule(needs.who == Needs::Who::ManyToOne, facts.takesMany, tr("many may send into it"),
         tr("each sender needs one of its own, or a lock"));
    rule(needs.who == Needs::Who::OneToAll, facts.givesAll, tr("everybody who listens gets everything"),
         tr("each message goes to one receiver"));
    rule(needs.bothWays, facts.isBothWays, tr("both ways through one object"),
         tr("one way only; answers need a second one"));
    rule(needs.messages, facts.keepsMessages, tr("messages arrive whole"), tr("a stream of bytes, without boundaries"));
    rule(needs.fields, facts.hasFields, tr("named, typed fields"),
         tr("carries bytes; what they mean is your business"));
    rule(needs.kept, facts.keeps != MechanismFacts::Keeps::No,
         facts.keeps == MechanismFacts::Keeps::Restarts ? tr("keeps what was sent, also when the machine restarts")
                                                        : tr("keeps what was sent, until the machine restarts"),
         tr("nothing is kept for who comes later"));
    rule(needs.otherMachine, facts.reachesMachines, tr("reaches other machines"), tr("within one machine only"));
    rule(!needs.mayLose, !facts.isLossy, QString(), tr("may lose messages"));
    verdict.inFavour.removeAll(QString());
    if (const MeasuredJob *job = measurementOf(verdict.name, needs.size))
        verdict.measured = *job;
    return verdict;
}

void WhichPage::decide()
{
    m_jobs = measuredJobs(m_measured);
    for (const MeasuredJob &job : measuredJobs(context().results().last(QStringLiteral("latency"))))
        m_jobs.push_back(job);
    const Needs wanted = needs();
    m_verdicts.clear();
    for (const wire::LabMechanism &mechanism : context().mechanisms()) {
        if (!mechanism.alone())
            m_verdicts.push_back(judge(mechanism, wanted));
    }
    std::stable_sort(m_verdicts.begin(), m_verdicts.end(), [&](const Verdict &a, const Verdict &b) {
        if (a.against.isEmpty() != b.against.isEmpty())
            return a.against.isEmpty();
        if (a.measured.has_value() != b.measured.has_value())
            return a.measured.has_value();
        return a.measured && costOf(*a.measured, wanted.matters) < costOf(*b.measured, wanted.matters);
    });
    const RichText said = answer();
    plain::setText(m_answer, said);
    m_said = said.plain();
    m_fitting->setRows(fittingRows());
    m_fitting->setVisible(m_fitting->rowCount() > 0);
    m_others->setRows(otherRows());
    m_others->setVisible(m_others->rowCount() > 0);
    plain::setText(m_otherTitle, RichText().bold(OutsideText(tr("What does not fit, and why"))));
    m_otherTitle->setVisible(m_others->rowCount() > 0);
    auto chart = std::make_unique<PercentileChart>();
    chart->title = tr("What fits: your round trips of %1").arg(axisSize(wanted.size));
    for (const Verdict &verdict : m_verdicts) {
        if (verdict.against.isEmpty() && verdict.measured)
            chart->rows.push_back({verdict.measured->name(), verdict.measured->p50, verdict.measured->p90,
                                   verdict.measured->p99, verdict.measured->p999, QString(), 0});
    }
    m_chart->setChart(std::move(chart));
    if (!m_verdicts.empty() && m_verdicts.front().against.isEmpty())
        card()->setMechanisms({m_verdicts.front().name});
    announceChange();
}

RichText WhichPage::answer() const
{
    if (m_verdicts.empty())
        return RichText().text(OutsideText(context().problem()));
    const Needs wanted = needs();
    const Verdict &best = m_verdicts.front();
    if (!best.against.isEmpty())
        return RichText()
            .bold(OutsideText(tr("Nothing fits all of that.")))
            .text(OutsideText(u' ' + tr("Take one need away, or combine two mechanisms: one to carry, one to keep.")));
    const auto missing = std::count_if(m_verdicts.begin(), m_verdicts.end(), [](const Verdict &verdict) {
        return verdict.against.isEmpty() && !verdict.measured;
    });
    if (!best.measured)
        return RichText()
            .bold(OutsideText(tr("%1 fit.").arg(missing)))
            .text(OutsideText(
                u' ' +
                tr("None of them has been measured with %1 yet: press Measure What Fits.").arg(axisSize(wanted.size))));
    QString text = u' ' + tr("It fits, and was the best of those that do when you measured: %1.")
                              .arg(figureOf(*best.measured, wanted.matters));
    if (m_verdicts.size() > 1 && m_verdicts[1].against.isEmpty() && m_verdicts[1].measured) {
        const Verdict &second = m_verdicts[1];
        text += u' ' + tr("Next is %1, at %2 times the cost.")
                           .arg(second.name, figureNumber(costOf(*second.measured, wanted.matters) /
                                                          std::max(1e-9, costOf(*best.measured, wanted.matters))));
    }
    if (best.measured->wait == u"polling")
        text += u' ' + tr("It polls: both processes keep a processor busy all the time.");
    if (missing > 0)
        text += u' ' + tr("Not measured, though they would fit: %1.").arg(missing);
    return RichText().bold(OutsideText(best.name + u'.')).text(OutsideText(text));
}

QList<QStringList> WhichPage::fittingRows() const
{
    QList<QStringList> rows{
        {tr("Fits"), tr("Round trip"), tr("Messages/s"), tr("CPU/message"), tr("Waits"), tr("Because")}};
    for (const Verdict &verdict : m_verdicts) {
        if (!verdict.against.isEmpty())
            continue;
        const QString because =
            verdict.inFavour.isEmpty() ? tr("nothing speaks against it") : verdict.inFavour.join(QStringLiteral("; "));
        if (verdict.measured)
            rows.append({verdict.name, figureTime(verdict.measured->p50), figureNumber(verdict.measured->messages),
                         figureTime(verdict.measured->processorTime), verdict.measured->wait, because});
        else
            rows.append({verdict.name, tr("not measured"), QString(), QString(), QString(), because});
    }
    return rows;
}

QList<QStringList> WhichPage::otherRows() const
{
    QList<QStringList> rows{{tr("Does not fit"), tr("Because")}};
    for (const Verdict &verdict : m_verdicts) {
        if (!verdict.against.isEmpty())
            rows.append({verdict.name, verdict.against.join(QStringLiteral("; "))});
    }
    return rows;
}

void WhichPage::start()
{
    if (isRunning())
        return;
    const Needs wanted = needs();
    lab::LabRun::Options options;
    options.sizes = {std::size_t(wanted.size)};
    options.rounds = Rounds;
    options.seconds = Seconds;
    options.workerProgram = workerProgram();
    for (const Verdict &verdict : m_verdicts) {
        if (verdict.against.isEmpty())
            options.mechanisms.push_back(verdict.name.toStdString());
    }
    if (options.mechanisms.empty())
        return say(tr("Nothing fits, so there is nothing to measure."));
    run([this, options](const lab::Cancel &cancel, const LabReporter &reporter) -> Result<void> {
        lab::LabRun lab(options, cancel, [&](const lab::LabRun::Progress &progress) {
            reporter.progress(progress.done, progress.total, QString::fromStdString(progress.text));
        });
        if (const Result<void> done = lab.run(); !done)
            return done;
        reporter.post([this, json = lab::resultsToJson(lab.results(), options)] { m_measured = json; });
        return {};
    });
}

void WhichPage::onFinished(const Result<void> &)
{
    decide();
}

QJsonObject WhichPage::exported() const
{
    const bool any =
        std::any_of(m_verdicts.begin(), m_verdicts.end(), [](const Verdict &v) { return v.measured.has_value(); });
    if (!any)
        return {};
    const Needs wanted = needs();
    QJsonArray list;
    for (const Verdict &verdict : m_verdicts) {
        QJsonObject entry{{QStringLiteral("mechanism"), verdict.name},
                          {QStringLiteral("fits"), verdict.against.isEmpty()},
                          {QStringLiteral("because"),
                           QJsonArray::fromStringList(verdict.against.isEmpty() ? verdict.inFavour : verdict.against)}};
        if (verdict.measured) {
            entry[QStringLiteral("p50_ns")] = verdict.measured->p50;
            entry[QStringLiteral("messages_per_s")] = verdict.measured->messages;
            entry[QStringLiteral("cpu_ns")] = verdict.measured->processorTime;
            entry[QStringLiteral("wait")] = verdict.measured->wait;
        }
        list.append(entry);
    }
    return {{QStringLiteral("options"), QJsonObject{{QStringLiteral("size"), wanted.size},
                                                    {QStringLiteral("who"), m_who->currentData().toString()},
                                                    {QStringLiteral("matters"), m_matters->currentData().toString()},
                                                    {QStringLiteral("both_ways"), wanted.bothWays},
                                                    {QStringLiteral("messages"), wanted.messages},
                                                    {QStringLiteral("fields"), wanted.fields},
                                                    {QStringLiteral("kept"), wanted.kept},
                                                    {QStringLiteral("other_machine"), wanted.otherMachine},
                                                    {QStringLiteral("may_lose"), wanted.mayLose}}},
            {QStringLiteral("verdicts"), list}};
}

QList<const LabChart *> WhichPage::charts() const
{
    return m_chart->chart().isEmpty() ? QList<const LabChart *>{} : QList<const LabChart *>{&m_chart->chart()};
}

QList<LabTable> WhichPage::tables() const
{
    return {{tr("What fits"), fittingRows()}, {tr("What does not fit, and why"), otherRows()}};
}

QList<QStringList> WhichPage::comparedWith(const QJsonObject &before) const
{
    QList<QStringList> rows{
        {tr("Mechanism"), tr("Fitted before"), tr("Fits now"), tr("Median before"), tr("Median now")}};
    const QJsonArray then = before[QStringLiteral("verdicts")].toArray(),
                     now = exported()[QStringLiteral("verdicts")].toArray();
    const auto yes = [](const QJsonValue &entry) {
        return entry[QStringLiteral("fits")].toBool() ? tr("yes") : tr("no");
    };
    const auto time = [](const QJsonValue &entry) {
        const double p50 = entry[QStringLiteral("p50_ns")].toDouble();
        return p50 > 0 ? figureTime(p50) : QStringLiteral("–");
    };
    for (const QJsonValue &entry : now) {
        for (const QJsonValue &old : then) {
            if (old[QStringLiteral("mechanism")] == entry[QStringLiteral("mechanism")])
                rows.append(
                    {entry[QStringLiteral("mechanism")].toString(), yes(old), yes(entry), time(old), time(entry)});
        }
    }
    return rows;
}

QStringList WhichPage::lessons() const
{
    return {m_said};
}

} // namespace bulkhead
