// SPDX-License-Identifier: BSD-3-Clause
// Whatever a page, a plugin or a server says is shown as text: nothing is opened, nothing is laid out as markup, and a
// megabyte costs no more than a line.
#include "browser/desktop/window/download_row.h"
#include "browser/desktop/window/history_panel.h"
#include "browser/desktop/window/page_menu.h"
#include "browser/desktop/window/site_popover.h"
#include "browser/desktop/window/tab_bar.h"
#include "browser/desktop/window/tab_menu.h"
#include "browser/widgets/info_bar.h"
#include "browser/widgets/overlay_bubble.h"
#include "browser/widgets/plain_text.h"
#include "browser/widgets/sad_tab.h"
#include "tests/browser/desktop/window/hostile_text.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/initiators.h"

#include <QCompleter>
#include <QElapsedTimer>
#include <QMenu>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTableWidget>
#include <QTextDocument>
#include <QTreeView>

using namespace bulkhead;

class OutsideTextTest : public QObject
{
    Q_OBJECT

    std::unique_ptr<WindowFixture> f;
    std::unique_ptr<HostileText> m_hostile;

    /// A tab whose history says that its pages were called so, and lay where such a name is.
    Tab *tabCalled(const QString &title)
    {
        Tab *tab = f->tabs.openEmpty(Activation::Foreground);
        NavigationHistory history;
        QUrl url(QStringLiteral("http://example.test/"));
        url.setPath(u'/' + title.left(3000));
        for (int i = 0; i < 3; ++i)
            history.push({url, test::person(), title});
        history.moveTo(history.count() / 2); // of the longest names there is but one
        tab->restore(history);
        return tab;
    }
    void showTip(const QString &text)
    {
        QToolTip::showText(f->window->mapToGlobal(QPoint(50, 50)), text, f->window.get());
        for (QWidget *tip : QApplication::topLevelWidgets()) {
            if (tip->inherits("QTipLabel"))
                tip->grab();
        }
        QToolTip::hideText();
    }

private Q_SLOTS:
    void initTestCase() { m_hostile = std::make_unique<HostileText>(); }
    void init()
    {
        f = std::make_unique<WindowFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        f->open(QStringLiteral("a"));
        m_hostile->opened();
    }
    void cleanup() { f.reset(); }

    // ---- the controls: what these strings do where they are given to Qt as they are

    void aLabelThatGuessesOpensThePicture()
    {
        QLabel label(m_hostile->markup());
        label.grab();
        QVERIFY(m_hostile->opened() > 0);
        QVERIFY(!whatIsWrongIn(label).isEmpty());
    }

    void aTooltipOpensThePicture()
    {
        showTip(m_hostile->markup());
        QVERIFY(m_hostile->opened() > 0);
    }

    void aMessageBoxOpensThePicture()
    {
        QMessageBox box(QMessageBox::Warning, QString(), QString(), QMessageBox::Ok);
        box.setInformativeText(m_hostile->markup());
        box.setText(m_hostile->markup());
        box.grab();
        QVERIFY(m_hostile->opened() > 0);
        QVERIFY(!whatIsWrongIn(box).isEmpty());
    }

    void anItemsTooltipIsSeenToBeMarkup()
    {
        QTableWidget table(1, 1);
        auto *item = new QTableWidgetItem(QStringLiteral("x"));
        item->setToolTip(m_hostile->markup());
        table.setItem(0, 0, item);
        QVERIFY(!whatIsWrongIn(table).isEmpty());
    }

    void aMegabyteIsSeen()
    {
        QLineEdit edit;
        edit.setAccessibleName(QString(1 << 20, u'x'));
        QVERIFY(!whatIsWrongIn(edit).isEmpty());
    }

    // ---- the setters

    void everySetterShowsText()
    {
        for (const QString &text : m_hostile->all()) {
            const OutsideText outside(text, OutsideText::Lines::Many);
            const OutsideText name = OutsideText::name(text);
            QWidget top;
            auto *label = new QLabel(&top);
            auto *rich = new QLabel(&top);
            auto *button = new QPushButton(&top);
            auto *table = new QTableWidget(1, 1, &top);
            table->setItem(0, 0, new QTableWidgetItem);
            plain::setText(label, outside);
            plain::setText(rich, RichText()
                                     .bold(name)
                                     .text(name)
                                     .line(name)
                                     .row(name, name)
                                     .link(name, QStringLiteral("about:x?\"><img>")));
            plain::setText(button, outside);
            plain::setText(table->item(0, 0), outside);
            plain::setToolTip(table->item(0, 0), outside);
            plain::setToolTip(label, outside);
            plain::setAccessibleName(label, outside);
            plain::setAccessibleDescription(label, outside);
            plain::setWindowTitle(&top, outside);
            QMenu menu(&top);
            plain::addAction(&menu, {}, outside);
            top.show();
            plain::showToolTip(QPoint(5, 5), outside, &top);
            const QStringList wrong = whatIsWrongIn(top) + whatIsWrongIn(menu);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            // What is seen is the string itself.
            QCOMPARE(label->text(), outside.plain());
            QTextDocument tip;
            tip.setHtml(label->toolTip());
            if (Qt::mightBeRichText(label->toolTip()) && !outside.plain().contains(u'\n') &&
                outside.plain().size() < 300)
                QCOMPARE(tip.toPlainText(), outside.plain().simplified());
            QVERIFY(!button->text().remove(QStringLiteral("&&")).contains(u'&'));

            std::unique_ptr<QMessageBox> box(
                plain::messageBox(QMessageBox::Warning, QStringLiteral("t"), outside, QMessageBox::Ok, nullptr));
            plain::setInformativeText(box.get(), outside);
            box->show();
            const QStringList inBox = whatIsWrongIn(*box);
            QVERIFY2(inBox.isEmpty(), qPrintable(inBox.join(u'\n')));
            bool informed = false;
            for (const QLabel *part : box->findChildren<QLabel *>()) {
                QVERIFY(part->text().isEmpty() || part->textFormat() == Qt::PlainText);
                informed = informed || part->text().remove(QChar(0x200b)) == outside.plain();
            }
            QVERIFY(informed);
        }
        QCOMPARE(m_hostile->opened(), 0);
    }

    // ---- the widgets

    void barsAndBubbles()
    {
        for (const QString &text : m_hostile->all()) {
            InfoBar bar(OutsideText(text), InfoBar::Lasting::UntilDismissed);
            bar.setOffer(QStringLiteral("Do"), OutsideText(text));
            bar.addChoice(QStringLiteral("Or"), OutsideText(text));
            bar.show();
            OverlayBubble bubble(OverlayBubble::Place::TopCenter, f->window.get());
            bubble.showText(OutsideText(text), 1000);
            const QStringList wrong = whatIsWrongIn(bar) + whatIsWrongIn(bubble);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        }
        QCOMPARE(m_hostile->opened(), 0);
    }

    void theWholeWindow()
    {
        const QStringList texts = m_hostile->all();
        for (const QString &text : texts) {
            Tab *tab = tabCalled(text);
            QUrl visited(QStringLiteral("http://example.test/"));
            visited.setPath(u'/' + text.left(800));
            f->history.addVisit(visited, text);
            QVERIFY(f->tabs.indexOf(tab) >= 0);
            QVERIFY(!f->window->windowTitle().contains(QChar(0x202e)));
        }
        f->actions().history->trigger();
        QTRY_VERIFY(f->window->historyPanel()->isVisible());
        for (int i = 0; i < f->tabs.count(); ++i) {
            f->tabs.activate(i);
            QCoreApplication::processEvents();
            const QStringList wrong = whatIsWrongIn(*f->window);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
            f->window->addressBar()->showSite();
            auto *popover = f->window->addressBar()->findChild<SitePopover *>();
            const QStringList inPopover = whatIsWrongIn(*popover);
            QVERIFY2(inPopover.isEmpty(), qPrintable(inPopover.join(u'\n')));
            delete popover;
        }
        for (QMenu *menu : f->window->findChildren<QMenu *>()) {
            Q_EMIT menu->aboutToShow();
            const QStringList wrong = whatIsWrongIn(*menu);
            QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        }
        QCOMPARE(m_hostile->opened(), 0);
    }

    void menus()
    {
        for (const QString &text : m_hostile->all()) {
            Tab::Hit hit;
            hit.link = QUrl(QStringLiteral("http://u:p@example.test/"));
            hit.link.setPath(u'/' + text.left(3000));
            hit.image = hit.link;
            hit.asker = test::person();
            PageMenu ofPage(*f->tabs.active(), hit, f->window.get());
            TabMenu ofTab(f->tabs, *tabCalled(text), f->window.get());
            for (QMenu *menu : {static_cast<QMenu *>(&ofPage), static_cast<QMenu *>(&ofTab)}) {
                menu->popup(QPoint(5, 5));
                const QStringList wrong = whatIsWrongIn(*menu);
                QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
                menu->close();
            }
        }
        QCOMPARE(m_hostile->opened(), 0);
    }

    void suggestions()
    {
        for (const QString &text : m_hostile->all())
            f->history.addVisit(QUrl(QStringLiteral("http://example.test/deep/%1").arg(f->history.count())), text);
        f->window->addressBar()->focusAll();
        f->type(QStringLiteral("deep"));
        QWidget *popup = f->window->addressBar()->completer()->popup();
        QVERIFY(popup->isVisible());
        const QStringList wrong = whatIsWrongIn(*popup);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        popup->hide();
        // The complaint about what is no address quotes it.
        f->window->addressBar()->setText(m_hostile->markup());
        f->press(Qt::Key_Return);
        QTRY_VERIFY(!f->window->addressBar()->error().isEmpty());
        const QStringList later = whatIsWrongIn(*f->window);
        QVERIFY2(later.isEmpty(), qPrintable(later.join(u'\n')));
        QCOMPARE(m_hostile->opened(), 0);
    }

    void linksAndCrashes()
    {
        Tab *tab = f->tabs.active();
        QUrl link(QStringLiteral("http://u:p@example.test/"));
        link.setPath(u'/' + m_hostile->markup());
        link.setQuery(QStringLiteral("\u202e<img src=%1>").arg(m_hostile->file()));
        f->renderer()->hoverLink(link);
        f->renderer()->setTitle(m_hostile->markup());
        QTRY_COMPARE(tab->hoveredLink().host(), QStringLiteral("example.test"));
        const QStringList hovered = whatIsWrongIn(*f->window);
        QVERIFY2(hovered.isEmpty(), qPrintable(hovered.join(u'\n')));
        for (const OverlayBubble *bubble : f->window->findChildren<OverlayBubble *>())
            QVERIFY(!bubble->text().contains(QStringLiteral("u:p@")));
        tab->endProcess();
        QTRY_VERIFY(tab->crash().has_value());
        const QStringList wrong = whatIsWrongIn(*f->window);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QCOMPARE(OutsideText(link).plain().contains(u'<'), false);
        QCOMPARE(m_hostile->opened(), 0);
    }

    void downloads()
    {
        QUrl url(QStringLiteral("http://download.test/"));
        url.setPath(u'/' + m_hostile->markup());
        f->downloads.start(url, test::person());
        f->downloads.start(QUrl(QStringLiteral("http://broken.test/<img src=%1>").arg(m_hostile->file())),
                           test::person());
        f->actions().downloads->trigger();
        QTRY_COMPARE(f->window->findChildren<DownloadRow *>().size(), 2);
        const QStringList wrong = whatIsWrongIn(*f->window);
        QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
        QCOMPARE(m_hostile->opened(), 0);
    }

    void aMegabyteCostsNoMoreThanALine()
    {
        const QString megabyte = QStringLiteral("<b>") + QString(1 << 20, u'm') + QStringLiteral("</b>");
        QElapsedTimer timer;
        timer.start();
        for (int i = 0; i < 20; ++i) {
            InfoBar bar(OutsideText(megabyte), InfoBar::Lasting::UntilDismissed);
            bar.show();
            bar.grab();
            tabCalled(megabyte);
            f->window->grab();
        }
        QVERIFY2(timer.elapsed() < 20'000, qPrintable(QString::number(timer.elapsed())));
        qInfo("20 bars, tabs and windows with a title of a megabyte: %lld ms", static_cast<long long>(timer.elapsed()));
    }
};

QTEST_MAIN(OutsideTextTest)
#include "outside_text_test.moc"
