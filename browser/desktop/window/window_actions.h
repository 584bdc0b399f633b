// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QAction>
#include <QList>
#include <QObject>

class QWidget;

namespace bulkhead {

/// Everything the window can be told to do, each once: text, icon and shortcuts. Buttons, menus and keys show and
/// trigger these; MainWindow connects them to what they do. Owned by the window they are added to.
class WindowActions : public QObject
{
    Q_OBJECT
public:
    explicit WindowActions(QWidget *window);

    // tabs
    QAction *newTab, *closeTab, *reopenTab, *duplicateTab, *nextTab, *previousTab, *moveTabForwards, *moveTabBackwards;
    QList<QAction *> tabByNumber; ///< the first eight; the ninth is the last tab
    // navigation
    QAction *back, *forward, *reload, *reloadBypassingCache, *stop, *home, *openFile, *savePage, *focusAddress;
    // page
    QAction *copy, *selectAll, *find, *findNext, *findPrevious, *zoomIn, *zoomOut, *zoomReset, *endProcess, *print,
        *contents;
    // window
    QAction *fullScreen, *downloads, *history, *version, *playground, *menu, *quit;
    // tools; whoever brings the tool connects them
    QAction *processMap, *taskManager, *inspector, *experiments, *lab, *projector;

private:
    QAction *make(const char *icon, const QString &text, const QList<QKeySequence> &shortcuts = {});
    void makeTabActions();
    void makeNavigationActions();
    void makePageActions();
    void makeWindowActions();
    void makeToolActions();

    QWidget *m_window;
};

} // namespace bulkhead
