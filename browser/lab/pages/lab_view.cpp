// SPDX-License-Identifier: BSD-3-Clause
#include "browser/lab/pages/lab_view.h"

#include "browser/lab/kit/lab_page.h"
#include "browser/lab/pages/lab_pages.h"
#include "browser/pages/shown/rich_text.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/icons.h"

#include <QFocusEvent>
#include <QHBoxLayout>
#include <QListWidget>
#include <QStackedWidget>

#include <algorithm>

namespace bulkhead {

namespace {
constexpr int NameRole = Qt::UserRole;
}

LabView::LabView(LabContext &context, QWidget *parent)
    : NativePage(parent), m_context(context), m_list(new QListWidget(this)), m_stack(new QStackedWidget(this))
{
    setAccessibleName(tr("IPC Lab"));
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Window);
    setFocusPolicy(Qt::StrongFocus);
    m_list->setAccessibleName(tr("Pages of the lab"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setUniformItemSizes(true);
    for (const LabPageKind &kind : labPageKinds()) {
        auto *item = new QListWidgetItem(standardIcon(kind.icon), kind.title, m_list);
        item->setData(NameRole, kind.name);
        item->setToolTip(toolTipText(OutsideText(kind.teaser)));
    }
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(m_stack, 1);
    sizeList();
    connect(m_list, &QListWidget::currentRowChanged, this, &LabView::choose);
    m_context.loadMechanisms();
}

LabView::~LabView()
{
    // Nothing of theirs may reach the list while it goes.
    qDeleteAll(std::exchange(m_pages, {}));
}

QUrl LabView::urlOf(const QString &page)
{
    return QUrl(QStringLiteral("about:lab/") + page);
}

void LabView::sizeList()
{
    QPalette palette = this->palette();
    palette.setColor(QPalette::Base, chrome::strip(this->palette()));
    m_list->setPalette(palette);
    const int em = fontMetrics().height();
    m_list->setIconSize(QSize(em, em));
    int widest = 0;
    for (int i = 0; i < m_list->count(); ++i)
        widest = std::max(widest, fontMetrics().horizontalAdvance(m_list->item(i)->text()));
    for (int i = 0; i < m_list->count(); ++i)
        m_list->item(i)->setSizeHint(QSize(widest + em * 3, em * 2));
    m_list->setFixedWidth(widest + em * 3 + 8);
}

void LabView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange)
        sizeList();
    NativePage::changeEvent(event);
}

void LabView::focusInEvent(QFocusEvent *event)
{
    m_list->setFocus(event->reason());
}

LabPage *LabView::current() const
{
    return qobject_cast<LabPage *>(m_stack->currentWidget());
}

LabPage *LabView::page(const QString &name)
{
    if (LabPage *made = m_pages.value(name))
        return made;
    const LabPageKind *kind = labPageKind(name);
    if (!kind)
        return nullptr;
    LabPage *made = kind->make(m_context, m_stack);
    connect(made, &LabPage::openRequested, this, [this](const QUrl &url) {
        const bool inside = url.path().section(u'/', 0, 0) == u"lab";
        Q_EMIT openRequested(url, inside ? LinkTarget::CurrentTab : LinkTarget::NewForegroundTab);
    });
    m_stack->addWidget(made);
    m_pages.insert(name, made);
    return made;
}

void LabView::showUrl(const QUrl &url)
{
    QString name = url.path().section(u'/', 1, 1);
    if (!labPageKind(name))
        name = labPageKinds().first().name;
    m_stack->setCurrentWidget(page(name));
    const QSignalBlocker quiet(m_list);
    for (int i = 0; i < m_list->count(); ++i) {
        if (m_list->item(i)->data(NameRole).toString() == name)
            m_list->setCurrentRow(i);
    }
}

void LabView::choose()
{
    if (const QListWidgetItem *item = m_list->currentItem())
        Q_EMIT openRequested(urlOf(item->data(NameRole).toString()), LinkTarget::CurrentTab);
}

} // namespace bulkhead
