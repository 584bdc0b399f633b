// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_tokenizer.h"

#include <QString>

#include <algorithm>

namespace bulkhead {

namespace {

bool isSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

} // namespace

HtmlToken HtmlTokenizer::next()
{
    HtmlToken token;
    if (m_at >= m_bytes.size())
        return token;
    const qsizetype start = m_at;
    if (m_bytes[m_at] == '<' && m_at + 1 < m_bytes.size()) {
        const char c = m_bytes[m_at + 1];
        const bool endTag = c == '/' && m_at + 2 < m_bytes.size() && isLetter(m_bytes[m_at + 2]);
        if (isLetter(c) || endTag)
            return readTag();
        if (c == '!' && m_bytes.sliced(m_at).startsWith("<!--")) {
            const qsizetype end = m_bytes.indexOf("-->", m_at + 2);
            m_at = end < 0 ? m_bytes.size() : end + 3;
            token.type = HtmlToken::Other;
            return token;
        }
        if (c == '!' && m_bytes.sliced(m_at).startsWith("<![CDATA[")) {
            const qsizetype end = m_bytes.indexOf("]]>", m_at + 9);
            token.text = m_bytes.sliced(m_at + 9, (end < 0 ? m_bytes.size() : end) - m_at - 9);
            m_at = end < 0 ? m_bytes.size() : end + 3;
            token.type = HtmlToken::CData;
            return token;
        }
        if (c == '!' || c == '?' || c == '/') {
            const bool doctype = m_bytes.size() - m_at >= 9 && equalsIgnoringCase(m_bytes.sliced(m_at, 9), "<!doctype");
            skipPast('>');
            token.type = doctype ? HtmlToken::Doctype : HtmlToken::Other;
            return token;
        }
    }
    qsizetype end = m_bytes.indexOf('<', start + 1);
    m_at = end < 0 ? m_bytes.size() : end;
    token.type = HtmlToken::Text;
    token.text = m_bytes.sliced(start, m_at - start);
    return token;
}

HtmlToken HtmlTokenizer::readTag()
{
    HtmlToken token;
    token.type = m_bytes[m_at + 1] == '/' ? HtmlToken::EndTag : HtmlToken::StartTag;
    m_at += token.type == HtmlToken::EndTag ? 2 : 1;
    const qsizetype start = m_at;
    while (m_at < m_bytes.size() && !isSpace(m_bytes[m_at]) && m_bytes[m_at] != '>' && m_bytes[m_at] != '/')
        ++m_at;
    token.name = m_bytes.sliced(start, qMin<qsizetype>(m_at - start, 64)).toByteArray().toLower();
    readAttributes(token);
    return token;
}

void HtmlTokenizer::readAttributes(HtmlToken &token)
{
    while (m_at < m_bytes.size()) {
        skipSpace();
        if (m_at >= m_bytes.size())
            break;
        if (m_bytes[m_at] == '>') {
            ++m_at;
            return;
        }
        if (m_bytes[m_at] == '/') {
            ++m_at;
            token.selfClosing = m_at < m_bytes.size() && m_bytes[m_at] == '>';
            continue;
        }
        const qsizetype nameStart = m_at;
        ++m_at; // an equals sign may start a name
        while (m_at < m_bytes.size() && !isSpace(m_bytes[m_at]) && m_bytes[m_at] != '>' && m_bytes[m_at] != '/' &&
               m_bytes[m_at] != '=')
            ++m_at;
        const QByteArrayView name = m_bytes.sliced(nameStart, m_at - nameStart);
        skipSpace();
        QByteArrayView value;
        if (m_at < m_bytes.size() && m_bytes[m_at] == '=') {
            ++m_at;
            skipSpace();
            if (m_at < m_bytes.size() && (m_bytes[m_at] == '"' || m_bytes[m_at] == '\'')) {
                const char quote = m_bytes[m_at++];
                const qsizetype valueStart = m_at;
                value = m_bytes.sliced(valueStart, skipPast(quote) - valueStart);
            } else {
                const qsizetype valueStart = m_at;
                while (m_at < m_bytes.size() && !isSpace(m_bytes[m_at]) && m_bytes[m_at] != '>')
                    ++m_at;
                value = m_bytes.sliced(valueStart, m_at - valueStart);
            }
        }
        if (name.size() <= 64 && qsizetype(token.attributes.size()) < m_maxAttributes)
            token.attributes.push_back({name.toByteArray().toLower(), value});
    }
    token.type = HtmlToken::Other; // the document ended inside the tag, which then does not exist
}

QByteArrayView HtmlTokenizer::rawUntilEndTag(QByteArrayView name)
{
    const qsizetype start = m_at;
    for (qsizetype at = m_at; (at = m_bytes.indexOf("</", at)) >= 0; at += 2) {
        const qsizetype after = at + 2 + name.size();
        if (after > m_bytes.size() || !equalsIgnoringCase(m_bytes.sliced(at + 2, name.size()), name))
            continue;
        if (after < m_bytes.size() && !isSpace(m_bytes[after]) && m_bytes[after] != '>' && m_bytes[after] != '/')
            continue;
        m_at = after;
        skipPast('>');
        return m_bytes.sliced(start, at - start);
    }
    m_at = m_bytes.size();
    return m_bytes.sliced(start);
}

void HtmlTokenizer::skipSpace()
{
    while (m_at < m_bytes.size() && isSpace(m_bytes[m_at]))
        ++m_at;
}

// Returns where the character stands, or the end.
qsizetype HtmlTokenizer::skipPast(char c)
{
    const qsizetype found = m_bytes.indexOf(c, m_at);
    m_at = found < 0 ? m_bytes.size() : found + 1;
    return found < 0 ? m_bytes.size() : found;
}

QByteArray decodeCharacterReferences(QByteArrayView text)
{
    if (text.indexOf('&') < 0)
        return text.toByteArray();
    struct Named
    {
        QByteArrayView name;
        QByteArrayView value;
    };
    static constexpr Named named[] = {{"amp;", "&"},   {"lt;", "<"},   {"gt;", ">"},
                                      {"quot;", "\""}, {"apos;", "'"}, {"nbsp;", "\xc2\xa0"}};
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '&') {
            out += text[i];
            continue;
        }
        const QByteArrayView rest = text.sliced(i + 1, qMin<qsizetype>(text.size() - i - 1, 12));
        if (rest.startsWith('#')) {
            const qsizetype end = rest.indexOf(';');
            const bool hex = rest.size() > 1 && (rest[1] == 'x' || rest[1] == 'X');
            bool ok = end > 0;
            const uint code =
                ok ? rest.sliced(hex ? 2 : 1, end - (hex ? 2 : 1)).toByteArray().toUInt(&ok, hex ? 16 : 10) : 0;
            if (ok && code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)) {
                const char32_t character = code;
                out += QString::fromUcs4(&character, 1).toUtf8();
                i += end + 1;
                continue;
            }
        }
        const auto *found =
            std::find_if(std::begin(named), std::end(named), [&](const Named &n) { return rest.startsWith(n.name); });
        if (found == std::end(named)) {
            out += '&';
        } else {
            out += found->value;
            i += found->name.size();
        }
    }
    return out;
}

QByteArray escapeAttribute(QByteArrayView text)
{
    QByteArray out = text.toByteArray();
    out.replace('&', "&amp;").replace('"', "&quot;");
    return out;
}

} // namespace bulkhead
