// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/lab_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/kit/figures_table.h"
#include "browser/lab/kit/lab_export.h"
#include "browser/lab/kit/mechanism_card.h"
#include "browser/lab/kit/run_bar.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QJsonArray>
#include <QLabel>
#include <QScrollArea>
#include <QSplitter>
#include <QVBoxLayout>

#include <cerrno>

namespace bulkhead {

namespace {

constexpr int CardWidth = 320;

/// A scroll area that takes its width from its content's needs, and looks like part of the page.
QScrollArea *scrolled(QWidget *content, QWidget *parent)
{
    auto *area = new QScrollArea(parent);
    area->setWidget(content);
    area->setWidgetResizable(true);
    area->setFrameShape(QFrame::NoFrame);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    area->setFocusPolicy(Qt::NoFocus);
    return area;
}

} // namespace

LabPage::LabPage(LabContext &context, Description description, QWidget *parent)
    : QWidget(parent), m_context(context), m_description(std::move(description)), m_title(new QLabel(this)),
      m_purpose(new QLabel(this)), m_splitter(new QSplitter(Qt::Horizontal, this)), m_column(new QVBoxLayout),
      m_card(new MechanismCard(context)), m_comparison(new QWidget(this)), m_bar(new RunBar(*this))
{
    plain::setText(m_title, OutsideText(m_description.title));
    plain::setAccessibleName(this, OutsideText(m_description.title));
    m_purpose->setWordWrap(true);
    plain::setText(m_purpose, OutsideText(m_description.purpose));
    if (!m_description.experiment.isEmpty()) {
        plain::setText(m_purpose, RichText()
                                      .text(OutsideText(m_description.purpose + u' '))
                                      .link(OutsideText(tr("Predict it first, in the experiment.")),
                                            QStringLiteral("about:experiments?show=") + m_description.experiment));
        m_purpose->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
        connect(m_purpose, &QLabel::linkActivated, this,
                [this](const QString &link) { Q_EMIT openRequested(QUrl(link)); });
    }
    styleHead();

    auto *left = new QWidget(m_splitter);
    m_column->setContentsMargins(20, 16, 16, 0);
    m_column->setSpacing(10);
    m_column->addWidget(m_title);
    m_column->addWidget(m_purpose);
    left->setLayout(m_column);
    m_splitter->addWidget(left);
    m_cardArea = scrolled(m_card, m_splitter);
    m_splitter->addWidget(m_cardArea);
    m_splitter->setChildrenCollapsible(false);
    m_splitter->setHandleWidth(1);
    m_splitter->setStretchFactor(0, 1);
    m_splitter->setStretchFactor(1, 0);
    m_splitter->setSizes({4 * CardWidth, CardWidth});

    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(0);
    whole->addWidget(m_splitter, 1);
    makeComparison();
    whole->addWidget(m_comparison);
    whole->addWidget(m_bar);
}

LabPage::~LabPage() = default;

void LabPage::makeComparison()
{
    m_comparisonTitle = new QLabel(m_comparison);
    m_comparisonTable = new FiguresTable(m_comparison);
    m_comparisonTable->setAccessibleName(tr("Comparison"));
    m_comparisonTable->setMostRows(8);
    auto *close = new FlatButton(m_comparison);
    close->setIcon(standardIcon(QStringLiteral("window-close")));
    close->setToolTip(tr("Close the comparison"));
    close->setAccessibleName(tr("Close the comparison"));
    auto *head = new QHBoxLayout;
    head->addWidget(m_comparisonTitle, 1);
    head->addWidget(close);
    auto *column = new QVBoxLayout(m_comparison);
    column->setContentsMargins(20, 8, 16, 4);
    column->addLayout(head);
    column->addWidget(m_comparisonTable);
    m_comparison->hide();
    connect(close, &QAbstractButton::clicked, m_comparison, &QWidget::hide);
}

void LabPage::compareWith(const QString &kept)
{
    const QJsonObject document = m_context.results().load(m_description.name, kept);
    const QList<QStringList> rows = comparedWith(document[QStringLiteral("result")].toObject());
    if (rows.size() <= 1)
        return say(tr("“%1” and this result have nothing in common that could be compared.").arg(kept));
    plain::setText(m_comparisonTitle,
                   OutsideText(tr("This result compared with “%1” of %2")
                                   .arg(OutsideText::name(kept).plain(), document[QStringLiteral("made")].toString())));
    m_comparisonTable->setRows(rows);
    m_comparison->show();
}

QList<QStringList> LabPage::comparison() const
{
    return m_comparison->isHidden() ? QList<QStringList>() : m_comparisonTable->rows();
}

QByteArray LabPage::csv() const
{
    return labTablesToCsv(tables());
}

void LabPage::styleHead()
{
    QFont large = font();
    large.setPointSizeF(font().pointSizeF() * 1.5);
    large.setBold(true);
    m_title->setFont(large);
    QPalette faint = m_purpose->palette();
    faint.setColor(QPalette::WindowText, chrome::faintText(palette()));
    m_purpose->setPalette(faint);
}

void LabPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        styleHead();
    QWidget::changeEvent(event);
}

void LabPage::setBody(QWidget *body, Scrolling scrolling)
{
    m_column->addWidget(scrolling == Scrolling::Yes ? scrolled(body, this) : body, 1);
}

void LabPage::showCard(bool on)
{
    m_cardArea->setVisible(on);
}

void LabPage::configure(const QJsonObject &) {}

void LabPage::run(LabTask::Work work)
{
    m_problem.clear();
    m_task = std::make_unique<LabTask>(m_context.threads(), std::move(work));
    connect(m_task.get(), &LabTask::progressed, m_bar, &RunBar::showProgress);
    connect(m_task.get(), &LabTask::finished, this, &LabPage::finish);
    m_bar->showProgress(0, 0, tr("Starting two processes…"));
    Q_EMIT stateChanged();
}

void LabPage::finish()
{
    const Result<void> result = m_task->result();
    if (result) {
        say(tr("Done."));
    } else if (result.error().number == ECANCELED) {
        m_problem = tr("Cancelled; its processes are gone and everything that they made is removed.");
        say(m_problem);
    } else {
        m_problem = QString::fromStdString(result.error().what);
        if (!m_problem.isEmpty())
            m_problem[0] = m_problem[0].toUpper();
        if (!m_problem.endsWith(u'.'))
            m_problem += u'.';
        say(m_problem);
    }
    onFinished(result);
    if (result && !exported().isEmpty())
        m_context.results().setLast(m_description.name, labDocument(*this));
    Q_EMIT stateChanged();
}

void LabPage::cancel()
{
    if (isRunning())
        m_task->cancel();
}

void LabPage::say(const QString &sentence)
{
    m_bar->say(sentence);
}

QString LabPage::status() const
{
    return m_bar->sentence();
}

void LabPage::announceChange()
{
    Q_EMIT stateChanged();
}

QList<LabTable> LabPage::tables() const
{
    QList<LabTable> tables;
    for (const LabChart *chart : charts())
        tables.append({chart->title, chart->table()});
    return tables;
}

bool LabPage::restore(const QJsonObject &)
{
    return false;
}

QList<QStringList> LabPage::comparedWith(const QJsonObject &before) const
{
    QList<QStringList> rows{{tr("Figure"), tr("Before"), tr("Now"), tr("Unit"), tr("Now : before")}};
    const QJsonArray old = before[QStringLiteral("findings")].toArray();
    for (const QJsonValue &value : exported()[QStringLiteral("findings")].toArray()) {
        const QJsonObject now = value.toObject();
        for (const QJsonValue &candidate : old) {
            const QJsonObject then = candidate.toObject();
            if (then[QStringLiteral("name")] != now[QStringLiteral("name")])
                continue;
            const double a = then[QStringLiteral("value")].toDouble(), b = now[QStringLiteral("value")].toDouble();
            rows.append({now[QStringLiteral("name")].toString(), figureNumber(a), figureNumber(b),
                         now[QStringLiteral("unit")].toString(), a != 0 ? figureNumber(b / a) : QString()});
            break;
        }
    }
    return rows;
}

} // namespace bulkhead
