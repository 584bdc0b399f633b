// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Where a renderer gets fonts from.
enum class Fonts {
    FromSystem, ///< files, as every program does
    InMemory,   ///< loaded beforehand: later no file can be opened
};

/// Before there is a QGuiApplication.
void prepareFonts(Fonts fonts);
/// Loads into this process what every renderer needs and would otherwise load for itself: fonts, image plugins, locale.
/// For the zygote, whose children then share it; needs a QGuiApplication, and prepareFonts() before that. Starts no
/// threads.
void prepareRenderer();

} // namespace bulkhead
