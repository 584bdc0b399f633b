// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/tab_embeds.h"

#include "browser/pages/fetch/fetcher.h"
#include "browser/pages/page_processes/deleted_later.h"
#include "browser/pages/page_processes/document_viewers.h"
#include "browser/pages/page_processes/page_process.h"
#include "browser/pages/page_processes/plugin_requests.h"
#include "browser/pages/shown/outside_text.h"
#include "ipc/channel/limits.h"

#include <QPointer>

#include <algorithm>
#include <cmath>
#include <iterator>

namespace bulkhead {

namespace {

QRect scaled(const QRect &rect, qreal factor)
{
    const QPoint from(int(std::lround(rect.left() * factor)), int(std::lround(rect.top() * factor)));
    const QPoint to(int(std::lround((rect.left() + rect.width()) * factor)),
                    int(std::lround((rect.top() + rect.height()) * factor)));
    return QRect(from, QSize(to.x() - from.x(), to.y() - from.y()));
}

bool isMouse(wire::InputEvent::Type type)
{
    return type == wire::InputEvent::MOUSE_PRESS || type == wire::InputEvent::MOUSE_MOVE ||
           type == wire::InputEvent::MOUSE_RELEASE || type == wire::InputEvent::WHEEL ||
           type == wire::InputEvent::TOUCH_BEGIN || type == wire::InputEvent::TOUCH_MOVE ||
           type == wire::InputEvent::TOUCH_END;
}

} // namespace

TabEmbeds::TabEmbeds(RemotePage &page, Fetcher &fetcher, DocumentViewers &viewers, const ViewSettings &view,
                     QObject *parent)
    : QObject(parent), m_page(page), m_fetcher(fetcher), m_viewers(viewers), m_view(view),
      m_account(page.host() ? page.host()->accountOf(page.site()) : nullptr)
{
    if (m_account)
        connect(m_account.get(), &SiteAccount::roomMade, this, &TabEmbeds::startWaiting);
    connect(&m_page, &RemotePage::embedBoxesChanged, this, &TabEmbeds::update);
    connect(&m_page, &RemotePage::framePresented, this, &TabEmbeds::place);
    update();
}

TabEmbeds::~TabEmbeds() = default;

void TabEmbeds::update()
{
    // The document's order and what a box embeds make it the same box, wherever it is now.
    std::vector<std::unique_ptr<Box>> before = std::exchange(m_boxes, {});
    for (const PageEmbedBox &what : m_page.embedBoxes()) {
        const auto same = std::find_if(before.begin(), before.end(), [&what](const auto &box) {
            return box && box->what.url == what.url && box->what.mimeType == what.mimeType;
        });
        const bool isNew = same == before.end();
        m_boxes.push_back(isNew ? std::make_unique<Box>() : std::move(*same));
        Box &box = *m_boxes.back();
        box.what = what;
        if (isNew) {
            box.reloadTimer.setSingleShot(true);
            connect(&box.reloadTimer, &QTimer::timeout, this, [this, target = &box] { start(*target); });
            start(box);
        }
    }
    m_focused = m_grabbing = m_hovered = nullptr;
    std::erase_if(m_waiting, [this](const Box *waiting) {
        return std::none_of(m_boxes.begin(), m_boxes.end(),
                            [waiting](const auto &box) { return box.get() == waiting; });
    });
    // Deleted later: we may be inside a signal of one of their pages.
    for (auto &box : before) {
        if (!box)
            continue;
        if (box->page) {
            box->page->disconnect(this);
            box->page.release()->deleteLater();
        }
    }
    place();
    Q_EMIT damaged(QRegion(QRect(QPoint(), m_view.size)));
}

void TabEmbeds::start(Box &box)
{
    box.reloadTimer.stop();
    box.gone.reset();
    box.failure.clear();
    if (box.page) {
        box.page->disconnect(this);
        box.page.release()->deleteLater();
    }
    std::erase(m_waiting, &box);
    if (m_account) {
        auto room = m_account->reserveFetch();
        if (!room) {
            m_waiting.push_back(&box);
            return;
        }
        box.held = std::move(*room);
    }
    FetchRequest request{box.what.url, Destination::Embed, m_page.initiator()};
    request.referrer = m_page.url();
    request.grantedFolders = m_page.document().grantedFolders;
    box.fetch = deletedLater(m_fetcher.start(request));
    connect(box.fetch.get(), &Fetch::responded, this,
            [this, target = &box](const ResponseHead &head) { answered(*target, head); });
    connect(box.fetch.get(), &Fetch::failed, this, [this, target = &box](const FetchError &error) {
        target->held = Charge();
        target->failure = error.message;
        if (error.question)
            Q_EMIT m_page.privateNetworkDenied(*error.question);
        Q_EMIT damaged(rectOf(*target));
    });
    Q_EMIT damaged(rectOf(box));
}

void TabEmbeds::startWaiting()
{
    for (const Box *waiting : std::exchange(m_waiting, {})) {
        const auto box =
            std::find_if(m_boxes.begin(), m_boxes.end(), [waiting](const auto &one) { return one.get() == waiting; });
        if (box != m_boxes.end())
            start(**box);
    }
}

void TabEmbeds::answered(Box &box, const ResponseHead &head)
{
    box.fetch->disconnect(this);
    box.head = head;
    // What the page says of the type counts where a plugin is there for it; servers often know less.
    ResponseHead asSaid = head;
    asSaid.mimeType = box.what.mimeType;
    if (!box.what.mimeType.isEmpty() && m_viewers.takes(asSaid, ViewerUse::Embed))
        box.head = asSaid;
    if (head.status < 200 || head.status >= 300)
        box.failure = tr("HTTP status %1").arg(head.status);
    else if (!m_viewers.takes(box.head, ViewerUse::Embed))
        box.failure = tr("No plugin shows documents of type %1.").arg(box.head.mimeType);
    if (box.failure.isEmpty())
        return open(box);
    box.fetch.reset();
    box.held = Charge();
    Q_EMIT damaged(rectOf(box));
}

void TabEmbeds::open(Box &box)
{
    // A plugin in a page is of that page's site, whatever it shows.
    box.held = Charge(); // from now on the plugin's page counts
    PageProcess *host = m_viewers.hostFor(box.head, m_page.site(), ViewerUse::Embed);
    if (!host)
        return;
    PageDocument document{box.head, std::exchange(box.fetch, nullptr)};
    document.embedded = true;
    document.head.space = m_page.document().head.space; // it is of that page's site, and has that page's rights
    document.attributes = box.what.attributes;
    document.state = box.state;
    box.page = std::make_unique<RemotePage>(*host, m_fetcher, m_page.site(), std::move(document), viewFor(box));
    RemotePage *page = box.page.get();
    Box *target = &box;
    connect(page, &RemotePage::privateNetworkDenied, &m_page, &RemotePage::privateNetworkDenied);
    connect(page, &RemotePage::framePresented, this, [this, target](const QRegion &damage) {
        const QRect rect = rectOf(*target);
        const QRegion seen = damage.translated(rect.topLeft()) & rect & QRect(QPoint(), m_view.size);
        if (seen.isEmpty())
            target->page->frameShown(); // nobody will paint it
        else
            Q_EMIT damaged(seen);
    });
    connect(page, &RemotePage::noticeChanged, this, [this, target] { Q_EMIT damaged(rectOf(*target)); });
    connect(page, &RemotePage::hangChanged, this, [this, target] { Q_EMIT damaged(rectOf(*target)); });
    connect(page, &RemotePage::stateSaved, this, [target](const QByteArray &state) { target->state = state; });
    connect(page, &RemotePage::cursorChanged, this, [this, target](Qt::CursorShape shape) {
        if (target == m_hovered)
            Q_EMIT cursorChanged(shape);
    });
    connect(page, &RemotePage::linkActivated, this,
            [this, page](const QUrl &url, int disposition) { Q_EMIT linkActivated(page, url, disposition); });
    connect(page, &RemotePage::messagePosted, this, [this, target](const QByteArray &json) {
        const auto same =
            std::find_if(m_boxes.begin(), m_boxes.end(), [target](const auto &one) { return one.get() == target; });
        Q_EMIT messagePosted(int(same - m_boxes.begin()), json);
    });
    connect(page, &RemotePage::inputHandled, this, [this, target](const wire::InputEvent &event, bool consumed) {
        if (consumed || !m_page.host())
            return;
        // What the plugin has no use for is the page's: wheels at the end, Tab, keys that scroll.
        if (event.type() != wire::InputEvent::WHEEL && event.type() != wire::InputEvent::KEY_PRESS)
            return;
        if (event.type() == wire::InputEvent::KEY_PRESS &&
            (event.key() == Qt::Key_Tab || event.key() == Qt::Key_Backtab))
            focus(nullptr);
        wire::InputEvent passed = event;
        const QPoint corner = rectOf(*target).topLeft();
        passed.mutable_position()->set_x(event.position().x() + corner.x());
        passed.mutable_position()->set_y(event.position().y() + corner.y());
        m_page.sendInput(std::move(passed));
    });
    connect(page, &RemotePage::gone, this, [this, target](const ExitReason &reason) { pageGone(*target, reason); });
    Q_EMIT damaged(rectOf(box));
}

void TabEmbeds::pageGone(Box &box, const ExitReason &reason)
{
    box.gone = reason;
    // What was killed or cannot be loaded stays so until the person says otherwise.
    const bool isCrash = reason.isAbnormal() && reason.kind != ExitKind::KilledByUser &&
                         reason.kind != ExitKind::PluginFailed && reason.kind != ExitKind::FailedToStart;
    if (isCrash && m_viewers.mayReloadByItself(box.head, ViewerUse::Embed))
        box.reloadTimer.start(ReloadDelay);
    if (m_grabbing == &box)
        m_grabbing = nullptr;
    Q_EMIT damaged(rectOf(box));
}

QString TabEmbeds::endOf(int box) const
{
    const Box &one = *m_boxes[std::size_t(box)];
    return one.gone ? one.gone->code() : QString();
}

void TabEmbeds::reload(int box)
{
    start(*m_boxes[std::size_t(box)]);
}

void TabEmbeds::post(int box, const QByteArray &json)
{
    if (RemotePage *page = pageOf(box))
        plugin_requests::post(*page, json);
}

// ---- geometry

QRect TabEmbeds::rectOf(const Box &box) const
{
    return scaled(box.what.area.translated(-m_page.scrollPosition()), m_view.devicePixelRatio * m_view.zoom);
}

QRect TabEmbeds::rectOf(int box) const
{
    return rectOf(*m_boxes[std::size_t(box)]);
}

/// Boxes look like the page around, which may have no dark colors though the person prefers them.
bool TabEmbeds::isDark() const
{
    return m_view.dark && m_page.backgroundColor().lightnessF() < 0.5;
}

ViewSettings TabEmbeds::viewFor(const Box &box) const
{
    ViewSettings view = m_view;
    const QRect rect = rectOf(box);
    view.size = rect.size().expandedTo({1, 1}).boundedTo({int(limits::FrameEdge), int(limits::FrameEdge)});
    view.visible = m_view.visible && rect.intersects(QRect(QPoint(), m_view.size)) && !rect.isEmpty();
    view.focused = m_view.focused && m_focused == &box;
    view.dark = isDark();
    return view;
}

void TabEmbeds::setView(const ViewSettings &view)
{
    m_view = view;
    place();
}

void TabEmbeds::place()
{
    for (const auto &box : m_boxes) {
        if (box->page && !box->gone)
            box->page->setView(viewFor(*box));
    }
}

// ---- painting

QString TabEmbeds::placeholder(const Box &box) const
{
    if (!box.failure.isEmpty())
        return box.failure;
    if (box.gone && box.gone->kind == ExitKind::PluginFailed)
        return box.gone->sentence();
    if (box.gone)
        return tr("The plugin's process has ended: %1.").arg(box.gone->code());
    if (box.page && box.page->host() && box.page->host()->hang())
        return tr("The plugin does not answer.");
    if (box.page)
        return box.page->notice();
    return {};
}

QString TabEmbeds::placeholderOf(int box) const
{
    return placeholder(*m_boxes[std::size_t(box)]);
}

void TabEmbeds::paint(QPainter &painter, const QRegion &region)
{
    for (const auto &box : m_boxes) {
        const QRect rect = rectOf(*box) & QRect(QPoint(), m_view.size);
        if (rect.isEmpty() || !region.intersects(rect))
            continue;
        painter.save();
        painter.setClipRegion(region & rect);
        const QRect whole = rectOf(*box);
        const QImage frame = box->page ? box->page->frame() : QImage();
        if (!frame.isNull()) {
            // Without its ratio, which would scale it; and no more than the box, whatever its size.
            const QImage pixels(frame.constBits(), frame.width(), frame.height(), frame.bytesPerLine(),
                                QImage::Format_RGB32);
            painter.drawImage(whole.topLeft(), pixels);
            box->page->frameShown();
        }
        if (!placeholder(*box).isEmpty())
            paintPlaceholder(painter, whole, *box);
        painter.restore();
    }
}

void TabEmbeds::frameShown()
{
    for (const auto &box : m_boxes) {
        if (box->page)
            box->page->frameShown();
    }
}

void TabEmbeds::paintPlaceholder(QPainter &painter, const QRect &rect, const Box &box) const
{
    const QString name = m_viewers.nameFor(box.head, ViewerUse::Embed);
    QString action;
    const bool hangs = !box.gone && box.page && box.page->host() && box.page->host()->hang();
    if (box.gone)
        action = box.reloadTimer.isActive() ? tr("It is loaded again in a moment.") : tr("Reload");
    else if (hangs)
        action = tr("It is ended if that lasts.");
    const auto kind = hangs                                     ? Placeholder::Overlay
                      : box.gone && !box.reloadTimer.isActive() ? Placeholder::Button
                                                                : Placeholder::Text;
    bulkhead::paintPlaceholder(painter, rect, m_view.devicePixelRatio, isDark(), name, placeholder(box), action, kind);
}

void paintPlaceholder(QPainter &painter, const QRect &rect, qreal ratio, bool dark, const QString &headline,
                      const QString &sentence, const QString &action, Placeholder kind)
{
    QColor ground = dark ? QColor(0x2b, 0x2c, 0x30) : QColor(0xf3, 0xf4, 0xf6);
    if (kind == Placeholder::Overlay)
        ground.setAlpha(215);
    const QColor text = dark ? QColor(0xe3, 0xe3, 0xe3) : QColor(0x1f, 0x23, 0x28);
    const QColor accent = dark ? QColor(0x6e, 0xa8, 0xfe) : QColor(0x1a, 0x5f, 0xb4);
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.fillRect(rect, ground);
    painter.setPen(QPen(dark ? QColor(0x45, 0x47, 0x4d) : QColor(0xd0, 0xd4, 0xda), ratio));
    painter.drawRect(QRectF(rect).adjusted(ratio / 2, ratio / 2, -ratio / 2, -ratio / 2));
    const int margin = qRound(12 * ratio);
    const QRect room = rect.adjusted(margin, margin, -margin, -margin);
    QFont font = painter.font();
    struct Line
    {
        QString text;
        QColor color;
        bool bold;
        QRect rect;
    };
    Line lines[] = {{OutsideText(headline).plain(), text, true, {}},
                    {OutsideText(sentence).plain(), text, false, {}},
                    {OutsideText(action).plain(), accent, false, {}}};
    int height = 0;
    const int gap = qRound(6 * ratio);
    for (Line &line : lines) {
        font.setPixelSize(qRound(13 * ratio));
        font.setBold(line.bold);
        painter.setFont(font);
        if (kind == Placeholder::Button && &line == std::end(lines) - 1)
            height += 2 * gap; // for its frame
        line.rect =
            line.text.isEmpty() ? QRect() : painter.boundingRect(room, Qt::AlignHCenter | Qt::TextWordWrap, line.text);
        height += line.rect.isEmpty() ? 0 : line.rect.height() + gap;
    }
    int top = room.top() + std::max(0, (room.height() - height) / 2);
    if (kind == Placeholder::Overlay) { // what is below must not show between the lines
        int width = 0;
        for (const Line &line : lines)
            width = std::max(width, line.rect.width());
        ground.setAlpha(255);
        painter.setBrush(ground);
        painter.drawRoundedRect(QRectF(room.center().x() - width / 2.0, top, width, height - gap)
                                        .adjusted(-margin, -margin, margin, margin) &
                                    QRectF(rect),
                                gap, gap);
        painter.setBrush(Qt::NoBrush);
    }
    for (const Line &line : lines) {
        if (line.rect.isEmpty())
            continue;
        if (kind == Placeholder::Button && &line == std::end(lines) - 1)
            top += gap;
        font.setBold(line.bold);
        painter.setFont(font);
        painter.setPen(line.color);
        painter.drawText(QRect(room.left(), top, room.width(), line.rect.height()), Qt::AlignHCenter | Qt::TextWordWrap,
                         line.text);
        if (kind == Placeholder::Button && &line == std::end(lines) - 1) {
            const int wide = qRound(14 * ratio), high = qRound(4 * ratio);
            painter.setPen(QPen(line.color, ratio));
            painter.drawRoundedRect(
                QRectF(line.rect.left(), top, line.rect.width(), line.rect.height()).adjusted(-wide, -high, wide, high),
                4 * ratio, 4 * ratio);
        }
        top += line.rect.height() + gap;
    }
    painter.restore();
}

// ---- input

TabEmbeds::Box *TabEmbeds::boxAt(QPoint position) const
{
    // The last one lies on top.
    for (auto it = m_boxes.rbegin(); it != m_boxes.rend(); ++it) {
        if (rectOf(**it).contains(position))
            return it->get();
    }
    return nullptr;
}

void TabEmbeds::focus(Box *box)
{
    if (box == m_focused)
        return;
    m_focused = box;
    place();
}

bool TabEmbeds::takeInput(const wire::InputEvent &event)
{
    const auto send = [this](Box *box, wire::InputEvent passed) {
        const QPoint corner = rectOf(*box).topLeft();
        passed.mutable_position()->set_x(passed.position().x() - corner.x());
        passed.mutable_position()->set_y(passed.position().y() - corner.y());
        if (box->page && !box->gone)
            box->page->sendInput(std::move(passed));
    };
    if (event.type() == wire::InputEvent::MOUSE_LEAVE) {
        if (m_hovered)
            send(std::exchange(m_hovered, nullptr), event);
        return false;
    }
    if (!isMouse(event.type())) {
        if (!m_focused || m_focused->gone)
            return false;
        send(m_focused, event);
        return true;
    }
    const QPoint at(event.position().x(), event.position().y());
    Box *box = m_grabbing ? m_grabbing : boxAt(at);
    if (box != m_hovered) {
        wire::InputEvent leave;
        leave.set_type(wire::InputEvent::MOUSE_LEAVE);
        if (m_hovered)
            send(m_hovered, leave);
        else if (box)
            m_page.sendInput(leave);
        m_hovered = box;
        Q_EMIT cursorChanged(Qt::ArrowCursor);
    }
    const bool presses = event.type() == wire::InputEvent::MOUSE_PRESS || event.type() == wire::InputEvent::TOUCH_BEGIN;
    const bool releases =
        event.type() == wire::InputEvent::MOUSE_RELEASE || event.type() == wire::InputEvent::TOUCH_END;
    if (presses)
        focus(box);
    if (!box)
        return false;
    if (box->gone || !box->failure.isEmpty()) {
        if (event.type() == wire::InputEvent::WHEEL)
            return false;
        if (releases && event.button() != Qt::MiddleButton && box->gone)
            start(*box);
        return true;
    }
    if (presses)
        m_grabbing = box;
    if (releases && event.buttons() == 0)
        m_grabbing = nullptr;
    send(box, event);
    return true;
}

} // namespace bulkhead
