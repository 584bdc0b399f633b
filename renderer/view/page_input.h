// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "ipc/messages/renderer.pb.h"

namespace bulkhead {

class Page;
class PageView;

/// Gives @p event to the page and, where the page has no use for it, scrolls the view as keyboards and wheels do.
/// False when neither used it: the browser may then (a wheel at the end of the page, Tab at its last link).
bool handleInput(const wire::InputEvent &event, Page &page, PageView &view);

} // namespace bulkhead
