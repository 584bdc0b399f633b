// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QTableWidget>

namespace bulkhead {

/// Figures beside a chart: as high as its rows, sorted by a click on a column's head (numbers as numbers, with their
/// units), copied with Ctrl+C.
class FiguresTable : public QTableWidget
{
    Q_OBJECT
public:
    explicit FiguresTable(QWidget *parent = nullptr);

    /// The first row names the columns. Numbers stand to the right. Keeps nothing of what was shown before.
    void setRows(const QList<QStringList> &rows);
    /// As shown, with the heads.
    QList<QStringList> rows() const;
    /// Rows beyond these are scrolled to.
    void setMostRows(int rows);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void copySelection() const;
    int m_mostRows = 40;
};

} // namespace bulkhead
