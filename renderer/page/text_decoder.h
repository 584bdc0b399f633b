// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <memory>

struct UConverter;

namespace bulkhead {

/// How a document's bytes become text. Precedence: byte-order mark, then the transport's charset, then (HTML only) a
/// <meta> or an XML declaration in the first 1024 bytes, then UTF-8. Unknown names fall back to UTF-8 (windows-1252 for
/// the WHATWG's "latin1" family); malformed bytes become U+FFFD. Any thread.
/// Source of the label table: https://encoding.spec.whatwg.org/#names-and-labels
enum class MetaCharset { Ignore, Honour };

QString decodeText(QByteArrayView bytes, const QString &transportCharset, MetaCharset meta);

/// The WHATWG's name of the encoding that decodeText() would use for a document that begins with @p start, for example
/// "Shift_JIS". A byte-order mark counts as part of the name's evidence and is skipped by the decoder.
QByteArray encodingOf(QByteArrayView start, const QString &transportCharset, MetaCharset meta);

/// Decodes a document that arrives in pieces, with ICU; a character may be split between them. No file is read: the
/// conversion tables are part of ICU's library. One thread per value.
class TextDecoder
{
public:
    /// @p encoding as returned by encodingOf(); anything else means UTF-8.
    explicit TextDecoder(const QByteArray &encoding);
    ~TextDecoder();
    TextDecoder(TextDecoder &&) noexcept;
    TextDecoder &operator=(TextDecoder &&) noexcept;

    QString decode(QByteArrayView bytes);
    /// What an unfinished last character becomes: nothing or U+FFFD.
    QString finish();

private:
    enum class Flush { No, Yes };
    struct CloseConverter
    {
        void operator()(UConverter *converter) const;
    };

    QString convert(QByteArrayView bytes, Flush flush);

    bool m_started = false;
    std::unique_ptr<UConverter, CloseConverter> m_converter; ///< null: the "replacement" encoding
};

} // namespace bulkhead
