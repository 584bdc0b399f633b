// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/persistence_page.h"

#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/matrix_chart.h"
#include "browser/lab/kit/mechanism_card.h"

#include <QJsonArray>
#include <QVBoxLayout>

#include <algorithm>

namespace bulkhead {

namespace {

/// What the engine found, in a few words: the sentence's part after the verdict.
QString reasonOf(const QString &text, bool kept)
{
    if (kept)
        return text.contains(u"broker") ? PersistencePage::tr("the broker keeps it, also when it is restarted")
                                        : PersistencePage::tr("what holds it has a name, and outlives both");
    const int parenthesis = int(text.indexOf(u'('));
    if (parenthesis >= 0)
        return text.mid(parenthesis + 1).chopped(text.endsWith(u')') ? 1 : 0);
    return text.section(QStringLiteral("receiver"), 1).remove(0, 2);
}

} // namespace

PersistencePage::PersistencePage(LabContext &context, QWidget *parent)
    : StudyPage(context,
                {QStringLiteral("persistence"),
                 tr("Persistence and decoupling"),
                 tr("A sender leaves a message and ends. Only then a receiver is started. Does the message wait "
                    "for it? Kernel "
                    "queues and brokers keep it; a pipe needs both at the same time."),
                 tr("&Send Now, Receive Later"),
                 {}},
                parent),
      m_chart(new ChartView(std::make_unique<MatrixChart>()))
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    column->addWidget(m_chart);
    column->addStretch(1);
    setBody(body);
    card()->setMechanisms({QStringLiteral("sysv-queue"), QStringLiteral("posix-queue"), QStringLiteral("mqtt"),
                           QStringLiteral("posix-shm+futex"), QStringLiteral("pipe")});
}

void PersistencePage::configure(const QJsonObject &options)
{
    if (!options.contains(QStringLiteral("mechanisms")))
        return;
    m_mechanisms.clear();
    for (const QJsonValue &name : options[QStringLiteral("mechanisms")].toArray())
        m_mechanisms << name.toString();
}

QJsonObject PersistencePage::optionsJson() const
{
    return {{QStringLiteral("mechanisms"), QJsonArray::fromStringList(m_mechanisms)}};
}

void PersistencePage::start()
{
    if (isRunning())
        return;
    lab::StudyOptions options{"persistence", {}, {}, workerProgram()};
    for (const QString &name : m_mechanisms)
        options.mechanisms.push_back(name.toStdString());
    runStudies({options});
}

void PersistencePage::showFindings()
{
    auto chart = std::make_unique<MatrixChart>();
    chart->title = tr("A message whose sender has ended, and whose receiver comes later");
    chart->nameTitle = tr("Mechanism");
    chart->columns = {tr("The later receiver"), tr("Because")};
    for (const Finding &found : findings()) {
        const bool kept = found.value == 1;
        const QString name = found.name.section(u'.', 0, -2);
        if (!found.name.endsWith(u".persists"))
            chart->rows.push_back(
                {name,
                 {},
                 {{MatrixChart::Mark::Neutral, tr("not tried"), {}, found.text},
                  {MatrixChart::Mark::None, found.text.section(QStringLiteral(": "), 1), {}, found.text}}});
        else
            chart->rows.push_back({name,
                                   {},
                                   {{kept ? MatrixChart::Mark::Good : MatrixChart::Mark::Bad,
                                     kept ? tr("gets it") : tr("gets nothing"),
                                     {},
                                     found.text},
                                    {MatrixChart::Mark::None, reasonOf(found.text, kept), {}, found.text}}});
    }
    // Those that keep it first; otherwise as they came.
    std::stable_sort(chart->rows.begin(), chart->rows.end(), [](const auto &a, const auto &b) {
        return a.cells[0].mark == MatrixChart::Mark::Good && b.cells[0].mark != MatrixChart::Mark::Good;
    });
    m_chart->setChart(std::move(chart));
}

QList<const LabChart *> PersistencePage::charts() const
{
    return m_chart->chart().isEmpty() ? QList<const LabChart *>() : QList<const LabChart *>{&m_chart->chart()};
}

} // namespace bulkhead
