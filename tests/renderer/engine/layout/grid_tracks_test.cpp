// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/grid_placement.h"
#include "renderer/engine/layout/grid_tracks.h"

#include <QElapsedTimer>
#include <QTest>

#include <optional>
#include <string_view>
#include <vector>

using namespace bulkhead::engine;

namespace {

using Limit = GridTrackLimit;
using Numbers = std::vector<double>;

GridTrack fixedTrack(int size)
{
    return {{Limit::Kind::Fixed, size}, {Limit::Kind::Fixed, size}};
}
GridTrack track(Limit::Kind min, Limit::Kind max)
{
    return {{min}, {max}};
}
GridTrack autoTrack()
{
    return track(Limit::Kind::Auto, Limit::Kind::Auto);
}
GridTrack fraction(float factor)
{
    return {{Limit::Kind::Auto}, {Limit::Kind::Flex, 0, factor}};
}
GridContribution item(int start, int end, int min, int max)
{
    return {{start, end}, min, min, max};
}

Numbers sizes(std::vector<GridTrack> tracks, const std::vector<GridContribution> &items, std::optional<int> available,
              int gap = 0, bool stretches = true)
{
    GridAxisSpace space;
    space.gap = gap;
    space.stretchesAuto = stretches;
    if (available) {
        space.kind = GridAxisSpace::Kind::Definite;
        space.available = *available;
    }
    sizeTracks(tracks, items, space);
    Numbers found;
    for (const GridTrack &each : tracks)
        found.push_back(each.base.toDouble());
    return found;
}

GridLine line(int number, const char16_t *name = u"")
{
    return {GridLine::Kind::Line, number, QString::fromUtf16(name)};
}
GridLine span(int number, const char16_t *name = u"")
{
    return {GridLine::Kind::Span, number, QString::fromUtf16(name)};
}
GridLine area(const char16_t *name)
{
    return {GridLine::Kind::Area, 0, QString::fromUtf16(name)};
}

/// [a] x [b] x [a] x [c]
ExplicitGrid threeColumns()
{
    GridTemplate tracks;
    tracks.tracks = {{{}, {QStringLiteral("a")}}, {{}, {QStringLiteral("b")}}, {{}, {QStringLiteral("a")}}};
    tracks.lineNamesAfter = {QStringLiteral("c")};
    return {tracks, 0, {{QStringLiteral("main"), {1, 3}}}, 3};
}

GridRequest anywhere(int rows = 1, int columns = 1)
{
    return {{std::nullopt, rows}, {std::nullopt, columns}};
}

} // namespace

class GridTracksTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void linesAreNumberedFromBothEnds();
    void linesHaveNamesAndAreasNameTheirEdges();
    void linesOutsideTheExplicitGridHaveEveryName();
    void spansCountFromTheOtherEdge();
    void hugeLinesAreClamped();
    void itemsFlowIntoRowsInOrder();
    void densePackingFillsHoles();
    void givenLinesComeFirst();
    void columnsFlowWhenAsked();
    void linesBeforeTheGridMakeImplicitTracks();
    void aHundredThousandCellsAreQuick();
    void hostileSpansAreQuick();
    void fixedAndAutoTracksHoldTheirItems();
    void fractionsShareWhatIsLeft();
    void fractionsBelowOneLeaveSpace();
    void fractionsAreNotBelowTheirContent();
    void fractionsOfNothingDefiniteFitTheirContent();
    void spanningItemsGrowTheirTracks();
    void smallerSpansCountFirst();
    void minmaxGrowsUntilItsMaximum();
    void fitContentStopsAtItsArgument();
    void autoTracksStretch();
    void gutterTakesPart();
    void repetitionsAreCounted();
    void tracksAreDistributed();
};

void GridTracksTest::linesAreNumberedFromBothEnds()
{
    const ExplicitGrid grid = threeColumns();
    QCOMPARE(grid.resolve(line(1), line(3)), (GridPosition{0, 2}));
    QCOMPARE(grid.resolve(line(-1), line(-3)), (GridPosition{1, 2}));
    QCOMPARE(grid.resolve(line(2), {}), (GridPosition{1, 1}));
    QCOMPARE(grid.resolve({}, line(2)), (GridPosition{0, 1}));
    QCOMPARE(grid.resolve(line(2), line(2)), (GridPosition{1, 1}));
    QCOMPARE(grid.resolve({}, {}), (GridPosition{std::nullopt, 1}));
    QCOMPARE(grid.resolve(line(-5), {}), (GridPosition{-1, 1}));
}

void GridTracksTest::linesHaveNamesAndAreasNameTheirEdges()
{
    const ExplicitGrid grid = threeColumns();
    QCOMPARE(grid.resolve(line(2, u"a"), {}), (GridPosition{2, 1}));
    QCOMPARE(grid.resolve(line(-1, u"a"), {}), (GridPosition{2, 1}));
    QCOMPARE(grid.resolve(area(u"main"), area(u"main")), (GridPosition{1, 2}));
    QCOMPARE(grid.resolve(area(u"b"), area(u"c")), (GridPosition{1, 2}));
    const TemplateAreas areas = templateAreas({{QStringLiteral("x"), QStringLiteral("x"), QString()},
                                               {QStringLiteral("x"), QStringLiteral("x"), QStringLiteral("y")}});
    QCOMPARE(areas.columns[0].second, (GridRange{0, 2}));
    QCOMPARE(areas.rows[0].second, (GridRange{0, 2}));
    QCOMPARE(areas.columns[1].second, (GridRange{2, 3}));
    QCOMPARE(areas.columnCount, 3);
}

void GridTracksTest::linesOutsideTheExplicitGridHaveEveryName()
{
    const ExplicitGrid grid = threeColumns();
    QCOMPARE(grid.resolve(line(3, u"a"), {}), (GridPosition{4, 1}));
    QCOMPARE(grid.resolve(line(-3, u"a"), {}), (GridPosition{-1, 1}));
    QCOMPARE(grid.resolve(area(u"nothing"), {}), (GridPosition{4, 1}));
}

void GridTracksTest::spansCountFromTheOtherEdge()
{
    const ExplicitGrid grid = threeColumns();
    QCOMPARE(grid.resolve(span(2), line(3)), (GridPosition{0, 2}));
    QCOMPARE(grid.resolve(line(1), span(2, u"a")), (GridPosition{0, 4})); // the second of them is implicit
    QCOMPARE(grid.resolve(line(1), span(1, u"a")), (GridPosition{0, 2}));
    QCOMPARE(grid.resolve(span(1, u"b"), line(-1)), (GridPosition{1, 2}));
    QCOMPARE(grid.resolve(span(3), span(5)), (GridPosition{std::nullopt, 3}));
    QCOMPARE(grid.resolve({}, span(5)), (GridPosition{std::nullopt, 5}));
    QCOMPARE(grid.resolve(span(2, u"a"), {}), (GridPosition{std::nullopt, 1}));
}

void GridTracksTest::hugeLinesAreClamped()
{
    const ExplicitGrid grid = threeColumns();
    QCOMPARE(grid.resolve(line(1'000'000'000), {}).start, std::optional(MostGridLines));
    QCOMPARE(grid.resolve(line(-2'000'000'000), {}).start, std::optional(-MostGridLines));
    QCOMPARE(grid.resolve({}, span(2'000'000'000)).span, MostGridLines);
}

void GridTracksTest::itemsFlowIntoRowsInOrder()
{
    const std::vector<GridRequest> items{anywhere(), anywhere(1, 2), anywhere(), anywhere(2, 1)};
    const GridPlacement placed = placeGridItems(items, 0, 2, GridFlow::Row);
    QCOMPARE(placed.areas[0], (GridArea{{0, 1}, {0, 1}}));
    QCOMPARE(placed.areas[1], (GridArea{{1, 2}, {0, 2}}));
    QCOMPARE(placed.areas[2], (GridArea{{2, 3}, {0, 1}}));
    QCOMPARE(placed.areas[3], (GridArea{{2, 4}, {1, 2}}));
    QCOMPARE(placed.rowCount, 4);
    QCOMPARE(placed.columnCount, 2);
}

void GridTracksTest::densePackingFillsHoles()
{
    const std::vector<GridRequest> items{anywhere(), anywhere(1, 2), anywhere()};
    const GridPlacement placed = placeGridItems(items, 0, 2, GridFlow::RowDense);
    QCOMPARE(placed.areas[2], (GridArea{{0, 1}, {1, 2}}));
}

void GridTracksTest::givenLinesComeFirst()
{
    const std::vector<GridRequest> items{
        anywhere(), {{0, 1}, {std::nullopt, 1}}, {{0, 1}, {1, 1}}, {{std::nullopt, 1}, {1, 1}}, anywhere()};
    const GridPlacement placed = placeGridItems(items, 2, 3, GridFlow::Row);
    QCOMPARE(placed.areas[2], (GridArea{{0, 1}, {1, 2}}));
    QCOMPARE(placed.areas[1], (GridArea{{0, 1}, {0, 1}}));
    QCOMPARE(placed.areas[0], (GridArea{{0, 1}, {2, 3}}));
    QCOMPARE(placed.areas[3], (GridArea{{1, 2}, {1, 2}}));
    QCOMPARE(placed.areas[4], (GridArea{{1, 2}, {2, 3}}));
}

void GridTracksTest::columnsFlowWhenAsked()
{
    const std::vector<GridRequest> items(3, anywhere());
    const GridPlacement placed = placeGridItems(items, 2, 0, GridFlow::Column);
    QCOMPARE(placed.areas[1], (GridArea{{1, 2}, {0, 1}}));
    QCOMPARE(placed.areas[2], (GridArea{{0, 1}, {1, 2}}));
}

void GridTracksTest::linesBeforeTheGridMakeImplicitTracks()
{
    const std::vector<GridRequest> items{{{-2, 1}, {-1, 1}}, anywhere()};
    const GridPlacement placed = placeGridItems(items, 1, 1, GridFlow::Row);
    QCOMPARE(placed.rowsBefore, 2);
    QCOMPARE(placed.columnsBefore, 1);
    QCOMPARE(placed.areas[0], (GridArea{{0, 1}, {0, 1}}));
    QCOMPARE(placed.areas[1], (GridArea{{0, 1}, {1, 2}}));
}

void GridTracksTest::aHundredThousandCellsAreQuick()
{
    QElapsedTimer timer;
    timer.start();
    const std::vector<GridRequest> items(100'000, anywhere());
    QCOMPARE(placeGridItems(items, 0, 10, GridFlow::Row).rowCount, 10'000);
    QCOMPARE(placeGridItems(items, 0, 10, GridFlow::RowDense).rowCount, 10'000);
    std::vector<GridTrack> tracks(10, autoTrack());
    std::vector<GridContribution> contributions;
    for (int i = 0; i < 100'000; ++i)
        contributions.push_back(item(i % 10, i % 10 + 1, i % 100, 200));
    sizeTracks(tracks, contributions, {});
    QCOMPARE(tracks[9].base, LayoutUnit(200));
    QVERIFY(timer.elapsed() < 1000);
}

void GridTracksTest::hostileSpansAreQuick()
{
    QElapsedTimer timer;
    timer.start();
    std::vector<GridRequest> items;
    for (int i = 0; i < 20'000; ++i)
        items.push_back(anywhere(1 + i % 10'000, 1 + (i * 7) % 10'000));
    placeGridItems(items, 1, 1, GridFlow::RowDense);
    std::vector<GridTrack> tracks(10'000, autoTrack());
    std::vector<GridContribution> contributions;
    for (int i = 0; i < 20'000; ++i)
        contributions.push_back(item(0, 1 + i % 10'000, 10, 20));
    sizeTracks(tracks, contributions, {});
    QVERIFY(timer.elapsed() < 3000);
}

void GridTracksTest::fixedAndAutoTracksHoldTheirItems()
{
    QCOMPARE(sizes({fixedTrack(50), autoTrack()}, {item(0, 1, 80, 90), item(1, 2, 20, 60)}, {}), (Numbers{50, 60}));
    QCOMPARE(sizes({fixedTrack(50), autoTrack()}, {item(1, 2, 20, 60)}, 80), (Numbers{50, 30}));
    QCOMPARE(sizes({fixedTrack(50), autoTrack()}, {item(1, 2, 20, 60)}, 60), (Numbers{50, 20}));
    QCOMPARE(sizes({track(Limit::Kind::MinContent, Limit::Kind::MinContent),
                    track(Limit::Kind::MaxContent, Limit::Kind::MaxContent)},
                   {item(0, 1, 20, 60), item(1, 2, 20, 60)}, 300),
             (Numbers{20, 60}));
}

void GridTracksTest::fractionsShareWhatIsLeft()
{
    QCOMPARE(sizes({fixedTrack(100), fraction(1), fraction(2)}, {}, 400), (Numbers{100, 100, 200}));
    const Numbers thirds = sizes({fraction(1), fraction(1), fraction(1)}, {}, 100);
    QCOMPARE(thirds[0] + thirds[1] + thirds[2], 100.0);
}

void GridTracksTest::fractionsBelowOneLeaveSpace()
{
    QCOMPARE(sizes({fraction(0.25F), fraction(0.25F)}, {}, 400), (Numbers{100, 100}));
}

void GridTracksTest::fractionsAreNotBelowTheirContent()
{
    QCOMPARE(sizes({fraction(1), fraction(1)}, {item(0, 1, 300, 300)}, 400), (Numbers{300, 100}));
    QCOMPARE(sizes({fraction(1), fraction(1)}, {item(0, 2, 300, 300)}, 100), (Numbers{150, 150}));
}

void GridTracksTest::fractionsOfNothingDefiniteFitTheirContent()
{
    QCOMPARE(sizes({fraction(1), fraction(2)}, {item(0, 1, 10, 100), item(1, 2, 10, 50)}, {}), (Numbers{100, 200}));
}

void GridTracksTest::spanningItemsGrowTheirTracks()
{
    QCOMPARE(sizes({autoTrack(), autoTrack()}, {item(0, 2, 100, 100)}, {}), (Numbers{50, 50}));
    QCOMPARE(sizes({fixedTrack(30), autoTrack()}, {item(0, 2, 100, 100)}, {}), (Numbers{30, 70}));
    QCOMPARE(sizes({autoTrack(), track(Limit::Kind::MinContent, Limit::Kind::MinContent)}, {item(0, 2, 40, 100)}, {}),
             (Numbers{80, 20}));
}

void GridTracksTest::smallerSpansCountFirst()
{
    // 80 for the first two, which then are at their limits.
    QCOMPARE(sizes({autoTrack(), autoTrack(), autoTrack()}, {item(0, 3, 90, 90), item(0, 2, 80, 80)}, {}),
             (Numbers{40, 40, 10}));
}

void GridTracksTest::minmaxGrowsUntilItsMaximum()
{
    const GridTrack minmax{{Limit::Kind::Fixed, 50}, {Limit::Kind::Fixed, 120}};
    QCOMPARE(sizes({minmax, minmax}, {}, 200), (Numbers{100, 100}));
    QCOMPARE(sizes({minmax, minmax}, {}, 300), (Numbers{120, 120}));
    QCOMPARE(sizes({minmax, minmax}, {}, 60), (Numbers{50, 50}));
}

void GridTracksTest::fitContentStopsAtItsArgument()
{
    const GridTrack fit{{Limit::Kind::Auto}, {Limit::Kind::FitContent, 70}};
    QCOMPARE(sizes({fit}, {item(0, 1, 20, 200)}, 300), (Numbers{70}));
    QCOMPARE(sizes({fit}, {item(0, 1, 20, 60)}, 300), (Numbers{60}));
    QCOMPARE(sizes({fit}, {item(0, 1, 90, 200)}, 300), (Numbers{90}));
}

void GridTracksTest::autoTracksStretch()
{
    QCOMPARE(sizes({autoTrack(), autoTrack()}, {item(0, 1, 20, 20)}, 100), (Numbers{60, 40}));
    QCOMPARE(sizes({autoTrack(), autoTrack()}, {item(0, 1, 20, 20)}, 100, 0, false), (Numbers{20, 0}));
}

void GridTracksTest::gutterTakesPart()
{
    QCOMPARE(sizes({fraction(1), fraction(1)}, {}, 210, 10), (Numbers{100, 100}));
    QCOMPARE(sizes({autoTrack(), autoTrack()}, {item(0, 2, 110, 110)}, {}, 10), (Numbers{50, 50}));
}

void GridTracksTest::repetitionsAreCounted()
{
    QCOMPARE(autoRepetitions(0, 0, 100, 1, 0, 350, false), std::size_t(3));
    QCOMPARE(autoRepetitions(0, 0, 100, 1, 10, 320, false), std::size_t(3));
    QCOMPARE(autoRepetitions(0, 0, 100, 1, 10, 319, false), std::size_t(2));
    QCOMPARE(autoRepetitions(50, 1, 100, 1, 10, 300, false), std::size_t(2));
    QCOMPARE(autoRepetitions(0, 0, 100, 1, 0, 10, false), std::size_t(1));
    QCOMPARE(autoRepetitions(0, 0, 100, 1, 0, 350, true), std::size_t(4));
    QCOMPARE(autoRepetitions(0, 0, 0, 1, 0, LayoutUnit::max(), false), std::size_t(MostGridLines));
}

void GridTracksTest::tracksAreDistributed()
{
    std::vector<GridTrack> tracks{fixedTrack(20), fixedTrack(20), fixedTrack(20)};
    sizeTracks(tracks, {}, {});
    placeTracks(tracks, 120, 5, {Alignment::SpaceBetween});
    QCOMPARE(tracks[1].position, LayoutUnit(50));
    QCOMPARE(tracks[2].position, LayoutUnit(100));
    placeTracks(tracks, 120, 5, {Alignment::End});
    QCOMPARE(tracks[0].position, LayoutUnit(50));
    tracks[1].isCollapsed = true;
    sizeTracks(tracks, {}, {});
    placeTracks(tracks, 120, 5, {Alignment::Start});
    QCOMPARE(tracks[2].position, LayoutUnit(25));
}

QTEST_APPLESS_MAIN(GridTracksTest)
#include "grid_tracks_test.moc"
