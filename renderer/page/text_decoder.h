// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArrayView>
#include <QString>

namespace bulkhead {

/// How a document's bytes become text. Precedence: byte-order mark, then the transport's charset, then (HTML only) a
/// <meta> in the first 1024 bytes, then UTF-8. Unknown names fall back to UTF-8 (windows-1252 for the WHATWG's
/// "latin1" family); malformed bytes become U+FFFD. Any thread.
/// Source of the label table: https://encoding.spec.whatwg.org/#names-and-labels
enum class MetaCharset { Ignore, Honour };

QString decodeText(QByteArrayView bytes, const QString &transportCharset, MetaCharset meta);

}  // namespace bulkhead
