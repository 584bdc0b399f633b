// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QObject>

class QWidget;

namespace bulkhead {

/// Tells when Alt was pressed and released by itself in a window: the old way to its menu. Alt with anything else (a
/// shortcut, a click, another window) is not that. Filters the application's events while it lives.
class AltKeyWatcher : public QObject
{
    Q_OBJECT
public:
    explicit AltKeyWatcher(QWidget *window);

Q_SIGNALS:
    void tapped();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *m_window;
    bool m_pressed = false;
};

} // namespace bulkhead
