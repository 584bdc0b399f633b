// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QWidget>

#include <optional>

class QLabel;
class QLineEdit;

namespace bulkhead {

class FlatButton;

/// Finds text in one tab's page: as one types, then by Enter and Shift+Enter, F3 and Shift+F3. Esc ends it.
class FindBar : public QWidget
{
    Q_OBJECT
public:
    /// @p tab outlives the bar.
    FindBar(Tab &tab, QWidget *parent = nullptr);

    /// Shows the bar with its text selected; @p text, when not empty, is looked for at once.
    void open(const QString &text = {});
    /// Hides the bar and the page's highlights. The text stays for the next time.
    void close();
    /// Goes on from the active match; opens the bar when it is closed.
    void step(FindStep step);
    QString text() const;

Q_SIGNALS:
    void closed();

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    void search(FindStep step);
    void ask(FindStep step);
    void forgetAnswer();
    void showResult(int count, int active);

    Tab &m_tab;
    /// One search at a time: a large page takes longer than one types. What was typed meanwhile is searched next.
    bool m_asking = false;
    std::optional<FindStep> m_askNext;
    QLineEdit *m_field;
    QLabel *m_result;
    FlatButton *m_previous;
    FlatButton *m_next;
    FlatButton *m_case;
    FlatButton *m_close;
};

} // namespace bulkhead
