// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QPoint>
#include <QString>
#include <QUrl>
#include <QVector>

namespace bulkhead {

/// One stop on a tab's way.
struct NavigationEntry
{
    QUrl url;
    QString title;
    QPoint scroll;  ///< CSS pixels
    QByteArray state; ///< what a plugin saved to look the same again
};

/// Back and forward list of a tab: entries and the position in them. Plain value; saved with the session.
class NavigationHistory
{
public:
    static constexpr int MaxEntries = 100;

    bool isEmpty() const { return m_entries.isEmpty(); }
    int count() const { return int(m_entries.size()); }
    /// -1 when empty.
    int currentIndex() const { return m_current; }
    const NavigationEntry &at(int index) const { return m_entries[index]; }
    const NavigationEntry *current() const { return m_current < 0 ? nullptr : &m_entries[m_current]; }
    NavigationEntry *current() { return m_current < 0 ? nullptr : &m_entries[m_current]; }
    bool canGoBack() const { return m_current > 0; }
    bool canGoForward() const { return m_current + 1 < count(); }

    /// Drops what lies ahead, then appends @p entry and stands on it. The oldest goes beyond MaxEntries.
    void push(NavigationEntry entry);
    /// Stands on @p index, which must exist.
    void moveTo(int index);

private:
    QVector<NavigationEntry> m_entries;
    int m_current = -1;
};

}  // namespace bulkhead
