// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/page_processes/page_news.h"

#include <QPointer>

#include <algorithm>

namespace bulkhead {

PageNews::PageNews(QObject *parent) : QObject(parent)
{
    m_timer.setSingleShot(true);
    m_timer.setTimerType(Qt::PreciseTimer);
    connect(&m_timer, &QTimer::timeout, this, &PageNews::tell);
}

void PageNews::flush()
{
    m_flushing = true;
    tell();
}

void PageNews::tell()
{
    const Clock::time_point now = Clock::now();
    const QPointer<PageNews> alive(this);
    std::optional<Clock::time_point> next;
    bool isHeldBack = false;
    // Whoever hears of it may delete the page, or have it say more.
    const auto tellOne = [&](auto &newest, auto told) {
        if (!alive || !newest.value)
            return;
        if (!m_flushing && newest.next > now) {
            next = next ? std::min(*next, newest.next) : newest.next;
            isHeldBack = true;
            return;
        }
        newest.next = now + newest.interval;
        told(*std::exchange(newest.value, std::nullopt));
    };
    tellOne(m_title, [this](const QString &value) { Q_EMIT title(value); });
    tellOne(m_icon, [this](const QImage &value) { Q_EMIT icon(value); });
    tellOne(m_hoveredLink, [this](const QUrl &value) { Q_EMIT hoveredLink(value); });
    tellOne(m_cursor, [this](Qt::CursorShape value) { Q_EMIT cursor(value); });
    tellOne(m_selection, [this](bool value) { Q_EMIT selection(value); });
    tellOne(m_boxes, [this](bool) { Q_EMIT boxes(); });
    tellOne(m_progress, [this](int value) { Q_EMIT progress(value); });
    if (!alive)
        return;
    // Nobody is to see a page that is finished and does not have its title yet.
    if (m_finished.value && isHeldBack)
        m_finished.next = std::max(m_finished.next, *next);
    tellOne(m_finished, [this](bool) { Q_EMIT finished(); });
    if (!alive)
        return;
    m_flushing = false;
    if (next && !m_timer.isActive())
        m_timer.start(std::chrono::ceil<std::chrono::milliseconds>(*next - now));
}

} // namespace bulkhead
