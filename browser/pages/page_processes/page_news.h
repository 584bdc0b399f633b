// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QImage>
#include <QObject>
#include <QTimer>
#include <QUrl>

#include <chrono>
#include <optional>

namespace bulkhead {

/// What a page says of itself and of which only the newest counts: told at once after a silence, and then at most once
/// in every Interval, however often it is said. The order in which a page loads is kept: finished comes after what was
/// said before it. Part of a RemotePage. Main thread.
class PageNews : public QObject
{
    Q_OBJECT
public:
    static constexpr std::chrono::milliseconds Interval{16};
    /// Titles and icons make the window lay things out, and are written down.
    static constexpr std::chrono::milliseconds SlowInterval{100};
    /// Boxes make fetches and processes.
    static constexpr std::chrono::milliseconds BoxesInterval{250};

    explicit PageNews(QObject *parent = nullptr);

    void setTitle(const QString &title) { note(m_title, title); }
    void setIcon(const QImage &icon) { note(m_icon, icon); }
    void setHoveredLink(const QUrl &url) { note(m_hoveredLink, url); }
    void setCursor(Qt::CursorShape shape) { note(m_cursor, shape); }
    void setSelection(bool hasSelection) { note(m_selection, hasSelection); }
    void setProgress(int percent) { note(m_progress, percent); }
    void setFinished() { note(m_finished, true); }
    void setBoxes() { note(m_boxes, true); }
    /// Tells everything now: there will be no more.
    void flush();

Q_SIGNALS:
    void title(const QString &title);
    void icon(const QImage &icon);
    void hoveredLink(const QUrl &url);
    void cursor(Qt::CursorShape shape);
    void selection(bool hasSelection);
    void progress(int percent);
    void finished();
    void boxes();

private:
    using Clock = std::chrono::steady_clock;
    /// One kind of news: what waits to be told, and when it may be.
    template <class Value>
    struct Newest
    {
        std::chrono::milliseconds interval;
        std::optional<Value> value = {};
        Clock::time_point next = {};
    };

    template <class Value>
    void note(Newest<Value> &newest, const Value &value)
    {
        newest.value = value;
        tell();
    }
    void tell();

    Newest<QString> m_title{SlowInterval};
    Newest<QImage> m_icon{SlowInterval};
    Newest<QUrl> m_hoveredLink{Interval};
    Newest<Qt::CursorShape> m_cursor{Interval};
    Newest<bool> m_selection{Interval};
    Newest<int> m_progress{Interval};
    Newest<bool> m_finished{SlowInterval};
    Newest<bool> m_boxes{BoxesInterval};
    QTimer m_timer;
    bool m_flushing = false;
};

} // namespace bulkhead
