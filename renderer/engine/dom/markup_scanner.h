// SPDX-License-Identifier: BSD-3-Clause
#pragma once

#include <QByteArrayView>

#include <vector>

namespace bulkhead::engine {

/// A piece of HTML. Its views point into the source.
struct MarkupToken
{
    enum class Type { End, Text, StartTag, EndTag, Comment, Doctype, CData };
    struct Attribute
    {
        QByteArrayView name;  ///< as written
        QByteArrayView value; ///< as written, character references not resolved
    };

    Type type = Type::End;
    QByteArrayView text; ///< Text, CData, Doctype: as written
    QByteArrayView name; ///< of tags, as written
    std::vector<Attribute> attributes;
    bool isSelfClosing = false;
};

/// What "<![CDATA[" begins, which only the tree knows.
enum class CDataIn { Html, Foreign };

/// Splits HTML into tokens as the standard's tokenizer does, leaving character references alone. Looks at each byte a
/// bounded number of times. https://html.spec.whatwg.org/multipage/parsing.html#tokenization
class MarkupScanner
{
public:
    MarkupScanner(QByteArrayView utf8, int maxAttributes) : m_bytes(utf8), m_maxAttributes(maxAttributes) {}

    void next(MarkupToken &token, CDataIn cdata);
    qsizetype position() const { return m_at; }

    /// What stands before the end tag of @p name, which is taken, too; all the rest when there is none.
    QByteArrayView takeRawText(QByteArrayView name);
    /// Likewise of a script, which may hold "<!-- <script> </script> -->".
    QByteArrayView takeScript();
    QByteArrayView takeRest();

private:
    void readTag(MarkupToken &token);
    void readAttributes(MarkupToken &token);
    void readMarkupDeclaration(MarkupToken &token, CDataIn cdata);
    QByteArrayView readValue();
    bool isEndTagAt(qsizetype at, QByteArrayView name) const;
    qsizetype commentEnd() const;
    void skipSpace();
    void skipTag();
    QByteArrayView takePast(char c);
    bool atEnd() const { return m_at >= m_bytes.size(); }

    QByteArrayView m_bytes;
    int m_maxAttributes;
    qsizetype m_at = 0;
};

} // namespace bulkhead::engine
