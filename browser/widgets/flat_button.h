// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QToolButton>

namespace bulkhead {

/// The window's one kind of small button: an icon without a frame, a soft rounded ground under pointer and press, a
/// ring for keyboard focus, and optionally a ring that shows progress. Its accessible name is its text or its action's
/// text; its tooltip tells the shortcut.
class FlatButton : public QToolButton
{
    Q_OBJECT
public:
    enum class Size { Small, Normal }; ///< 24 or 32 logical pixels a side with the default font

    explicit FlatButton(QWidget *parent = nullptr, Size size = Size::Normal);
    /// Shows @p action: icon, text, enabledness, checkedness and trigger.
    FlatButton(QAction *action, QWidget *parent, Size size = Size::Normal);

    /// An icon named @p iconName that says @p text to those who cannot see it or hover it.
    void setMeaning(const QString &iconName, const QString &text);

    /// 0 to 1 draws a ring; below 0 none.
    void setProgress(double progress);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    Size m_size;
    double m_progress = -1;
};

} // namespace bulkhead
