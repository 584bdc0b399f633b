// SPDX-License-Identifier: BSD-3-Clause
#include "app/programs/bulkhead/browser_application.h"

#include "browser/host/processes/loop_watchdog.h"

#include <QThread>

namespace bulkhead {

bool BrowserApplication::notify(QObject *receiver, QEvent *event)
{
    // Other threads' events come through here, too.
    if (QThread::currentThread() == thread())
        m_loop.eventBegins(receiver);
    return QApplication::notify(receiver, event);
}

} // namespace bulkhead
