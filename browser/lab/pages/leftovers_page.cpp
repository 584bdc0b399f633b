// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/leftovers_page.h"

#include "browser/lab/charts/chart_axis.h"
#include "browser/lab/charts/chart_style.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/plain_text.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonArray>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>
#include <cerrno>

namespace bulkhead {

namespace {

enum Column { StateColumn, KindColumn, NameColumn, OwnerColumn, SizeColumn, UsersColumn, ColumnCount };
constexpr int KeyRole = Qt::UserRole;

QString stateText(const IpcObject &object)
{
    if (object.isRunning)
        return LeftoversPage::tr("in a running measurement");
    if (object.isOrphan)
        return object.labRun.isEmpty() ? LeftoversPage::tr("orphan: nobody has it")
                                       : LeftoversPage::tr("orphan: its run is over");
    return object.userCount > 0 ? LeftoversPage::tr("in use") : LeftoversPage::tr("not in use now");
}

QString sizeText(const IpcObject &object)
{
    using Kind = IpcObject::Kind;
    switch (object.kind) {
    case Kind::SysvQueue:
        return LeftoversPage::tr("%1 in %2 messages").arg(axisSize(object.bytes), figureNumber(object.messages));
    case Kind::PosixQueue:
        return LeftoversPage::tr("%1 waiting").arg(axisSize(object.bytes));
    case Kind::Socket:
    case Kind::Fifo:
    case Kind::SysvSemaphores:
        return QStringLiteral("–");
    case Kind::SysvMemory:
    case Kind::SharedMemory:
    case Kind::LabFolder:
        break;
    }
    return axisSize(object.bytes);
}

QString usersText(const IpcObject &object)
{
    QStringList users;
    for (const IpcObject::User &user : object.users)
        users << QStringLiteral("%1 (%2)").arg(user.name).arg(user.pid);
    const int more = object.userCount - int(object.users.size());
    if (more > 0)
        users << LeftoversPage::tr("%1 more").arg(more);
    return users.isEmpty() ? LeftoversPage::tr("none") : users.join(QStringLiteral(", "));
}

} // namespace

LeftoversPage::LeftoversPage(LabContext &context, QWidget *parent)
    : LabPage(
          context,
          {QStringLiteral("leftovers"),
           tr("Leftovers"),
           tr("Pipes and connected sockets go with the last process that has them. These do not: System V objects, "
              "POSIX "
              "queues and shared memory, files, socket paths. Who forgets to remove them leaves them to the machine, "
              "until somebody looks. This list is live."),
           tr("&Look Now"),
           {}},
          parent),
      m_onlyOwn(new QCheckBox(tr("Only &mine"))), m_summary(new QLabel), m_table(new QTableWidget),
      m_remove(new QPushButton(standardIcon(QStringLiteral("edit-delete")), tr("R&emove…"))),
      m_removeOrphans(new QPushButton(standardIcon(QStringLiteral("edit-delete")), tr("Remove &Orphans of the Lab…")))
{
    m_table->setAccessibleName(tr("Objects"));
    m_table->setColumnCount(ColumnCount);
    m_table->setHorizontalHeaderLabels(
        {tr("State"), tr("Kind"), tr("Name"), tr("Owner"), tr("Size"), tr("Attached now")});
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAlternatingRowColors(true);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setTabKeyNavigation(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setStretchLastSection(true);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    auto *removeAction = new QAction(tr("Remove…"), m_table);
    removeAction->setShortcut(QKeySequence::Delete);
    removeAction->setShortcutContext(Qt::WidgetShortcut);
    m_table->addAction(removeAction);

    auto *body = new QWidget;
    auto *column = new QVBoxLayout(body);
    column->setContentsMargins(0, 6, 0, 12);
    auto *row = new QHBoxLayout;
    row->addWidget(m_summary, 1);
    row->addWidget(m_onlyOwn);
    row->addWidget(m_remove);
    row->addWidget(m_removeOrphans);
    column->addLayout(row);
    column->addWidget(m_table, 1);
    setBody(body, Scrolling::No);
    showCard(false);

    connect(m_onlyOwn, &QCheckBox::toggled, this, &LeftoversPage::fill);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &LeftoversPage::updateButtons);
    connect(removeAction, &QAction::triggered, this, [this] { askToRemove(selected()); });
    connect(m_remove, &QPushButton::clicked, this, [this] { askToRemove(selected()); });
    connect(m_removeOrphans, &QPushButton::clicked, this, [this] { askToRemove(orphansOfTheLab()); });
    m_again.setInterval(Period);
    connect(&m_again, &QTimer::timeout, this, &LeftoversPage::look);
    updateButtons();
}

LeftoversPage::~LeftoversPage() = default;

void LeftoversPage::showEvent(QShowEvent *event)
{
    LabPage::showEvent(event);
    look();
    m_again.start();
}

void LeftoversPage::hideEvent(QHideEvent *event)
{
    m_again.stop(); // nobody looks, nothing is looked at
    LabPage::hideEvent(event);
}

void LeftoversPage::changeEvent(QEvent *event)
{
    LabPage::changeEvent(event);
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
        fill();
}

void LeftoversPage::start()
{
    if (isRunning())
        return;
    run([this](const lab::Cancel &, const LabReporter &reporter) -> Result<void> {
        reporter.post([this, objects = listIpcObjects()] { take(objects); });
        return {};
    });
}

void LeftoversPage::look()
{
    if (m_looking && !m_looking->isFinished())
        return;
    m_looking = std::make_unique<LabTask>(context().threads(),
                                          [this](const lab::Cancel &, const LabReporter &reporter) -> Result<void> {
                                              reporter.post([this, objects = listIpcObjects()] { take(objects); });
                                              return {};
                                          });
}

void LeftoversPage::take(const QList<IpcObject> &objects)
{
    m_objects = objects;
    std::stable_sort(m_objects.begin(), m_objects.end(), [](const IpcObject &a, const IpcObject &b) {
        const auto rank = [](const IpcObject &o) { return (o.isOrphan ? 0 : 2) + (o.isOwn() ? 0 : 1); };
        return rank(a) < rank(b);
    });
    const bool first = !m_hasLooked;
    m_hasLooked = true;
    fill();
    if (first)
        announceChange();
}

void LeftoversPage::fill()
{
    QSet<QString> chosen;
    for (const IpcObject &object : selected())
        chosen.insert(object.key());
    const int scrolled = m_table->verticalScrollBar() ? m_table->verticalScrollBar()->value() : 0;
    m_shown.clear();
    int orphans = 0, own = 0;
    for (const IpcObject &object : std::as_const(m_objects)) {
        orphans += object.isOrphan;
        own += object.isOwn();
        if (!m_onlyOwn->isChecked() || object.isOwn())
            m_shown.append(object);
    }
    const bool isNew = m_table->rowCount() == 0;
    const ChartStyle style(palette(), font());
    const QSignalBlocker quiet(m_table);
    const int current = m_table->currentRow();
    m_table->setRowCount(int(m_shown.size()));
    QItemSelection selection;
    for (int row = 0; row < int(m_shown.size()); ++row) {
        const IpcObject &object = m_shown[row];
        const QStringList cells{stateText(object), object.kindText(), object.name,
                                object.ownerName,  sizeText(object),  usersText(object)};
        for (int column = 0; column < ColumnCount; ++column) {
            auto *item = m_table->item(row, column);
            if (!item) {
                item = new QTableWidgetItem;
                m_table->setItem(row, column, item);
            }
            plain::setText(item, OutsideText(cells[column]));
            plain::setToolTip(item, OutsideText(cells[column]));
            item->setData(KeyRole, object.key());
            item->setForeground(object.isOrphan ? style.bad : object.isOwn() ? style.text : style.faint);
            QFont font = this->font();
            font.setBold(object.isOrphan && column == StateColumn);
            item->setFont(font);
        }
        m_table->item(row, StateColumn)
            ->setIcon(object.isOrphan ? standardIcon(QStringLiteral("dialog-warning"), style.bad) : QIcon());
        if (chosen.contains(object.key()))
            selection.select(m_table->model()->index(row, 0), m_table->model()->index(row, ColumnCount - 1));
    }
    m_table->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
    if (current >= 0)
        m_table->selectionModel()->setCurrentIndex(
            m_table->model()->index(std::min(current, m_table->rowCount() - 1), 0), QItemSelectionModel::NoUpdate);
    if (isNew && m_table->rowCount() > 0)
        for (int column = 0; column + 1 < ColumnCount; ++column)
            m_table->resizeColumnToContents(column);
    m_table->verticalScrollBar()->setValue(scrolled);
    plain::setText(
        m_summary,
        OutsideText(tr("%1 objects, %2 of them yours, %3 orphans.").arg(m_objects.size()).arg(own).arg(orphans)));
    updateButtons();
}

QList<IpcObject> LeftoversPage::selected() const
{
    QList<IpcObject> objects;
    for (const QModelIndex &row : m_table->selectionModel()->selectedRows()) {
        if (row.row() < m_shown.size())
            objects << m_shown[row.row()];
    }
    return objects;
}

QList<IpcObject> LeftoversPage::orphansOfTheLab() const
{
    QList<IpcObject> orphans;
    for (const IpcObject &object : m_objects) {
        if (object.isOrphan && !object.labRun.isEmpty() && object.isRemovable())
            orphans << object;
    }
    return orphans;
}

void LeftoversPage::updateButtons()
{
    const QList<IpcObject> chosen = selected();
    const bool all = std::all_of(chosen.begin(), chosen.end(), [](const IpcObject &o) { return o.isRemovable(); });
    m_remove->setEnabled(!chosen.isEmpty() && all);
    plain::setToolTip(m_remove,
                      OutsideText(chosen.isEmpty() ? tr("Select what to remove.")
                                  : all            ? tr("Removes what is selected, after a question.")
                                        : tr("Only your own can be removed, and nothing of a measurement that runs.")));
    m_removeOrphans->setEnabled(!orphansOfTheLab().isEmpty());
}

void LeftoversPage::askToRemove(const QList<IpcObject> &objects)
{
    const bool all = std::all_of(objects.begin(), objects.end(), [](const IpcObject &o) { return o.isRemovable(); });
    if (objects.isEmpty() || !all)
        return say(m_remove->toolTip());
    QStringList lines;
    int inUse = 0;
    for (const IpcObject &object : objects) {
        lines << QStringLiteral("%1: %2").arg(object.kindText(), object.name);
        inUse += object.userCount > 0;
    }
    const QString question = objects.size() == 1
                                 ? tr("Remove this object?") + u'\n' + OutsideText(lines.first()).plain()
                                 : tr("Remove these %1 objects?").arg(objects.size());
    QMessageBox *box = plain::messageBox(QMessageBox::Question, tr("Remove"),
                                         OutsideText(question, OutsideText::Lines::Many), QMessageBox::NoButton, this);
    box->setAttribute(Qt::WA_DeleteOnClose);
    plain::setInformativeText(
        box,
        OutsideText(
            (inUse > 0
                 ? tr("Processes have it open. They keep what they have, but nobody will find it any more.") + u'\n'
                 : QString()) +
                tr("What is in it is lost."),
            OutsideText::Lines::Many));
    if (objects.size() > 1)
        box->setDetailedText(
            OutsideText(lines.join(u'\n'), OutsideText::Lines::Many).plain()); // a plain text editor shows it
    const QAbstractButton *yes = box->addButton(tr("&Remove"), QMessageBox::DestructiveRole);
    box->setDefaultButton(box->addButton(tr("&Keep"), QMessageBox::RejectRole));
    connect(box, &QMessageBox::buttonClicked, this, [this, yes, objects](const QAbstractButton *clicked) {
        if (clicked == yes)
            remove(objects);
    });
    box->open();
}

void LeftoversPage::remove(const QList<IpcObject> &objects)
{
    int removed = 0;
    QStringList problems;
    for (const IpcObject &object : objects) {
        const Result<void> done = removeIpcObject(object);
        removed += done.has_value();
        // A run's folder takes with it what was made in it.
        if (!done && done.error().number != ESTALE)
            problems << QString::fromStdString(done.error().what);
    }
    say(problems.isEmpty() ? tr("Removed: %1.").arg(removed) : problems.join(u' '));
    look();
}

QList<QStringList> LeftoversPage::rows() const
{
    QList<QStringList> rows{{tr("State"), tr("Kind"), tr("Name"), tr("Owner"), tr("Size"), tr("Attached now")}};
    for (const IpcObject &object : m_objects)
        rows.append(
            {stateText(object), object.kindText(), object.name, object.ownerName, sizeText(object), usersText(object)});
    return rows;
}

QList<LabTable> LeftoversPage::tables() const
{
    return {{tr("Objects that outlive processes"), rows()}};
}

QList<QStringList> LeftoversPage::comparedWith(const QJsonObject &before) const
{
    QList<QStringList> rows{{tr("Change"), tr("Kind"), tr("Name")}};
    const QJsonArray then = before[QStringLiteral("objects")].toArray(),
                     now = exported()[QStringLiteral("objects")].toArray();
    const auto addMissing = [&rows](const QJsonArray &of, const QJsonArray &in, const QString &change) {
        for (const QJsonValue &object : of) {
            const bool found = std::any_of(in.begin(), in.end(), [&](const QJsonValue &other) {
                return other[QStringLiteral("kind")] == object[QStringLiteral("kind")] &&
                       other[QStringLiteral("name")] == object[QStringLiteral("name")];
            });
            if (!found)
                rows.append(
                    {change, object[QStringLiteral("kind")].toString(), object[QStringLiteral("name")].toString()});
        }
    };
    addMissing(now, then, tr("new"));
    addMissing(then, now, tr("gone"));
    return rows;
}

QStringList LeftoversPage::lessons() const
{
    return {m_summary->text()};
}

QJsonObject LeftoversPage::exported() const
{
    if (!m_hasLooked)
        return {};
    QJsonArray list;
    for (const IpcObject &object : m_objects) {
        QJsonArray users;
        for (const IpcObject::User &user : object.users)
            users.append(QJsonObject{{QStringLiteral("pid"), user.pid}, {QStringLiteral("name"), user.name}});
        list.append(QJsonObject{{QStringLiteral("kind"), object.kindText()},
                                {QStringLiteral("name"), object.name},
                                {QStringLiteral("owner"), object.ownerName},
                                {QStringLiteral("own"), object.isOwn()},
                                {QStringLiteral("bytes"), object.bytes},
                                {QStringLiteral("messages"), object.messages},
                                {QStringLiteral("attached"), object.userCount},
                                {QStringLiteral("processes"), users},
                                {QStringLiteral("run"), object.labRun},
                                {QStringLiteral("orphan"), object.isOrphan},
                                {QStringLiteral("removable"), object.isRemovable()}});
    }
    return {{QStringLiteral("objects"), list}};
}

} // namespace bulkhead
