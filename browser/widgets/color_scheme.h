// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QColor>
#include <QString>

#include <optional>

class QApplication;
class QPalette;

namespace bulkhead {

enum class ColorScheme { System, Light, Dark };

/// "system", "light" or "dark", as on the command line; nothing for any other text.
std::optional<ColorScheme> colorSchemeFromName(const QString &name);

/// Makes the whole app light or dark, or as the desktop has it. May be called again while the app runs.
void applyColorScheme(QApplication &app, ColorScheme scheme);

/// Whether a widget with @p palette draws light text on a dark ground. The one test of darkness in the app.
bool isDark(const QPalette &palette);

/// Colours of the window's own parts, all derived from the palette, so that any desktop theme works. Where the palette
/// has the contrast of a high-contrast theme, lines and marks get the text's full colour instead of a shade.
namespace chrome {
QColor strip(const QPalette &palette);   ///< behind the tabs
QColor bar(const QPalette &palette);     ///< toolbar and active tab
QColor field(const QPalette &palette);   ///< the address field at rest
QColor line(const QPalette &palette);    ///< hairlines between parts
QColor hover(const QPalette &palette);   ///< over a control, translucent
QColor pressed(const QPalette &palette); ///< under a pressed control, translucent
QColor text(const QPalette &palette);
QColor faintText(const QPalette &palette); ///< of less importance, still readable (at least 4.5:1 on bar())
QColor accent(const QPalette &palette);    ///< progress, focus, links
QColor warning(const QPalette &palette);
QColor error(const QPalette &palette);
QColor mix(const QColor &a, const QColor &b, double share); ///< @p share of @p b in @p a, 0 to 1
} // namespace chrome

} // namespace bulkhead
