// SPDX-License-Identifier: BSD-3-Clause
// Race, back-pressure, death and persistence: each page shows its lesson, from real processes.
#include "browser/lab/kit/lab_export.h"
#include "browser/lab/pages/death_page.h"
#include "browser/lab/pages/persistence_page.h"
#include "browser/lab/pages/pressure_page.h"
#include "browser/lab/pages/race_page.h"
#include "tests/browser/lab/kit/lab_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace bulkhead;

namespace {

const LabTable table(const LabPage &page)
{
    return page.tables().value(0);
}

bool anyCellContains(const LabPage &page, const QString &row, const QString &text)
{
    for (const LabTable &table : page.tables()) {
        for (const QStringList &line : table.rows) {
            if (line.value(0) == row && line.mid(1).join(u' ').contains(text))
                return true;
        }
    }
    return false;
}

} // namespace

class BreakingPagesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { LabFixture::warmUp(); }

    void additionsAreLostWithoutSynchronisationOnly()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<RacePage>(QStringLiteral("race"));
            page->configure({{QStringLiteral("additions"), 20'000}, {QStringLiteral("unsynchronised"), 2e7}});
            QVERIFY(LabFixture::run(page));
            QCOMPARE(page->problem(), QString());
            QVERIFY(page->looks() > 0); // it was seen while it happened
            QVERIFY(page->value(QStringLiteral("lost.none"), 0) > 0);
            for (const char *way :
                 {"atomic", "sysv-sem", "posix-sem", "mutex", "robust-mutex", "futex", "eventfd", "spin"})
                QCOMPARE(page->value(QStringLiteral("lost.") + QLatin1String(way), -1), 0.0);
            QVERIFY(page->value(QStringLiteral("overwritten"), 0) > 0);
            QCOMPARE(page->value(QStringLiteral("plain"), 0), 1.0);
            QCOMPARE(page->value(QStringLiteral("shared"), 0), 2.0);
            QVERIFY(page->status().contains(u"were lost"));
            QCOMPARE(page->charts().size(), qsizetype(2));
            QVERIFY(labExport(*page, LabFormat::Svg).contains("none lost"));
            QVERIFY(page->restore(QJsonDocument::fromJson(QJsonDocument(page->exported()).toJson()).object()));
            QVERIFY(page->value(QStringLiteral("lost.none"), 0) > 0);
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void aRaceThatIsCutShortSaysSo()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<RacePage>(QStringLiteral("race"));
            page->configure({{QStringLiteral("additions"), 1'000'000}, {QStringLiteral("unsynchronised"), 1e9}});
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return page->looks() > 0; }));
            for (const qint64 worker : LabFixture::workers()) // one of the two has nothing to do in a race
                QCOMPARE(::kill(pid_t(worker), SIGKILL), 0);
            QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }));
            QVERIFY2(page->problem().contains(u"ended unexpectedly"), qPrintable(page->problem()));
            // Cancelled, and closed.
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return page->looks() > 0; }));
            QTest::mouseClick(page->bar()->cancelButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }));
            QVERIFY(page->problem().contains(u"Cancelled"));
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return page->looks() > 0; }));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void aWriterWaitsIsRefusedOrLoses()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<PressurePage>(QStringLiteral("pressure"));
            page->configure({{QStringLiteral("mechanism"), QStringLiteral("pipe")},
                             {QStringLiteral("lossy"), QStringLiteral("udp")},
                             {QStringLiteral("size"), 4096},
                             {QStringLiteral("writes"), 1000},
                             {QStringLiteral("reads"), 20},
                             {QStringLiteral("seconds"), 2}});
            QVERIFY(LabFixture::run(page));
            QCOMPARE(page->problem(), QString());
            QCOMPARE(page->lanes().size(), std::size_t(3));
            const auto &blocking = page->lanes()[0], &refused = page->lanes()[1], &lossy = page->lanes()[2];
            QVERIFY(blocking.waitShare > 0.3);
            QCOMPARE(blocking.refused, 0U);
            QCOMPARE(blocking.lost(), 0U);
            QVERIFY(blocking.most >= 14 && blocking.most <= 18); // 64 KB, one in each side's hands
            QVERIFY(refused.refused > 0);
            QCOMPARE(refused.lost(), 0U); // what was accepted has arrived
            QVERIFY(lossy.lost() > 0);
            QCOMPARE(lossy.refused, 0U);
            for (const auto &lane : page->lanes())
                QCOMPARE(lane.wrong, 0U);
            QVERIFY(page->lessons()[1].contains(u"EAGAIN"));
            QVERIFY(page->lessons()[2].contains(u"dropped"));
            const QJsonObject kept = QJsonDocument::fromJson(QJsonDocument(page->exported()).toJson()).object();
            const QList<QStringList> rows = table(*page).rows;
            QVERIFY(page->restore(kept));
            QCOMPARE(table(*page).rows, rows);
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void pressureThatIsCutShortSaysSo()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<PressurePage>(QStringLiteral("pressure"));
            page->configure({{QStringLiteral("seconds"), 20}});
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return !page->lanes().empty() && page->lanes()[0].sent > 20; }));
            QCOMPARE(::kill(page->lanes()[0].reader, SIGKILL), 0);
            QVERIFY(LabFixture::wait([&] { return page->lanes()[0].state == lab::PressureRun::State::Failed; }));
            QVERIFY(!page->lanes()[0].problem.empty());
            QVERIFY(page->isRunning()); // the others go on
            QTest::mouseClick(page->bar()->cancelButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }));
            QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
            QVERIFY(LabFixture::wait([&] { return !page->lanes().empty() && page->lanes()[0].sent > 20; }));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void whoNoticesADeathIsShown()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<DeathPage>(QStringLiteral("death"));
            page->configure(
                {{QStringLiteral("mechanisms"),
                  QJsonArray{QStringLiteral("pipe"), QStringLiteral("unix-stream"), QStringLiteral("sysv-queue")}}});
            QVERIFY(LabFixture::run(page));
            QCOMPARE(page->problem(), QString());
            QVERIFY(anyCellContains(*page, QStringLiteral("pipe"), QStringLiteral("EPIPE")));
            QVERIFY(anyCellContains(*page, QStringLiteral("unix-stream"), QStringLiteral("end of file")));
            QVERIFY(anyCellContains(*page, QStringLiteral("sysv-queue"), QStringLiteral("nobody tells it")));
            QVERIFY(anyCellContains(*page, QStringLiteral("sysv-queue"), QStringLiteral("1 object")));
            QVERIFY(anyCellContains(*page, QStringLiteral("Robust mutex"), QStringLiteral("EOWNERDEAD")));
            QVERIFY(anyCellContains(*page, QStringLiteral("Plain mutex"), QStringLiteral("ETIMEDOUT")));
            QVERIFY(page->value(QStringLiteral("pipe.reader_killed_after"), -1) >= 0);
            QCOMPARE(page->lessonsFound().size(), std::size_t(2));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void whatWaitsForALaterReceiverIsShown()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            auto *page = lab.open<PersistencePage>(QStringLiteral("persistence"));
            page->configure(
                {{QStringLiteral("mechanisms"),
                  QJsonArray{QStringLiteral("pipe"), QStringLiteral("sysv-queue"), QStringLiteral("mqtt")}}});
            QVERIFY(LabFixture::run(page));
            QCOMPARE(page->problem(), QString());
            QVERIFY(anyCellContains(*page, QStringLiteral("sysv-queue"), QStringLiteral("gets it")));
            QVERIFY(anyCellContains(*page, QStringLiteral("pipe"), QStringLiteral("gets nothing")));
            if (!page->finding(QStringLiteral("mqtt.unavailable")))
                QVERIFY(anyCellContains(*page, QStringLiteral("mqtt"), QStringLiteral("gets it")));
        }
        QCOMPARE(nothing.difference(), QString());
    }

    void deathAndPersistenceMayBeCancelledAndClosed()
    {
        const NothingLeft nothing;
        {
            LabFixture lab;
            for (const char *name : {"death", "persistence"}) {
                auto *page = lab.open<StudyPage>(QString::fromLatin1(name));
                QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
                QVERIFY(LabFixture::wait([&] { return !page->findings().empty(); }, 60'000));
                QTest::mouseClick(page->bar()->cancelButton(), Qt::LeftButton);
                QVERIFY(LabFixture::wait([&] { return !page->isRunning(); }));
                QVERIFY(page->problem().contains(u"Cancelled"));
                QTest::mouseClick(page->bar()->runButton(), Qt::LeftButton);
                QVERIFY(LabFixture::wait([&] { return LabFixture::workers().size() > 0; }));
            }
        }
        QCOMPARE(nothing.difference(), QString());
    }
};

QTEST_MAIN(BreakingPagesTest)
#include "breaking_pages_test.moc"
