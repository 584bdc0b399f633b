// SPDX-License-Identifier: BSD-3-Clause
#include "browser/pages/tabs/folder_question.h"

#include "browser/pages/fetch/local_path.h"

#include <algorithm>

namespace bulkhead {

FolderQuestion::FolderQuestion()
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(300); // a page asks for several at once
    connect(&m_delay, &QTimer::timeout, this, [this] {
        if (m_denied == m_asked)
            return;
        m_asked = m_denied;
        Q_EMIT asked(m_denied);
    });
}

void FolderQuestion::noteDenied(const QString &folder)
{
    if (m_denied.isEmpty())
        m_denied = folder;
    while (m_denied.size() > 1 && !local_path::isBelow(folder, m_denied))
        m_denied.truncate(std::max<qsizetype>(1, m_denied.lastIndexOf(u'/')));
    if (!m_delay.isActive()) // a page that asks on and on is not to put the question off
        m_delay.start();
}

void FolderQuestion::reset()
{
    m_denied.clear();
    m_asked.clear();
}

} // namespace bulkhead
