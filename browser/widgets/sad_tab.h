// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace bulkhead {

/// What stands in the page's place while its process is gone: what happened, what it cost, and Reload. It never reloads
/// by itself.
class SadTab : public QWidget
{
    Q_OBJECT
public:
    /// @p tab outlives the widget.
    SadTab(Tab &tab, QWidget *parent = nullptr);

    /// From so many endings in a row on the page says that reloading will hardly help.
    static constexpr int HopelessAfter = 3;

Q_SIGNALS:
    void reloadRequested();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    void describe();
    void colour();

    Tab &m_tab;
    QLabel *m_picture;
    QLabel *m_headline;
    QLabel *m_sentence;
    QLabel *m_advice;
    QLabel *m_kept;
    QLabel *m_code;
    QPushButton *m_reload;
};

} // namespace bulkhead
