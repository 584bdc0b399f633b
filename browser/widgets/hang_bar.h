// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"
#include "browser/widgets/info_bar.h"

#include <QTimer>

namespace bulkhead {

/// The line above a page whose process does not answer: why, and Wait, End Process or Capture Stack. It comes and goes
/// by itself with Tab::hang(), never takes the focus, and everything else in the window can be used meanwhile.
class HangBar : public InfoBar
{
    Q_OBJECT
public:
    /// How long Wait keeps the bar away when the page still does not answer.
    static constexpr std::chrono::seconds Patience{15};

    /// @p tab outlives the bar.
    HangBar(Tab &tab, QWidget *parent = nullptr);

    QPushButton *waitButton() const { return m_wait; }
    QPushButton *endButton() const { return m_end; }
    QPushButton *captureButton() const { return m_capture; }

Q_SIGNALS:
    /// The bar is gone and had the focus.
    void left();

private:
    void update();
    void capture();
    void leave();

    Tab &m_tab;
    QPushButton *m_wait;
    QPushButton *m_end;
    QPushButton *m_capture;
    QTimer m_patience;
};

} // namespace bulkhead
