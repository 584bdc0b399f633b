// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/find_bar.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/plain_text.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>

namespace bulkhead {

FindBar::FindBar(Tab &tab, QWidget *parent)
    : QWidget(parent), m_tab(tab), m_field(new QLineEdit(this)), m_result(new QLabel(this)),
      m_previous(new FlatButton(this, FlatButton::Size::Small)), m_next(new FlatButton(this, FlatButton::Size::Small)),
      m_case(new FlatButton(this, FlatButton::Size::Small)), m_close(new FlatButton(this, FlatButton::Size::Small))
{
    setAccessibleName(tr("Find in page"));
    m_field->setPlaceholderText(tr("Find in page"));
    m_field->setAccessibleName(tr("Find in page"));
    m_field->setClearButtonEnabled(false);
    m_field->setMaximumWidth(340);
    m_field->setMinimumWidth(120);
    m_field->installEventFilter(this);
    m_previous->setMeaning(QStringLiteral("go-up"), tr("Previous match (Shift+F3)"));
    m_next->setMeaning(QStringLiteral("go-down"), tr("Next match (F3)"));
    m_case->setText(tr("Aa", "match case: a capital and a small letter"));
    m_case->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_case->setToolTip(tr("Match case"));
    m_case->setAccessibleName(tr("Match case"));
    m_case->setCheckable(true);
    m_close->setMeaning(QStringLiteral("window-close"), tr("Close the find bar (Esc)"));
    m_result->setMinimumWidth(fontMetrics().horizontalAdvance(tr("%1 of %2").arg(9999).arg(9999)));

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 6, 8, 5);
    layout->setSpacing(4);
    layout->addWidget(m_field, 1);
    layout->addWidget(m_previous);
    layout->addWidget(m_next);
    layout->addWidget(m_case);
    layout->addSpacing(6);
    layout->addWidget(m_result);
    layout->addStretch(1);
    layout->addWidget(m_close);
    hide();

    connect(m_field, &QLineEdit::textEdited, this, [this] { search(FindStep::Next); });
    connect(m_previous, &QToolButton::clicked, this, [this] { search(FindStep::Previous); });
    connect(m_next, &QToolButton::clicked, this, [this] { search(FindStep::Next); });
    connect(m_case, &QToolButton::toggled, this, [this] { search(FindStep::Next); });
    connect(m_close, &QToolButton::clicked, this, &FindBar::close);
    connect(&m_tab, &Tab::findResult, this, [this](int count, int active) {
        if (isHidden())
            return;
        m_asking = false;
        if (m_askNext)
            ask(*m_askNext);
        else
            showResult(count, active);
    });
    // Another page, or none: the answer will not come.
    connect(&m_tab, &Tab::processChanged, this, [this] { forgetAnswer(); });
}

void FindBar::open(const QString &text)
{
    const bool wasHidden = isHidden();
    if (!text.isEmpty())
        m_field->setText(text);
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    if (!m_field->text().isEmpty() && (wasHidden || !text.isEmpty()))
        search(FindStep::Next);
}

void FindBar::close()
{
    if (isHidden())
        return;
    hide();
    forgetAnswer();
    m_tab.find({}, FindStep::Next, Qt::CaseInsensitive);
    Q_EMIT closed();
}

void FindBar::step(FindStep step)
{
    if (isHidden() || m_field->text().isEmpty())
        open();
    else
        search(step);
}

QString FindBar::text() const
{
    return m_field->text();
}

void FindBar::search(FindStep step)
{
    if (m_asking && !m_field->text().isEmpty()) {
        m_askNext = step;
        return;
    }
    ask(step);
}

void FindBar::ask(FindStep step)
{
    m_askNext.reset();
    m_asking = !m_field->text().isEmpty();
    if (!m_asking)
        showResult(0, 0);
    m_tab.find(m_field->text(), step, m_case->isChecked() ? Qt::CaseSensitive : Qt::CaseInsensitive);
}

void FindBar::forgetAnswer()
{
    m_asking = false;
    m_askNext.reset();
}

void FindBar::showResult(int count, int active)
{
    const bool asked = !m_field->text().isEmpty();
    QString text;
    if (asked && count == 0)
        text = tr("No matches");
    else if (asked && active > 0)
        text = tr("%1 of %2", "position of the active match, number of matches").arg(active).arg(count);
    else if (asked)
        text = tr("%n match(es)", nullptr, count);
    plain::setText(m_result, OutsideText(text));
    m_previous->setEnabled(count > 0);
    m_next->setEnabled(count > 0);

    QPalette fieldPalette;
    if (asked && count == 0) {
        const QColor base = palette().color(QPalette::Base);
        fieldPalette = palette();
        fieldPalette.setColor(QPalette::Base, chrome::mix(base, chrome::error(palette()), 0.22));
    }
    m_field->setPalette(fieldPalette);
    plain::setAccessibleDescription(m_field, OutsideText(text));
    QAccessibleEvent changed(m_field, QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&changed);
}

void FindBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), chrome::bar(palette()));
    painter.fillRect(QRect(0, 0, width(), 1), chrome::line(palette()));
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter) {
            if (!m_field->text().isEmpty())
                search(key->modifiers() & Qt::ShiftModifier ? FindStep::Previous : FindStep::Next);
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void FindBar::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel))
        return close();
    QWidget::keyPressEvent(event);
}

} // namespace bulkhead
