// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/initiator.h"

#include <QByteArray>
#include <QPoint>
#include <QString>
#include <QUrl>
#include <QVector>

#include <memory>

namespace bulkhead {

class Charge;

/// One stop on a tab's way.
struct NavigationEntry
{
    QUrl url;
    /// Whose right it was opened by, and is opened again by, whenever that is: reloads, steps and restored sessions add
    /// nothing.
    Initiator initiator;
    QString title = {};
    QPoint scroll = {};    ///< CSS pixels
    QByteArray state = {}; ///< what a plugin saved to look the same again
    std::shared_ptr<Charge> held =
        {}; ///< what this costs, on the account of the page's site; copies share it as they share the texts

    /// Of its address, its title and its state.
    qint64 bytes() const;
};

/// Back and forward list of a tab: entries and the position in them. Plain value; saved with the session.
class NavigationHistory
{
public:
    static constexpr int MaxEntries = 100;
    /// Of all entries together: an honest way of a hundred stops needs a fiftieth of it.
    static constexpr qint64 MaxBytes = qint64(1) << 20;

    bool isEmpty() const { return m_entries.isEmpty(); }
    int count() const { return int(m_entries.size()); }
    /// -1 when empty.
    int currentIndex() const { return m_current; }
    const NavigationEntry &at(int index) const { return m_entries[index]; }
    const NavigationEntry *current() const { return m_current < 0 ? nullptr : &m_entries[m_current]; }
    NavigationEntry *current() { return m_current < 0 ? nullptr : &m_entries[m_current]; }
    bool canGoBack() const { return m_current > 0; }
    bool canGoForward() const { return m_current + 1 < count(); }

    /// Drops what lies ahead, then appends @p entry and stands on it. The oldest go beyond MaxEntries and MaxBytes.
    void push(NavigationEntry entry);
    /// Stands on @p index, which must exist.
    void moveTo(int index);

private:
    QVector<NavigationEntry> m_entries;
    int m_current = -1;
};

} // namespace bulkhead
