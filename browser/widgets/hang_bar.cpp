// SPDX-License-Identifier: BSD-3-Clause
#include "browser/widgets/hang_bar.h"

#include <QApplication>
#include <QPushButton>

namespace bulkhead {

HangBar::HangBar(Tab &tab, QWidget *parent)
    : InfoBar({}, InfoBar::Lasting::Permanent, parent), m_tab(tab),
      m_wait(
          addChoice(tr("&Wait"), OutsideText(tr("Hides this line; it comes back if the page still does not answer")))),
      m_end(addChoice(tr("&End Process"),
                      OutsideText(tr("Ends the page’s process; its address, history and scroll position are kept")))),
      m_capture(addChoice(tr("&Capture Stack"), OutsideText(tr("Records where the process is, and lets it go on"))))
{
    hide();
    m_patience.setSingleShot(true);
    m_patience.setInterval(Patience);
    connect(&m_tab, &Tab::hangChanged, this, &HangBar::update);
    connect(&m_patience, &QTimer::timeout, this, &HangBar::update);
    connect(m_wait, &QPushButton::clicked, this, [this] {
        m_patience.start();
        leave();
    });
    connect(m_end, &QPushButton::clicked, &m_tab, &Tab::endHang);
    connect(m_capture, &QPushButton::clicked, this, &HangBar::capture);
    update();
}

void HangBar::update()
{
    const auto hang = m_tab.hang();
    if (!hang) {
        m_patience.stop();
        return leave();
    }
    if (m_patience.isActive())
        return;
    setSentence(OutsideText(hang->sentence()));
    m_capture->setEnabled(hang->cause != HangCause::Stopped);
    if (isHidden()) {
        m_capture->setText(tr("&Capture Stack"));
        show();
    }
}

void HangBar::capture()
{
    if (m_tab.captureStack()) {
        m_capture->setEnabled(false);
        m_capture->setText(tr("Captured: see about:crashes"));
    }
}

void HangBar::leave()
{
    if (isHidden())
        return;
    const QWidget *focused = QApplication::focusWidget();
    const bool hadFocus = focused && isAncestorOf(focused);
    hide();
    if (hadFocus)
        Q_EMIT left();
}

} // namespace bulkhead
