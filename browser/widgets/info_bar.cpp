// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/info_bar.h"

#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QResizeEvent>

#include <algorithm>

namespace bulkhead {

namespace {
/// Pixels of width; where the buttons leave the sentence less they stand below it.
constexpr int LeastText = 220;
} // namespace

InfoBar::InfoBar(const OutsideText &sentence, Lasting lasting, QWidget *parent)
    : QWidget(parent), m_icon(new QLabel(this)), m_text(new QLabel(this)),
      m_body(new QBoxLayout(QBoxLayout::LeftToRight)), m_buttons(new QHBoxLayout), m_offer(new QPushButton(this)),
      m_close(new FlatButton(this, FlatButton::Size::Small))
{
    setSentence(sentence);
    m_text->setWordWrap(true);
    m_text->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
    m_offer->hide();
    m_close->setMeaning(QStringLiteral("window-close"), tr("Dismiss"));
    m_close->setVisible(lasting == Lasting::UntilDismissed);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Minimum);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 6, 8, 7);
    layout->setSpacing(10);
    layout->addWidget(m_icon, 0);
    layout->addLayout(m_body, 1);
    layout->addWidget(m_close, 0);
    m_body->setSpacing(layout->spacing());
    m_body->addWidget(m_text, 1);
    m_body->addLayout(m_buttons, 0);
    m_buttons->setSpacing(layout->spacing());
    m_buttons->addWidget(m_offer, 0);

    connect(m_offer, &QPushButton::clicked, this, &InfoBar::accepted);
    connect(m_close, &QToolButton::clicked, this, &InfoBar::dismissed);
    applyTextColor();
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void InfoBar::setOffer(const QString &label, const OutsideText &hint)
{
    m_offer->setText(label);
    plain::setToolTip(m_offer, hint);
    plain::setAccessibleDescription(m_offer, hint);
    m_offer->show();
}

QPushButton *InfoBar::addChoice(const QString &label, const OutsideText &hint)
{
    auto *button = new QPushButton(label, this);
    plain::setToolTip(button, hint);
    plain::setAccessibleDescription(button, hint);
    m_buttons->addWidget(button);
    return button;
}

void InfoBar::setSentence(const OutsideText &sentence)
{
    plain::setText(m_text, sentence);
    plain::setAccessibleName(this, sentence);
}

void InfoBar::setColor(const QColor &color)
{
    m_color = color;
    applyTextColor();
    update();
}

bool InfoBar::isNarrow() const
{
    return width() - roundText() - m_buttons->sizeHint().width() - m_body->spacing() < LeastText;
}

int InfoBar::roundText() const
{
    const QMargins margins = layout()->contentsMargins();
    int sum = margins.left() + margins.right() + m_icon->sizeHint().width() + layout()->spacing();
    if (!m_close->isHidden())
        sum += m_close->sizeHint().width() + layout()->spacing();
    return sum;
}

QSize InfoBar::sizeHint() const
{
    const QSize buttons = m_buttons->sizeHint();
    const bool narrow = isNarrow();
    const int room = width() - roundText() - (narrow || buttons.width() == 0 ? 0 : buttons.width() + m_body->spacing());
    int content = m_text->heightForWidth(std::max(room, LeastText / 2));
    if (narrow && buttons.height() > 0)
        content += m_body->spacing() + buttons.height();
    content = std::max({content, buttons.height(), m_close->isHidden() ? 0 : m_close->sizeHint().height()});
    const QMargins margins = layout()->contentsMargins();
    return {400, std::max(36, content + margins.top() + margins.bottom())};
}

QSize InfoBar::minimumSizeHint() const
{
    return {QWidget::minimumSizeHint().width(), sizeHint().height()};
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

void InfoBar::resizeEvent(QResizeEvent *event)
{
    m_body->setDirection(isNarrow() ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
    m_buttons->setAlignment(isNarrow() ? Qt::AlignLeft : Qt::Alignment());
    if (event->size().width() != event->oldSize().width())
        updateGeometry(); // more lines, or fewer
    QWidget::resizeEvent(event);
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
