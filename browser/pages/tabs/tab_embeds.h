// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"
#include "browser/pages/page_processes/remote_page.h"
#include "browser/pages/page_processes/view_settings.h"

#include <QObject>
#include <QPainter>
#include <QTimer>

#include <memory>
#include <vector>

namespace bulkhead {

class DocumentViewers;
class Fetcher;

/// The boxes of one page that plugins fill: loads what they embed, holds the plugins' pages, puts their frames over the
/// page's, gives them input, and shows in the place of one that is gone what happened. A plugin's end is its box's
/// alone. Main thread; owned by a Tab.
class TabEmbeds : public QObject
{
    Q_OBJECT
public:
    /// How long after a crash a box is loaded again by itself.
    static constexpr std::chrono::milliseconds ReloadDelay{2000};

    /// All of them outlive it. @p page is the page around.
    TabEmbeds(RemotePage &page, Fetcher &fetcher, DocumentViewers &viewers, const ViewSettings &view,
              QObject *parent = nullptr);
    ~TabEmbeds() override;

    void setView(const ViewSettings &view);
    /// The page was scrolled, or its boxes differ.
    void place();

    /// Paints what of the boxes lies in @p region; @p painter and @p region are in device pixels of the view.
    void paint(QPainter &painter, const QRegion &region);

    /// What the boxes show is on screen: lets their plugins go on.
    void frameShown();

    /// Gives @p event (positions in device pixels of the view) to the box that it is for; false when it is the page's.
    bool takeInput(const wire::InputEvent &event);

    /// What the finger at @p position (device pixels of the view) would touch is a plugin.
    bool hasBoxAt(QPoint position) const { return boxAt(position) != nullptr; }
    /// Keys and text go to a box.
    bool hasFocus() const { return m_focused != nullptr; }

    /// Says something to the plugin in a box; see messagePosted().
    void post(int box, const QByteArray &json);

    int count() const { return int(m_boxes.size()); }
    /// The plugin's page in a box; null while there is none.
    RemotePage *pageOf(int box) const { return m_boxes[std::size_t(box)]->page.get(); }
    /// In device pixels of the view.
    QRect rectOf(int box) const;
    /// What stands in the place of a box's pixels; empty when it shows what its plugin paints.
    QString placeholderOf(int box) const;
    /// How the process of a box ended, as a code; empty while it lives.
    QString endOf(int box) const;
    /// Loads a box again.
    void reload(int box);

Q_SIGNALS:
    /// Device pixels of the view.
    void damaged(const QRegion &region);
    void cursorChanged(Qt::CursorShape shape);
    /// @p page is the plugin's, in which the person did or did not act.
    void linkActivated(bulkhead::RemotePage *page, const QUrl &url, int disposition);
    /// What the plugin in a box says to what embeds it.
    void messagePosted(int box, const QByteArray &json);

private:
    struct Box
    {
        PageEmbedBox what;
        Charge held; ///< for the fetch, until its answer is somebody's
        std::shared_ptr<Fetch> fetch;
        ResponseHead head;
        std::unique_ptr<RemotePage> page;
        std::optional<ExitReason> gone;
        QString failure; ///< it could not be loaded, or nobody shows it
        QByteArray state;
        QTimer reloadTimer;
    };

    void update();
    void start(Box &box);
    void startWaiting();
    void answered(Box &box, const ResponseHead &head);
    void open(Box &box);
    void pageGone(Box &box, const ExitReason &reason);
    ViewSettings viewFor(const Box &box) const;
    bool isDark() const;
    QRect rectOf(const Box &box) const;
    QString placeholder(const Box &box) const;
    void paintPlaceholder(QPainter &painter, const QRect &rect, const Box &box) const;
    Box *boxAt(QPoint position) const;
    void focus(Box *box);

    RemotePage &m_page;
    Fetcher &m_fetcher;
    DocumentViewers &m_viewers;
    ViewSettings m_view;
    std::shared_ptr<SiteAccount> m_account; ///< the page's; null where nobody counts
    std::vector<std::unique_ptr<Box>> m_boxes;
    std::vector<const Box *> m_waiting; ///< of m_boxes: to be fetched once their site has room
    Box *m_focused = nullptr;           ///< keys go there
    Box *m_grabbing = nullptr;          ///< a button was pressed there and is still down
    Box *m_hovered = nullptr;
};

/// How a placeholder looks: alone, over the last picture, or with its action as a button.
enum class Placeholder { Text, Overlay, Button };

/// A sentence in the middle of @p rect, with a headline above and an action below where they are not empty. @p ratio
/// device pixels are a logical one.
void paintPlaceholder(QPainter &painter, const QRect &rect, qreal ratio, bool dark, const QString &headline,
                      const QString &sentence, const QString &action = {}, Placeholder kind = Placeholder::Text);

} // namespace bulkhead
