// SPDX-License-Identifier: BSD-3-Clause
// How many downloads pages of one site may have running; part of DownloadManager.
#include "browser/desktop/library/download_manager.h"

#include <algorithm>

namespace bulkhead {

bool DownloadManager::mayStart(const Initiator &initiator, const QString &name)
{
    const auto running = std::count_if(m_downloads.begin(), m_downloads.end(), [&initiator](const auto &download) {
        return download->isActive() && download->initiator() == initiator;
    });
    if (initiator.isPerson() || running < MostOfOneSite)
        return true;
    Q_EMIT refused(tr("%1 was not saved: pages of %2 have %3 downloads running. Wait for one of them, or cancel one.")
                       .arg(name.left(80), initiator.site().key().left(80))
                       .arg(MostOfOneSite));
    return false;
}

} // namespace bulkhead
