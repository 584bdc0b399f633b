// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/markup_scanner.h"

namespace bulkhead::engine {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool startsWithIgnoringCase(QByteArrayView text, QByteArrayView start)
{
    return text.size() >= start.size() && qstrnicmp(text.data(), start.data(), std::size_t(start.size())) == 0;
}

} // namespace

void MarkupScanner::next(MarkupToken &token, CDataIn cdata)
{
    using Type = MarkupToken::Type;
    token.attributes.clear();
    token.text = token.name = {};
    token.isSelfClosing = false;
    token.type = Type::End;
    while (!atEnd()) {
        const qsizetype left = m_bytes.size() - m_at;
        if (m_bytes[m_at] == '<' && left > 1) {
            const char c = m_bytes[m_at + 1];
            if (isLetter(c) || (c == '/' && left > 2 && isLetter(m_bytes[m_at + 2])))
                return readTag(token);
            if (c == '!')
                return readMarkupDeclaration(token, cdata);
            if (c == '/' && left > 2 && m_bytes[m_at + 2] == '>') { // it is nothing
                m_at += 3;
                continue;
            }
            if (c == '?' || (c == '/' && left > 2)) {
                takePast('>');
                token.type = Type::Comment;
                return;
            }
        }
        const qsizetype end = m_bytes.indexOf('<', m_at + 1);
        token.type = Type::Text;
        token.text = m_bytes.sliced(m_at, (end < 0 ? m_bytes.size() : end) - m_at);
        m_at += token.text.size();
        return;
    }
}

void MarkupScanner::readMarkupDeclaration(MarkupToken &token, CDataIn cdata)
{
    const QByteArrayView rest = m_bytes.sliced(m_at);
    token.type = MarkupToken::Type::Comment;
    if (rest.startsWith("<!--")) {
        m_at = commentEnd();
    } else if (startsWithIgnoringCase(rest, "<!doctype")) {
        token.type = MarkupToken::Type::Doctype;
        token.text = takePast('>');
    } else if (cdata == CDataIn::Foreign && rest.startsWith("<![CDATA[")) {
        token.type = MarkupToken::Type::CData;
        const qsizetype end = rest.indexOf("]]>", 9);
        token.text = end < 0 ? rest.sliced(9) : rest.sliced(9, end - 9);
        m_at += end < 0 ? rest.size() : end + 3;
    } else {
        takePast('>');
    }
}

// A comment ends with "-->", "--!>", or at once with "<!-->" and "<!--->".
qsizetype MarkupScanner::commentEnd() const
{
    const qsizetype start = m_at + 4;
    const QByteArrayView rest = m_bytes.sliced(start);
    if (rest.startsWith('>'))
        return start + 1;
    if (rest.startsWith("->"))
        return start + 2;
    for (qsizetype at = start; (at = m_bytes.indexOf("--", at)) >= 0; ++at) {
        const QByteArrayView end = m_bytes.sliced(at + 2);
        if (end.startsWith('>'))
            return at + 3;
        if (end.startsWith("!>"))
            return at + 4;
    }
    return m_bytes.size();
}

void MarkupScanner::readTag(MarkupToken &token)
{
    token.type = m_bytes[m_at + 1] == '/' ? MarkupToken::Type::EndTag : MarkupToken::Type::StartTag;
    m_at += token.type == MarkupToken::Type::EndTag ? 2 : 1;
    const qsizetype start = m_at;
    while (!atEnd() && !isSpace(m_bytes[m_at]) && m_bytes[m_at] != '>' && m_bytes[m_at] != '/')
        ++m_at;
    token.name = m_bytes.sliced(start, m_at - start);
    readAttributes(token);
}

void MarkupScanner::readAttributes(MarkupToken &token)
{
    for (;;) {
        skipSpace();
        if (atEnd())
            break;
        if (m_bytes[m_at] == '>') {
            ++m_at;
            return;
        }
        if (m_bytes[m_at] == '/') {
            ++m_at;
            token.isSelfClosing = !atEnd() && m_bytes[m_at] == '>';
            continue;
        }
        const qsizetype start = m_at++; // an equals sign may begin a name
        while (!atEnd() && !isSpace(m_bytes[m_at]) && m_bytes[m_at] != '>' && m_bytes[m_at] != '/' &&
               m_bytes[m_at] != '=')
            ++m_at;
        MarkupToken::Attribute attribute{m_bytes.sliced(start, m_at - start), {}};
        skipSpace();
        if (!atEnd() && m_bytes[m_at] == '=') {
            ++m_at;
            attribute.value = readValue();
        }
        if (qsizetype(token.attributes.size()) < m_maxAttributes)
            token.attributes.push_back(attribute);
    }
    token.type = MarkupToken::Type::End; // the document ended inside the tag, which then does not exist
}

QByteArrayView MarkupScanner::readValue()
{
    skipSpace();
    if (!atEnd() && (m_bytes[m_at] == '"' || m_bytes[m_at] == '\'')) {
        const char quote = m_bytes[m_at++];
        return takePast(quote);
    }
    const qsizetype start = m_at;
    while (!atEnd() && !isSpace(m_bytes[m_at]) && m_bytes[m_at] != '>')
        ++m_at;
    return m_bytes.sliced(start, m_at - start);
}

bool MarkupScanner::isEndTagAt(qsizetype at, QByteArrayView name) const
{
    const QByteArrayView rest = m_bytes.sliced(at);
    if (!rest.startsWith("</") || !startsWithIgnoringCase(rest.sliced(2), name))
        return false;
    const qsizetype after = 2 + name.size();
    return after < rest.size() && (isSpace(rest[after]) || rest[after] == '>' || rest[after] == '/');
}

void MarkupScanner::skipTag()
{
    MarkupToken ignored;
    readTag(ignored);
}

QByteArrayView MarkupScanner::takeRawText(QByteArrayView name)
{
    const qsizetype start = m_at;
    for (qsizetype at = m_at; (at = m_bytes.indexOf("</", at)) >= 0; at += 2) {
        if (!isEndTagAt(at, name))
            continue;
        m_at = at;
        skipTag();
        return m_bytes.sliced(start, at - start);
    }
    return takeRest();
}

QByteArrayView MarkupScanner::takeScript()
{
    enum class State { Data, Escaped, DoubleEscaped } state = State::Data;
    const qsizetype start = m_at;
    for (qsizetype at = m_at; at < m_bytes.size(); ++at) {
        const char c = m_bytes[at];
        if (c != '<' && c != '-')
            continue;
        const QByteArrayView rest = m_bytes.sliced(at);
        if (state != State::Data && rest.startsWith("-->")) {
            state = State::Data;
        } else if (state == State::Data && rest.startsWith("<!--")) {
            state = State::Escaped;
            ++at; // its dashes may be those of its end
        } else if (isEndTagAt(at, "script")) {
            if (state == State::DoubleEscaped) {
                state = State::Escaped;
                continue;
            }
            m_at = at;
            skipTag();
            return m_bytes.sliced(start, at - start);
        } else if (state == State::Escaped && startsWithIgnoringCase(rest, "<script") && rest.size() > 7 &&
                   (isSpace(rest[7]) || rest[7] == '>' || rest[7] == '/')) {
            state = State::DoubleEscaped;
        }
    }
    return takeRest();
}

QByteArrayView MarkupScanner::takeRest()
{
    const QByteArrayView rest = m_bytes.sliced(m_at);
    m_at = m_bytes.size();
    return rest;
}

void MarkupScanner::skipSpace()
{
    while (!atEnd() && isSpace(m_bytes[m_at]))
        ++m_at;
}

// What stands before the character, which is taken, too.
QByteArrayView MarkupScanner::takePast(char c)
{
    const qsizetype start = m_at;
    const qsizetype found = m_bytes.indexOf(c, m_at);
    m_at = found < 0 ? m_bytes.size() : found + 1;
    return m_bytes.sliced(start, (found < 0 ? m_bytes.size() : found) - start);
}

} // namespace bulkhead::engine
