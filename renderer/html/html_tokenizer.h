// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <vector>

namespace bulkhead {

struct HtmlAttribute
{
    QByteArray name;      ///< lower case
    QByteArrayView value; ///< as written, character references not resolved
};

struct HtmlToken
{
    enum Type { End, Text, StartTag, EndTag, Doctype, CData, Other };

    Type type = End;
    QByteArrayView text; ///< Text, CData: as written
    QByteArray name;     ///< tags: lower case
    std::vector<HtmlAttribute> attributes;
    bool selfClosing = false;
};

/// Splits markup into tokens, looking at each byte a bounded number of times. Comments and declarations come as Other.
/// The views point into the bytes given, which must outlive the tokens.
class HtmlTokenizer
{
public:
    HtmlTokenizer(QByteArrayView utf8, int maxAttributes) : m_bytes(utf8), m_maxAttributes(maxAttributes) {}

    HtmlToken next();

    qsizetype position() const { return m_at; }

    /// What stands before the end tag of @p name, which is consumed; the rest when there is none.
    QByteArrayView rawUntilEndTag(QByteArrayView name);

private:
    HtmlToken readTag();
    void readAttributes(HtmlToken &token);
    void skipSpace();
    qsizetype skipPast(char c);

    QByteArrayView m_bytes;
    int m_maxAttributes;
    qsizetype m_at = 0;
};

/// Resolves &amp; &lt; &gt; &quot; &apos; &nbsp; and numeric references; others stay as written.
QByteArray decodeCharacterReferences(QByteArrayView text);

/// For an attribute value in double quotes.
QByteArray escapeAttribute(QByteArrayView text);

} // namespace bulkhead
