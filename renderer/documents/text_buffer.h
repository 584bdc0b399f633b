// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include "renderer/page/text_decoder.h"

#include <QString>

#include <optional>

namespace bulkhead {

/// The text of a plain-text document, decoded as its bytes arrive and made fit to be drawn: every line ends in '\n',
/// and characters that would draw nothing or garble a line become visible symbols (U+2400 and following for C0 control
/// characters, U+FFFD for C1). Memory is bounded: bytes beyond maximumBytes, or lines beyond maximumLines, are dropped
/// and isCut() says so. Main thread.
class TextBuffer
{
public:
    static constexpr qsizetype maximumBytes = 64 * 1024 * 1024;
    static constexpr qsizetype maximumLines = 10'000'000;

    TextBuffer(QString transportCharset, MetaCharset meta);

    void append(QByteArrayView bytes);
    void finish();

    /// Grows only; what was there before stays as it was.
    const QString &text() const { return m_text; }
    bool isCut() const { return m_cut; }

private:
    void decodeHead();
    void take(const QString &decoded);

    QString m_transportCharset;
    MetaCharset m_meta;
    QByteArray m_head; ///< until there are enough bytes to tell the encoding
    std::optional<TextDecoder> m_decoder;
    QString m_text;
    qsizetype m_bytes = 0;
    qsizetype m_lines = 0;
    bool m_afterReturn = false; ///< the last character was '\r', and a '\n' would belong to it
    bool m_cut = false;
};

} // namespace bulkhead
