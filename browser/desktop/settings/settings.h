// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/settings/setting_key.h"
#include "browser/desktop/settings/settings_file.h"

#include <QObject>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

#include <chrono>

namespace bulkhead {

/// What the person set, by keys of setting_keys.h: read at once, kept in settings.json of the profile, written in the
/// background a moment after a change and before the destructor returns. What goes wrong is told by ProfileNotices.
/// Main thread.
class Settings : public QObject
{
    Q_OBJECT
public:
    struct Place
    {
        QString file;    ///< empty: nothing is kept
        QString oldFile; ///< settings.ini of the versions before; read once, never written
        std::chrono::milliseconds writeAfter{1000};
        std::chrono::milliseconds tryAgainAfter{30'000}; ///< when the disk is full, and the like
    };

    /// Nothing is kept.
    Settings();
    explicit Settings(const Place &place, QObject *parent = nullptr);
    ~Settings() override;

    /// The default when it was never set, or when the file has something that it cannot be.
    template <class T>
    T value(const SettingKey<T> &key) const
    {
        return SettingCodec<T>::fromJson(m_values[key.key()], key.bounds).value_or(key.defaultValue);
    }
    /// False, and nothing happens, when @p value is beyond the key's bounds.
    template <class T>
    bool set(const SettingKey<T> &key, const T &value)
    {
        if (!SettingCodec<T>::fits(value, key.bounds))
            return false;
        put(key.key(), SettingCodec<T>::toJson(value));
        return true;
    }
    /// Back to the default.
    template <class T>
    void reset(const SettingKey<T> &key)
    {
        put(key.key(), QJsonValue(QJsonValue::Undefined));
    }

    /// Calls @p changed with the new value whenever it is another, as long as @p context lives.
    template <class T, class Function>
    void watch(const SettingKey<T> &key, QObject *context, Function changed)
    {
        connect(this, &Settings::changed, context, [this, key, changed](const QString &name) {
            if (name == key.key())
                changed(value(key));
        });
    }

    /// Sentences for the person: what was found in the file's place.
    const QStringList &notices() const { return m_notices; }
    /// Why the newest changes are not on the disk; empty when nothing is wrong.
    const QString &writeTrouble() const { return m_trouble; }

Q_SIGNALS:
    void changed(const QString &name);
    void writeTroubleChanged();

private:
    void load();
    void importOld();
    void reportMisfits() const;
    void put(const QString &name, const QJsonValue &value);
    void scheduleWrite();
    void write();
    void written(const Result<void> &result);
    void waitForWriter();

    Place m_place;
    bool m_isKept; ///< false: values end with the app
    QJsonObject m_values;
    QStringList m_notices;
    QString m_trouble;
    settings_file::Changes m_pending; ///< not yet handed to the writer
    settings_file::Changes m_inHand;  ///< the writer has them
    QTimer m_timer;
    QThreadPool m_writer; ///< one thread
};

} // namespace bulkhead
