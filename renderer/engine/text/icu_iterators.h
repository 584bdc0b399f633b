// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringView>

#include <unicode/ubrk.h>

#include <cstdint>

namespace bulkhead::engine {

/// @p language (BCP 47, from a document) as a locale's name that is safe to hand to ICU; empty: the root's.
QByteArray icuLocale(const QString &language);

/// One of ICU's break iterators, set to @p text, which has to live as long as it is used. Iterators are kept for each
/// kind and locale, so whoever asks again for the same loses the first. Null when ICU has no rules.
UBreakIterator *breakIterator(UBreakIteratorType kind, const QByteArray &locale, QStringView text);

} // namespace bulkhead::engine
