// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab_list.h"

#include <QObject>
#include <QSize>

namespace bulkhead {

/// What a window does for tabs, without one: gives each a size, shows the active one and hides the others, and takes
/// every frame as shown. For runs that are controlled from outside. Main thread.
class HeadlessTabs : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        QSize windowSize{1280, 800}; ///< logical pixels
        qreal scale = 1;
        bool dark = false;
    };

    /// @p tabs outlives it.
    HeadlessTabs(TabList &tabs, const Options &options, QObject *parent = nullptr);

private:
    void showActive();

    TabList &m_tabs;
};

} // namespace bulkhead
