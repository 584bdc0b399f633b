// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/history_panel.h"

#include "browser/desktop/library/history.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStandardItemModel>
#include <QTimer>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int UrlRole = Qt::UserRole + 1;
constexpr int RowHeight = 28;

QString dayName(QDate day)
{
    const QDate today = QDate::currentDate();
    if (day == today)
        return HistoryPanel::tr("Today");
    if (day == today.addDays(-1))
        return HistoryPanel::tr("Yesterday");
    return QLocale().toString(day, QLocale::LongFormat);
}

QStandardItem *makeEntryItem(const HistoryEntry &entry)
{
    const OutsideText url(entry.url);
    const OutsideText title = entry.title.isEmpty() ? url : OutsideText(entry.title);
    auto *item = new QStandardItem(fallbackIcon(entry.url), title.plain());
    const QString time = QLocale().toString(entry.lastVisit.toLocalTime().time(), QLocale::ShortFormat);
    item->setData(entry.url, UrlRole);
    plain::setToolTip(item, RichText().bold(title).line(url).line(OutsideText(time)));
    plain::setAccessibleDescription(
        item, OutsideText(HistoryPanel::tr("%1, visited %2", "address, time").arg(url.plain(), time)));
    item->setEditable(false);
    item->setSizeHint({0, RowHeight});
    return item;
}

} // namespace

HistoryPanel::HistoryPanel(History &history, QWidget *parent)
    : SidePanel(tr("History"), parent), m_history(history), m_search(new QLineEdit(this)), m_list(new QTreeView(this)),
      m_empty(new QLabel(this)), m_model(new QStandardItemModel(this))
{
    m_search->setPlaceholderText(tr("Search history"));
    m_search->setAccessibleName(tr("Search history"));
    m_search->setClearButtonEnabled(true);
    m_search->addAction(standardIcon(QStringLiteral("edit-find")), QLineEdit::LeadingPosition);
    m_search->installEventFilter(this);

    m_list->setModel(m_model);
    m_list->setHeaderHidden(true);
    m_list->setUniformRowHeights(true);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setIndentation(12);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setIconSize(QSize(16, 16));
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setAccessibleName(tr("Visited pages"));
    m_list->setTabKeyNavigation(false);
    m_list->installEventFilter(this);
    m_empty->setAlignment(Qt::AlignCenter);
    m_empty->setWordWrap(true);
    m_empty->setEnabled(false);

    auto *clear = new FlatButton(this, FlatButton::Size::Small);
    clear->setMeaning(QStringLiteral("edit-delete"), tr("Clear all history…"));
    addHeadButton(clear);
    body()->addWidget(m_search);
    body()->addWidget(m_list, 1);
    body()->addWidget(m_empty, 1);
    setFirstControl(m_search);

    connect(clear, &QToolButton::clicked, this, &HistoryPanel::forgetAll);
    connect(m_search, &QLineEdit::textChanged, this, &HistoryPanel::fill);
    connect(m_list, &QTreeView::activated, this, [this](const QModelIndex &index) {
        if (index.data(UrlRole).isValid())
            Q_EMIT openRequested(index.data(UrlRole).toUrl(), LinkTarget::CurrentTab);
    });
    connect(m_list, &QWidget::customContextMenuRequested, this, &HistoryPanel::popUpMenu);
    connect(&m_history, &History::changed, this, &HistoryPanel::fillLater);
}

void HistoryPanel::showEvent(QShowEvent *event)
{
    fill();
    SidePanel::showEvent(event);
}

void HistoryPanel::fillLater()
{
    // Many changes in one turn, one list.
    if (!isVisible() || m_fillPending)
        return;
    m_fillPending = true;
    QTimer::singleShot(0, this, &HistoryPanel::fill);
}

void HistoryPanel::fill()
{
    m_fillPending = false;
    const QUrl current = m_list->currentIndex().data(UrlRole).toUrl();
    m_model->clear();
    QModelIndex again;
    QStandardItem *group = nullptr;
    QDate day;
    for (const HistoryEntry &entry : shownEntries()) {
        const QDate visited = entry.lastVisit.toLocalTime().date();
        if (!group || visited != day) {
            day = visited;
            group = new QStandardItem(dayName(day));
            group->setSelectable(false);
            group->setEditable(false);
            group->setSizeHint({0, RowHeight});
            QFont bold = font();
            bold.setWeight(QFont::DemiBold);
            group->setFont(bold);
            m_model->appendRow(group);
        }
        QStandardItem *item = makeEntryItem(entry);
        group->appendRow(item);
        if (entry.url == current)
            again = item->index();
    }
    m_list->expandAll();
    if (again.isValid())
        m_list->setCurrentIndex(again);
    const bool none = m_model->rowCount() == 0;
    m_list->setVisible(!none);
    m_empty->setVisible(none);
    plain::setText(m_empty, OutsideText(m_search->text().isEmpty() ? tr("Pages you visit appear here.")
                                                                   : tr("No visited page matches.")));
}

QVector<HistoryEntry> HistoryPanel::shownEntries() const
{
    const QString text = m_search->text().trimmed();
    if (text.isEmpty())
        return m_history.recent(MostShown);
    QVector<HistoryEntry> found = m_history.complete(text, MostShown);
    std::stable_sort(found.begin(), found.end(),
                     [](const HistoryEntry &a, const HistoryEntry &b) { return a.lastVisit > b.lastVisit; });
    return found;
}

QList<QUrl> HistoryPanel::selectedUrls() const
{
    QList<QUrl> urls;
    for (const QModelIndex &index : m_list->selectionModel()->selectedIndexes()) {
        if (index.data(UrlRole).isValid())
            urls.append(index.data(UrlRole).toUrl());
    }
    return urls;
}

void HistoryPanel::openCurrent(LinkTarget target)
{
    const QUrl url = m_list->currentIndex().data(UrlRole).toUrl();
    if (!url.isEmpty())
        Q_EMIT openRequested(url, target);
}

void HistoryPanel::forgetSelected()
{
    for (const QUrl &url : selectedUrls())
        m_history.remove(url);
}

void HistoryPanel::forgetAll()
{
    const std::unique_ptr<QMessageBox> question(plain::messageBox(QMessageBox::Question, tr("Clear history"),
                                                                  OutsideText(tr("Forget all visited pages?")),
                                                                  QMessageBox::Cancel, this));
    plain::setInformativeText(question.get(),
                              OutsideText(tr("This cannot be undone. Open tabs keep their own way back.")));
    QPushButton *clear = question->addButton(tr("&Forget All"), QMessageBox::DestructiveRole);
    question->setDefaultButton(QMessageBox::Cancel);
    question->exec();
    if (question->clickedButton() == clear)
        m_history.clear();
}

void HistoryPanel::popUpMenu(QPoint position)
{
    const QList<QUrl> urls = selectedUrls();
    if (urls.isEmpty())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Open"), this, [this] { openCurrent(LinkTarget::CurrentTab); });
    menu->addAction(standardIcon(QStringLiteral("tab-new")), tr("Open in &New Tab"), this,
                    [this] { openCurrent(LinkTarget::NewForegroundTab); });
    menu->addAction(standardIcon(QStringLiteral("edit-copy")), tr("Copy &Address"), this,
                    [urls] { QGuiApplication::clipboard()->setText(editableAddress(urls.first())); });
    menu->addSeparator();
    menu->addAction(standardIcon(QStringLiteral("edit-delete")), tr("&Forget"), this, &HistoryPanel::forgetSelected);
    menu->popup(m_list->viewport()->mapToGlobal(position));
}

bool HistoryPanel::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return SidePanel::eventFilter(watched, event);
    const auto *key = static_cast<QKeyEvent *>(event);
    const bool enter = key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
    if (watched == m_search && (key->key() == Qt::Key_Down || enter)) {
        m_list->setFocus(Qt::TabFocusReason);
        if (!m_list->currentIndex().data(UrlRole).isValid())
            m_list->setCurrentIndex(m_model->index(0, 0, m_model->index(0, 0)));
        return true;
    }
    if (watched == m_list && key->key() == Qt::Key_Delete) {
        forgetSelected();
        return true;
    }
    if (watched == m_list && enter && key->modifiers() & Qt::ControlModifier) {
        openCurrent(LinkTarget::NewBackgroundTab);
        return true;
    }
    return SidePanel::eventFilter(watched, event);
}

} // namespace bulkhead
