// SPDX-License-Identifier: BSD-3-Clause
// The IPC inspector takes messages of hostile processes apart down to their fields: what it shows of them is text.
#include "browser/tools/traffic/ipc_inspector.h"
#include "browser/tools/traffic/message_model.h"
#include "tests/browser/desktop/window/hostile_text.h"
#include "tests/browser/tools/docks/inspect_fixture.h"

#include <QLineEdit>
#include <QTreeView>

using namespace bulkhead;

class HostileTrafficTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<InspectFixture> f;

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<InspectFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        f->actions().inspector->trigger();
        QTRY_VERIFY(f->docks->inspector() && f->docks->inspector()->isVisible() && f->traffic.isRecording());
    }
    void cleanup() { f.reset(); }

    void theFieldsOfMessagesAreText()
    {
        HostileText hostile;
        Tab *tab = f->open(QStringLiteral("a"));
        IpcInspector &inspector = *f->docks->inspector();
        for (const QString &text : hostile.all()) {
            // A title, a link, and as much text as a page may give at once.
            f->renderer(tab)->setTitle(text.left(300));
            QUrl link(QStringLiteral("http://u:p@example.test/"));
            link.setPath(u'/' + text.left(3000));
            f->renderer(tab)->hoverLink(link);
            f->renderer(tab)->selectedText = text.left(900'000);
            bool answered = false;
            tab->requestSelectedText([&answered](const QString &) { answered = true; });
            QTRY_VERIFY(answered);
        }
        auto *messages = qobject_cast<MessageModel *>(inspector.messages()->model());
        QTRY_COMPARE(messages->rowCount(), int(f->traffic.messages().size()));
        inspector.setPaused(true);
        QVERIFY(inspector.exported().contains("probe.png")); // it is all there
        inspector.messages()->expandAll();
        const QStringList wrong = whatIsWrongIn(inspector);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QCOMPARE(hostile.opened(), 0);
    }

    void whatIsWrongWithAFilterIsSaidAsText()
    {
        HostileText hostile;
        for (const QString &text : hostile.all()) {
            IpcInspector &inspector = *f->docks->inspector();
            inspector.setFilter(QStringLiteral("name=") + text);
            inspector.setFilter(text);
            const QStringList wrong = whatIsWrongIn(inspector);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        }
        QCOMPARE(hostile.opened(), 0);
    }
};

QTEST_MAIN(HostileTrafficTest)
#include "hostile_traffic_test.moc"
