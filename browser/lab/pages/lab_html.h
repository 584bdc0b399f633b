// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "browser/pages/fetch/fetch.h"

#include <QUrl>

#include <memory>

namespace bulkhead {

class LabContext;

/// about:lab as a document, for runs without a window and for search: the pages, and every mechanism with the way of
/// its data and its code. Waits for the mechanisms without blocking.
std::unique_ptr<Fetch> openLabDocument(LabContext &context, const QUrl &url);

} // namespace bulkhead
