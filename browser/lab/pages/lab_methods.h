// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/desktop/remote/control_methods.h"

namespace bulkhead {

class LabView;

/// `lab.pages`, `lab.open`, `lab.start`, `lab.cancel`, `lab.wait`, `lab.export`: what a person does with the lab's
/// pages.
/// @p view gives the view in which a page is shown, opened in a tab if there is none yet; null in a run without a
/// window.
void addLabMethods(ControlMethods &methods, std::function<LabView *(const QString &page)> view);

} // namespace bulkhead
