// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/library/download_manager.h"
#include "browser/desktop/library/history.h"
#include "browser/desktop/settings/settings.h"
#include "browser/desktop/window/address_bar.h"
#include "browser/desktop/window/main_window.h"
#include "browser/desktop/window/navigation_bar.h"
#include "browser/desktop/window/tab_page.h"
#include "browser/desktop/window/tab_strip.h"
#include "browser/desktop/window/window_actions.h"
#include "browser/pages/page_processes/page_process_pool.h"
#include "browser/pages/tabs/tab_list.h"
#include "browser/widgets/find_bar.h"
#include "tests/browser/desktop/window/fake_fetcher.h"
#include "tests/browser/desktop/window/scripted_renderer.h"
#include "tests/support/initiators.h"

#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QtTest>

namespace bulkhead {

/// A whole window over real tabs, pools and channels; only the network and what happens inside a page are the test's.
struct WindowFixture
{
    QTemporaryDir folder;
    ScriptedLauncher launcher;
    static inline int softLimit = 24; ///< of processes
    PageProcessPool pool{launcher, {ProcessModel::PerSite, softLimit, 0, false}};
    FakeFetcher fetcher;
    TabList tabs{fetcher, pool};
    DownloadManager downloads{fetcher};
    History history{QString()};
    Settings settings{{folder.filePath(QStringLiteral("settings.json")), {}}};
    std::unique_ptr<MainWindow> window;

    WindowFixture()
    {
        downloads.setFolder(folder.filePath(QStringLiteral("downloads")));
        makeWindow();
    }
    void makeWindow()
    {
        window = std::make_unique<MainWindow>(tabs, downloads, history, settings);
        window->resize(900, 600);
        window->show();
        window->activateWindow();
    }
    /// Opens http://HOST/PAGE and waits until it is there with a frame.
    Tab *open(const QString &page, const QString &host = QStringLiteral("example.test"),
              Activation activation = Activation::Foreground)
    {
        Tab *tab = tabs.open(address(page, host), test::person(), activation);
        wait([tab, activation] {
            return tab->rendererPid() > 0 && tab->title().plain().startsWith(QLatin1String("Title of")) &&
                   (activation == Activation::Background || !tab->frame().isNull()) &&
                   tab->loadState() == LoadState::Idle;
        });
        return tab;
    }
    static QUrl address(const QString &page, const QString &host = QStringLiteral("example.test"))
    {
        return QUrl(QStringLiteral("http://%1/%2").arg(host, page));
    }
    ScriptedRenderer *renderer(const Tab *tab) const { return launcher.byPid(tab->rendererPid()); }
    ScriptedRenderer *renderer() const { return renderer(tabs.active()); }
    TabPage *page() const { return window->activePage(); }
    WindowActions &actions() const { return window->commands(); }

    /// A key as a person presses it: to whatever has the focus.
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        activate();
        QWidget *focus = window->focusWidget();
        QTest::keyClick(focus ? focus : window.get(), key, modifiers);
    }
    void type(const QString &text)
    {
        activate();
        QTest::keyClicks(window->focusWidget(), text);
    }
    bool hasFocus(const QWidget *widget) const { return window->focusWidget() == widget; }
    /// The offscreen platform makes popups the active window, and leaves none active when they go.
    void activate()
    {
        QCoreApplication::processEvents(); // also the activation of a popup that has come and gone
        window->activateWindow();
        wait([this] { return QApplication::activeWindow() == window.get(); });
    }

    /// As the desktop does it: enter, then drop.
    static void drop(QWidget *target, QPoint at, const QMimeData &data)
    {
        QDragEnterEvent enter(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(target, &enter);
        QDropEvent dropEvent(at, Qt::CopyAction, &data, Qt::LeftButton, {});
        QApplication::sendEvent(target, &dropEvent);
    }

    template <class Condition>
    static bool wait(Condition condition)
    {
        return QTest::qWaitFor(condition, 10'000);
    }
};

} // namespace bulkhead
