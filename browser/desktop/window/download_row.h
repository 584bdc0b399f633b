// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QWidget>

class QLabel;
class QProgressBar;

namespace bulkhead {

class Download;
class FlatButton;

/// One download in the panel: its file, how far it is, and what can be done with it.
class DownloadRow : public QWidget
{
    Q_OBJECT
public:
    /// @p download outlives the row.
    DownloadRow(Download &download, QWidget *parent = nullptr);

    Download &download() const { return m_download; }

Q_SIGNALS:
    void openRequested(const QUrl &url, bulkhead::LinkTarget target);
    void removeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void refresh();
    void colour();
    void openFolder();
    FlatButton *makeButton(const char *icon, const QString &text);

    Download &m_download;
    QLabel *m_icon;
    QLabel *m_name;
    QLabel *m_status;
    QProgressBar *m_progress;
    FlatButton *m_pause;
    FlatButton *m_resume;
    FlatButton *m_cancel;
    FlatButton *m_retry;
    FlatButton *m_folder;
    FlatButton *m_open;
    FlatButton *m_remove;
};

} // namespace bulkhead
