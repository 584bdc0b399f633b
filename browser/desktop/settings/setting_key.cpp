// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/settings/setting_key.h"

#include <cmath>
#include <type_traits>

namespace bulkhead {

namespace {

bool isWithin(qint64 number, const SettingBounds &bounds)
{
    return number >= bounds.least && number <= bounds.most;
}

} // namespace

template <class T>
QJsonValue SettingCodec<T>::toJson(const T &value)
{
    if constexpr (std::is_same_v<T, QByteArray>)
        return QString::fromLatin1(value.toBase64());
    else
        return value;
}

template <class T>
std::optional<T> SettingCodec<T>::fromJson(const QJsonValue &json, const SettingBounds &bounds)
{
    std::optional<T> value;
    if constexpr (std::is_same_v<T, bool>) {
        if (json.isBool())
            value = json.toBool();
    } else if constexpr (std::is_same_v<T, int>) {
        const double number = json.toDouble(std::nan(""));
        if (number == std::floor(number) && std::abs(number) <= std::numeric_limits<int>::max())
            value = int(number);
    } else if constexpr (std::is_same_v<T, QString>) {
        if (json.isString())
            value = json.toString();
    } else {
        const auto bytes = QByteArray::fromBase64Encoding(
            json.toString().toLatin1(), QByteArray::Base64Encoding | QByteArray::AbortOnBase64DecodingErrors);
        if (json.isString() && bytes)
            value = *bytes;
    }
    if (!value || !fits(*value, bounds))
        return {};
    return value;
}

template <class T>
bool SettingCodec<T>::fits(const T &value, const SettingBounds &bounds)
{
    if constexpr (std::is_same_v<T, bool>)
        return true;
    else if constexpr (std::is_same_v<T, int>)
        return isWithin(value, bounds);
    else
        return isWithin(value.size(), bounds);
}

template <class T>
QString SettingCodec<T>::description(const SettingBounds &bounds)
{
    if constexpr (std::is_same_v<T, bool>)
        return QStringLiteral("true or false");
    else if constexpr (std::is_same_v<T, int>)
        return QStringLiteral("a number from %1 to %2").arg(bounds.least).arg(bounds.most);
    else if constexpr (std::is_same_v<T, QString>)
        return QStringLiteral("a text of %1 to %2 characters").arg(bounds.least).arg(bounds.most);
    else
        return QStringLiteral("%1 to %2 bytes, in base64").arg(bounds.least).arg(bounds.most);
}

template struct SettingCodec<bool>;
template struct SettingCodec<int>;
template struct SettingCodec<QString>;
template struct SettingCodec<QByteArray>;

} // namespace bulkhead
