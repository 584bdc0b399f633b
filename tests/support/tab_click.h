// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/tabs/tab.h"

#include <QMouseEvent>

namespace bulkhead::test {

/// The person goes to @p at of the page and clicks; view coordinates.
inline void click(Tab *tab, QPoint at)
{
    for (const auto type : {QEvent::MouseMove, QEvent::MouseButtonPress, QEvent::MouseButtonRelease}) {
        const bool move = type == QEvent::MouseMove;
        QMouseEvent event(type, at, at, move ? Qt::NoButton : Qt::LeftButton,
                          type == QEvent::MouseButtonPress ? Qt::LeftButton : Qt::NoButton, Qt::NoModifier);
        tab->sendMouseEvent(event, 1);
    }
}

} // namespace bulkhead::test
