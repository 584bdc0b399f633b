// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/table_borders.h"
#include "renderer/engine/layout/table_columns.h"
#include "renderer/engine/layout/table_rows.h"
#include "renderer/engine/layout/table_slots.h"

#include <QElapsedTimer>
#include <QTest>

#include <optional>
#include <utility>
#include <vector>

using namespace bulkhead::engine;

namespace {

using Numbers = std::vector<double>;

TableRowSpec row(std::vector<std::pair<int, int>> spans, bool startsGroup = false)
{
    TableRowSpec made;
    made.startsGroup = startsGroup;
    for (const auto &[rows, columns] : spans)
        made.cells.push_back({0, 0, rows, columns});
    return made;
}

TableColumn column(int min, int max)
{
    return {min, max};
}
TableColumn fixedColumn(int min, int width)
{
    return {min, width, std::nullopt, true};
}
TableColumn percentColumn(double percent, int min, int max)
{
    return {min, max, percent};
}

Numbers numbers(const std::vector<LayoutUnit> &units)
{
    Numbers found;
    for (const LayoutUnit unit : units)
        found.push_back(unit.toDouble());
    return found;
}

ComputedStyle bordered(float width, BorderStyle style = BorderStyle::Solid)
{
    ComputedStyle made;
    made.decoration->border.fill({width, style, Qt::black});
    return made;
}

} // namespace

class TableGridTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cellsFillRowsRoundSpans();
    void rowSpansEndWithTheirGroup();
    void columnsThatNoCellBeginsInAreMerged();
    void hostileSpansAreHarmless();
    void columnsTakeTheWidestCell();
    void fixedWidthsBeatContent();
    void spansWidenTheirColumns();
    void percentagesMakeTheTableWide();
    void widthIsSharedBetweenMinimumAndMaximum();
    void percentColumnsComeFirst();
    void excessGoesToAutoColumns();
    void excessGoesToFixedColumnsWhenThereAreNoOthers();
    void fixedTablesShareTheRestEqually();
    void rowsGrowForSpanningCells();
    void rowsGrowForTheTable();
    void percentRowsGrowFirst();
    void widerBordersWin();
    void hiddenBordersWin();
    void stylesAndOriginsDecideBetweenEquals();
    void bordersInsideOfCellsAreNotThere();
    void edgesThatGoOnAreOne();
    void aHundredThousandCellsAreQuick();
};

void TableGridTest::cellsFillRowsRoundSpans()
{
    const std::vector<TableRowSpec> rows{row({{2, 1}, {1, 2}}), row({{1, 1}, {1, 1}}), row({{1, 1}, {1, 1}, {1, 1}})};
    const TableSlots slots = assignTableSlots(rows, 0);
    QCOMPARE(slots.columnCount, 3);
    QCOMPARE(slots.cells[0], (TableSlot{0, 0, 2, 1}));
    QCOMPARE(slots.cells[1], (TableSlot{0, 1, 1, 2}));
    QCOMPARE(slots.cells[2], (TableSlot{1, 1, 1, 1}));
    QCOMPARE(slots.cells[3], (TableSlot{1, 2, 1, 1}));
    QCOMPARE(slots.cells[4], (TableSlot{2, 0, 1, 1}));
}

void TableGridTest::rowSpansEndWithTheirGroup()
{
    const std::vector<TableRowSpec> rows{row({{9, 1}, {0, 1}}), row({{1, 1}}), row({{1, 1}}, true)};
    const TableSlots slots = assignTableSlots(rows, 0);
    QCOMPARE(slots.cells[0].rowSpan, 2);
    QCOMPARE(slots.cells[1].rowSpan, 2);
    QCOMPARE(slots.cells[2], (TableSlot{1, 2, 1, 1}));
    QCOMPARE(slots.cells[3], (TableSlot{2, 0, 1, 1}));
}

void TableGridTest::columnsThatNoCellBeginsInAreMerged()
{
    const std::vector<TableRowSpec> rows{row({{1, 1000}, {1, 1}})};
    QCOMPARE(assignTableSlots(rows, 0).columnCount, 2);
    QCOMPARE(assignTableSlots(rows, 0).cells[0].columnSpan, 1);
    QCOMPARE(assignTableSlots(rows, 3).columnCount, 4);
    QCOMPARE(assignTableSlots(rows, 3).cells[0].columnSpan, 3);
}

void TableGridTest::hostileSpansAreHarmless()
{
    QElapsedTimer timer;
    timer.start();
    std::vector<TableRowSpec> rows;
    for (int i = 0; i < 300; ++i)
        rows.push_back(row(std::vector<std::pair<int, int>>(300, {1'000'000'000, 1'000'000'000})));
    const TableSlots slots = assignTableSlots(rows, 0);
    std::vector<TableColumn> columns(std::size_t(slots.columnCount));
    std::vector<TableCellWidth> widths;
    for (const TableSlot &slot : slots.cells)
        widths.push_back({slot.column, slot.columnSpan, 10, 20});
    applyCellWidths(columns, widths, 1);
    QVERIFY(timer.elapsed() < 3000);
}

void TableGridTest::columnsTakeTheWidestCell()
{
    std::vector<TableColumn> columns(2);
    applyCellWidths(columns, {{0, 1, 10, 50}, {0, 1, 20, 30}, {1, 1, 5, 5}}, 0);
    QCOMPARE(columns[0].min, LayoutUnit(20));
    QCOMPARE(columns[0].max, LayoutUnit(50));
    QCOMPARE(tableGridWidth(columns).min, LayoutUnit(25));
    QCOMPARE(tableGridWidth(columns).max, LayoutUnit(55));
}

void TableGridTest::fixedWidthsBeatContent()
{
    std::vector<TableColumn> columns(1);
    applyCellWidths(columns, {{0, 1, 10, 500}, {0, 1, 20, 100, {}, true}}, 0);
    QCOMPARE(columns[0].max, LayoutUnit(100));
    QVERIFY(columns[0].isFixed);
}

void TableGridTest::spansWidenTheirColumns()
{
    std::vector<TableColumn> columns(2);
    applyCellWidths(columns, {{0, 1, 10, 10}, {1, 1, 30, 30}, {0, 2, 85, 85}}, 5);
    QCOMPARE(columns[0].min, LayoutUnit(20)); // 80 in the proportion of 10 to 30
    QCOMPARE(columns[1].min, LayoutUnit(60));
}

void TableGridTest::percentagesMakeTheTableWide()
{
    const std::vector<TableColumn> columns{percentColumn(20, 10, 50), column(10, 100)};
    QCOMPARE(tableGridWidth(columns).max, LayoutUnit(250)); // 50 is 20 %, 100 is 80 % of 125
    const std::vector<TableColumn> whole{percentColumn(100, 10, 50), column(10, 100)};
    QVERIFY(tableGridWidth(whole).max >= LayoutUnit(100'000));
}

void TableGridTest::widthIsSharedBetweenMinimumAndMaximum()
{
    const std::vector<TableColumn> columns{column(10, 30), column(20, 80)};
    QCOMPARE(numbers(distributeTableWidth(columns, 70)), (Numbers{20, 50}));
    QCOMPARE(numbers(distributeTableWidth(columns, 110)), (Numbers{30, 80}));
    QCOMPARE(numbers(distributeTableWidth(columns, 5)), (Numbers{10, 20}));
    // A fixed column gets its width before others get more than their minimum.
    const std::vector<TableColumn> withFixed{fixedColumn(10, 50), column(20, 80)};
    QCOMPARE(numbers(distributeTableWidth(withFixed, 80)), (Numbers{50, 30}));
}

void TableGridTest::percentColumnsComeFirst()
{
    const std::vector<TableColumn> columns{percentColumn(50, 10, 20), column(10, 30), column(10, 30)};
    QCOMPARE(numbers(distributeTableWidth(columns, 200)), (Numbers{100, 50, 50}));
}

void TableGridTest::excessGoesToAutoColumns()
{
    const std::vector<TableColumn> columns{column(10, 20), column(10, 60), fixedColumn(10, 40)};
    QCOMPARE(numbers(distributeTableWidth(columns, 200)), (Numbers{40, 120, 40}));
}

void TableGridTest::excessGoesToFixedColumnsWhenThereAreNoOthers()
{
    const std::vector<TableColumn> columns{fixedColumn(0, 20), fixedColumn(0, 60)};
    QCOMPARE(numbers(distributeTableWidth(columns, 160)), (Numbers{40, 120}));
}

void TableGridTest::fixedTablesShareTheRestEqually()
{
    const std::vector<TableColumn> columns{fixedColumn(0, 50), column(0, 0), column(0, 0), percentColumn(25, 0, 0)};
    QCOMPARE(numbers(distributeFixedTableWidth(columns, 200)), (Numbers{50, 50, 50, 50}));
    QCOMPARE(numbers(distributeFixedTableWidth({{fixedColumn(0, 50), fixedColumn(0, 150)}}, 400)), (Numbers{100, 300}));
    QCOMPARE(numbers(distributeFixedTableWidth({{fixedColumn(0, 50)}}, 10)), (Numbers{50}));
}

void TableGridTest::rowsGrowForSpanningCells()
{
    std::vector<TableRowHeight> rows{{10, {}, false, true}, {30, {}, false, true}};
    applySpanHeights(rows, {{0, 2, 85}}, 5);
    QCOMPARE(rows[0].height, LayoutUnit(20));
    QCOMPARE(rows[1].height, LayoutUnit(60));
    std::vector<TableRowHeight> withFixed{{10, {}, true, true}, {30, {}, false, true}};
    applySpanHeights(withFixed, {{0, 2, 80}}, 0);
    QCOMPARE(withFixed[0].height, LayoutUnit(10));
    QCOMPARE(withFixed[1].height, LayoutUnit(70));
}

void TableGridTest::rowsGrowForTheTable()
{
    std::vector<TableRowHeight> rows{{20, {}, true, true}, {20, {}, true, true}};
    growRows(rows, 40);
    QCOMPARE(rows[0].height, LayoutUnit(40));
    std::vector<TableRowHeight> empty(2);
    growRows(empty, 40);
    QCOMPARE(empty[1].height, LayoutUnit(20));
}

void TableGridTest::percentRowsGrowFirst()
{
    std::vector<TableRowHeight> rows{{20, 50, false, true}, {20, {}, false, true}};
    QCOMPARE(growPercentRows(rows, 200, 160), LayoutUnit(80));
    QCOMPARE(rows[0].height, LayoutUnit(100));
}

void TableGridTest::widerBordersWin()
{
    CollapsedBorders borders(1, 2);
    const ComputedStyle narrow = bordered(2), wide = bordered(6);
    borders.add({0, 1, 0, 1}, narrow, BorderOrigin::Cell, false);
    borders.add({0, 1, 1, 2}, wide, BorderOrigin::Cell, false);
    QCOMPARE(borders.bordersOf({0, 1, 0, 1}, false), (LayoutEdges{1, 3, 1, 1}));
    QCOMPARE(borders.bordersOf({0, 1, 1, 2}, false), (LayoutEdges{3, 3, 3, 3}));
    QCOMPARE(borders.tableBorders(false), (LayoutEdges{3, 3, 3, 1}));
    QCOMPARE(borders.bordersOf({0, 1, 0, 1}, true), (LayoutEdges{1, 1, 1, 3}));
}

void TableGridTest::hiddenBordersWin()
{
    CollapsedBorders borders(1, 2);
    const ComputedStyle hidden = bordered(0, BorderStyle::Hidden), wide = bordered(6);
    borders.add({0, 1, 0, 1}, hidden, BorderOrigin::Cell, false);
    borders.add({0, 1, 1, 2}, wide, BorderOrigin::Cell, false);
    QCOMPARE(borders.bordersOf({0, 1, 1, 2}, false).left, LayoutUnit(0));
}

void TableGridTest::stylesAndOriginsDecideBetweenEquals()
{
    CollapsedBorders borders(1, 2);
    ComputedStyle solid = bordered(4), doubled = bordered(4, BorderStyle::Double);
    ComputedStyle red = bordered(4, BorderStyle::Double);
    red.decoration->border[3].color = Qt::red;
    borders.add({0, 1, 0, 1}, solid, BorderOrigin::Cell, false);
    borders.add({0, 1, 0, 2}, doubled, BorderOrigin::Table, false);
    const std::vector<LayoutUnit> columns{0, 50, 100}, rows{0, 40};
    const auto left = [&](const CollapsedBorders &of) {
        for (const auto &edge : of.paintedEdges({columns, rows, false}))
            if (edge.isVertical && edge.area.left() < LayoutUnit(0))
                return edge.side;
        return BorderSide{};
    };
    QCOMPARE(left(borders).style, BorderStyle::Double);
    CollapsedBorders origins(1, 2);
    origins.add({0, 1, 0, 1}, red, BorderOrigin::Cell, false);
    origins.add({0, 1, 0, 2}, doubled, BorderOrigin::Row, false);
    QCOMPARE(left(origins).color, QColor(Qt::red));
}

void TableGridTest::bordersInsideOfCellsAreNotThere()
{
    CollapsedBorders borders(2, 2);
    const ComputedStyle style = bordered(2);
    borders.addCellArea({0, 2, 0, 2});
    borders.add({0, 1, 0, 2}, style, BorderOrigin::Row, false);
    borders.add({1, 2, 0, 2}, style, BorderOrigin::Row, false);
    const std::vector<LayoutUnit> columns{0, 50, 100}, rows{0, 40, 80};
    for (const auto &edge : borders.paintedEdges({columns, rows, false}))
        QVERIFY(edge.isVertical || edge.area.top() != LayoutUnit(39));
}

void TableGridTest::edgesThatGoOnAreOne()
{
    CollapsedBorders borders(2, 2);
    const ComputedStyle style = bordered(2);
    for (int r = 0; r < 2; ++r)
        for (int c = 0; c < 2; ++c)
            borders.add({r, r + 1, c, c + 1}, style, BorderOrigin::Cell, false);
    const std::vector<LayoutUnit> columns{0, 50, 100}, rows{0, 40, 80};
    const auto edges = borders.paintedEdges({columns, rows, false});
    QCOMPARE(edges.size(), std::size_t(9)); // three lines across; six pieces between them
    QCOMPARE(edges.back().area, (LayoutRect{{-1, 79}, {102, 2}}));
    QCOMPARE(edges.front().area, (LayoutRect{{-1, 1}, {2, 38}}));
}

void TableGridTest::aHundredThousandCellsAreQuick()
{
    QElapsedTimer timer;
    timer.start();
    const std::vector<TableRowSpec> rows(10'000, row(std::vector<std::pair<int, int>>(10, {1, 1})));
    const TableSlots slots = assignTableSlots(rows, 0);
    QCOMPARE(slots.cells.size(), std::size_t(100'000));
    std::vector<TableColumn> columns(10);
    std::vector<TableCellWidth> widths;
    CollapsedBorders borders(10'000, 10);
    const ComputedStyle style = bordered(2);
    for (const TableSlot &slot : slots.cells) {
        widths.push_back({slot.column, slot.columnSpan, 10, 20});
        borders.add({slot.row, slot.row + 1, slot.column, slot.column + 1}, style, BorderOrigin::Cell, false);
    }
    applyCellWidths(columns, widths, 1);
    QCOMPARE(tableGridWidth(columns).max, LayoutUnit(200));
    QVERIFY(timer.elapsed() < 1000);
}

QTEST_APPLESS_MAIN(TableGridTest)
#include "table_grid_test.moc"
