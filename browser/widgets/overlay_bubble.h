// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/shown/outside_text.h"

#include <QTimer>
#include <QWidget>

namespace bulkhead {

/// A small rounded note that floats over its parent and takes no input: the link under the pointer, the zoom that was
/// just set, how to leave full screen, what is wrong with a typed address.
class OverlayBubble : public QWidget
{
    Q_OBJECT
public:
    enum class Place {
        BottomStart, ///< flush with the lower corner; moves to the other one when the pointer is there
        TopEnd,
        TopCenter,
        Given, ///< where place() says
    };

    OverlayBubble(Place place, QWidget *parent);

    /// Shows @p text until clear(), or for @p milliseconds. Announced to assistive technology by notes that end by
    /// themselves.
    void showText(const OutsideText &text, int milliseconds = 0);
    void clear();
    QString text() const { return m_text.plain(); }
    void setTextColor(const QColor &color);
    /// Upper left corner in the parent, for Place::Given.
    void setPosition(QPoint topLeft);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();
    QSize bubbleSize() const;

    Place m_place;
    QPoint m_position;
    OutsideText m_text;
    QColor m_textColor;
    QTimer m_timer;
};

} // namespace bulkhead
