// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Loads into this process what every renderer needs and would otherwise load for itself: fonts, image plugins, locale.
/// For the zygote, whose children then share it; needs a QGuiApplication. Starts no threads.
void prepareRenderer();

} // namespace bulkhead
