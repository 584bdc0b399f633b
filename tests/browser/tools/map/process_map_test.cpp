// SPDX-License-Identifier: BSD-3-Clause
// The process map as a person uses it: what is drawn where, what a click and a key do, how a death looks, and that
// nothing moves that need not.
#include "browser/tools/docks/processes_page.h"
#include "browser/tools/docks/projector_mode.h"
#include "browser/tools/map/process_map.h"
#include "browser/tools/map/process_strip.h"
#include "browser/widgets/color_scheme.h"
#include "tests/browser/tools/docks/inspect_fixture.h"

#include <QHelpEvent>
#include <QPushButton>
#include <QToolTip>

#include <csignal>

using namespace bulkhead;

class ProcessMapTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<InspectFixture> f;

    MapCanvas &canvas() { return *f->docks->map()->canvas(); }
    void showMap()
    {
        f->actions().processMap->trigger();
        QTRY_VERIFY(f->docks->map() && canvas().isVisible());
    }
    bool isDrawn(const Tab *tab)
    {
        return QTest::qWaitFor([&] { return !canvas().positionOf(f->keyOf(tab)).isNull(); }, 10'000);
    }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<InspectFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
    }
    void cleanup() { f.reset(); }

    void everyProcessHasANode()
    {
        Tab *one = f->open(QStringLiteral("a"));
        showMap();
        QVERIFY(isDrawn(one));
        QCOMPARE(canvas().nodeCount(), 2);
        Tab *two = f->open(QStringLiteral("b"), QStringLiteral("other.test"));
        QVERIFY(isDrawn(two));
        QCOMPARE(canvas().nodeCount(), 3);
        const QImage picture = canvas().grab().toImage();
        const QColor ground = chrome::bar(canvas().palette());
        for (const Tab *tab : {one, two}) {
            // The circle is not the ground's colour.
            const QPointF at = canvas().positionOf(f->keyOf(tab)) * canvas().devicePixelRatioF();
            int different = 0;
            for (int x = -6; x <= 6; ++x)
                different += picture.pixelColor(at.toPoint() + QPoint(x, 8)) != ground;
            QVERIFY(different > 6);
        }
    }

    void aClickChoosesTheTabAndTellsWhatWouldGo()
    {
        Tab *one = f->open(QStringLiteral("a"));
        f->open(QStringLiteral("b"), QStringLiteral("other.test"));
        showMap();
        QVERIFY(isDrawn(one));
        QVERIFY(f->tabs.active() != one);
        QTRY_VERIFY(!canvas().isAnimating());
        QTest::mouseClick(&canvas(), Qt::LeftButton, {}, canvas().positionOf(f->keyOf(one)).toPoint());
        QCOMPARE(f->tabs.active(), one);
        QCOMPARE(canvas().selected(), f->keyOf(one));
        QVERIFY(f->docks->map()->strip()->sentence().contains(QStringLiteral("1 tab goes")));
    }

    void theKeyboardDoesTheSame()
    {
        Tab *one = f->open(QStringLiteral("a"));
        f->open(QStringLiteral("b"), QStringLiteral("other.test"));
        showMap();
        QVERIFY(isDrawn(one));
        canvas().setFocus();
        for (int i = 0; i < 3 && canvas().selected() != f->keyOf(one); ++i)
            QTest::keyClick(&canvas(), Qt::Key_Right);
        QCOMPARE(canvas().selected(), f->keyOf(one));
        QTest::keyClick(&canvas(), Qt::Key_Return);
        QCOMPARE(f->tabs.active(), one);
        QTest::keyClick(&canvas(), Qt::Key_Delete);
        QTRY_VERIFY(one->crash());
        QCOMPARE(one->crash()->kind, ExitKind::KilledByUser);
    }

    void aKilledProcessFallsAndTheStripCompares()
    {
        Tab *one = f->open(QStringLiteral("a"));
        Tab *two = f->open(QStringLiteral("b"), QStringLiteral("other.test"));
        showMap();
        QVERIFY(isDrawn(one));
        ::kill(pid_t(one->rendererPid()), SIGKILL);
        QTRY_COMPARE(canvas().fallingCount(), 1);
        QTRY_COMPARE(canvas().nodeCount(), 2); // the line that is left, and the browser
        QTRY_VERIFY(f->docks->map()->strip()->sentence().contains(QStringLiteral("As predicted")));
        QTRY_COMPARE(canvas().fallingCount(), 0);
        QVERIFY(!two->crash());
        one->reload();
        QTRY_COMPARE(canvas().nodeCount(), 3);
    }

    void hoveringExplains()
    {
        Tab *one = f->open(QStringLiteral("a"));
        showMap();
        QVERIFY(isDrawn(one));
        QTRY_VERIFY(!canvas().isAnimating());
        const QPoint at = canvas().positionOf(f->keyOf(one)).toPoint();
        QHelpEvent help(QEvent::ToolTip, at, canvas().mapToGlobal(at));
        QApplication::sendEvent(&canvas(), &help);
        QVERIFY(QToolTip::text().contains(QString::number(one->rendererPid())));
        QVERIFY(QToolTip::text().contains(QStringLiteral("http://example.test")));
        QVERIFY(QToolTip::text().contains(QStringLiteral("Shared memory")));
        QToolTip::hideText();
    }

    void nothingMovesWithoutTrafficAndNothingAtAllWhenHidden()
    {
        Tab *one = f->open(QStringLiteral("a"));
        showMap();
        QVERIFY(isDrawn(one));
        QTRY_VERIFY(!canvas().isAnimating());
        for (int i = 0; i < 40; ++i)
            f->renderer(one)->setTitle(QStringLiteral("Title of %1").arg(i));
        QTRY_VERIFY(canvas().isAnimating()); // dots run
        f->actions().processMap->trigger();
        QTRY_VERIFY(!canvas().isVisible());
        QVERIFY(!canvas().isAnimating());
        QVERIFY(!f->processes.isWatched());
    }

    void projectorModeIsLargeAndStillAndGoesBack()
    {
        Tab *one = f->open(QStringLiteral("a"));
        showMap();
        const QFont font = QApplication::font();
        const QPalette palette = QApplication::palette();
        const double zoom = one->zoom();
        f->actions().projector->trigger();
        QVERIFY(QApplication::font().pointSizeF() > font.pointSizeF() * 1.4);
        QCOMPARE(one->zoom(), zoom * ProjectorMode::Enlarged);
        const QColor ground = QApplication::palette().color(QPalette::Window);
        QVERIFY(ground == QColor(Qt::white) || ground == QColor(Qt::black));
        QVERIFY(isDrawn(one));
        for (int i = 0; i < 40; ++i)
            f->renderer(one)->setTitle(QStringLiteral("Title of %1").arg(i));
        QTRY_VERIFY(f->processes.byKey(f->keyOf(one))->rates.receivedMessages > 1);
        QVERIFY(!canvas().isAnimating());
        f->actions().projector->trigger();
        QCOMPARE(QApplication::font(), font);
        QCOMPARE(QApplication::palette().color(QPalette::Window), palette.color(QPalette::Window));
        QCOMPARE(one->zoom(), zoom);
    }

    void aboutProcessesListsThem()
    {
        Tab *one = f->open(QStringLiteral("<b>&"));
        const QString page = QString::fromUtf8(processesPage(f->processes, QStringLiteral("token")));
        QVERIFY(page.contains(QStringLiteral("<td>%1</td>").arg(one->rendererPid())));
        QVERIFY(page.contains(QStringLiteral("<td>%1</td>").arg(QCoreApplication::applicationPid())));
        QVERIFY(!page.contains(QStringLiteral("<b>&")));
    }

    void withReducedMotionOnlyColoursChange()
    {
        Tab *one = f->open(QStringLiteral("a"));
        showMap();
        canvas().setMotion(Motion::Reduced);
        QVERIFY(isDrawn(one));
        for (int i = 0; i < 40; ++i)
            f->renderer(one)->setTitle(QStringLiteral("Title of %1").arg(i));
        QTRY_VERIFY((f->processes.byKey(f->keyOf(one))->rates.receivedMessages > 1));
        QVERIFY(!canvas().isAnimating());
    }
};

QTEST_MAIN(ProcessMapTest)
#include "process_map_test.moc"
