// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/window/side_panel.h"
#include "browser/pages/tabs/tab.h"

class QLabel;
class QLineEdit;
class QStandardItemModel;
class QTreeView;

namespace bulkhead {

class History;
struct HistoryEntry;

/// The visited pages, newest first, by day; found by typing, opened by Enter or a double click, forgotten by Delete.
class HistoryPanel : public SidePanel
{
    Q_OBJECT
public:
    /// @p history outlives the panel.
    HistoryPanel(History &history, QWidget *parent = nullptr);

    /// More are found by typing.
    static constexpr int MostShown = 1000;

Q_SIGNALS:
    void openRequested(const QUrl &url, bulkhead::LinkTarget target);

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fill();
    void fillLater();
    void openCurrent(LinkTarget target);
    void forgetSelected();
    void forgetAll();
    void popUpMenu(QPoint position);
    QVector<HistoryEntry> shownEntries() const;
    QList<QUrl> selectedUrls() const;

    History &m_history;
    QLineEdit *m_search;
    QTreeView *m_list;
    QLabel *m_empty;
    QStandardItemModel *m_model;
    bool m_fillPending = false;
};

} // namespace bulkhead
