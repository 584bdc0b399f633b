// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/address_bar.h"

#include "browser/desktop/library/history.h"
#include "browser/desktop/window/site_popover.h"
#include "browser/desktop/window/suggestion_delegate.h"
#include "browser/pages/shown/shown_address.h"
#include "browser/widgets/color_scheme.h"
#include "browser/widgets/flat_button.h"
#include "browser/widgets/icons.h"
#include "browser/widgets/overlay_bubble.h"
#include "browser/widgets/plain_text.h"

#include <QAbstractItemView>
#include <QAccessible>
#include <QClipboard>
#include <QCompleter>
#include <QDir>
#include <QDropEvent>
#include <QGuiApplication>
#include <QInputMethodEvent>
#include <QMimeData>
#include <QPainter>
#include <QPainterPath>
#include <QStandardItemModel>

#include <algorithm>

namespace bulkhead {

namespace {

constexpr int MaxSuggestions = 8;
constexpr qreal Radius = 8;

/// QLineEdit lays out all of its text, and cuts it at 32767 characters.
constexpr qsizetype LongestEdited = 30'000;

ShownAddress shownUrl(const QUrl &url)
{
    if (url.isEmpty() || url == QUrl(QStringLiteral("about:start")))
        return {};
    return ShownAddress(url, ShownAddress::LongestLine);
}

/// @p address, or without what is before its registrable domain when the domain would not fit into @p width: a long
/// host must not push out of sight whose it is.
QString fitting(const ShownAddress &address, const QFontMetrics &metrics, int width)
{
    const ShownAddress::Range domain = address.registrableDomain();
    if (domain.isEmpty() || metrics.horizontalAdvance(address.text().left(domain.end())) <= width)
        return address.text();
    return u'\u2026' + address.text().mid(domain.start);
}

int roomIn(const QLineEdit &field)
{
    constexpr int OwnMargin = 2; // QLineEdit's, at both sides
    const QMargins margins = field.textMargins();
    return field.width() - margins.left() - margins.right() - 2 * OwnMargin;
}

} // namespace

AddressBar::AddressBar(TabList &tabs, History &history, QWidget *parent)
    : QLineEdit(parent), m_tabs(tabs), m_history(history), m_site(new FlatButton(this, FlatButton::Size::Small)),
      m_suggestions(new QStandardItemModel(this))
{
    setFrame(false);
    setPlaceholderText(tr("Enter an address or a file’s path"));
    setAccessibleName(tr("Address"));
    setInputMethodHints(Qt::ImhUrlCharactersOnly | Qt::ImhNoAutoUppercase | Qt::ImhNoPredictiveText);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setDragEnabled(true);

    m_site->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_site->setCursor(Qt::ArrowCursor);
    connect(m_site, &QToolButton::clicked, this, &AddressBar::showSite);

    auto *completer = new QCompleter(m_suggestions, this);
    completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    completer->setCompletionRole(SuggestionDelegate::EditedRole);
    completer->setMaxVisibleItems(MaxSuggestions);
    setCompleter(completer);
    completer->popup()->setItemDelegate(new SuggestionDelegate(completer->popup()));
    completer->popup()->setAccessibleName(tr("Visited addresses"));
    connect(completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, [this](const QModelIndex &index) {
        open(index.data(SuggestionDelegate::UrlRole).toUrl(), LinkTarget::CurrentTab);
    });

    connect(this, &QLineEdit::textEdited, this, [this](const QString &text) {
        m_lookup.cancel();
        complain({});
        suggest(text);
    });
    connect(&m_tabs, &TabList::tabRemoved, this, [this](int, Tab *tab) { m_drafts.remove(tab->id()); });
    applyColors();
    setTab(nullptr);
}

AddressBar::~AddressBar() = default;

void AddressBar::setTab(Tab *tab)
{
    m_lookup.cancel(); // what was typed stays a draft of the other tab
    if (m_tab) {
        disconnect(m_tab, nullptr, this, nullptr);
        if (isDraft())
            m_drafts.insert(m_tab->id(), text());
    }
    m_tab = tab;
    complain({});
    setText(m_shown);
    setEnabled(tab != nullptr);
    showUrl();
    if (!tab)
        return;
    if (const QString draft = m_drafts.take(tab->id()); !draft.isEmpty()) {
        setText(draft);
        emphasizeDomain();
    }
    connect(tab, &Tab::urlChanged, this, &AddressBar::showUrl);
    connect(tab, &Tab::processChanged, this, &AddressBar::showSiteMark);
    connect(tab, &Tab::loadStateChanged, this, qOverload<>(&AddressBar::update));
    connect(tab, &Tab::loadStateChanged, this, &AddressBar::showSiteMark);
    connect(tab, &Tab::loadPercentChanged, this, qOverload<>(&AddressBar::update));
}

void AddressBar::focusAll()
{
    setFocus(Qt::ShortcutFocusReason);
    selectAll();
}

QString AddressBar::error() const
{
    return m_complaint ? m_complaint->text() : QString();
}

QSize AddressBar::sizeHint() const
{
    return {400, std::max(32, fontMetrics().height() + 14)};
}

void AddressBar::showUrl()
{
    showSiteMark(); // first: it takes room
    // What the person is typing is theirs until they open it or give it up.
    const QString url = m_tab ? textOf(m_tab->url()) : QString();
    if (!isDraft())
        showText(url);
    m_shown = url;
    emphasizeDomain();
}

QString AddressBar::textOf(const QUrl &url) const
{
    const ShownAddress shown = shownUrl(url);
    if (!hasFocus())
        return fitting(shown, fontMetrics(), roomIn(*this));
    if (shown.text().isEmpty())
        return {};
    const QString edited = editableAddress(url);
    return edited.size() > LongestEdited ? shown.text() : edited;
}

void AddressBar::showText(const QString &text)
{
    m_shown = text;
    if (text == this->text())
        return;
    setText(text);
    setCursorPosition(0);
    if (hasFocus())
        selectAll();
}

void AddressBar::showSiteMark()
{
    const Connection connection = m_tab ? connectionOf(*m_tab) : connectionOf(QUrl());
    const QString label = connectionLabel(connection);
    m_site->setMeaning(connectionIconName(connection), label);
    plain::setAccessibleName(m_site, OutsideText(tr("Page information: %1").arg(label)));
    plain::setToolTip(m_site, OutsideText(tr("%1: show the page’s site and process").arg(label)));
    const bool inWords = connection == Connection::NotEncrypted;
    m_site->setToolButtonStyle(inWords ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    arrange();
}

void AddressBar::showSite()
{
    if (!m_tab)
        return;
    auto *popover = new SitePopover(m_tabs, *m_tab, this);
    popover->popUpBelow(m_site);
}

void AddressBar::accept(LinkTarget target)
{
    if (text().trimmed().isEmpty())
        return;
    if (!isDraft() && m_tab) {
        complain({});
        completer()->popup()->hide();
        Q_EMIT openedAgain(target);
        return;
    }
    m_lookup.ask(TypedAddress(text(), QDir::currentPath()), [this, target](const Result<QUrl> &typed) {
        if (!typed)
            return complain(QString::fromStdString(typed.error().what));
        open(*typed, target);
    });
}

void AddressBar::open(const QUrl &url, LinkTarget target)
{
    m_lookup.cancel();
    complain({});
    completer()->popup()->hide();
    showText(target == LinkTarget::CurrentTab ? textOf(url) : m_shown);
    emphasizeDomain();
    Q_EMIT opened(url, target);
}

void AddressBar::complain(const QString &sentence)
{
    const OutsideText shown(sentence);
    if (shown.plain() == error())
        return;
    if (!m_complaint)
        m_complaint = new OverlayBubble(OverlayBubble::Place::Given, window());
    m_complaint->setTextColor(chrome::error(palette()));
    m_complaint->setPosition(mapTo(window(), QPoint(0, height() + 4)));
    m_complaint->showText(shown);
    plain::setAccessibleDescription(this, shown);
    if (!sentence.isEmpty()) {
        selectAll();
        QAccessibleEvent alert(this, QAccessible::Alert);
        QAccessible::updateAccessibility(&alert);
    }
    update();
}

void AddressBar::suggest(const QString &typed)
{
    m_suggestions->clear();
    if (typed.trimmed().isEmpty())
        return;
    for (const HistoryEntry &entry : m_history.complete(typed, MaxSuggestions)) {
        const QString title = OutsideText(entry.title).plain();
        const QString address = shownUrl(entry.url).text();
        auto *item = new QStandardItem(address);
        item->setData(entry.url, SuggestionDelegate::UrlRole);
        item->setData(title, SuggestionDelegate::TitleRole);
        item->setData(editableAddress(entry.url), SuggestionDelegate::EditedRole);
        item->setAccessibleText(tr("%1, %2", "title, address").arg(title, address));
        m_suggestions->appendRow(item);
    }
}

void AddressBar::emphasizeDomain()
{
    // QLineEdit has no rich text; an input method's formatting, without input, is its public way to colour parts.
    QList<QInputMethodEvent::Attribute> attributes;
    const ShownAddress address = m_tab ? shownUrl(m_tab->url()) : ShownAddress();
    if (const ShownAddress::Range domain = address.registrableDomain();
        !hasFocus() && !isDraft() && !domain.isEmpty()) {
        const qsizetype start = domain.start + text().size() - address.text().size(); // fitting() leaves out the start
        auto colour = [&](qsizetype from, qsizetype to, const QColor &color) {
            QTextCharFormat format;
            format.setForeground(color);
            attributes.append({QInputMethodEvent::TextFormat, int(from) - cursorPosition(), int(to - from), format});
        };
        colour(0, start, chrome::faintText(palette()));
        colour(start + domain.length, text().size(), chrome::faintText(palette()));
    }
    QInputMethodEvent event({}, attributes);
    inputMethodEvent(&event);
}

void AddressBar::arrange()
{
    const QSize button(m_site->sizeHint().width(), std::min(m_site->sizeHint().height(), height() - 6));
    const QRect place(QPoint(4, (height() - button.height()) / 2), button);
    m_site->setGeometry(QStyle::visualRect(layoutDirection(), rect(), place));
    const QMargins margins(place.right() + 4, 0, 8, 0);
    setTextMargins(layoutDirection() == Qt::RightToLeft ? QMargins(margins.right(), 0, margins.left(), 0) : margins);
    if (m_complaint)
        m_complaint->setPosition(mapTo(window(), QPoint(0, height() + 4)));
}

void AddressBar::applyColors()
{
    // The field's ground is painted here; the base of QLineEdit would cover its round corners.
    QPalette transparent;
    transparent.setColor(QPalette::Base, Qt::transparent);
    if (palette().color(QPalette::Base) != QColor(Qt::transparent))
        setPalette(transparent);
}

void AddressBar::paintEvent(QPaintEvent *event)
{
    {
        const QPalette app = parentWidget() ? parentWidget()->palette() : palette();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        const QRectF ground = QRectF(rect()).adjusted(1, 1, -1, -1);
        const bool wrong = !error().isEmpty();
        if (hasFocus() || wrong)
            painter.setPen(QPen(wrong ? chrome::error(app) : chrome::accent(app), 2));
        else
            painter.setPen(underMouse() ? chrome::line(app) : chrome::field(app));
        painter.setBrush(hasFocus() ? app.color(QPalette::Base) : chrome::field(app));
        painter.drawRoundedRect(ground, Radius, Radius);

        if (m_tab && m_tab->loadState() != LoadState::Idle) {
            QPainterPath inside;
            inside.addRoundedRect(ground, Radius, Radius);
            painter.setClipPath(inside);
            // Something is seen at once: a load that has only been asked for shows as a tenth.
            const double share = std::clamp(m_tab->loadPercent() / 100.0, 0.1, 1.0);
            QRectF bar(ground.left(), ground.bottom() - 2, ground.width() * share, 3);
            if (layoutDirection() == Qt::RightToLeft)
                bar.moveRight(ground.right());
            painter.fillRect(bar, chrome::accent(app));
        }
    }
    QLineEdit::paintEvent(event);
}

void AddressBar::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    arrange();
    if (!hasFocus())
        showUrl(); // as much of it as there is room for
}

void AddressBar::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
        const bool newTab = event->modifiers() & Qt::AltModifier;
        const bool behind = event->modifiers() & Qt::ShiftModifier;
        return accept(!newTab  ? LinkTarget::CurrentTab
                      : behind ? LinkTarget::NewBackgroundTab
                               : LinkTarget::NewForegroundTab);
    }
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        const bool nothingToGiveUp = !isDraft();
        m_lookup.cancel();
        complain({});
        showText(m_shown);
        selectAll();
        if (nothingToGiveUp)
            Q_EMIT left();
        return;
    }
    // Of one that is too long to be edited all is copied, not what is seen of it.
    if (event->matches(QKeySequence::Copy) && m_tab && !isDraft() && !text().isEmpty() && selectedText() == text())
        return QGuiApplication::clipboard()->setText(editableAddress(m_tab->url()));
    QLineEdit::keyPressEvent(event);
}

void AddressBar::focusInEvent(QFocusEvent *event)
{
    QLineEdit::focusInEvent(event);
    showUrl(); // as it is edited
}

void AddressBar::focusOutEvent(QFocusEvent *event)
{
    QLineEdit::focusOutEvent(event);
    if (event->reason() == Qt::PopupFocusReason)
        return;
    complain({});
    showUrl(); // as it is read
    if (!isDraft())
        setCursorPosition(0);
    emphasizeDomain();
}

void AddressBar::mousePressEvent(QMouseEvent *event)
{
    m_selectOnRelease = !hasFocus() && event->button() == Qt::LeftButton;
    QLineEdit::mousePressEvent(event);
}

void AddressBar::mouseReleaseEvent(QMouseEvent *event)
{
    QLineEdit::mouseReleaseEvent(event);
    if (m_selectOnRelease && !hasSelectedText())
        selectAll();
    m_selectOnRelease = false;
}

void AddressBar::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
    else
        QLineEdit::dragEnterEvent(event);
}

void AddressBar::dropEvent(QDropEvent *event)
{
    if (!event->mimeData()->hasUrls())
        return QLineEdit::dropEvent(event);
    event->acceptProposedAction();
    open(event->mimeData()->urls().constFirst(), LinkTarget::CurrentTab);
}

void AddressBar::changeEvent(QEvent *event)
{
    QLineEdit::changeEvent(event);
    if (event->type() == QEvent::PaletteChange) {
        applyColors();
        emphasizeDomain();
    } else if (event->type() == QEvent::FontChange || event->type() == QEvent::LayoutDirectionChange) {
        arrange();
    }
}

} // namespace bulkhead
