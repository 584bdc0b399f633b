// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/settings/settings.h"

#include "browser/desktop/settings/old_settings.h"
#include "browser/desktop/settings/setting_keys.h"
#include "browser/host/processes/log.h"

#include <QCoreApplication>

#include <cerrno>
#include <utility>

namespace bulkhead {

Settings::Settings() : Settings(Place()) {}

Settings::Settings(const Place &place, QObject *parent)
    : QObject(parent), m_place(place), m_isKept(!place.file.isEmpty())
{
    m_writer.setMaxThreadCount(1);
    m_timer.setSingleShot(true);
    connect(&m_timer, &QTimer::timeout, this, &Settings::write);
    if (!m_isKept)
        return;
    load();
    reportMisfits();
}

Settings::~Settings()
{
    m_timer.stop();
    waitForWriter(); // what it could not write is pending again
    write();
    waitForWriter();
    if (m_isKept && !m_pending.isEmpty())
        log::error(tr("These settings are lost: %1").arg(QStringList(m_pending.keys()).join(QStringLiteral(", "))));
}

void Settings::load()
{
    const settings_file::Contents contents = settings_file::load(m_place.file);
    m_values = contents.values;
    m_notices = contents.notices;
    m_isKept = contents.mayWrite;
    if (!contents.isThere)
        importOld();
}

/// The first start since there is settings.json.
void Settings::importOld()
{
    const Result<QJsonObject> old = readOldSettings(m_place.oldFile);
    if (!old) {
        if (old.error().number != ENOENT)
            m_notices
                << tr("The settings of the version before could not be taken over from %1: %2. The file was left as "
                      "it is.")
                       .arg(m_place.oldFile, QString::fromStdString(old.error().what));
        return;
    }
    m_values = *old;
    for (auto value = old->begin(); value != old->end(); ++value)
        m_pending.insert(value.key(), *value);
    scheduleWrite();
}

void Settings::reportMisfits() const
{
    const QList<AnySettingKey> keys = allSettings();
    for (const AnySettingKey &key : keys) {
        const QString name = nameOf(key);
        const QString wanted = m_values.contains(name) ? misfit(key, m_values[name]) : QString();
        if (!wanted.isEmpty())
            log::warn(tr("%1 in %2 is not %3: it counts as not set.").arg(name, m_place.file, wanted));
    }
}

void Settings::put(const QString &name, const QJsonValue &value)
{
    if (m_values[name] == value)
        return;
    if (value.isUndefined())
        m_values.remove(name);
    else
        m_values.insert(name, value);
    if (m_isKept) {
        m_pending.insert(name, value);
        scheduleWrite();
    }
    Q_EMIT changed(name);
}

void Settings::scheduleWrite()
{
    // Not restarted by further changes: what changes all the time is written all the same.
    if (!m_pending.isEmpty() && m_inHand.isEmpty() && !m_timer.isActive())
        m_timer.start(m_trouble.isEmpty() ? m_place.writeAfter : m_place.tryAgainAfter);
}

void Settings::write()
{
    if (m_pending.isEmpty() || !m_inHand.isEmpty())
        return;
    m_inHand = std::exchange(m_pending, {});
    m_writer.start([this, file = m_place.file, changes = m_inHand, all = m_values] {
        // The destructor waits for this.
        QMetaObject::invokeMethod(
            this, [this, result = settings_file::change(file, changes, all)] { written(result); },
            Qt::QueuedConnection);
    });
}

void Settings::written(const Result<void> &result)
{
    const settings_file::Changes tried = std::exchange(m_inHand, {});
    QString trouble;
    if (!result) {
        for (auto change = tried.cbegin(); change != tried.cend(); ++change) {
            if (!m_pending.contains(change.key()))
                m_pending.insert(change.key(), *change);
        }
        trouble =
            tr("Settings cannot be written to %1: %2. Make room there, or make it writable; Bulkhead tries again by "
               "itself.")
                .arg(m_place.file, QString::fromStdString(result.error().what));
    }
    const bool isNews = trouble != m_trouble;
    m_trouble = trouble;
    scheduleWrite();
    if (isNews)
        Q_EMIT writeTroubleChanged();
}

void Settings::waitForWriter()
{
    m_writer.waitForDone();
    QCoreApplication::sendPostedEvents(this, QEvent::MetaCall);
}

} // namespace bulkhead
