// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QByteArrayView>

namespace bulkhead {

/// What engineMedia() says of media that always apply.
inline constexpr QByteArrayView allMedia = "all";

/// What the person prefers, for documents that can do both.
enum class PreferredColors { Light, Dark };

/// A media query list as the engine should read it: only queries that can apply to a screen, with the features that it
/// knows (sizes). What it does not know is decided here: pages are shown in the preferred @p colors, with a mouse,
/// without motion. Empty when the list can never apply.
QByteArray engineMedia(QByteArrayView mediaQueryList, PreferredColors colors = PreferredColors::Light);

} // namespace bulkhead
