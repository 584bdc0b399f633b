// SPDX-License-Identifier: BSD-3-Clause
// Downloads and history beside the page.
#include "browser/desktop/window/download_row.h"
#include "browser/desktop/window/downloads_panel.h"
#include "browser/desktop/window/history_panel.h"
#include "browser/widgets/flat_button.h"
#include "tests/browser/desktop/window/window_fixture.h"
#include "tests/support/initiators.h"

#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QTreeView>

using namespace bulkhead;

class SidePanelsTest : public QObject
{
    Q_OBJECT

private:
    std::unique_ptr<WindowFixture> f;

    QList<DownloadRow *> rows() const
    {
        QList<DownloadRow *> visible;
        for (DownloadRow *row : f->window->downloadsPanel()->findChildren<DownloadRow *>()) {
            if (!row->isHidden())
                visible.append(row);
        }
        return visible;
    }
    static FlatButton *button(const QWidget *parent, const QString &name)
    {
        for (FlatButton *candidate : parent->findChildren<FlatButton *>()) {
            if (candidate->accessibleName() == name && !candidate->isHidden())
                return candidate;
        }
        return nullptr;
    }
    QTreeView *list() const { return f->window->historyPanel()->findChild<QTreeView *>(); }
    QLineEdit *search() const { return f->window->historyPanel()->findChild<QLineEdit *>(); }
    QStringList listed() const
    {
        QStringList titles;
        const QAbstractItemModel *model = list()->model();
        for (int day = 0; day < model->rowCount(); ++day) {
            for (int row = 0; row < model->rowCount(model->index(day, 0)); ++row)
                titles.append(model->index(row, 0, model->index(day, 0)).data().toString());
        }
        return titles;
    }

private Q_SLOTS:
    void init()
    {
        f = std::make_unique<WindowFixture>();
        QVERIFY(QTest::qWaitForWindowActive(f->window.get()));
        f->open(QStringLiteral("a"));
    }
    void cleanup() { f.reset(); }

    void shortcutsOpenOnePanelAtATimeAndEscClosesIt()
    {
        f->press(Qt::Key_J, Qt::ControlModifier);
        QVERIFY(f->window->downloadsPanel()->isVisible());
        f->press(Qt::Key_H, Qt::ControlModifier);
        QVERIFY(!f->window->downloadsPanel()->isVisible());
        QVERIFY(f->window->historyPanel()->isVisible());
        QVERIFY(f->hasFocus(search()));
        f->press(Qt::Key_Escape);
        QVERIFY(!f->window->historyPanel()->isVisible());
        QVERIFY(!f->actions().history->isChecked());
        QVERIFY(f->hasFocus(f->page()->view()));
    }

    void aDownloadIsListedFromItsStartToItsEnd()
    {
        f->actions().downloads->trigger();
        Download *download = f->downloads.start(QUrl(QStringLiteral("http://download.test/thing.bin")), test::person());
        QCOMPARE(rows().size(), 1);
        QVERIFY(button(rows().first(), QStringLiteral("Cancel")));
        QTRY_COMPARE(download->state(), DownloadState::Finished);
        QVERIFY(rows().first()->accessibleName().contains(QStringLiteral("thing.bin")));
        QVERIFY(!button(rows().first(), QStringLiteral("Cancel")));
        QVERIFY(QFileInfo::exists(download->filePath()));

        button(rows().first(), QStringLiteral("Open in a new tab"))->click();
        QCOMPARE(f->tabs.active()->url(), QUrl::fromLocalFile(download->filePath()));

        const QString file = download->filePath();
        button(rows().first(), QStringLiteral("Remove from the list"))->click();
        QTRY_COMPARE(rows().size(), 0);
        QVERIFY2(QFileInfo::exists(file), "only the list forgets it");
    }

    void aDownloadIsCancelledAndRetried()
    {
        f->actions().downloads->trigger();
        Download *download = f->downloads.start(QUrl(QStringLiteral("http://slow.test/big")), test::person());
        button(rows().first(), QStringLiteral("Cancel"))->click();
        QCOMPARE(download->state(), DownloadState::Cancelled);
        QVERIFY(rows().first()->accessibleName().contains(QStringLiteral("Cancelled")));
        button(rows().first(), QStringLiteral("Retry"))->click();
        QCOMPARE(download->state(), DownloadState::Waiting);
        download->cancel();
    }

    void aFailedDownloadSaysWhy()
    {
        f->actions().downloads->trigger();
        Download *download = f->downloads.start(QUrl(QStringLiteral("http://broken.test/x")), test::person());
        QTRY_COMPARE(download->state(), DownloadState::Failed);
        QVERIFY(rows().first()->accessibleName().contains(QStringLiteral("No server has this name.")));
        QVERIFY(button(rows().first(), QStringLiteral("Retry")));
    }

    void clearingKeepsWhatStillRuns()
    {
        f->actions().downloads->trigger();
        f->downloads.start(QUrl(QStringLiteral("http://slow.test/big")), test::person());
        Download *failing = f->downloads.start(QUrl(QStringLiteral("http://broken.test/x")), test::person());
        QTRY_COMPARE(failing->state(), DownloadState::Failed);
        button(f->window->downloadsPanel(), QStringLiteral("Clear the list; files stay"))->click();
        QTRY_COMPARE(rows().size(), 1);
        QVERIFY(!button(f->window->downloadsPanel(), QStringLiteral("Clear the list; files stay"))->isEnabled());
        f->downloads.at(0)->cancel();
    }

    void aStartedDownloadIsSaidWhenItsPanelIsClosed()
    {
        f->tabs.active()->navigate(QUrl(QStringLiteral("http://download.test/thing.bin")), test::person());
        QTRY_COMPARE(f->downloads.count(), 1);
        QTRY_VERIFY(saidDownloading());
    }

    void historyIsListedByDayNewestFirst()
    {
        f->history.addVisit(WindowFixture::address(QStringLiteral("b")), QStringLiteral("Second"));
        f->actions().history->trigger();
        QTRY_COMPARE(listed().size(), 2);
        QCOMPARE(list()->model()->index(0, 0).data().toString(), QStringLiteral("Today"));
        QVERIFY(listed().contains(QStringLiteral("Second")));
        QVERIFY(listed().contains(QStringLiteral("Title of a")));
    }

    void historyIsSearchedAndOpenedByKeys()
    {
        f->history.addVisit(WindowFixture::address(QStringLiteral("b")), QStringLiteral("Second"));
        f->actions().history->trigger();
        f->type(QStringLiteral("sec"));
        QCOMPARE(listed(), QStringList{QStringLiteral("Second")});
        f->press(Qt::Key_Down);
        QVERIFY(f->hasFocus(list()));
        f->press(Qt::Key_Return);
        QCOMPARE(f->tabs.active()->url(), WindowFixture::address(QStringLiteral("b")));
    }

    void aVisitIsForgottenByDelete()
    {
        f->history.addVisit(WindowFixture::address(QStringLiteral("b")), QStringLiteral("Second"));
        f->actions().history->trigger();
        f->type(QStringLiteral("sec"));
        f->press(Qt::Key_Down);
        f->press(Qt::Key_Delete);
        QTRY_COMPARE(listed().size(), 0);
        QCOMPARE(f->history.count(), 1);
    }

    void allIsForgottenOnlyAfterAQuestion()
    {
        f->actions().history->trigger();
        QTRY_COMPARE(listed().size(), 1);
        auto answer = [this](int role) {
            QTimer::singleShot(0, f->window.get(), [role] {
                auto *box = qobject_cast<QMessageBox *>(QApplication::activeModalWidget());
                QVERIFY(box);
                for (QAbstractButton *candidate : box->buttons()) {
                    if (box->buttonRole(candidate) == role)
                        return candidate->click();
                }
            });
            button(f->window->historyPanel(), QStringLiteral("Clear all history…"))->click();
        };
        answer(QMessageBox::RejectRole);
        QCOMPARE(f->history.count(), 1);
        answer(QMessageBox::DestructiveRole);
        QCOMPARE(f->history.count(), 0);
        QTRY_COMPARE(listed().size(), 0);
    }

private:
    bool saidDownloading() const
    {
        for (const QWidget *widget : f->window->findChildren<QWidget *>()) {
            if (widget->isVisible() && widget->accessibleName().startsWith(QStringLiteral("Downloading")))
                return true;
        }
        return false;
    }
};

QTEST_MAIN(SidePanelsTest)
#include "side_panels_test.moc"
