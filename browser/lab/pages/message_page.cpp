// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/message_page.h"

#include "browser/lab/charts/call_chart.h"
#include "browser/lab/charts/chart_view.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/widgets/plain_text.h"

#include <QComboBox>
#include <QFormLayout>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace bulkhead {

namespace {
/// Longer ones have the same calls.
constexpr int LongestText = 2000;

/// What lab::traceToJson() wrote.
lab::MessageTrace traceOf(const QJsonObject &json)
{
    lab::MessageTrace trace;
    trace.mechanism = json[QStringLiteral("mechanism")].toString().toStdString();
    trace.sent = json[QStringLiteral("sent")].toString().toStdString();
    trace.arrived = json[QStringLiteral("arrived")].toString().toStdString();
    for (const QJsonValue &value : json[QStringLiteral("calls")].toArray()) {
        lab::RecordedCall call;
        call.process = value[QStringLiteral("process")].toString() == u"A" ? 0 : 1;
        call.thread = value[QStringLiteral("thread")].toInt();
        call.name = value[QStringLiteral("name")].toString().toStdString();
        const QJsonArray arguments = value[QStringLiteral("arguments")].toArray();
        for (std::size_t i = 0; i < call.arguments.size(); ++i)
            call.arguments[i] = arguments.at(qsizetype(i)).toString().toULongLong();
        call.result = std::int64_t(value[QStringLiteral("result")].toDouble());
        call.start = std::uint64_t(value[QStringLiteral("start_ns")].toDouble());
        call.end = std::uint64_t(value[QStringLiteral("end_ns")].toDouble());
        trace.calls.push_back(std::move(call));
    }
    return trace;
}
} // namespace

MessagePage::MessagePage(LabContext &context, QWidget *parent)
    : LabPage(context,
              {QStringLiteral("message"),
               tr("A message on its way"),
               tr("Process A sends a text, process B receives it and sends it back. Each is a real process, watched "
                  "the way "
                  "strace does it: below is every system call that the two make from the first byte to the last."),
               tr("&Send"),
               {}},
              parent),
      m_mechanism(new QComboBox), m_text(new QLineEdit(tr("Hello from the other process!"))), m_arrived(new QLabel),
      m_lesson(new QLabel), m_chart(new ChartView(std::make_unique<CallChart>())), m_table(new FiguresTable)
{
    m_text->setMaxLength(LongestText);
    m_text->setClearButtonEnabled(true);
    m_mechanism->setMaxVisibleItems(30);
    m_arrived->setWordWrap(true);
    m_arrived->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_lesson->setWordWrap(true);
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    column->setSpacing(12);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("&Through"), m_mechanism);
    form->addRow(tr("&Type in A"), m_text);
    auto *arrivedLabel = new QLabel(tr("Arrived in B"));
    form->addRow(arrivedLabel, m_arrived);
    column->addLayout(form);
    column->addWidget(m_lesson);
    column->addWidget(m_chart);
    column->addWidget(m_table);
    column->addStretch(1);
    setBody(body);
    plain::setText(m_arrived, OutsideText(tr("nothing yet")));
    m_table->hide();

    connect(m_text, &QLineEdit::returnPressed, this, [this] {
        if (!isRunning())
            start();
    });
    connect(m_mechanism, &QComboBox::currentTextChanged, this,
            [this] { card()->setMechanisms({m_mechanism->currentData().toString()}); });
    connect(&context, &LabContext::mechanismsChanged, this, &MessagePage::fillChoice);
    fillChoice();
}

MessagePage::~MessagePage() = default;

void MessagePage::fillChoice()
{
    if (context().mechanisms().empty()) {
        if (!context().problem().isEmpty())
            say(context().problem());
        return;
    }
    const QString before = m_wanted.isEmpty() ? m_mechanism->currentData().toString() : m_wanted;
    m_wanted.clear();
    m_mechanism->clear();
    for (const QString &name : context().names([](const wire::LabMechanism &m) { return !m.alone(); })) {
        const QString title = QString::fromStdString(context().mechanism(name)->title());
        m_mechanism->addItem(tr("%1  (%2)", "title, name").arg(title, name), name);
    }
    m_mechanism->setCurrentIndex(std::max(0, m_mechanism->findData(before)));
}

void MessagePage::configure(const QJsonObject &options)
{
    if (options.contains(QStringLiteral("text")))
        m_text->setText(options[QStringLiteral("text")].toString());
    if (options.contains(QStringLiteral("mechanism"))) {
        const QString name = options[QStringLiteral("mechanism")].toString();
        const int index = m_mechanism->findData(name);
        if (index >= 0)
            m_mechanism->setCurrentIndex(index);
        else
            m_wanted = name;
    }
}

void MessagePage::start()
{
    const QString name = m_wanted.isEmpty() ? m_mechanism->currentData().toString() : m_wanted;
    if (isRunning() || name.isEmpty())
        return say(tr("The mechanisms are not known yet."));
    if (m_text->text().isEmpty()) {
        m_text->setFocus();
        return say(tr("Type a text first."));
    }
    m_trace.reset();
    run([this, program = workerProgram(), name = name.toStdString(),
         text = m_text->text().toStdString()](const lab::Cancel &cancel, const LabReporter &reporter) -> Result<void> {
        Result<lab::MessageTrace> trace = lab::traceMessage(program, name, text, cancel);
        if (!trace)
            return tl::unexpected(trace.error());
        reporter.post([this, trace = std::move(*trace)] { m_trace = trace; });
        return {};
    });
}

QString MessagePage::lesson() const
{
    std::array<int, 2> calls{};
    std::uint64_t bytes = 0;
    std::set<std::string> names;
    for (const lab::RecordedCall &call : m_trace->calls) {
        ++calls[call.process == 0 ? 0 : 1];
        bytes += call.copiedBytes();
        names.insert(call.name);
    }
    if (m_trace->calls.empty())
        return tr("Neither process made a system call: the text was written into memory that both have, and the other "
                  "side saw it by looking again and again.");
    const QString counts = tr("System calls: %1 by A, %2 by B.").arg(calls[0]).arg(calls[1]);
    if (bytes == 0)
        return counts + u' ' +
               tr("None of them carried the text: it was in memory that both have. They only woke the other side.");
    return counts + u' ' +
           tr("Through the kernel went %1 bytes, counted on both sides, for a text of %2 bytes there and back.")
               .arg(bytes)
               .arg(m_trace->sent.size());
}

bool MessagePage::restore(const QJsonObject &result)
{
    if (!result.contains(QStringLiteral("calls")) || !result.contains(QStringLiteral("arrived")))
        return false;
    m_trace = traceOf(result);
    showTrace();
    announceChange();
    return true;
}

QList<QStringList> MessagePage::comparedWith(const QJsonObject &before) const
{
    QList<QStringList> rows{{tr("Figure"), tr("Before"), tr("Now")}};
    if (!m_trace || !before.contains(QStringLiteral("calls")))
        return rows;
    const lab::MessageTrace then = traceOf(before);
    rows.append({tr("Mechanism"), QString::fromStdString(then.mechanism), QString::fromStdString(m_trace->mechanism)});
    rows.append({tr("Bytes of the text"), QString::number(then.sent.size()), QString::number(m_trace->sent.size())});
    std::map<std::string, std::pair<int, int>> names;
    for (const lab::RecordedCall &call : then.calls)
        ++names[call.name].first;
    for (const lab::RecordedCall &call : m_trace->calls)
        ++names[call.name].second;
    for (const auto &[name, counts] : names)
        rows.append({tr("Calls of %1").arg(QString::fromStdString(name)), QString::number(counts.first),
                     QString::number(counts.second)});
    return rows;
}

void MessagePage::onFinished(const Result<void> &)
{
    showTrace();
    if (m_trace)
        say(tr("Arrived. Times are under the tracer, which adds some microseconds to each call."));
}

void MessagePage::showTrace()
{
    const bool shown = m_trace.has_value();
    m_table->setVisible(shown && !m_trace->calls.empty());
    m_lesson->setVisible(shown);
    if (!shown) {
        plain::setText(m_arrived, OutsideText(tr("nothing")));
        m_chart->setChart(std::make_unique<CallChart>());
        return;
    }
    plain::setText(m_arrived, OutsideText(QString::fromStdString(m_trace->arrived)));
    plain::setText(m_lesson, OutsideText(lesson(), OutsideText::Lines::Many));
    auto chart = std::make_unique<CallChart>(*m_trace);
    m_table->setRows(chart->table());
    m_chart->setChart(std::move(chart));
}

QJsonObject MessagePage::exported() const
{
    if (!m_trace)
        return {};
    QJsonObject json = lab::traceToJson(*m_trace);
    json[QStringLiteral("options")] =
        QJsonObject{{QStringLiteral("mechanism"), QString::fromStdString(m_trace->mechanism)},
                    {QStringLiteral("text"), QString::fromStdString(m_trace->sent)}};
    return json;
}

QList<const LabChart *> MessagePage::charts() const
{
    return m_trace ? QList<const LabChart *>{&m_chart->chart()} : QList<const LabChart *>{};
}

QStringList MessagePage::lessons() const
{
    return m_trace ? QStringList{lesson()} : QStringList{};
}

} // namespace bulkhead
