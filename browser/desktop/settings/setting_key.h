// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <limits>
#include <optional>

namespace bulkhead {

/// What a setting may be: bounds of a number, or of the length of a text (characters) or of bytes.
struct SettingBounds
{
    qint64 least = 0;
    qint64 most = std::numeric_limits<int>::max();
};

/// One setting: its name in the file, what holds when it was never set, and what it is for. T is bool, int, QString or
/// QByteArray. Settings are listed in setting_keys.h. Plain value.
template <class T>
struct SettingKey
{
    const char *name;
    T defaultValue;
    SettingBounds bounds;
    const char *documentation; ///< for people: a sentence or two

    QString key() const { return QString::fromLatin1(name); }
};

/// How values stand in the file. Bytes are base64.
template <class T>
struct SettingCodec
{
    static QJsonValue toJson(const T &value);
    /// Nothing when @p json is of another type or beyond @p bounds.
    static std::optional<T> fromJson(const QJsonValue &json, const SettingBounds &bounds);
    static bool fits(const T &value, const SettingBounds &bounds);
    /// For the documentation: "a number from 1 to 5".
    static QString description(const SettingBounds &bounds);
};

extern template struct SettingCodec<bool>;
extern template struct SettingCodec<int>;
extern template struct SettingCodec<QString>;
extern template struct SettingCodec<QByteArray>;

} // namespace bulkhead
