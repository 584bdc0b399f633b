// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/downloads_panel.h"

#include "browser/desktop/library/download_manager.h"
#include "browser/desktop/window/download_row.h"
#include "browser/widgets/flat_button.h"

#include <QLabel>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>

namespace bulkhead {

DownloadsPanel::DownloadsPanel(DownloadManager &downloads, QWidget *parent)
    : SidePanel(tr("Downloads"), parent), m_downloads(downloads),
      m_empty(new QLabel(tr("What you download appears here."), this)),
      m_clear(new FlatButton(this, FlatButton::Size::Small))
{
    auto *content = new QWidget;
    m_rows = new QVBoxLayout(content);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
    m_rows->addStretch(1);
    auto *scroller = new QScrollArea(this);
    scroller->setWidgetResizable(true);
    scroller->setFrameShape(QFrame::NoFrame);
    scroller->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroller->setWidget(content);
    scroller->setFocusPolicy(Qt::NoFocus);
    scroller->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    m_scroller = scroller;
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setEnabled(false);
    m_clear->setMeaning(QStringLiteral("edit-delete"), tr("Clear the list; files stay"));
    addHeadButton(m_clear);
    body()->addWidget(scroller, 1);
    body()->addWidget(m_empty, 1);

    for (int i = 0; i < m_downloads.count(); ++i)
        insert(m_downloads.at(i));
    connect(m_clear, &QToolButton::clicked, this, [this] { m_downloads.removeInactive(); });
    connect(&m_downloads, &DownloadManager::inserted, this, [this](int, Download *download) { insert(download); });
    connect(&m_downloads, &DownloadManager::removed, this, [this](int, Download *download) { remove(download); });
    connect(&m_downloads, &DownloadManager::changed, this, &DownloadsPanel::updateList);
    updateList();
}

void DownloadsPanel::insert(Download *download)
{
    auto *row = new DownloadRow(*download);
    m_rows->insertWidget(0, row);
    m_byAge.append(row);
    connect(row, &DownloadRow::openRequested, this, &DownloadsPanel::openRequested);
    connect(row, &DownloadRow::removeRequested, this, [this, download] { m_downloads.remove(download); });
    updateList();
}

void DownloadsPanel::remove(Download *download)
{
    const auto found = std::find_if(m_byAge.begin(), m_byAge.end(),
                                    [download](const DownloadRow *row) { return &row->download() == download; });
    if (found == m_byAge.end())
        return;
    // Later: the row's own button may have asked for it. Nothing of the download reaches it until then.
    DownloadRow *row = *found;
    m_byAge.erase(found);
    download->disconnect(row);
    row->disconnect(this);
    row->hide();
    row->deleteLater();
    updateList();
}

void DownloadsPanel::updateList()
{
    m_empty->setVisible(m_byAge.isEmpty());
    m_scroller->setVisible(!m_byAge.isEmpty());
    m_clear->setEnabled(m_downloads.activeCount() < m_byAge.size());
}

} // namespace bulkhead
