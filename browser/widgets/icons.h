// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QColor>
#include <QIcon>
#include <QPixmap>
#include <QSize>
#include <QString>
#include <QUrl>

namespace bulkhead {

/// Our icon with the freedesktop name @p name ("go-previous"), drawn at paint time in the palette's text colour at any
/// size. Not found: an empty icon. Never the desktop theme's: only the app's own pictures are decoded here.
QIcon standardIcon(const QString &name);

/// The same drawing in @p color, e.g. for a warning mark. Not found: an empty icon.
QIcon standardIcon(const QString &name, const QColor &color);

/// What stands for a page without an icon of its own, by where it comes from.
QIcon fallbackIcon(const QUrl &url);

/// One of our drawings as a pixmap of @p size logical pixels, lines in @p lines and tints in @p accent.
QPixmap illustration(const QString &name, QSize size, qreal devicePixelRatio, const QColor &lines,
                     const QColor &accent);

} // namespace bulkhead
