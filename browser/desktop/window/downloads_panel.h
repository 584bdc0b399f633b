// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/window/side_panel.h"
#include "browser/pages/tabs/tab.h"

class QLabel;
class QVBoxLayout;

namespace bulkhead {

class Download;
class DownloadManager;
class DownloadRow;
class FlatButton;

/// The downloads of this session, newest first.
class DownloadsPanel : public SidePanel
{
    Q_OBJECT
public:
    /// @p downloads outlives the panel.
    DownloadsPanel(DownloadManager &downloads, QWidget *parent = nullptr);

Q_SIGNALS:
    void openRequested(const QUrl &url, bulkhead::LinkTarget target);

private:
    void insert(Download *download);
    void remove(Download *download);
    void updateList();

    DownloadManager &m_downloads;
    QVBoxLayout *m_rows;
    QWidget *m_scroller;
    QLabel *m_empty;
    FlatButton *m_clear;
    QVector<DownloadRow *> m_byAge;
};

} // namespace bulkhead
