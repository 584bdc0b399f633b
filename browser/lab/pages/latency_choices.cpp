// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/latency_choices.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/kit/flow_layout.h"
#include "browser/widgets/plain_text.h"

#include <QComboBox>
#include <QDoubleSpinBox>
#include <QEvent>
#include <QFormLayout>
#include <QJsonArray>
#include <QLabel>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QToolButton>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <utility>

namespace bulkhead {

namespace {

constexpr double Sizes[] = {1,        16,       64,        256,     1 << 10, 4 << 10,
                            16 << 10, 64 << 10, 256 << 10, 1 << 20, 4 << 20, 16 << 20};
/// One of each kind, and both baselines.
constexpr const char *FirstChoice[] = {"null",       "memcpy",         "pipe",        "unix-stream",
                                       "tcp",        "sysv-queue",     "posix-queue", "posix-shm+futex",
                                       "memfd+spin", "bulkhead-frames"};
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

} // namespace

LatencyChoices::LatencyChoices(QWidget *parent)
    : QWidget(parent), m_mechanisms(new QListWidget), m_wait(new QComboBox), m_rounds(new QSpinBox),
      m_seconds(new QDoubleSpinBox), m_estimate(new QLabel)
{
    auto *form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);

    addMechanisms(*form);
    addSlices(*form);
    addWaiting(*form);
    for (const auto *group : {&m_sizes, &m_placements}) {
        for (QToolButton *button : *group)
            connect(button, &QToolButton::toggled, this, &LatencyChoices::estimate);
    }
    connect(m_rounds, &QSpinBox::valueChanged, this, &LatencyChoices::estimate);
    connect(m_seconds, &QDoubleSpinBox::valueChanged, this, &LatencyChoices::estimate);
    connect(m_mechanisms, &QListWidget::itemChanged, this, &LatencyChoices::estimate);
}

void LatencyChoices::addMechanisms(QFormLayout &form)
{
    m_mechanisms->setAccessibleName(tr("Mechanisms"));
    m_mechanisms->setFlow(QListView::LeftToRight);
    m_mechanisms->setWrapping(true);
    m_mechanisms->setResizeMode(QListView::Adjust);
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
        if (!name.isEmpty())
            Q_EMIT mechanismPicked(name, m_mechanisms->hasFocus() ? Picked::ByPerson : Picked::Otherwise);
    });
}

void LatencyChoices::addSlices(QFormLayout &form)
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

void LatencyChoices::addWaiting(QFormLayout &form)
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

void LatencyChoices::setMechanisms(const std::vector<wire::LabMechanism> &known)
{
    if (m_mechanisms->count() > 0 || known.empty())
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
void LatencyChoices::fitMechanisms()
{
    const QSize grid = m_mechanisms->gridSize();
    if (grid.width() <= 0)
        return;
    const int columns = std::max(1, (m_mechanisms->width() - 2 * m_mechanisms->frameWidth()) / grid.width());
    m_mechanisms->setFixedHeight((m_mechanisms->count() + columns - 1) / columns * grid.height() +
                                 2 * m_mechanisms->frameWidth());
}

bool LatencyChoices::eventFilter(QObject *object, QEvent *event)
{
    if (object == m_mechanisms && event->type() == QEvent::Resize)
        fitMechanisms();
    return QWidget::eventFilter(object, event);
}

QStringList LatencyChoices::chosenMechanisms() const
{
    QStringList names;
    for (int i = 0; i < m_mechanisms->count(); ++i) {
        if (m_mechanisms->item(i)->checkState() == Qt::Checked)
            names << m_mechanisms->item(i)->text();
    }
    return m_mechanisms->count() == 0 ? m_wanted : names;
}

void LatencyChoices::configure(const QJsonObject &options)
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

std::optional<lab::LabRun::Options> LatencyChoices::options() const
{
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
        return {};
    options.wait = lab::waitFromName(m_wait->currentData().toString().toStdString());
    options.rounds = m_rounds->value();
    options.seconds = m_seconds->value();
    return options;
}

QJsonObject LatencyChoices::named() const
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

void LatencyChoices::estimate()
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

} // namespace bulkhead
