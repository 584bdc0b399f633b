// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/navigation_history.h"

#include <QByteArray>
#include <QJsonDocument>
#include <QList>

namespace bulkhead {

/// What was open: tabs in their order, each with its history and scroll positions. Plain value.
struct Session
{
    struct SavedTab
    {
        NavigationHistory history;
    };

    /// Of the file. Older ones are read, too.
    static constexpr int Format = 2;

    QList<SavedTab> tabs;
    int active = -1;
    /// The app ended because the person wanted it to: nothing needs to be offered.
    bool endedOrderly = false;
    /// Tabs of the run before that were offered and neither taken nor dropped: they come back with these.
    QList<SavedTab> stillOffered;

    QByteArray toJson() const;
    /// Whatever cannot be read is left out: the file may be old, cut off or somebody else's.
    static Session fromJson(const QJsonDocument &json);
    static Session fromJson(const QByteArray &json) { return fromJson(QJsonDocument::fromJson(json)); }

    /// Tabs worth having back: those that show something else than the start page.
    QList<SavedTab> worthKeeping() const;
};

} // namespace bulkhead
