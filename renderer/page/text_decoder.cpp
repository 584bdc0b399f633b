// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/page/text_decoder.h"

#include <QHash>

#include <unicode/ucnv.h>
#include <unicode/ucnv_cb.h>
#include <unicode/ucnv_err.h>

#include <optional>
#include <utility>

namespace bulkhead {

namespace {

struct Encoding
{
    const char *name;   ///< the WHATWG's
    const char *icu;    ///< ICU's converter; null: nothing is decoded
    const char *labels; ///< separated by spaces
};

// ICU's names differ where the web's encoding is a superset of the one named: GBK is read as GB 18030, Shift_JIS as
// Windows-31J, Big5 with the Hong Kong supplement.
constexpr Encoding encodings[] = {
    {"UTF-8", "UTF-8", "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8"},
    {"UTF-16BE", "UTF-16BE", "unicodefffe utf-16be"},
    {"UTF-16LE", "UTF-16LE", "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le"},
    {"IBM866", "ibm-866", "866 cp866 csibm866 ibm866"},
    {"ISO-8859-2", "iso-8859-2",
     "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2"},
    {"ISO-8859-3", "iso-8859-3",
     "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3"},
    {"ISO-8859-4", "iso-8859-4",
     "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4"},
    {"ISO-8859-5", "iso-8859-5",
     "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988"},
    {"ISO-8859-6", "iso-8859-6",
     "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i "
     "iso-ir-127 "
     "iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987"},
    {"ISO-8859-7", "iso-8859-7",
     "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 "
     "iso_8859-7:1987 sun_eu_greek"},
    {"ISO-8859-8", "iso-8859-8",
     "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 "
     "iso_8859-8:1988 visual"},
    {"ISO-8859-8-I", "iso-8859-8", "csiso88598i iso-8859-8-i logical"},
    {"ISO-8859-10", "iso-8859_10-1998", "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6"},
    {"ISO-8859-13", "iso-8859-13", "iso-8859-13 iso8859-13 iso885913"},
    {"ISO-8859-14", "iso-8859_14-1998", "iso-8859-14 iso8859-14 iso885914"},
    {"ISO-8859-15", "iso-8859-15", "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9"},
    {"KOI8-R", "KOI8-R", "cskoi8r koi koi8 koi8-r koi8_r"},
    {"KOI8-U", "KOI8-U", "koi8-ru koi8-u"},
    {"macintosh", "macintosh", "csmacintosh mac macintosh x-mac-roman"},
    {"windows-874", "windows-874-2000", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874"},
    {"windows-1250", "windows-1250", "cp1250 windows-1250 x-cp1250"},
    {"windows-1251", "windows-1251", "cp1251 windows-1251 x-cp1251"},
    {"windows-1252", "windows-1252",
     "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
     "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252"},
    {"windows-1253", "windows-1253", "cp1253 windows-1253 x-cp1253"},
    {"windows-1254", "windows-1254",
     "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 "
     "x-cp1254"},
    {"windows-1255", "windows-1255", "cp1255 windows-1255 x-cp1255"},
    {"windows-1256", "windows-1256", "cp1256 windows-1256 x-cp1256"},
    {"windows-1257", "windows-1257", "cp1257 windows-1257 x-cp1257"},
    {"windows-1258", "windows-1258", "cp1258 windows-1258 x-cp1258"},
    {"x-mac-cyrillic", "x-mac-cyrillic", "x-mac-cyrillic x-mac-ukrainian"},
    {"GBK", "gb18030", "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk"},
    {"gb18030", "gb18030", "gb18030"},
    {"Big5", "Big5-HKSCS", "big5 big5-hkscs cn-big5 csbig5 x-x-big5"},
    {"EUC-JP", "EUC-JP", "cseucpkdfmtjapanese euc-jp x-euc-jp"},
    {"ISO-2022-JP", "ISO-2022-JP", "csiso2022jp iso-2022-jp"},
    {"Shift_JIS", "windows-31j", "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis"},
    {"EUC-KR", "windows-949",
     "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949"},
    // The WHATWG refuses these: they were used to smuggle markup past filters.
    {"replacement", nullptr, "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement"},
};

const Encoding *encodingForLabel(QByteArrayView label)
{
    static const QHash<QByteArray, const Encoding *> table = [] {
        QHash<QByteArray, const Encoding *> all;
        for (const Encoding &encoding : encodings) {
            for (const QByteArray &name : QByteArray(encoding.labels).split(' ')) {
                all.insert(name, &encoding);
            }
        }
        return all;
    }();
    return table.value(label.trimmed().toByteArray().toLower());
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/// Reads the attributes of a tag, as far as looking for an encoding needs it.
/// Source: https://html.spec.whatwg.org/#concept-get-attributes-when-sniffing
class AttributeReader
{
public:
    AttributeReader(QByteArrayView bytes, qsizetype &position) : m_bytes(bytes), m_position(position) {}

    /// False at the tag's end or at the end of the bytes.
    bool next(QByteArray &name, QByteArray &value)
    {
        name.clear();
        value.clear();
        while (has() && (isSpace(here()) || here() == '/')) {
            ++m_position;
        }
        if (!has() || here() == '>') {
            return false;
        }
        while (has() && !isSpace(here()) && here() != '/' && here() != '>' && (here() != '=' || name.isEmpty())) {
            name += m_bytes[m_position++];
        }
        skipSpace();
        if (has() && here() == '=') {
            ++m_position;
            skipSpace();
            readValue(value);
        }
        name = name.toLower();
        return true;
    }

private:
    bool has() const { return m_position < m_bytes.size(); }
    char here() const { return m_bytes[m_position]; }
    void skipSpace()
    {
        while (has() && isSpace(here())) {
            ++m_position;
        }
    }
    void readValue(QByteArray &value)
    {
        if (has() && (here() == '"' || here() == '\'')) {
            const char quote = m_bytes[m_position++];
            while (has() && here() != quote) {
                value += m_bytes[m_position++];
            }
            ++m_position;
        } else {
            while (has() && !isSpace(here()) && here() != '>') {
                value += m_bytes[m_position++];
            }
        }
    }

    QByteArrayView m_bytes;
    qsizetype &m_position;
};

/// The charset in a value like "text/html; charset=koi8-r".
QByteArray charsetOfContentType(const QByteArray &value)
{
    const QByteArray lower = value.toLower();
    for (qsizetype at = lower.indexOf("charset"); at >= 0; at = lower.indexOf("charset", at)) {
        at += qsizetype(strlen("charset"));
        QByteArray rest = lower.mid(at).trimmed();
        if (!rest.startsWith('=')) {
            continue;
        }
        rest = rest.mid(1).trimmed();
        if (rest.startsWith('"') || rest.startsWith('\'')) {
            const qsizetype end = rest.indexOf(rest[0], 1);
            return end < 0 ? QByteArray() : rest.mid(1, end - 1);
        }
        qsizetype end = 0;
        while (end < rest.size() && !isSpace(rest[end]) && rest[end] != ';') {
            ++end;
        }
        return rest.left(end);
    }
    return {};
}

/// What a document that could be read so far may say of itself: not UTF-16, which its bytes were not.
const Encoding *selfDeclared(QByteArrayView label)
{
    if (label.compare("x-user-defined", Qt::CaseInsensitive) == 0) {
        return encodingForLabel("windows-1252");
    }
    const Encoding *encoding = encodingForLabel(label);
    if (encoding != nullptr && QByteArrayView(encoding->name).startsWith("UTF-16")) {
        return encodingForLabel("utf-8");
    }
    return encoding;
}

const Encoding *encodingOfMeta(QByteArrayView bytes, qsizetype &position)
{
    QByteArray name, value, charset, content;
    bool isContentType = false;
    AttributeReader attributes(bytes, position);
    while (attributes.next(name, value)) {
        if (name == "charset" && charset.isEmpty()) {
            charset = value;
        } else if (name == "http-equiv" && value.toLower() == "content-type") {
            isContentType = true;
        } else if (name == "content" && content.isEmpty()) {
            content = charsetOfContentType(value);
        }
    }
    if (charset.isEmpty() && isContentType) {
        charset = content;
    }
    return charset.isEmpty() ? nullptr : selfDeclared(charset);
}

/// Source: https://html.spec.whatwg.org/#prescan-a-byte-stream-to-determine-its-encoding
const Encoding *prescan(QByteArrayView bytes)
{
    bytes = bytes.first(qMin<qsizetype>(bytes.size(), 1024));
    if (bytes.startsWith("<?xml")) {
        qsizetype position = qsizetype(strlen("<?xml"));
        const qsizetype end = bytes.indexOf('>');
        QByteArray name, value;
        AttributeReader attributes(bytes.first(end < 0 ? bytes.size() : end), position);
        while (attributes.next(name, value)) {
            if (name == "encoding") {
                if (const Encoding *encoding = selfDeclared(value)) {
                    return encoding;
                }
            }
        }
    }
    for (qsizetype position = bytes.indexOf('<'); position >= 0; position = bytes.indexOf('<', position)) {
        const QByteArrayView rest = bytes.sliced(position);
        if (rest.startsWith("<!--")) {
            const qsizetype end = bytes.indexOf("-->", position + 2);
            if (end < 0) {
                return nullptr;
            }
            position = end + 3;
        } else if (rest.size() > 5 && rest.first(5).compare("<meta", Qt::CaseInsensitive) == 0 &&
                   (isSpace(rest[5]) || rest[5] == '/')) {
            position += 5;
            if (const Encoding *encoding = encodingOfMeta(bytes, position)) {
                return encoding;
            }
        } else if (rest.size() > 1 && (isalpha(uchar(rest[1])) || rest[1] == '/')) {
            while (position < bytes.size() && !isSpace(bytes[position]) && bytes[position] != '>') {
                ++position;
            }
            QByteArray name, value;
            AttributeReader attributes(bytes, position);
            while (attributes.next(name, value)) {
            }
        } else {
            ++position;
        }
        if (position >= bytes.size()) {
            break;
        }
    }
    return nullptr;
}

std::optional<QByteArray> encodingOfByteOrderMark(QByteArrayView start)
{
    if (start.startsWith("\xEF\xBB\xBF")) {
        return QByteArray("UTF-8");
    }
    if (start.startsWith("\xFE\xFF")) {
        return QByteArray("UTF-16BE");
    }
    if (start.startsWith("\xFF\xFE")) {
        return QByteArray("UTF-16LE");
    }
    return std::nullopt;
}

/// ICU's own callback writes U+001A in place of single bytes.
void substitute(const void *, UConverterToUnicodeArgs *arguments, const char *, int32_t,
                UConverterCallbackReason reason, UErrorCode *error)
{
    if (reason == UCNV_UNASSIGNED || reason == UCNV_ILLEGAL || reason == UCNV_IRREGULAR) {
        *error = U_ZERO_ERROR;
        const UChar replacement = 0xFFFD;
        ucnv_cbToUWriteUChars(arguments, &replacement, 1, 0, error);
    }
}

} // namespace

QByteArray encodingOf(QByteArrayView start, const QString &transportCharset, MetaCharset meta)
{
    if (const auto marked = encodingOfByteOrderMark(start)) {
        return *marked;
    }
    if (const Encoding *encoding = encodingForLabel(transportCharset.toLatin1())) {
        return encoding->name;
    }
    if (meta == MetaCharset::Honour) {
        if (const Encoding *encoding = prescan(start)) {
            return encoding->name;
        }
    }
    return "UTF-8";
}

QString decodeText(QByteArrayView bytes, const QString &transportCharset, MetaCharset meta)
{
    TextDecoder decoder(encodingOf(bytes, transportCharset, meta));
    QString text = decoder.decode(bytes);
    text += decoder.finish();
    return text;
}

void TextDecoder::CloseConverter::operator()(UConverter *converter) const
{
    ucnv_close(converter);
}

TextDecoder::TextDecoder(const QByteArray &encoding)
{
    const Encoding *known = encodingForLabel(encoding);
    const char *converter = known == nullptr ? "UTF-8" : known->icu;
    if (converter == nullptr) {
        return;
    }
    UErrorCode error = U_ZERO_ERROR;
    m_converter.reset(ucnv_open(converter, &error));
    if (U_FAILURE(error)) {
        error = U_ZERO_ERROR;
        m_converter.reset(ucnv_open("UTF-8", &error));
    }
    ucnv_setToUCallBack(m_converter.get(), substitute, nullptr, nullptr, nullptr, &error);
}

TextDecoder::~TextDecoder() = default;
TextDecoder::TextDecoder(TextDecoder &&) noexcept = default;
TextDecoder &TextDecoder::operator=(TextDecoder &&) noexcept = default;

QString TextDecoder::decode(QByteArrayView bytes)
{
    return bytes.isEmpty() ? QString() : convert(bytes, Flush::No);
}

QString TextDecoder::finish()
{
    return convert({}, Flush::Yes);
}

QString TextDecoder::convert(QByteArrayView bytes, Flush flush)
{
    if (!m_converter) {
        const bool first = !bytes.isEmpty() && !std::exchange(m_started, true);
        return first ? QString(QChar(QChar::ReplacementCharacter)) : QString();
    }
    QString text;
    text.reserve(bytes.size() + 1);
    const char *source = bytes.data();
    const char *const end = source + bytes.size();
    UErrorCode error = U_ZERO_ERROR;
    do {
        error = U_ZERO_ERROR;
        UChar buffer[4096];
        UChar *target = buffer;
        ucnv_toUnicode(m_converter.get(), &target, buffer + std::size(buffer), &source, end, nullptr,
                       flush == Flush::Yes, &error);
        text.append(reinterpret_cast<const QChar *>(buffer), target - buffer);
    } while (error == U_BUFFER_OVERFLOW_ERROR);
    if (!text.isEmpty() && !std::exchange(m_started, true) && text.front() == QChar(QChar::ByteOrderMark)) {
        text.remove(0, 1);
    }
    return text;
}

} // namespace bulkhead
