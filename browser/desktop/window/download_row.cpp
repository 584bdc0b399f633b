// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/download_row.h"

#include "browser/desktop/library/download.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"
#include "ipc/text/amounts.h"

#include <QDesktopServices>
#include <QEvent>
#include <QFileInfo>
#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QProgressBar>

#include <algorithm>

namespace bulkhead {

namespace {

QString remaining(std::chrono::seconds time)
{
    const int seconds = int(time.count());
    if (seconds < 60)
        return DownloadRow::tr("%1 s left").arg(std::max(1, seconds));
    if (seconds < 3600)
        return DownloadRow::tr("%1 min left").arg((seconds + 30) / 60);
    return DownloadRow::tr("%1 h left").arg((seconds + 1800) / 3600);
}

QString amount(const Download &download)
{
    if (download.totalBytes() < 0)
        return bytesText(double(download.receivedBytes()));
    return DownloadRow::tr("%1 of %2", "bytes so far, bytes in all")
        .arg(bytesText(double(download.receivedBytes())), bytesText(double(download.totalBytes())));
}

QString origin(const Download &download)
{
    const QString host = ShownAddress(download.url(), ShownAddress::LongestMention, ShownAddress::Parts::Host).text();
    return host.isEmpty() ? DownloadRow::tr("this computer") : host;
}

QString statusText(const Download &download)
{
    switch (download.state()) {
    case DownloadState::Waiting:
        return DownloadRow::tr("Waiting for %1…", "host").arg(origin(download));
    case DownloadState::Running: {
        QStringList parts{amount(download)};
        if (download.bytesPerSecond() > 0)
            parts.append(DownloadRow::tr("%1/s").arg(bytesText(double(download.bytesPerSecond()))));
        if (const auto time = download.remainingTime())
            parts.append(remaining(*time));
        return parts.join(DownloadRow::tr(" · ", "between amount, speed and time left"));
    }
    case DownloadState::Paused:
        return DownloadRow::tr("Paused · %1", "amount").arg(amount(download));
    case DownloadState::Finishing:
        return DownloadRow::tr("Finishing…");
    case DownloadState::Finished:
        return DownloadRow::tr("%1 from %2", "size, host")
            .arg(bytesText(double(download.receivedBytes())), origin(download));
    case DownloadState::Failed:
        return download.error().message;
    case DownloadState::Cancelled:
        return DownloadRow::tr("Cancelled");
    }
    return {};
}

} // namespace

DownloadRow::DownloadRow(Download &download, QWidget *parent)
    : QWidget(parent), m_download(download), m_icon(new QLabel(this)), m_name(new QLabel(this)),
      m_status(new QLabel(this)), m_progress(new QProgressBar(this)),
      m_pause(makeButton("media-playback-pause", tr("Pause"))),
      m_resume(makeButton("media-playback-start", tr("Resume"))), m_cancel(makeButton("process-stop", tr("Cancel"))),
      m_retry(makeButton("view-refresh", tr("Retry"))), m_folder(makeButton("folder", tr("Open folder"))),
      m_open(makeButton("go-jump", tr("Open in a new tab"))),
      m_remove(makeButton("window-close", tr("Remove from the list")))
{
    m_name->setTextFormat(Qt::PlainText);
    m_name->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setWordWrap(true);
    QFont small = font();
    small.setPointSizeF(small.pointSizeF() * 0.9);
    m_status->setFont(small);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(6);
    m_icon->setAlignment(Qt::AlignTop);

    auto *grid = new QGridLayout(this);
    grid->setContentsMargins(0, 8, 0, 9);
    grid->setHorizontalSpacing(1);
    grid->setVerticalSpacing(4);
    grid->setColumnMinimumWidth(0, 26);
    grid->addWidget(m_icon, 0, 0, 3, 1);
    grid->addWidget(m_name, 0, 1);
    int column = 2;
    for (FlatButton *button : {m_pause, m_resume, m_cancel, m_retry, m_open, m_folder, m_remove})
        grid->addWidget(button, 0, column++);
    grid->addWidget(m_progress, 1, 1, 1, column - 1);
    grid->addWidget(m_status, 2, 1, 1, column - 1);
    grid->setColumnStretch(1, 1);

    connect(m_pause, &QToolButton::clicked, &m_download, &Download::pause);
    connect(m_resume, &QToolButton::clicked, &m_download, &Download::resume);
    connect(m_cancel, &QToolButton::clicked, &m_download, &Download::cancel);
    connect(m_retry, &QToolButton::clicked, &m_download, &Download::retry);
    connect(m_folder, &QToolButton::clicked, this, &DownloadRow::openFolder);
    connect(m_open, &QToolButton::clicked, this,
            [this] { Q_EMIT openRequested(QUrl::fromLocalFile(m_download.filePath()), LinkTarget::NewForegroundTab); });
    connect(m_remove, &QToolButton::clicked, this, &DownloadRow::removeRequested);
    connect(&m_download, &Download::stateChanged, this, &DownloadRow::refresh);
    connect(&m_download, &Download::progressChanged, this, &DownloadRow::refresh);
    colour();
    refresh();
}

FlatButton *DownloadRow::makeButton(const char *icon, const QString &text)
{
    auto *button = new FlatButton(this, FlatButton::Size::Small);
    button->setMeaning(QLatin1String(icon), text);
    return button;
}

void DownloadRow::refresh()
{
    const DownloadState state = m_download.state();
    const QString name = OutsideText(m_download.fileName()).plain();
    const OutsideText status(statusText(m_download));
    plain::setText(m_name, OutsideText(fontMetrics().elidedText(name, Qt::ElideMiddle, 220)));
    plain::setToolTip(m_name,
                      OutsideText(OutsideText(m_download.filePath()).plain() + u'\n' + shownAddress(m_download.url()),
                                  OutsideText::Lines::Many));
    plain::setText(m_status, status);
    plain::setAccessibleName(this, OutsideText(tr("%1: %2", "file name, status").arg(name, status.plain())));

    const bool open = m_download.isActive();
    const bool over = state == DownloadState::Cancelled || state == DownloadState::Failed;
    m_progress->setVisible(open);
    m_progress->setRange(0, m_download.totalBytes() > 0 ? 1000 : 0);
    if (m_download.totalBytes() > 0)
        m_progress->setValue(int(m_download.receivedBytes() * 1000 / m_download.totalBytes()));
    plain::setAccessibleName(m_progress, OutsideText(tr("Progress of %1").arg(name)));
    m_pause->setVisible(state == DownloadState::Running);
    m_resume->setVisible(state == DownloadState::Paused);
    m_cancel->setVisible(open && state != DownloadState::Finishing);
    m_retry->setVisible(over);
    m_open->setVisible(state == DownloadState::Finished);
    m_folder->setVisible(state == DownloadState::Finished);
    m_remove->setVisible(!open);
    for (FlatButton *button : {m_pause, m_resume, m_cancel, m_retry, m_open, m_folder, m_remove})
        plain::setAccessibleDescription(button, OutsideText(name));
}

void DownloadRow::colour()
{
    QPalette faint;
    faint.setColor(QPalette::WindowText, chrome::faintText(palette()));
    m_status->setPalette(faint);
    m_icon->setPixmap(standardIcon(QStringLiteral("text-x-generic")).pixmap(QSize(18, 18), devicePixelRatioF()));
}

void DownloadRow::openFolder()
{
    QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(m_download.filePath()).absolutePath()));
}

void DownloadRow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        colour();
    QWidget::changeEvent(event);
}

void DownloadRow::paintEvent(QPaintEvent *)
{
    QPainter(this).fillRect(QRect(0, height() - 1, width(), 1), chrome::line(palette()));
}

} // namespace bulkhead
