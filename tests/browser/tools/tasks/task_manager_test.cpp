// SPDX-License-Identifier: BSD-3-Clause
// The task manager as a person uses it: clicks, keys and menus on the real widgets, and the kernel's word for what they
// did.
#include "browser/tools/map/process_strip.h"
#include "browser/tools/tasks/task_manager.h"
#include "browser/tools/tasks/task_model.h"
#include "tests/browser/tools/docks/inspect_fixture.h"

#include <QClipboard>
#include <QHeaderView>
#include <QMenu>
#include <QPushButton>
#include <QTreeView>

#include <algorithm>
#include <csignal>

using namespace bulkhead;

class TaskManagerTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<InspectFixture> f;

    TaskManager &manager() { return *f->docks->taskManager(); }
    QModelIndex rowOf(const Tab *tab)
    {
        const QAbstractItemModel *model = manager().table()->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data(TaskModel::KeyRole).toULongLong() == f->keyOf(tab))
                return model->index(row, 0);
        }
        return {};
    }
    void click(const QModelIndex &row, Qt::MouseButton button = Qt::LeftButton)
    {
        QTreeView *table = manager().table();
        table->scrollTo(row);
        QTest::mouseClick(table->viewport(), button, {}, table->visualRect(row).center());
    }
    QAction *command(const QString &text)
    {
        for (QAction *action : manager().strip()->menu()->actions()) {
            if (action->text().remove(QLatin1Char('&')) == text)
                return action;
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

    void itsKeyShowsAndHidesIt()
    {
        f->open(QStringLiteral("a"));
        QVERIFY(!f->docks->taskManager());
        f->press(Qt::Key_Escape, Qt::ShiftModifier);
        QTRY_VERIFY(f->docks->taskManager() && manager().isVisible());
        QVERIFY(f->processes.isWatched());
        f->press(Qt::Key_Escape, Qt::ShiftModifier);
        QTRY_VERIFY(!manager().isVisible());
        QVERIFY(!f->processes.isWatched());
    }

    void aClickSaysWhatWouldGoAndEndEndsIt()
    {
        Tab *one = f->open(QStringLiteral("a"));
        Tab *two = f->open(QStringLiteral("b"));
        Tab *other = f->open(QStringLiteral("c"), QStringLiteral("other.test"));
        f->actions().taskManager->trigger();
        QTRY_VERIFY(rowOf(one).isValid());
        click(rowOf(one));
        QVERIFY2(manager().strip()->sentence().contains(QStringLiteral("2 tabs go")),
                 qPrintable(manager().strip()->sentence()));
        QVERIFY(manager().strip()->sentence().contains(QStringLiteral("1 tab elsewhere stays")));
        QTest::mouseClick(manager().strip()->endButton(), Qt::LeftButton);
        QTRY_VERIFY(one->crash() && two->crash());
        QCOMPARE(one->crash()->kind, ExitKind::KilledByUser);
        QVERIFY(!other->crash());
        QTRY_VERIFY2(manager().strip()->sentence().contains(QStringLiteral("As predicted")),
                     qPrintable(manager().strip()->sentence()));
        QVERIFY(!manager().strip()->endButton()->isEnabled());
    }

    void signalsReachTheProcess()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        f->actions().taskManager->trigger();
        QTRY_VERIFY(rowOf(tab).isValid());
        click(rowOf(tab));
        manager().strip()->signalChosen(SIGSTOP);
        QTRY_COMPARE(rowOf(tab).siblingAtColumn(TaskModel::State).data().toString(), QStringLiteral("stopped"));
        manager().strip()->signalChosen(SIGCONT);
        QTRY_COMPARE(rowOf(tab).siblingAtColumn(TaskModel::State).data().toString(), QStringLiteral("running"));
        manager().strip()->signalChosen(SIGKILL);
        QTRY_VERIFY(tab->crash());
        QCOMPARE(tab->crash()->code(), QStringLiteral("signal 9 SIGKILL"));
    }

    void theMenuCopiesThePidAndLowersPriority()
    {
        Tab *tab = f->open(QStringLiteral("a"));
        f->actions().taskManager->trigger();
        QTRY_VERIFY(rowOf(tab).isValid());
        click(rowOf(tab));
        QVERIFY(command(QStringLiteral("Copy PID")));
        command(QStringLiteral("Copy PID"))->trigger();
        QCOMPARE(QGuiApplication::clipboard()->text(), QString::number(tab->rendererPid()));
        const int before = ProcSample::of(tab->rendererPid())->niceness;
        command(QStringLiteral("Lower Priority"))->trigger();
        QCOMPARE(ProcSample::of(tab->rendererPid())->niceness, std::min(19, before + 5));
    }

    void enterGoesToTheTab()
    {
        Tab *one = f->open(QStringLiteral("a"));
        f->open(QStringLiteral("b"), QStringLiteral("other.test"));
        f->actions().taskManager->trigger();
        QTRY_VERIFY(rowOf(one).isValid());
        click(rowOf(one));
        QVERIFY(f->tabs.active() != one);
        QTest::keyClick(manager().table(), Qt::Key_Return);
        QCOMPARE(f->tabs.active(), one);
    }

    void aClickOnAHeadSorts()
    {
        f->open(QStringLiteral("a"));
        f->open(QStringLiteral("b"), QStringLiteral("other.test"));
        f->actions().taskManager->trigger();
        QTreeView *table = manager().table();
        QTRY_VERIFY(table->model()->rowCount() >= 3);
        table->scrollTo(table->model()->index(0, 0));
        const QPoint head(table->header()->sectionViewportPosition(TaskModel::Pid) + 20, table->header()->height() / 2);
        const auto pids = [table] {
            QList<int> all;
            for (int row = 0; row < table->model()->rowCount(); ++row)
                all << table->model()->index(row, TaskModel::Pid).data().toString().toInt();
            return all;
        };
        QTest::mouseClick(table->header()->viewport(), Qt::LeftButton, {}, head);
        const QList<int> first = pids();
        QVERIFY(std::is_sorted(first.begin(), first.end()) || std::is_sorted(first.rbegin(), first.rend()));
        QTest::mouseClick(table->header()->viewport(), Qt::LeftButton, {}, head);
        QCOMPARE(pids(), QList<int>(first.rbegin(), first.rend()));
    }

    void theBrowserIsNotOfferedToEnd()
    {
        f->open(QStringLiteral("a"));
        f->actions().taskManager->trigger();
        QTRY_VERIFY(manager().table()->model()->rowCount() > 1);
        click(manager().table()->model()->index(0, 0));
        QVERIFY(!manager().strip()->endButton()->isEnabled());
        QVERIFY(!command(QStringLiteral("End Process")));
        QVERIFY(manager().strip()->sentence().contains(QStringLiteral("everything ends")));
        QVERIFY(!f->processes.end(AppProcesses::BrowserKey));
    }
};

QTEST_MAIN(TaskManagerTest)
#include "task_manager_test.moc"
