// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/sad_tab.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QAccessible>
#include <QEvent>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace bulkhead {

namespace {

constexpr QSize PictureSize(192, 120);
constexpr int ColumnWidth = 460;

QLabel *makeLabel(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setMaximumWidth(ColumnWidth);
    label->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    return label;
}

void setTextColor(QLabel *label, const QColor &color)
{
    QPalette palette;
    palette.setColor(QPalette::WindowText, color);
    label->setPalette(palette);
}

} // namespace

SadTab::SadTab(Tab &tab, QWidget *parent)
    : QWidget(parent), m_tab(tab), m_picture(new QLabel(this)), m_headline(makeLabel(this)),
      m_sentence(makeLabel(this)), m_advice(makeLabel(this)), m_kept(makeLabel(this)), m_code(makeLabel(this)),
      m_reload(new QPushButton(tr("&Reload"), this))
{
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    m_headline->setFont(large);
    QFont small = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    small.setPointSizeF(font().pointSizeF() * 0.9);
    m_code->setFont(small);
    m_code->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_picture->setFixedSize(PictureSize);
    m_reload->setDefault(true);
    m_reload->setAutoDefault(true);
    m_reload->setMinimumWidth(120);
    setFocusProxy(m_reload);

    auto *column = new QVBoxLayout;
    column->setSpacing(0);
    column->addStretch(3);
    column->addWidget(m_picture, 0, Qt::AlignHCenter);
    column->addSpacing(22);
    column->addWidget(m_headline);
    column->addSpacing(10);
    column->addWidget(m_sentence);
    column->addWidget(m_advice);
    column->addSpacing(20);
    column->addWidget(m_reload, 0, Qt::AlignHCenter);
    column->addSpacing(22);
    column->addWidget(m_kept);
    column->addSpacing(14);
    column->addWidget(m_code);
    column->addStretch(4);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(24, 16, 24, 16);
    row->addStretch(1);
    row->addLayout(column, 100);
    row->addStretch(1);

    connect(m_reload, &QPushButton::clicked, this, &SadTab::reloadRequested);
    connect(&m_tab, &Tab::crashChanged, this, &SadTab::describe);
    colour();
    describe();
}

void SadTab::describe()
{
    if (!m_tab.crash())
        return;
    const ExitReason &reason = *m_tab.crash();
    const bool isPlugin = reason.of == ExitOf::Plugin;
    QString headline = isPlugin ? tr("This document’s plugin has ended") : tr("This page’s process has ended");
    if (reason.kind == ExitKind::KilledByUser)
        headline = isPlugin ? tr("You ended this document’s plugin") : tr("You ended this page’s process");
    else if (reason.kind == ExitKind::PluginFailed)
        headline = tr("This document’s plugin cannot be used");
    else if (reason.kind == ExitKind::FailedToStart)
        headline = tr("No process could be started for this page");
    else if (reason.kind == ExitKind::OutOfMemory)
        headline = tr("This page ran out of memory");
    else if (reason.kind == ExitKind::TimeLimit)
        headline = tr("This page took too long");
    else if (reason.kind == ExitKind::ForbiddenCall)
        headline = tr("This page’s process tried something forbidden");
    else if (reason.kind == ExitKind::Limit)
        headline = tr("This page reached a limit");
    plain::setText(m_headline, OutsideText(headline));
    plain::setText(m_sentence, OutsideText(reason.sentence()));
    m_advice->setVisible(m_tab.crashesInARow() >= HopelessAfter);
    plain::setText(
        m_advice,
        OutsideText(
            tr("It has now ended %1 times in a row. Reloading will probably not help.").arg(m_tab.crashesInARow())));
    m_kept->setText(tr("Kept: address, title, history and scroll position. "
                       "Lost: the selection and whatever the page held in memory. Tabs of other sites go on."));
    plain::setText(m_code, OutsideText(reason.code()));
    plain::setAccessibleName(this, OutsideText(headline));
    for (QWidget *described : {static_cast<QWidget *>(this), static_cast<QWidget *>(m_reload)})
        plain::setAccessibleDescription(described, OutsideText(reason.sentence()));
}

void SadTab::colour()
{
    m_picture->setPixmap(illustration(QStringLiteral("compartment-lost"), PictureSize, devicePixelRatioF(),
                                      chrome::faintText(palette()), chrome::accent(palette())));
    setTextColor(m_kept, chrome::faintText(palette()));
    setTextColor(m_code, chrome::faintText(palette()));
    setTextColor(m_advice, chrome::warning(palette()));
}

void SadTab::showEvent(QShowEvent *event)
{
    colour(); // the device-pixel ratio is known now
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
    QWidget::showEvent(event);
}

void SadTab::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    QWidget::changeEvent(event);
}

void SadTab::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(rect(), palette().color(QPalette::Base));
}

} // namespace bulkhead
