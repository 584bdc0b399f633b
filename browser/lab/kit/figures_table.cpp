// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/kit/figures_table.h"

#include "browser/widgets/plain_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QRegularExpression>

#include <algorithm>
#include <optional>

namespace bulkhead {

namespace {

/// "1.20 ms" as nanoseconds, "64 KB" as bytes, "1,234" as itself; nothing for words.
std::optional<double> numberIn(const QString &text)
{
    static const QRegularExpression Pattern(
        QStringLiteral("^[×≥~]?\\s*(-?[0-9][0-9,]*(?:\\.[0-9]+)?)\\s*(ns|µs|us|ms|s|B|KB|MB|GB|%|×)?(?:\\s.*)?$"));
    const QRegularExpressionMatch match = Pattern.match(text);
    if (!match.hasMatch())
        return {};
    const double number = QString(match.captured(1)).remove(u',').toDouble();
    const QString unit = match.captured(2);
    const double scale = unit == u"µs" || unit == u"us" ? 1e3
                         : unit == u"ms"                ? 1e6
                         : unit == u"s"                 ? 1e9
                         : unit == u"KB"                ? 1024.0
                         : unit == u"MB"                ? 1048576.0
                         : unit == u"GB"                ? 1073741824.0
                                                        : 1.0;
    return number * scale;
}

class FigureItem : public QTableWidgetItem
{
public:
    explicit FigureItem(const QString &text) : QTableWidgetItem(OutsideText(text).plain()), m_number(numberIn(text))
    {
        setFlags(Qt::ItemIsSelectable | Qt::ItemIsEnabled);
        setTextAlignment((m_number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        plain::setToolTip(this, OutsideText(text));
    }
    bool isNumber() const { return m_number.has_value(); }
    bool operator<(const QTableWidgetItem &other) const override
    {
        const auto &that = static_cast<const FigureItem &>(other);
        if (m_number && that.m_number)
            return *m_number < *that.m_number;
        if (m_number || that.m_number)
            return m_number.has_value(); // words last
        return text().localeAwareCompare(other.text()) < 0;
    }

private:
    std::optional<double> m_number;
};

} // namespace

FiguresTable::FiguresTable(QWidget *parent) : QTableWidget(parent)
{
    setAccessibleName(tr("Figures"));
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    setAlternatingRowColors(true);
    setShowGrid(false);
    setWordWrap(false);
    setTabKeyNavigation(false);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    verticalHeader()->hide();
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void FiguresTable::setRows(const QList<QStringList> &rows)
{
    setSortingEnabled(false);
    clear();
    setRowCount(int(std::max<qsizetype>(0, rows.size() - 1)));
    setColumnCount(rows.isEmpty() ? 0 : int(rows.first().size()));
    if (!rows.isEmpty())
        setHorizontalHeaderLabels(rows.first());
    for (int column = 0; column < columnCount(); ++column) {
        bool numbers = false;
        for (int row = 0; row < rowCount(); ++row) {
            auto *item = new FigureItem(rows[row + 1].value(column));
            numbers = numbers || item->isNumber();
            setItem(row, column, item);
        }
        horizontalHeaderItem(column)->setTextAlignment((numbers ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    resizeColumnsToContents();
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    updateGeometry();
}

QList<QStringList> FiguresTable::rows() const
{
    QList<QStringList> rows(1);
    for (int column = 0; column < columnCount(); ++column)
        rows[0] << horizontalHeaderItem(column)->text();
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < columnCount(); ++column)
            cells << item(row, column)->text();
        rows << cells;
    }
    return rows;
}

void FiguresTable::setMostRows(int rows)
{
    m_mostRows = rows;
    updateGeometry();
}

QSize FiguresTable::sizeHint() const
{
    int height = horizontalHeader()->sizeHint().height() + 2 * frameWidth() + 2;
    for (int row = 0; row < std::min(rowCount(), m_mostRows); ++row)
        height += rowHeight(row);
    if (horizontalHeader()->length() > viewport()->width())
        height += 16; // for the scroll bar
    return {320, height};
}

QSize FiguresTable::minimumSizeHint() const
{
    return {160, sizeHint().height()};
}

void FiguresTable::changeEvent(QEvent *event)
{
    QTableWidget::changeEvent(event);
    if (event->type() == QEvent::FontChange) {
        resizeColumnsToContents();
        resizeRowsToContents();
        updateGeometry();
    }
}

void FiguresTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copySelection();
    else
        QTableWidget::keyPressEvent(event);
}

void FiguresTable::copySelection() const
{
    QString text;
    for (int row = 0; row < rowCount(); ++row) {
        QStringList cells;
        for (int column = 0; column < columnCount(); ++column) {
            if (item(row, column)->isSelected())
                cells << item(row, column)->text();
        }
        if (!cells.isEmpty())
            text += cells.join(u'\t') + u'\n';
    }
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

} // namespace bulkhead
