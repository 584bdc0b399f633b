// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QWidget>

class QHBoxLayout;
class QVBoxLayout;

namespace bulkhead {

/// A column at the end of the window with a headline and a close button: the frame of the downloads and the history.
/// Esc closes it.
class SidePanel : public QWidget
{
    Q_OBJECT
public:
    SidePanel(const QString &headline, QWidget *parent = nullptr);

    QSize sizeHint() const override { return {360, 400}; }
    QSize minimumSizeHint() const override { return {260, 200}; }

    /// Moves the keyboard focus into the panel.
    void focusFirst();

Q_SIGNALS:
    void closeRequested();

protected:
    /// Below the headline; the panel's contents go here.
    QVBoxLayout *body() const { return m_body; }
    /// A button with the headline, before the close button.
    void addHeadButton(QWidget *button);
    /// What focusFirst() goes to. (Not a focus proxy: Tab would jump over what stands before it.)
    void setFirstControl(QWidget *control) { m_first = control; }

    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;

private:
    QHBoxLayout *m_head;
    QVBoxLayout *m_body;
    QWidget *m_first;
};

} // namespace bulkhead
