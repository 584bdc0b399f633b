// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/settings/setting_key.h"

#include <QList>

#include <variant>

namespace bulkhead {

/// All settings that there are. A new one is declared here and named in allSettings(); README.md beside this file shows
/// the list as settingsTable() writes it, and a test says so when it does not.
namespace setting {

inline const SettingKey<QByteArray> WindowGeometry{
    "window.geometry",
    {},
    {0, 4096},
    "Place and size of the window, as Qt writes them. Empty: the size of a first start."};
inline const SettingKey<int> PanelWidth{
    "window.panelWidth",
    0,
    {0, 10'000},
    "Width of the panel of downloads or history, in pixels. 0: as its content needs."};
inline const SettingKey<QByteArray> ToolDocks{
    "window.tools",
    {},
    {0, 64 << 10},
    "Which tools are open beside the pages and where, as Qt writes it. Empty: none."};

} // namespace setting

using AnySettingKey = std::variant<const SettingKey<bool> *, const SettingKey<int> *, const SettingKey<QString> *,
                                   const SettingKey<QByteArray> *>;

/// In the order of their names.
QList<AnySettingKey> allSettings();

/// Why @p json cannot be the value of the setting @p key: "a number from 1 to 5". Empty when it can.
QString misfit(const AnySettingKey &key, const QJsonValue &json);
QString nameOf(const AnySettingKey &key);

/// The list as a table for README.md.
QString settingsTable();

} // namespace bulkhead
