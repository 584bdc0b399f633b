// SPDX-License-Identifier: BSD-3-Clause
#include "browser/tools/traffic/ipc_inspector.h"

#include "browser/tools/traffic/frame_model.h"
#include "browser/tools/traffic/message_model.h"
#include "browser/tools/traffic/traffic_timeline.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/plain_text.h"

#include <QDateTime>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSaveFile>
#include <QScrollBar>
#include <QSplitter>
#include <QTreeView>
#include <QVBoxLayout>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr std::chrono::milliseconds DrawInterval{250};
}

IpcInspector::IpcInspector(TrafficLog &log, QWidget *parent)
    : QWidget(parent), m_log(log), m_messageModel(new MessageModel(log, this)), m_frameModel(new FrameModel(log, this)),
      m_timeline(new TrafficTimeline(log, this)), m_messages(new QTreeView(this)), m_frames(new QTreeView(this))
{
    setAccessibleName(tr("IPC inspector"));
    makeLists();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *split = new QSplitter(Qt::Horizontal, this);
    split->addWidget(m_messages);
    split->addWidget(m_frames);
    split->setStretchFactor(0, 5);
    split->setStretchFactor(1, 5);
    column->addWidget(makeBar());
    column->addWidget(m_timeline);
    column->addWidget(split, 1);

    m_draw.setInterval(DrawInterval);
    connect(&m_draw, &QTimer::timeout, this, &IpcInspector::update);
    connect(m_timeline, &TrafficTimeline::picked, this, &IpcInspector::goTo);
    connect(&m_log, &TrafficLog::cleared, this, [this] {
        m_messageModel->setOrigin(0);
        update();
    });
}

QWidget *IpcInspector::makeBar()
{
    auto *bar = new QWidget(this);
    const auto button = [this, bar](const QString &text, const QString &hint, bool checkable) {
        auto *made = new QToolButton(bar);
        plain::setText(made, OutsideText(text));
        plain::setToolTip(made, OutsideText(hint));
        plain::setAccessibleName(made, OutsideText(text));
        made->setCheckable(checkable);
        made->setAutoRaise(true);
        return made;
    };
    m_record = button(tr("Record"), tr("Record messages and frames while this is shown"), true);
    m_record->setChecked(true);
    connect(m_record, &QToolButton::toggled, this, &IpcInspector::updateRecording);
    m_pause = button(tr("Pause"), tr("Hold what is shown; recording goes on"), true);
    connect(m_pause, &QToolButton::toggled, this, &IpcInspector::setPaused);
    auto *clear = button(tr("Clear"), tr("Forget what was recorded"), false);
    connect(clear, &QToolButton::clicked, &m_log, &TrafficLog::clear);
    m_filter = new QLineEdit(bar);
    m_filter->setPlaceholderText(tr("Filter: frame pid:4711 dir:sent bytes:>1000 field:text -ping"));
    m_filter->setAccessibleName(tr("Filter"));
    m_filter->setClearButtonEnabled(true);
    connect(m_filter, &QLineEdit::textChanged, this, &IpcInspector::setFilter);
    m_search = new QLineEdit(bar);
    m_search->setPlaceholderText(tr("Search names and fields"));
    m_search->setAccessibleName(tr("Search"));
    m_search->setClearButtonEnabled(true);
    connect(m_search, &QLineEdit::returnPressed, this, [this] { findNext(); });
    m_unfollow = button(tr("Following"), tr("Show everything again"), false);
    m_unfollow->hide();
    connect(m_unfollow, &QToolButton::clicked, this, [this] { follow({}); });
    auto *save = button(tr("Export…"), tr("Write what is shown to a JSON file"), false);
    connect(save, &QToolButton::clicked, this, &IpcInspector::chooseExportFile);
    m_note = new QLabel(bar);
    m_note->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);

    auto *row = new QHBoxLayout;
    row->setSpacing(4);
    for (QWidget *part : std::initializer_list<QWidget *>{m_record, m_pause, clear})
        row->addWidget(part);
    row->addWidget(m_filter, 3);
    row->addWidget(m_search, 2);
    row->addWidget(m_unfollow);
    row->addWidget(save);
    auto *column = new QVBoxLayout(bar);
    column->setContentsMargins(6, 4, 6, 2);
    column->setSpacing(2);
    column->addLayout(row);
    column->addWidget(m_note);
    return bar;
}

void IpcInspector::makeLists()
{
    m_messages->setModel(m_messageModel);
    m_frames->setModel(m_frameModel);
    m_frames->setItemDelegateForColumn(FrameModel::Damage, new DamageDelegate(m_frames));
    m_messages->setAccessibleName(tr("Messages"));
    m_frames->setAccessibleName(tr("Frames"));
    const int em = fontMetrics().horizontalAdvance(QLatin1Char('n'));
    for (QTreeView *view : {m_messages, m_frames}) {
        view->setFrameShape(QFrame::NoFrame);
        view->setAlternatingRowColors(true);
        view->setUniformRowHeights(true);
        view->setAllColumnsShowFocus(true);
        view->setSelectionBehavior(QAbstractItemView::SelectRows);
        view->setContextMenuPolicy(Qt::CustomContextMenu);
        view->header()->setStretchLastSection(false);
    }
    m_frames->setRootIsDecorated(false);
    const int messageWidths[] = {16, 5, 9, 30, 10, 6, 11};
    for (int column = 0; column < MessageModel::ColumnCount; ++column)
        m_messages->header()->resizeSection(column, messageWidths[column] * em);
    m_messages->header()->setSectionResizeMode(MessageModel::Name, QHeaderView::Stretch);
    const int frameWidths[] = {12, 9, 11, 9, 10, 11, 12, 12, 10};
    for (int column = 0; column < FrameModel::ColumnCount; ++column)
        m_frames->header()->resizeSection(column, frameWidths[column] * em);
    connect(m_messages, &QWidget::customContextMenuRequested, this, &IpcInspector::showMessageMenu);
    const auto mark = [this](const QModelIndex &row) {
        if (const qint64 time = row.data(int(MessageModel::MicrosecondsRole)).toLongLong())
            m_timeline->setMark(time);
    };
    connect(m_messages->selectionModel(), &QItemSelectionModel::currentRowChanged, this, mark);
    connect(m_frames->selectionModel(), &QItemSelectionModel::currentRowChanged, this, mark);
    linkScrolling(m_messages, m_frames);
    linkScrolling(m_frames, m_messages);
}

bool IpcInspector::isAtEnd(const QTreeView *view) const
{
    return view->verticalScrollBar()->value() >= view->verticalScrollBar()->maximum() - 1;
}

void IpcInspector::linkScrolling(QTreeView *from, QTreeView *to)
{
    // Only what the person does: what this does itself would go back and forth.
    connect(from->verticalScrollBar(), &QScrollBar::valueChanged, this, [this, from, to] {
        if (m_scrolling)
            return;
        m_following = isAtEnd(from);
        QModelIndex top = from->indexAt({2, 2});
        while (top.parent().isValid())
            top = top.parent();
        const qint64 time = top.data(int(MessageModel::MicrosecondsRole)).toLongLong();
        if (time == 0)
            return;
        m_scrolling = true;
        if (m_following) {
            to->scrollToBottom();
        } else {
            const int row = to == m_frames ? m_frameModel->rowAt(time) : m_messageModel->rowAt(time);
            to->scrollTo(to->model()->index(std::min(row, to->model()->rowCount() - 1), 0),
                         QAbstractItemView::PositionAtTop);
            m_timeline->setMark(time);
        }
        m_scrolling = false;
    });
}

void IpcInspector::goTo(qint64 microseconds)
{
    m_following = false;
    m_scrolling = true;
    m_timeline->setMark(microseconds);
    const int message = std::min(m_messageModel->rowAt(microseconds), m_messageModel->rowCount() - 1);
    m_messages->scrollTo(m_messageModel->index(message, 0), QAbstractItemView::PositionAtCenter);
    m_messages->setCurrentIndex(m_messageModel->index(message, 0));
    const int frame = std::min(m_frameModel->rowAt(microseconds), m_frameModel->rowCount() - 1);
    m_frames->scrollTo(m_frameModel->index(frame, 0), QAbstractItemView::PositionAtCenter);
    m_timeline->setMark(microseconds);
    m_scrolling = false;
}

void IpcInspector::update()
{
    if (!isPaused() || m_messageModel->rowCount() == 0) {
        m_scrolling = true;
        m_messageModel->update();
        m_frameModel->setOrigin(m_messageModel->origin());
        m_frameModel->update();
        if (m_following) {
            m_messages->scrollToBottom();
            m_frames->scrollToBottom();
        }
        m_scrolling = false;
        m_timeline->update();
    }
    if (m_filter->property("error").toString().isEmpty()) {
        const QString paused = isPaused() ? tr(" · held") : QString();
        plain::setText(m_note, OutsideText(tr("%1 of %2 messages, %3 of %4 frames%5")
                                               .arg(m_messageModel->rowCount())
                                               .arg(m_log.messages().size())
                                               .arg(m_frameModel->rowCount())
                                               .arg(m_log.frames().size())
                                               .arg(paused)));
    }
}

bool IpcInspector::setFilter(const QString &text)
{
    if (m_filter->text() != text)
        m_filter->setText(text); // comes back here
    QString error;
    std::optional<TrafficFilter> filter = TrafficFilter::parse(text, &error);
    m_filter->setProperty("error", error);
    if (!filter) {
        plain::setText(m_note, OutsideText(error));
        return false;
    }
    filter->follow(m_current.followed());
    m_current = *filter;
    applyFilter();
    return true;
}

void IpcInspector::follow(const TrafficThread &thread)
{
    m_current.follow(thread);
    m_unfollow->setVisible(thread.kind != TrafficThread::Kind::None);
    plain::setText(m_unfollow, OutsideText(tr("Following %1 ✕").arg(thread.text())));
    applyFilter();
}

void IpcInspector::applyFilter()
{
    m_scrolling = true;
    m_messageModel->setFilter(m_current);
    m_frameModel->setFilter(m_current);
    m_scrolling = false;
    update();
}

void IpcInspector::setPaused(bool on)
{
    m_pause->setChecked(on);
    if (on)
        update(); // up to this moment
    m_messageModel->hold(on && !m_log.messages().empty() ? m_log.messages().back().number : 0);
    m_frameModel->hold(on && !m_log.frames().empty() ? m_log.frames().back().number : 0);
    m_timeline->setEnd(on && !m_log.messages().empty() ? m_log.messages().back().microseconds : 0);
    update();
}

bool IpcInspector::isPaused() const
{
    return m_pause->isChecked();
}

void IpcInspector::findNext(bool backwards)
{
    QModelIndex current = m_messages->currentIndex();
    while (current.parent().isValid())
        current = current.parent();
    const int row = m_messageModel->find(m_search->text(), current.isValid() ? current.row() : -1, backwards);
    if (row < 0) {
        plain::setText(m_note, OutsideText(tr("“%1” was not found.").arg(m_search->text())));
        return;
    }
    m_following = false;
    const QModelIndex found = m_messageModel->index(row, 0);
    m_messages->setCurrentIndex(found);
    m_messages->scrollTo(found, QAbstractItemView::PositionAtCenter);
    m_messages->expand(found);
}

void IpcInspector::showMessageMenu(QPoint position)
{
    QModelIndex row = m_messages->indexAt(position);
    while (row.parent().isValid())
        row = row.parent();
    const TrafficMessage *message = m_messageModel->message(row.siblingAtColumn(0));
    if (!message)
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const TrafficThread &thread : message->threads) {
        if (thread.kind != TrafficThread::Kind::None)
            connect(plain::addAction(menu, {}, OutsideText(tr("Follow %1").arg(thread.text()))), &QAction::triggered,
                    this, [this, thread] { follow(thread); });
    }
    connect(menu->addAction(tr("Only This Process")), &QAction::triggered, this,
            [this, pid = message->pid] { setFilter(QStringLiteral("pid:%1").arg(pid)); });
    connect(plain::addAction(menu, {}, OutsideText(tr("Only “%1”").arg(message->name()))), &QAction::triggered, this,
            [this, name = message->name()] { setFilter(QStringLiteral("name:%1").arg(name)); });
    menu->popup(m_messages->viewport()->mapToGlobal(position));
}

QByteArray IpcInspector::exported() const
{
    std::vector<const TrafficMessage *> messages;
    for (int row = 0; row < m_messageModel->rowCount(); ++row) {
        if (const TrafficMessage *message = m_messageModel->message(m_messageModel->index(row, 0)))
            messages.push_back(message);
    }
    // A message is recorded when it was handled; what its handler sent comes after it all the same.
    std::stable_sort(messages.begin(), messages.end(), [](const TrafficMessage *a, const TrafficMessage *b) {
        return a->microseconds < b->microseconds;
    });
    QJsonArray messageArray, frameArray;
    for (const TrafficMessage *message : messages)
        messageArray.append(message->toJson());
    for (int row = 0; row < m_frameModel->rowCount(); ++row) {
        if (const TrafficFrame *frame = m_frameModel->frame(m_frameModel->index(row, 0)))
            frameArray.append(frame->toJson());
    }
    return QJsonDocument(
               QJsonObject{{QStringLiteral("format"), 1},
                           {QStringLiteral("exported"), QDateTime::currentDateTimeUtc().toString(Qt::ISODate)},
                           {QStringLiteral("filter"), m_filter->text()},
                           {QStringLiteral("messages"), messageArray},
                           {QStringLiteral("frames"), frameArray}})
        .toJson();
}

QString IpcInspector::exportTo(const QString &fileName) const
{
    QSaveFile file(fileName);
    if (!file.open(QIODevice::WriteOnly) || file.write(exported()) < 0 || !file.flush() || !file.commit())
        return tr("%1 cannot be written: %2").arg(fileName, file.errorString());
    return {};
}

void IpcInspector::chooseExportFile()
{
    const QString name = QFileDialog::getSaveFileName(this, tr("Export Messages and Frames"),
                                                      QStringLiteral("bulkhead-ipc.json"), tr("JSON (*.json)"));
    if (name.isEmpty())
        return;
    const QString error = exportTo(name);
    plain::setText(m_note, OutsideText(error.isEmpty() ? tr("Written to %1.").arg(name) : error));
}

QString IpcInspector::note() const
{
    return m_note->text();
}

void IpcInspector::updateRecording()
{
    const bool on = isVisible() && m_record->isChecked();
    m_log.setRecording(on);
    on ? m_draw.start() : m_draw.stop();
    update();
}

void IpcInspector::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    updateRecording();
}

void IpcInspector::hideEvent(QHideEvent *event)
{
    QWidget::hideEvent(event);
    updateRecording();
}

} // namespace bulkhead
