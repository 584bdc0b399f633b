// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/window/profile_notices.h"

#include "browser/desktop/library/history.h"
#include "browser/desktop/settings/settings.h"
#include "browser/desktop/window/main_window.h"
#include "browser/host/processes/log.h"
#include "browser/widgets/info_bar.h"

namespace bulkhead {

ProfileNotices::ProfileNotices(MainWindow &window, QObject *parent) : QObject(parent), m_window(window) {}

void ProfileNotices::tell(const QStringList &sentences)
{
    for (const QString &sentence : sentences) {
        if (sentence.isEmpty())
            continue;
        log::warn(sentence);
        m_window.tell(OutsideText(sentence, OutsideText::Lines::Many));
    }
}

void ProfileNotices::follow(const Settings &settings)
{
    tell(settings.notices());
    connect(&settings, &Settings::writeTroubleChanged, this,
            [this, &settings] { showWriteTrouble(settings.writeTrouble()); });
}

void ProfileNotices::follow(const History &history)
{
    connect(&history, &History::noticed, this, [this](const QString &sentence) { tell({sentence}); });
}

void ProfileNotices::showWriteTrouble(const QString &sentence)
{
    delete m_writeTrouble;
    if (sentence.isEmpty())
        return;
    log::warn(sentence);
    m_writeTrouble = m_window.tell(OutsideText(sentence, OutsideText::Lines::Many));
}

} // namespace bulkhead
