// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/window_actions.h"

#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QKeySequence>
#include <QWidget>

namespace bulkhead {

namespace {

/// The platform's keys for @p key, then @p more. Qt lists the Back and Forward keys of keyboards with those for tabs,
/// too; here they navigate.
QList<QKeySequence> standard(QKeySequence::StandardKey key, const QList<QKeySequence> &more = {})
{
    QList<QKeySequence> keys;
    for (const QKeySequence &sequence : QKeySequence::keyBindings(key) + more) {
        const bool navigates = sequence == QKeySequence(Qt::Key_Back) || sequence == QKeySequence(Qt::Key_Forward);
        const bool forTabs = key == QKeySequence::NextChild || key == QKeySequence::PreviousChild;
        if (!keys.contains(sequence) && !(navigates && forTabs))
            keys.append(sequence);
    }
    return keys;
}

QKeySequence keys(QKeyCombination combination)
{
    return QKeySequence(combination);
}

} // namespace

WindowActions::WindowActions(QWidget *window) : QObject(window), m_window(window)
{
    makeTabActions();
    makeNavigationActions();
    makePageActions();
    makeWindowActions();
    makeToolActions();
}

QAction *WindowActions::make(const char *icon, const QString &text, const QList<QKeySequence> &shortcuts)
{
    auto *action = new QAction(text, this);
    if (icon)
        action->setIcon(standardIcon(QLatin1String(icon)));
    action->setShortcuts(shortcuts);
    // Without the mnemonic mark: buttons use it as their accessible name and tooltip.
    QString unmarked = text;
    unmarked.remove(QLatin1Char('&')).remove(QStringLiteral("…"));
    action->setIconText(unmarked);
    plain::setToolTip(action, OutsideText(unmarked));
    m_window->addAction(action);
    return action;
}

void WindowActions::makeTabActions()
{
    newTab = make("list-add", tr("New &Tab"), standard(QKeySequence::AddTab));
    closeTab = make("window-close", tr("&Close Tab"), standard(QKeySequence::Close));
    reopenTab = make("edit-undo", tr("&Reopen Closed Tab"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_T)});
    duplicateTab = make("tab-duplicate", tr("&Duplicate Tab"));
    nextTab = make(nullptr, tr("Next Tab"), standard(QKeySequence::NextChild, {keys(Qt::CTRL | Qt::Key_PageDown)}));
    previousTab = make(nullptr, tr("Previous Tab"),
                       standard(QKeySequence::PreviousChild,
                                {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_Tab), keys(Qt::CTRL | Qt::Key_PageUp)}));
    moveTabForwards = make(nullptr, tr("Move Tab Forwards"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_PageDown)});
    moveTabBackwards = make(nullptr, tr("Move Tab Backwards"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_PageUp)});
    for (int number = 1; number <= 9; ++number) {
        const QString text = number < 9 ? tr("Tab %1").arg(number) : tr("Last Tab");
        tabByNumber.append(make(nullptr, text, {keys(Qt::CTRL | Qt::Key(Qt::Key_0 + number))}));
    }
}

void WindowActions::makeNavigationActions()
{
    back = make("go-previous", tr("&Back"), standard(QKeySequence::Back, {QKeySequence(Qt::Key_Back)}));
    forward = make("go-next", tr("&Forward"), standard(QKeySequence::Forward, {QKeySequence(Qt::Key_Forward)}));
    reload = make("view-refresh", tr("&Reload"), standard(QKeySequence::Refresh, {keys(Qt::CTRL | Qt::Key_R)}));
    reloadBypassingCache = make(nullptr, tr("Reload &Without Cache"),
                                {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_R), keys(Qt::CTRL | Qt::Key_F5)});
    stop = make("process-stop", tr("&Stop"));
    home = make("emblem-system", tr("&Start Page"), {keys(Qt::ALT | Qt::Key_Home)});
    openFile = make("document-open", tr("&Open File…"), standard(QKeySequence::Open));
    savePage = make("document-save", tr("&Save Page"), standard(QKeySequence::Save));
    focusAddress = make(nullptr, tr("&Address Bar"),
                        {keys(Qt::CTRL | Qt::Key_L), QKeySequence(Qt::Key_F6), keys(Qt::ALT | Qt::Key_D)});
}

void WindowActions::makePageActions()
{
    copy = make("edit-copy", tr("&Copy"), standard(QKeySequence::Copy));
    selectAll = make("edit-select-all", tr("Select &All"), standard(QKeySequence::SelectAll));
    find = make("edit-find", tr("&Find in Page…"), standard(QKeySequence::Find));
    findNext = make("go-down", tr("Find &Next"), standard(QKeySequence::FindNext));
    findPrevious = make("go-up", tr("Find &Previous"), standard(QKeySequence::FindPrevious));
    print = make("document-print", tr("&Print…"), standard(QKeySequence::Print));
    contents = make("format-justify-left", tr("Table of &Contents"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_O)});
    zoomIn = make("zoom-in", tr("Zoom &In"), standard(QKeySequence::ZoomIn, {keys(Qt::CTRL | Qt::Key_Equal)}));
    zoomOut = make("zoom-out", tr("Zoom &Out"), standard(QKeySequence::ZoomOut));
    zoomReset = make(nullptr, tr("&Actual Size"), {keys(Qt::CTRL | Qt::Key_0)});
    endProcess = make("system-run", tr("&End This Page’s Process"));
}

void WindowActions::makeWindowActions()
{
    fullScreen = make("view-fullscreen", tr("Full S&creen"), standard(QKeySequence::FullScreen));
    fullScreen->setCheckable(true);
    downloads = make("emblem-downloads", tr("&Downloads"), {keys(Qt::CTRL | Qt::Key_J)});
    downloads->setCheckable(true);
    history = make("document-open-recent", tr("&History"), {keys(Qt::CTRL | Qt::Key_H)});
    history->setCheckable(true);
    version = make("help-about", tr("A&bout Bulkhead"));
    playground = make("applications-science", tr("&Playground"));
    menu = make("open-menu", tr("Menu"), {QKeySequence(Qt::Key_F10)});
    quit = make("application-exit", tr("&Quit"), standard(QKeySequence::Quit));
}

void WindowActions::makeToolActions()
{
    processMap = make("process-map", tr("&Process Map"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_M)});
    taskManager = make("task-manager", tr("&Task Manager"), {keys(Qt::SHIFT | Qt::Key_Escape)});
    inspector = make("message-inspector", tr("&IPC Inspector"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_I)});
    experiments = make("applications-science", tr("&Experiments"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_E)});
    lab = make("ipc-lab", tr("IPC &Lab"), {keys(Qt::CTRL | Qt::SHIFT | Qt::Key_L)});
    projector = make("projector", tr("Pro&jector Mode"));
    for (QAction *action : {processMap, taskManager, inspector, projector})
        action->setCheckable(true);
}

} // namespace bulkhead
