// SPDX-License-Identifier: BSD-3-Clause
// The IPC inspector: what it shows and exports is what the channel's log saw, by reflection down to the fields; it can
// be filtered, held and searched, follows a request, and is connected to nothing when it is off.
#include "browser/tools/traffic/frame_model.h"
#include "browser/tools/traffic/ipc_inspector.h"
#include "browser/tools/traffic/message_model.h"
#include "browser/tools/traffic/traffic_timeline.h"
#include "tests/browser/tools/docks/inspect_fixture.h"

#include <QAbstractItemModelTester>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLineEdit>
#include <QToolButton>
#include <QTreeView>

using namespace bulkhead;

class IpcInspectorTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<InspectFixture> f;

    IpcInspector &inspector() { return *f->docks->inspector(); }
    void showInspector()
    {
        f->actions().inspector->trigger();
        QTRY_VERIFY(f->docks->inspector() && inspector().isVisible() && f->traffic.isRecording());
    }
    MessageModel *messages() { return qobject_cast<MessageModel *>(inspector().messages()->model()); }
    FrameModel *frames() { return qobject_cast<FrameModel *>(inspector().frames()->model()); }
    QJsonArray exported(const char *what)
    {
        return QJsonDocument::fromJson(inspector().exported())[QLatin1String(what)].toArray();
    }
    int rowNamed(const QString &name)
    {
        for (int row = messages()->rowCount() - 1; row >= 0; --row) {
            if (messages()->message(messages()->index(row, 0))->name() == name)
                return row;
        }
        return -1;
    }
    PageProcess *hostOf(const Tab *tab)
    {
        for (PageProcess *host : f->pool.hosts()) {
            if (tab->holdsPageIn(host))
                return host;
        }
        return nullptr;
    }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<InspectFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
    }
    void cleanup() { f.reset(); }

    void offItIsConnectedToNothing()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        QVERIFY(!f->traffic.isRecording());
        QVERIFY(f->traffic.messages().empty());
        f->renderer(tab)->setTitle(QStringLiteral("x"));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("x"));
        QVERIFY(f->traffic.messages().empty());
        showInspector();
        f->renderer(tab)->setTitle(QStringLiteral("y"));
        QTRY_VERIFY(!f->traffic.messages().empty());
        QTest::mouseClick(inspector().recordButton(), Qt::LeftButton);
        QVERIFY(!f->traffic.isRecording());
        const std::size_t count = f->traffic.messages().size();
        f->renderer(tab)->setTitle(QStringLiteral("z"));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("z"));
        QCOMPARE(f->traffic.messages().size(), count);
    }

    void theExportIsWhatCtlMessagesSaw()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        f->renderer(tab)->setTitle(QStringLiteral("Last of all"));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Last of all"));
        QTRY_VERIFY(rowNamed(QStringLiteral("title_changed")) >= 0 &&
                    messages()->rowCount() == int(f->traffic.messages().size()));
        inspector().setPaused(true);
        const QList<LoggedMessage> seen = hostOf(tab)->messages().recent(); // what `bulkhead ctl messages` answers from
        const QJsonArray exportedMessages = exported("messages");
        QVERIFY(seen.size() > 5);
        QCOMPARE(exportedMessages.size(), seen.size());
        for (qsizetype i = 0; i < seen.size(); ++i) {
            const QJsonObject expected = seen[i].toJson();
            for (const QString &key : expected.keys()) {
                if (key == QLatin1String("time"))
                    QVERIFY(std::abs(exportedMessages[i][key].toDouble() - expected[key].toDouble()) < 1e-5);
                else
                    QCOMPARE(exportedMessages[i][key], expected[key]);
            }
            QCOMPARE(exportedMessages[i][QLatin1String("pid")].toDouble(), double(tab->rendererPid()));
        }
    }

    void fieldsAreFoundByReflection()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        f->renderer(tab)->setTitle(QStringLiteral("Grüße"));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("Grüße"));
        QTRY_VERIFY(rowNamed(QStringLiteral("title_changed")) >= 0);
        const QModelIndex row = messages()->index(rowNamed(QStringLiteral("title_changed")), 0);
        QCOMPARE(messages()->rowCount(row), 2);
        const QModelIndex title = messages()->index(1, 0, row);
        QCOMPARE(title.data().toString(), QStringLiteral("title"));
        QCOMPARE(title.siblingAtColumn(MessageModel::Name).data().toString(), QStringLiteral("Grüße"));
        QCOMPARE(title.parent(), row);
        const QModelIndex frame = messages()->index(rowNamed(QStringLiteral("frame_ready")), 0);
        QVERIFY(frame.isValid());
        bool hasNested = false;
        for (int i = 0; i < messages()->rowCount(frame); ++i) {
            const QModelIndex field = messages()->index(i, 0, frame);
            if (field.data().toString() == QLatin1String("size")) {
                QCOMPARE(messages()->rowCount(field), 2);
                QCOMPARE(messages()->index(0, 0, field).parent(), field);
                hasNested = true;
            }
        }
        QVERIFY(hasNested);
    }

    void theModelsAreSound()
    {
        showInspector();
        QAbstractItemModelTester messageTester(messages(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        QAbstractItemModelTester frameTester(frames(), QAbstractItemModelTester::FailureReportingMode::QtTest);
        Tab *tab = f->open(QStringLiteral("a"));
        for (int i = 0; i < 20; ++i)
            f->renderer(tab)->setTitle(QString::number(i));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("19"));
        QTRY_COMPARE(messages()->rowCount(), int(f->traffic.messages().size()));
        inspector().messages()->expandAll();
        QVERIFY(inspector().setFilter(QStringLiteral("title")));
        QVERIFY(messages()->rowCount() >= 20);
        f->traffic.clear();
        QCOMPARE(messages()->rowCount(), 0);
    }

    void filters_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("key");
        QTest::addColumn<QString>("value");
        QTest::addRow("direction") << QStringLiteral("dir:received") << QStringLiteral("direction")
                                   << QStringLiteral("received");
        QTest::addRow("name") << QStringLiteral("name:frame_re") << QStringLiteral("name")
                              << QStringLiteral("frame_re");
        QTest::addRow("kind") << QStringLiteral("kind:message") << QStringLiteral("kind") << QStringLiteral("message");
    }
    void filters()
    {
        QFETCH(QString, text);
        QFETCH(QString, key);
        QFETCH(QString, value);
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        QTRY_COMPARE(messages()->rowCount(), int(f->traffic.messages().size()));
        inspector().setPaused(true);
        const QList<LoggedMessage> seen = hostOf(tab)->messages().recent();
        const auto expected = std::count_if(seen.begin(), seen.end(), [&](const LoggedMessage &message) {
            return message.toJson()[key].toString().contains(value);
        });
        inspector().filterField()->setFocus();
        QTest::keyClicks(inspector().filterField(), text);
        QCOMPARE(messages()->rowCount(), int(expected));
        QVERIFY(expected > 0);
        QTest::keyClicks(inspector().filterField(), QStringLiteral(" pid:1"));
        QCOMPARE(messages()->rowCount(), 0);
        QCOMPARE(frames()->rowCount(), 0);
        inspector().filterField()->setText(QStringLiteral("-%1").arg(text));
        QCOMPARE(messages()->rowCount(), int(seen.size() - expected));
    }

    void aSenselessFilterSaysSoAndChangesNothing()
    {
        showInspector();
        f->open(QStringLiteral("a"));
        QTRY_VERIFY(messages()->rowCount() > 3);
        inspector().setPaused(true);
        const int count = messages()->rowCount();
        for (const char *bad : {"colour:red", "pid:x", "dir:up", "kind:9", "bytes:>many"}) {
            QVERIFY(!inspector().setFilter(QLatin1String(bad)));
            QVERIFY2(inspector().note().contains(QStringLiteral("“")), bad);
            QCOMPARE(messages()->rowCount(), count);
        }
    }

    void heldItStaysAsItIsWhileRecordingGoesOn()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        QTRY_VERIFY(messages()->rowCount() == int(f->traffic.messages().size()) && messages()->rowCount() > 3);
        QTest::mouseClick(inspector().pauseButton(), Qt::LeftButton);
        const int held = messages()->rowCount();
        f->renderer(tab)->setTitle(QStringLiteral("meanwhile"));
        QTRY_VERIFY(int(f->traffic.messages().size()) > held);
        QCOMPARE(messages()->rowCount(), held);
        QTest::mouseClick(inspector().pauseButton(), Qt::LeftButton);
        QTRY_COMPARE(messages()->rowCount(), int(f->traffic.messages().size()));
        QVERIFY(rowNamed(QStringLiteral("title_changed")) >= held);
    }

    void searchFindsTextInFields()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        f->renderer(tab)->setTitle(QStringLiteral("needle in the hay"));
        f->renderer(tab)->setTitle(QStringLiteral("hay"));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("hay"));
        QTRY_COMPARE(messages()->rowCount(), int(f->traffic.messages().size()));
        inspector().setPaused(true);
        inspector().searchField()->setText(QStringLiteral("NEEDLE"));
        QTest::keyClick(inspector().searchField(), Qt::Key_Return);
        const TrafficMessage *found = messages()->message(inspector().messages()->currentIndex());
        QVERIFY(found);
        QCOMPARE(found->name(), QStringLiteral("title_changed"));
        QVERIFY(hasFieldText(*found, QStringLiteral("needle")));
        inspector().searchField()->setText(QStringLiteral("nowhere at all"));
        inspector().findNext();
        QVERIFY(inspector().note().contains(QStringLiteral("not found")));
    }

    void framesAreToldFromPaintingToRelease()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        std::size_t before = 0;
        const QDeadlineTimer deadline(std::chrono::seconds(30));
        do { // the view may still find its size
            QVERIFY(!deadline.hasExpired());
            before = f->traffic.frames().size();
            QTest::qWait(300);
        } while (f->traffic.frames().size() != before);
        f->renderer(tab)->paint(QRect(3, 4, 50, 60), Qt::red);
        QTRY_VERIFY(f->traffic.frames().size() > before);
        f->renderer(tab)->paint(QRect(5, 6, 7, 8), Qt::blue);
        const auto isTold = [this] {
            const auto &all = f->traffic.frames();
            return std::any_of(all.begin(), all.end(), [](const TrafficFrame &frame) {
                return frame.damage == QList<QRect>{QRect(3, 4, 50, 60)} && frame.shown >= frame.handedOver &&
                       frame.paintedBytes == 50 * 60 * 4;
            });
        };
        QTRY_VERIFY(isTold());
        const auto &all = f->traffic.frames();
        QTRY_VERIFY(std::any_of(all.begin(), all.end(), [](const TrafficFrame &frame) { return frame.released > 0; }));
        QTRY_COMPARE(frames()->rowCount(), int(all.size()));
        QVERIFY(!exported("frames").isEmpty());
        QVERIFY(!inspector().frames()->grab().isNull());
    }

    void anInputIsFollowedToItsAnswer()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        tab->sendMouseLeave();
        QMouseEvent press(QEvent::MouseButtonPress, QPointF(20, 20), QPointF(20, 20), Qt::LeftButton, Qt::LeftButton,
                          {});
        tab->sendMouseEvent(press, 1);
        QTRY_VERIFY(rowNamed(QStringLiteral("input_handled")) >= 0);
        const TrafficMessage *handled =
            messages()->message(messages()->index(rowNamed(QStringLiteral("input_handled")), 0));
        QVERIFY(handled->latency >= 0);
        QCOMPARE(handled->threads[0].kind, TrafficThread::Kind::Input);
        inspector().follow(handled->threads[0]);
        QVERIFY(messages()->rowCount() >= 2);
        QVERIFY(messages()->rowCount() < int(f->traffic.messages().size()));
        const TrafficMessage *first = messages()->message(messages()->index(0, 0));
        QCOMPARE(first->name(), QStringLiteral("input_event"));
        QCOMPARE(first->latency, handled->latency);
        inspector().follow({});
        QCOMPARE(messages()->rowCount(), int(f->traffic.messages().size()));
    }

    void aClickOnTheTimeAxisMovesBothLists()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        for (int i = 0; i < 100; ++i)
            f->renderer(tab)->setTitle(QString::number(i));
        QTRY_COMPARE(tab->title().plain(), QStringLiteral("99"));
        QTRY_COMPARE(messages()->rowCount(), int(f->traffic.messages().size()));
        inspector().setPaused(true);
        QSignalSpy picked(inspector().timeline(), &TrafficTimeline::picked);
        QTest::mouseClick(inspector().timeline(), Qt::LeftButton, {},
                          QPoint(inspector().timeline()->width() / 2, inspector().timeline()->height() / 2));
        QCOMPARE(picked.count(), 1);
        const qint64 time = picked[0][0].toLongLong();
        const int row = inspector().messages()->currentIndex().row();
        QVERIFY(row == messages()->rowAt(time) || row == messages()->rowCount() - 1);
    }

    void largeMessagesAreKeptWithoutTheirBodies()
    {
        wire::BrowserToRenderer body;
        body.mutable_body_data()->set_stream_id(7);
        body.mutable_body_data()->set_data(std::string(200'000, 'x'));
        wire::BrowserToRenderer copy;
        QVERIFY(trimInto(body, copy, 256));
        QCOMPARE(copy.body_data().stream_id(), 7u);
        QCOMPARE(copy.body_data().data().size(), std::size_t(256));
        wire::RendererToBrowser title;
        title.mutable_title_changed()->set_title("äöüäöü"); // two bytes each
        wire::RendererToBrowser cut;
        QVERIFY(trimInto(title, cut, 5));
        QCOMPARE(cut.title_changed().title(), std::string("äö")); // and not half a character
        QVERIFY(!trimInto(title, *std::make_unique<wire::RendererToBrowser>(), 256));
    }

    void theLogForgetsTheOldestAndTheModelFollows()
    {
        showInspector();
        Tab *tab = f->open(QStringLiteral("a"));
        const std::size_t wanted = TrafficLog::KeptMessages + 3000;
        for (std::size_t sent = 0; sent < wanted; sent += 500) {
            for (int i = 0; i < 500; ++i)
                f->renderer(tab)->setTitle(QString::number(sent));
            QTRY_COMPARE(tab->title().plain(), QString::number(sent));
        }
        QCOMPARE(f->traffic.messages().size(), TrafficLog::KeptMessages);
        QTRY_VERIFY(messages()->message(messages()->index(messages()->rowCount() - 1, 0))->number ==
                    f->traffic.messages().back().number);
        QVERIFY(messages()->rowCount() < int(TrafficLog::KeptMessages) + 600);
    }
};

QTEST_MAIN(IpcInspectorTest)
#include "ipc_inspector_test.moc"

#include <algorithm>
