// SPDX-License-Identifier: BSD-3-Clause
#include "browser/window/info_bar.h"

#include "browser/window/color_scheme.h"
#include "browser/window/flat_button.h"
#include "browser/window/icons.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

namespace bulkhead {

InfoBar::InfoBar(const QString &sentence, Lasting lasting, QWidget *parent)
    : QWidget(parent), m_icon(new QLabel(this)), m_text(new QLabel(sentence, this)), m_offer(new QPushButton(this)),
      m_close(new FlatButton(this, FlatButton::Size::Small))
{
    m_text->setTextFormat(Qt::PlainText);
    m_text->setWordWrap(true);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_offer->hide();
    m_close->setMeaning(QStringLiteral("window-close"), tr("Dismiss"));
    m_close->setVisible(lasting == Lasting::UntilDismissed);
    setAccessibleName(sentence);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 8, 7);
    layout->setSpacing(10);
    layout->addWidget(m_icon, 0);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_offer, 0);
    layout->addWidget(m_close, 0);

    connect(m_offer, &QPushButton::clicked, this, &InfoBar::accepted);
    connect(m_close, &QToolButton::clicked, this, &InfoBar::dismissed);
    applyTextColor();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void InfoBar::setOffer(const QString &label, const QString &hint)
{
    m_offer->setText(label);
    m_offer->setToolTip(hint);
    m_offer->setAccessibleDescription(hint);
    m_offer->show();
}

QPushButton *InfoBar::addChoice(const QString &label, const QString &hint)
{
    auto *button = new QPushButton(label, this);
    button->setToolTip(hint);
    button->setAccessibleDescription(hint);
    // Before the close button.
    auto *row = static_cast<QHBoxLayout *>(layout());
    row->insertWidget(row->count() - 1, button);
    return button;
}

void InfoBar::setSentence(const QString &sentence)
{
    m_text->setText(sentence);
    setAccessibleName(sentence);
}

void InfoBar::setColor(const QColor &color)
{
    m_color = color;
    applyTextColor();
    update();
}

QSize InfoBar::sizeHint() const
{
    // One line of text; heightForWidth() asks for more where it is needed. A label that wraps would ask for two.
    const int content = std::max({m_offer->isHidden() ? 0 : m_offer->sizeHint().height(),
                                  m_close->isHidden() ? 0 : m_close->sizeHint().height(), fontMetrics().height()});
    const QMargins margins = layout()->contentsMargins();
    return {400, std::max(36, content + margins.top() + margins.bottom())};
}

QString InfoBar::sentence() const
{
    return m_text->text();
}

QColor InfoBar::ground() const
{
    return m_color.isValid() ? m_color
                             : chrome::mix(chrome::bar(palette()), palette().color(QPalette::Highlight), 0.13);
}

void InfoBar::applyTextColor()
{
    // Only the label's palette: the bar's own stays the app's, so that it keeps following it.
    QColor text = chrome::text(palette());
    if (m_color.isValid())
        text = qGray(m_color.rgb()) > 140 ? QColor(0xff14161a) : QColor(Qt::white);
    QPalette labelPalette = m_text->palette();
    if (labelPalette.color(QPalette::WindowText) != text) {
        labelPalette.setColor(QPalette::WindowText, text);
        m_text->setPalette(labelPalette);
    }
    const QIcon icon =
        standardIcon(m_color.isValid() ? QStringLiteral("dialog-warning") : QStringLiteral("dialog-information"), text);
    m_icon->setPixmap(icon.pixmap(QSize(16, 16), devicePixelRatioF()));
}

void InfoBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), ground());
    painter.fillRect(QRect(0, height() - 1, width(), 1), chrome::line(palette()));
}

void InfoBar::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Cancel) && !m_close->isHidden())
        return Q_EMIT dismissed();
    QWidget::keyPressEvent(event);
}

void InfoBar::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        applyTextColor();
    QWidget::changeEvent(event);
}

} // namespace bulkhead
