// SPDX-License-Identifier: BSD-3-Clause
#pragma once

class QWidget;

namespace bulkhead {

class Tab;

/// Shows the table of contents of what a plugin shows as a menu at the top left of @p page; a choice scrolls there.
/// Both may go away meanwhile.
void openOutlineMenu(Tab &tab, QWidget &page);

} // namespace bulkhead
