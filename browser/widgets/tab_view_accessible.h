// SPDX-License-Identifier: BSD-3-Clause
#pragma once

namespace bulkhead {

/// Has assistive technology see every TabView as a document, named by its title and described by its URL.
/// Call before the first is made; more calls do nothing. Main thread.
void installTabViewAccessibility();

} // namespace bulkhead
