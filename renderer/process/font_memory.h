// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Makes this machine's fonts usable where no file can be opened. Every font file is mapped (not read: that happens
/// when a font is used, and all processes share the pages), and fontconfig, whose caches are mapped as well, is told to
/// look for nothing new. Qt opens a font by FreeType's FT_New_Face(), which this program has a version of: it takes the
/// file's mapping where there is one. To be called before there is a QGuiApplication; starts no threads. What is mapped
/// stays, and is read from any thread.
void holdFontsInMemory();

/// Whether fonts were opened that way; false after text was painted means that this Qt does not use the system's
/// FreeType.
bool fontsCameFromMemory();

} // namespace bulkhead
