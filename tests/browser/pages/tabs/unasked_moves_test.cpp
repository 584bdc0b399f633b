// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/unasked_moves.h"

#include <QTest>

using namespace bulkhead;

class UnaskedMovesTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aChainOfPagesEnds()
    {
        UnaskedMoves moves;
        for (int i = 0; i < UnaskedMoves::MostMoves; ++i)
            QVERIFY(moves.allow(UnaskedMoves::Where::SameSite));
        QVERIFY(!moves.allow(UnaskedMoves::Where::SameSite));
        moves.reset();
        QVERIFY(moves.allow(UnaskedMoves::Where::SameSite));
    }

    void leavingTheSiteEndsSooner()
    {
        UnaskedMoves moves;
        for (int i = 0; i < UnaskedMoves::MostLeaves; ++i)
            QVERIFY(moves.allow(UnaskedMoves::Where::AnotherSite));
        QVERIFY(!moves.allow(UnaskedMoves::Where::AnotherSite));
        QVERIFY(moves.allow(UnaskedMoves::Where::SameSite));
    }

    void leavesThatAreFoundOutLaterCountTheSame()
    {
        UnaskedMoves moves;
        QVERIFY(moves.allow(UnaskedMoves::Where::AnotherSite));
        for (int i = 1; i < UnaskedMoves::MostLeaves; ++i) {
            QVERIFY(moves.allow(UnaskedMoves::Where::SameSite));
            QVERIFY(moves.allowLeave());
        }
        QVERIFY(moves.allow(UnaskedMoves::Where::SameSite));
        QVERIFY(!moves.allowLeave());
        QVERIFY(!moves.allow(UnaskedMoves::Where::AnotherSite));
        moves.reset();
        QVERIFY(moves.allowLeave());
    }
};

QTEST_APPLESS_MAIN(UnaskedMovesTest)
#include "unasked_moves_test.moc"
