// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/shown/outside_text.h"

#include <QColor>
#include <QWidget>

class QBoxLayout;
class QHBoxLayout;
class QLabel;
class QPushButton;

namespace bulkhead {

class FlatButton;

/// A line above the page with one sentence, at most one offer (more where a state needs a choice) and, unless it is
/// permanent, a way to dismiss it.
class InfoBar : public QWidget
{
    Q_OBJECT
public:
    enum class Lasting {
        UntilDismissed,
        Permanent, ///< no close button: a state of the app that the person must keep seeing
    };

    InfoBar(const OutsideText &sentence, Lasting lasting, QWidget *parent = nullptr);

    /// The one thing that can be done about it; @p label is the app's own, with a mnemonic; @p hint is its tooltip.
    void setOffer(const QString &label, const OutsideText &hint = {});
    /// One more button, after those there are. Owned by the bar.
    QPushButton *addChoice(const QString &label, const OutsideText &hint = {});
    void setSentence(const OutsideText &sentence);
    /// Fills the bar with @p color instead of a tint of the accent; the text turns black or white to be readable on it.
    void setColor(const QColor &color);
    QString sentence() const;

    /// High enough for the whole sentence at the width it has now.
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void accepted();
    void dismissed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    /// The buttons stand below the sentence.
    bool isNarrow() const;
    /// What is left and right of sentence and buttons, in pixels.
    int roundText() const;
    QColor ground() const;
    void applyTextColor();

    QLabel *m_icon;
    QLabel *m_text;
    QBoxLayout *m_body; ///< sentence and buttons
    QHBoxLayout *m_buttons;
    QPushButton *m_offer;
    FlatButton *m_close;
    QColor m_color;
};

} // namespace bulkhead
