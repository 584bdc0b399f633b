// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/map/process_strip.h"

#include "browser/host/processes/signal_names.h"
#include "browser/tools/model/process_list.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QToolButton>

#include <csignal>

namespace bulkhead {

namespace {
constexpr int Signals[] = {SIGTERM, SIGKILL, SIGSEGV, SIGABRT, SIGSTOP, SIGCONT};

QString hintOf(int number)
{
    switch (number) {
    case SIGTERM:
        return ProcessStrip::tr("asks it to end");
    case SIGKILL:
        return ProcessStrip::tr("ends it at once; cannot be caught");
    case SIGSEGV:
        return ProcessStrip::tr("as if it had crashed");
    case SIGABRT:
        return ProcessStrip::tr("as if it had given up");
    case SIGSTOP:
        return ProcessStrip::tr("freezes it");
    default:
        return ProcessStrip::tr("lets it go on");
    }
}
} // namespace

ProcessStrip::ProcessStrip(ProcessList &processes, QWidget *parent)
    : QWidget(parent), m_processes(processes), m_head(new QLabel(this)), m_text(new QLabel(this)),
      m_end(new QPushButton(tr("&End Process"), this)), m_signal(new QToolButton(this)), m_more(new QToolButton(this)),
      m_menu(new QMenu(this))
{
    setAccessibleName(tr("Chosen process"));
    m_text->setWordWrap(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse);
    QFont bold = m_head->font();
    bold.setWeight(QFont::DemiBold);
    m_head->setFont(bold);
    // A long title must not widen the dock.
    m_head->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_text->setMinimumHeight(m_text->fontMetrics().lineSpacing() * 2);
    m_text->setAlignment(Qt::AlignLeft | Qt::AlignTop);

    m_signal->setText(tr("&Signal"));
    m_signal->setPopupMode(QToolButton::InstantPopup);
    m_signal->setToolTip(tr("Sends a signal, as kill(1) does in a terminal"));
    auto *signalMenu = new QMenu(m_signal);
    for (const int number : Signals) {
        QAction *action =
            signalMenu->addAction(QStringLiteral("%1\t%2").arg(signal_names::name(number), hintOf(number)));
        connect(action, &QAction::triggered, this, [this, number] { signalChosen(number); });
    }
    m_signal->setMenu(signalMenu);
    m_more->setText(tr("More"));
    m_more->setPopupMode(QToolButton::InstantPopup);
    m_more->setMenu(m_menu);
    connect(m_menu, &QMenu::aboutToShow, this, [this] { menu(); });
    connect(m_end, &QPushButton::clicked, this, &ProcessStrip::endChosen);

    auto *texts = new QVBoxLayout;
    texts->setSpacing(1);
    texts->addWidget(m_head);
    texts->addWidget(m_text);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(10, 6, 8, 6);
    row->addLayout(texts, 1);
    row->addWidget(m_end);
    row->addWidget(m_signal);
    row->addWidget(m_more);
    connect(&m_processes, &ProcessList::refreshed, this, &ProcessStrip::update);
    update();
}

void ProcessStrip::choose(quint64 key)
{
    if (key == m_key && !m_showsOutcome)
        return;
    m_key = key;
    m_showsOutcome = false;
    const ProcessInfo *info = m_processes.byKey(key);
    m_pid = info ? info->pid : 0;
    update();
}

QString ProcessStrip::headline() const
{
    const ProcessInfo *info = m_processes.byKey(m_key);
    if (!info)
        return tr("No process chosen");
    return tr("%1 %2 · %3").arg(roleText(info->role), QString::number(info->pid), info->title());
}

void ProcessStrip::update()
{
    const ProcessInfo *info = m_processes.byKey(m_key);
    if (info)
        m_pid = info->pid;
    m_end->setEnabled(info && info->pid > 0 && info->role != ProcessRole::Browser);
    m_signal->setEnabled(info && info->pid > 0);
    m_more->setEnabled(info);
    if (m_showsOutcome)
        return;
    plain::setText(m_head, OutsideText(headline()));
    if (!info) {
        plain::setText(m_text, OutsideText(tr("Choose one to see what would go with it.")));
        return;
    }
    QString text = BlastRadius::of(*info, m_processes.processes()).sentence();
    if (!info->trouble.isEmpty())
        text.prepend(info->trouble + QLatin1Char(' '));
    plain::setText(m_text, OutsideText(text, OutsideText::Lines::Many));
}

void ProcessStrip::showOutcome(const BlastOutcome &outcome)
{
    m_showsOutcome = true;
    m_key = 0;
    plain::setText(m_head, OutsideText(QStringLiteral("%1 %2 %3 · %4")
                                           .arg(outcome.isAsPredicted() ? QStringLiteral("✓") : QStringLiteral("✗"),
                                                roleText(outcome.process.role), QString::number(outcome.process.pid),
                                                outcome.process.title())));
    plain::setText(m_text, OutsideText(outcome.sentence(), OutsideText::Lines::Many));
    m_end->setEnabled(false);
    m_signal->setEnabled(false);
    m_more->setEnabled(false);
}

QString ProcessStrip::sentence() const
{
    return m_text->text();
}

QMenu *ProcessStrip::menu()
{
    m_menu->clear();
    const ProcessInfo *info = m_processes.byKey(m_key);
    if (!info)
        return m_menu;
    if (!info->tasks.isEmpty() && info->tasks.first().tab != 0)
        connect(m_menu->addAction(tr("&Go to Tab")), &QAction::triggered, this, &ProcessStrip::goToTab);
    if (info->role != ProcessRole::Browser)
        connect(m_menu->addAction(tr("&End Process")), &QAction::triggered, this, &ProcessStrip::endChosen);
    QMenu *signalMenu = m_menu->addMenu(tr("Send &Signal"));
    for (QAction *action : m_signal->menu()->actions())
        signalMenu->addAction(action);
    connect(m_menu->addAction(tr("&Lower Priority")), &QAction::triggered, this, &ProcessStrip::lowerPriority);
    connect(m_menu->addAction(tr("&Copy PID")), &QAction::triggered, this, &ProcessStrip::copyPid);
    return m_menu;
}

void ProcessStrip::endChosen()
{
    m_processes.end(m_key);
}

void ProcessStrip::signalChosen(int number)
{
    const ProcessInfo *info = m_processes.byKey(m_key);
    if (!info)
        return;
    if (info->role == ProcessRole::Browser && number != SIGCONT) {
        const std::unique_ptr<QMessageBox> box(plain::messageBox(
            QMessageBox::Warning, tr("Send %1 to Bulkhead itself?").arg(signal_names::name(number)),
            OutsideText(BlastRadius::of(*info, m_processes.processes()).sentence(), OutsideText::Lines::Many),
            QMessageBox::NoButton, window()));
        const QAbstractButton *send =
            box->addButton(tr("Send %1").arg(signal_names::name(number)), QMessageBox::DestructiveRole);
        box->setDefaultButton(box->addButton(QMessageBox::Cancel));
        box->exec();
        if (box->clickedButton() != send)
            return;
    }
    m_processes.sendSignal(m_key, number);
}

void ProcessStrip::lowerPriority()
{
    m_processes.lowerPriority(m_key);
}

void ProcessStrip::copyPid()
{
    if (m_pid > 0)
        QGuiApplication::clipboard()->setText(QString::number(m_pid));
}

void ProcessStrip::goToTab()
{
    const ProcessInfo *info = m_processes.byKey(m_key);
    if (info && !info->tasks.isEmpty() && info->tasks.first().tab != 0)
        Q_EMIT tabRequested(info->tasks.first().tab);
}

} // namespace bulkhead
