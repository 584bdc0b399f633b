// SPDX-License-Identifier: BSD-3-Clause
#include "browser/desktop/settings/setting_keys.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace bulkhead {

namespace {

/// As it would stand in the file.
QString asWritten(const QJsonValue &value)
{
    const QByteArray list = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(list.mid(1, list.size() - 2));
}

template <class T>
QString rowOf(const SettingKey<T> &key)
{
    return QStringLiteral("| `%1` | %2 | `%3` | %4 |\n")
        .arg(key.key(), SettingCodec<T>::description(key.bounds), asWritten(SettingCodec<T>::toJson(key.defaultValue)),
             QString::fromUtf8(key.documentation));
}

template <class T>
QString misfitOf(const SettingKey<T> &key, const QJsonValue &json)
{
    return SettingCodec<T>::fromJson(json, key.bounds) ? QString() : SettingCodec<T>::description(key.bounds);
}

} // namespace

QList<AnySettingKey> allSettings()
{
    return {&setting::WindowGeometry, &setting::PanelWidth, &setting::ToolDocks};
}

QString misfit(const AnySettingKey &key, const QJsonValue &json)
{
    return std::visit([&json](const auto *known) { return misfitOf(*known, json); }, key);
}

QString nameOf(const AnySettingKey &key)
{
    return std::visit([](const auto *known) { return known->key(); }, key);
}

QString settingsTable()
{
    QString table = QStringLiteral("| setting | is | unless set | what it is for |\n|---|---|---|---|\n");
    const QList<AnySettingKey> keys = allSettings();
    for (const AnySettingKey &key : keys)
        table += std::visit([](const auto *known) { return rowOf(*known); }, key);
    return table;
}

} // namespace bulkhead
