// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/documents/text_buffer.h"

namespace bulkhead {

namespace {

constexpr qsizetype bytesThatTellTheEncoding = 1024;
constexpr char16_t firstControlPicture = 0x2400;
constexpr char16_t deleteControlPicture = 0x2421;

char16_t drawable(char16_t c)
{
    if (c < 0x20) {
        return c == u'\t' ? c : char16_t(firstControlPicture + c);
    }
    if (c == 0x7F) {
        return deleteControlPicture;
    }
    return c >= 0x80 && c < 0xA0 ? char16_t(QChar::ReplacementCharacter) : c;
}

bool endsLine(char16_t c)
{
    return c == u'\n' || c == u'\r' || c == QChar::LineSeparator || c == QChar::ParagraphSeparator;
}

} // namespace

TextBuffer::TextBuffer(QString transportCharset, MetaCharset meta)
    : m_transportCharset(std::move(transportCharset)), m_meta(meta)
{
}

void TextBuffer::append(QByteArrayView bytes)
{
    if (m_cut) {
        return;
    }
    if (bytes.size() > maximumBytes - m_bytes) {
        bytes = bytes.first(maximumBytes - m_bytes);
        m_bytes = maximumBytes;
    } else {
        m_bytes += bytes.size();
    }
    if (m_decoder) {
        take(m_decoder->decode(bytes));
    } else {
        m_head.append(bytes);
        // Without a document's own word on it three bytes tell: a byte-order mark.
        if (m_head.size() >= (m_meta == MetaCharset::Honour ? bytesThatTellTheEncoding : 3)) {
            decodeHead();
        }
    }
    m_cut = m_cut || m_bytes == maximumBytes;
}

void TextBuffer::finish()
{
    decodeHead();
    take(m_decoder->finish());
}

void TextBuffer::decodeHead()
{
    if (!m_decoder) {
        m_decoder.emplace(encodingOf(m_head, m_transportCharset, m_meta));
        take(m_decoder->decode(m_head));
        m_head.clear();
    }
}

void TextBuffer::take(const QString &decoded)
{
    const qsizetype before = m_text.size();
    m_text.resize(before + decoded.size());
    QChar *out = m_text.data() + before;
    for (const QChar character : decoded) {
        const char16_t c = character.unicode();
        if (c >= 0x20 && c < 0x7F) [[likely]] {
            *out++ = character;
            m_afterReturn = false;
        } else if (endsLine(c)) {
            if (c == u'\n' && m_afterReturn) {
                m_afterReturn = false;
                continue;
            }
            if (m_lines == maximumLines) {
                m_cut = true;
                break;
            }
            ++m_lines;
            m_afterReturn = c == u'\r';
            *out++ = u'\n';
        } else {
            *out++ = drawable(c);
            m_afterReturn = false;
        }
    }
    m_text.resize(out - m_text.constData());
}

} // namespace bulkhead
