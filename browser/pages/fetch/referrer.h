// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QUrl>

namespace bulkhead {

/// The Referer that a request to @p target says when a page at @p page makes it; empty for none.
/// strict-origin-when-cross-origin (https://w3c.github.io/webappsec-referrer-policy/): the whole address within an
/// origin, the origin to others, nothing from https: to http:, and nothing ever from what is not on the network. No
/// credentials, no fragment.
QByteArray referrerFor(const QUrl &page, const QUrl &target);

} // namespace bulkhead
