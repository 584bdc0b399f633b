// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/death_page.h"

#include "browser/lab/charts/chart_view.h"
#include "browser/lab/charts/matrix_chart.h"
#include "browser/lab/kit/flow_layout.h"
#include "browser/lab/kit/mechanism_card.h"

#include <QCheckBox>
#include <QJsonArray>
#include <QLabel>
#include <QVBoxLayout>

#include <array>
#include <cerrno>

namespace bulkhead {

namespace {

/// One of each kind; all of them can be had on the command line.
constexpr std::array Mechanisms{"pipe",        "fifo",       "unix-stream",     "tcp",
                                "posix-queue", "sysv-queue", "posix-shm+futex", "mqtt"};

MatrixChart::Cell noticed(const StudyPage &page, const QString &name)
{
    const auto found = page.finding(name);
    if (!found)
        return {};
    if (found->value < 0)
        return {MatrixChart::Mark::Bad, DeathPage::tr("nobody tells it"), DeathPage::tr("still waiting after a second"),
                found->text};
    const double after = page.value(name + QStringLiteral("_after"), -1);
    return {MatrixChart::Mark::Good, errnoName(int(found->value)),
            after < 0 ? QString() : DeathPage::tr("after %1 ms").arg(QString::number(after, 'f', after < 10 ? 2 : 0)),
            found->text};
}

} // namespace

DeathPage::DeathPage(LabContext &context, QWidget *parent)
    : StudyPage(
          context,
          {QStringLiteral("death"), tr("Death of a process"),
           tr("A reader, then a writer, is killed midway (SIGKILL). Does the other notice, when, and by which error? "
              "What stays behind when both are dead? And what does a lock do whose owner died?"),
           tr("&Kill Them"), QStringLiteral("15-death")},
          parent),
      m_deaths(new ChartView(std::make_unique<MatrixChart>())), m_locks(new ChartView(std::make_unique<MatrixChart>()))
{
    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    column->setSpacing(18);
    auto *choices = new QWidget;
    auto *row = new FlowLayout(choices);
    row->setSpacing(12);
    for (const char *name : Mechanisms) {
        auto *choice = new QCheckBox(QString::fromLatin1(name));
        choice->setChecked(true);
        row->addWidget(choice);
        m_choices.push_back(choice);
    }
    column->addWidget(choices);
    column->addWidget(m_deaths);
    column->addWidget(m_locks);
    column->addStretch(1);
    setBody(body);
    card()->setMechanisms(chosen());
}

QStringList DeathPage::chosen() const
{
    QStringList names;
    for (const QCheckBox *choice : m_choices) {
        if (choice->isChecked())
            names << choice->text();
    }
    return names;
}

void DeathPage::configure(const QJsonObject &options)
{
    if (!options.contains(QStringLiteral("mechanisms")))
        return;
    const QJsonArray wanted = options[QStringLiteral("mechanisms")].toArray();
    for (QCheckBox *choice : m_choices)
        choice->setChecked(wanted.contains(choice->text()));
}

QJsonObject DeathPage::optionsJson() const
{
    return {{QStringLiteral("mechanisms"), QJsonArray::fromStringList(chosen())}};
}

void DeathPage::start()
{
    if (isRunning())
        return;
    if (chosen().isEmpty())
        return say(tr("Choose at least one mechanism."));
    card()->setMechanisms(chosen());
    lab::StudyOptions death{"death", {}, {}, workerProgram()};
    for (const QString &name : chosen())
        death.mechanisms.push_back(name.toStdString());
    runStudies({death, {"locks", {}, {}, workerProgram()}});
}

void DeathPage::showFindings()
{
    auto deaths = std::make_unique<MatrixChart>();
    deaths->title = tr("Who notices, and what is left");
    deaths->nameTitle = tr("Mechanism");
    deaths->columns = {tr("The reader is killed: the writer gets"), tr("The writer is killed: the reader gets"),
                       tr("Left behind when both are dead")};
    for (const QString &name : chosen()) {
        MatrixChart::Row row;
        row.name = name;
        if (const auto problem = finding(name + QStringLiteral(".failed")))
            row.cells.push_back({MatrixChart::Mark::Neutral, tr("failed"), problem->text, problem->text});
        else if (const auto missing = finding(name + QStringLiteral(".unavailable")))
            row.cells.push_back({MatrixChart::Mark::Neutral, tr("not here"), missing->text, missing->text});
        else {
            row.cells.push_back(noticed(*this, name + QStringLiteral(".reader_killed")));
            row.cells.push_back(noticed(*this, name + QStringLiteral(".writer_killed")));
            if (const auto left = finding(name + QStringLiteral(".left"))) {
                const bool nothing = left->value == 0;
                row.cells.push_back({nothing ? MatrixChart::Mark::Good : MatrixChart::Mark::Bad,
                                     nothing            ? tr("nothing")
                                     : left->value == 1 ? tr("1 object")
                                                        : tr("%1 objects").arg(left->value),
                                     nothing ? QString() : left->text.section(QStringLiteral("left: "), 1),
                                     left->text});
            }
        }
        if (!row.cells.empty() && (!row.cells[0].text.isEmpty() || row.cells.size() > 1))
            deaths->rows.push_back(std::move(row));
    }
    auto locks = std::make_unique<MatrixChart>();
    locks->title = tr("A lock's owner dies: what the next process gets");
    locks->nameTitle = tr("Lock");
    locks->columns = {tr("The next process"), tr("So")};
    const struct
    {
        const char *name;
        QString title, so;
    } kinds[] = {{"plain_mutex", tr("Plain mutex"), tr("waits for ever: nobody unlocks it")},
                 {"robust_mutex", tr("Robust mutex"), tr("is told, repairs what it guards, goes on")},
                 {"semaphore", tr("System V semaphore"), tr("waits for ever: nobody gives it back")},
                 {"semaphore_undo", tr("The same with SEM_UNDO"), tr("gets it: the kernel gave it back")}};
    for (const auto &kind : kinds) {
        const auto found = finding(QString::fromLatin1(kind.name));
        if (!found)
            continue;
        const int error = int(found->value);
        const bool stuck = error == ETIMEDOUT || error == EAGAIN;
        locks->rows.push_back({kind.title,
                               {},
                               {{stuck ? MatrixChart::Mark::Bad : MatrixChart::Mark::Good,
                                 error == 0 ? tr("gets it") : errnoName(error),
                                 {},
                                 found->text},
                                {MatrixChart::Mark::None, kind.so, {}, found->text}}});
    }
    m_deaths->setChart(std::move(deaths));
    m_locks->setChart(std::move(locks));
}

QList<const LabChart *> DeathPage::charts() const
{
    QList<const LabChart *> charts;
    for (const ChartView *view : {m_deaths, m_locks}) {
        if (!view->chart().isEmpty())
            charts << &view->chart();
    }
    return charts;
}

} // namespace bulkhead
