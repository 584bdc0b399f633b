// SPDX-License-Identifier: BSD-3-Clause
// Tools that were open when the window was closed are open when it comes back.
#include "browser/desktop/settings/setting_keys.h"
#include "tests/browser/tools/docks/inspect_fixture.h"

using namespace bulkhead;

class DocksTest : public QObject
{
    Q_OBJECT

    static void reopen(InspectFixture &f)
    {
        f.window->close();
        f.docks.reset();
        f.makeWindow();
        f.docks = std::make_unique<InspectDocks>(*f.window, f.tabs, f.processes, f.traffic, f.settings);
    }

private Q_SLOTS:
    void whatWasOpenComesBackAndNothingElse()
    {
        InspectFixture f;
        f.docks->showMap();
        QTRY_VERIFY(f.docks->map());
        reopen(f);
        QTRY_VERIFY(f.docks->map());
        QVERIFY(f.actions().processMap->isChecked());
        QVERIFY(!f.docks->taskManager() && !f.actions().taskManager->isChecked());
        f.actions().processMap->trigger();
        reopen(f);
        QVERIFY(!f.docks->map() && !f.actions().processMap->isChecked());
    }

    void bytesThatAreNoToolsOpenNone_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("rubbish") << QByteArray("rubbish");
        QTest::newRow("cut off") << QByteArray("\0\0\0\377\0\0\0\1\0\0\0\1", 12);
        QTest::newRow("many") << QByteArray(4000, '\377');
    }
    void bytesThatAreNoToolsOpenNone()
    {
        QFETCH(QByteArray, bytes);
        InspectFixture f;
        f.docks.reset();
        QVERIFY(f.settings.set(setting::ToolDocks, bytes));
        f.docks = std::make_unique<InspectDocks>(*f.window, f.tabs, f.processes, f.traffic, f.settings);
        QCoreApplication::processEvents();
        QVERIFY(!f.docks->map() && !f.docks->taskManager() && !f.docks->inspector());
        f.docks->showMap();
        QTRY_VERIFY(f.docks->map());
    }
};

QTEST_MAIN(DocksTest)
#include "docks_test.moc"
