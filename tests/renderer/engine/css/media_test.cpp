// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/media.h"

#include <QTest>

using namespace bulkhead::engine::css;
using namespace Qt::StringLiterals;

class MediaTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void trueQueriesMatch_data();
    void trueQueriesMatch();
    void falseAndUnknownQueriesDoNotMatch_data();
    void falseAndUnknownQueriesDoNotMatch();
    void theEnvironmentDecides();
    void deepParenthesesAreUnknown();
};

void MediaTest::trueQueriesMatch_data()
{
    QTest::addColumn<QString>("query");
    // On a screen of 800 by 600.
    for (const char *query : {"",
                              "all",
                              "SCREEN",
                              "only screen",
                              "not print",
                              "not all, screen",
                              "(width)",
                              "(min-width: 800px)",
                              "(width: 50em)",
                              "(width >= 800px)",
                              "(800px <= width)",
                              "(400px <= width < 900px)",
                              "(900px > width > 1px)",
                              "(width = 800px)",
                              "not (min-width: 801px)",
                              "(color) and (min-width: 1px) and (max-width: 800px)",
                              "(monochrome) or (color)",
                              "not (monochrome)",
                              "((color))",
                              "(not (monochrome))",
                              "screen and (not (monochrome))",
                              "(aspect-ratio: 4/3)",
                              "(min-aspect-ratio: 1)",
                              "(aspect-ratio < 16 / 9)",
                              "(orientation: landscape)",
                              "(resolution: 96dpi)",
                              "(min-resolution: .5dppx)",
                              "(resolution: 1x)",
                              "(-webkit-min-device-pixel-ratio: 1)",
                              "(hover)",
                              "(pointer: fine)",
                              "(any-pointer)",
                              "(scripting: none)",
                              "(prefers-color-scheme: light)",
                              "(update: fast)",
                              "(grid: 0)",
                              "(min-color: 8)",
                              "(scan: progressive)",
                              "(width: calc(500px + 3 * 100px))",
                              "(max-width: 100cm)",
                              "tv, (color)",
                              "not tv",
                              "(max-width:9e999px)"})
        QTest::newRow(query) << QString::fromLatin1(query);
}

void MediaTest::trueQueriesMatch()
{
    QFETCH(QString, query);
    QVERIFY(MediaQueryList::parse(query).matches({}));
}

void MediaTest::falseAndUnknownQueriesDoNotMatch_data()
{
    QTest::addColumn<QString>("query");
    for (const char *query : {"print",
                              "not screen",
                              "not all",
                              "unknown",
                              "screen and",
                              "and",
                              "or",
                              "not",
                              "only",
                              "only (color)",
                              "screen and (color) or (grid)",
                              "screen or (color)",
                              "(color) and (color) or (color)",
                              "(width < 800px)",
                              "(width > 400px < 900px)",
                              "(400px < width > 100px)",
                              "(width >= )",
                              "(width = = 1px)",
                              "(width < = 900px)",
                              "(monochrome)",
                              "(min-monochrome: 1)",
                              "(color: 1.5)",
                              "(unknown)",
                              "not (unknown)",
                              "(unknown: 1)",
                              "not (unknown: 1)",
                              "(width: 1)",
                              "not (width: 1)",
                              "(width: red)",
                              "not screen and (unknown)",
                              "(orientation: up)",
                              "not (orientation: up)",
                              "(min-orientation: landscape)",
                              "(orientation < landscape)",
                              "(prefers-reduced-motion)",
                              "(forced-colors)",
                              "(min-width)",
                              "(aspect-ratio: 0/0)",
                              "(aspect-ratio: -4/3)",
                              "(color) screen",
                              "screen (color)",
                              "(color",
                              ") screen",
                              "{(color)}",
                              "(color);",
                              "(width: calc(1px + 1))",
                              "800px",
                              "!all",
                              "(grid)",
                              "(prefers-color-scheme: dark)",
                              "unknown(color)",
                              "not unknown(color)"}) {
        if (qstrcmp(query, "(color") != 0) // the end of the source closes it
            QTest::newRow(query) << QString::fromLatin1(query);
    }
}

void MediaTest::falseAndUnknownQueriesDoNotMatch()
{
    QFETCH(QString, query);
    QVERIFY(!MediaQueryList::parse(query).matches({}));
}

void MediaTest::theEnvironmentDecides()
{
    const MediaQueryList narrow = MediaQueryList::parse(u"(max-width: 600px), print and (orientation: portrait)");
    MediaEnvironment environment;
    QVERIFY(!narrow.matches(environment));
    environment.width = 600;
    QVERIFY(narrow.matches(environment));
    environment.width = 601;
    environment.height = 900;
    QVERIFY(!narrow.matches(environment));
    environment.type = MediaEnvironment::Type::Print;
    QVERIFY(narrow.matches(environment));
    QVERIFY(MediaQueryList().isUnconditional());
    QVERIFY(!narrow.isUnconditional());
}

void MediaTest::deepParenthesesAreUnknown()
{
    QVERIFY(!MediaQueryList::parse(u"("_s.repeated(100'000) + u"color"_s).matches({}));
    QVERIFY(!MediaQueryList::parse(u"(width: calc"_s + u"("_s.repeated(100'000) + u"1px"_s).matches({}));
}

QTEST_APPLESS_MAIN(MediaTest)
#include "media_test.moc"
