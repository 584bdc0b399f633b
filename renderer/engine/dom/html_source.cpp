// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/html_source.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/dom/markup_scanner.h"
#include "renderer/engine/dom/open_elements.h"

#include <QString>

namespace bulkhead::engine {

namespace {

class Guard
{
public:
    Guard(QByteArrayView utf8, Atoms &atoms, const ParseLimits &limits)
        : m_limits(limits), m_atoms(atoms), m_cut(utf8.size() > limits.sourceBytes),
          m_scanner(utf8.first(qMin(utf8.size(), limits.sourceBytes)), limits.attributes), m_open(atoms, limits)
    {
        m_out.html.reserve(utf8.size() + 1024);
    }

    HtmlSource run()
    {
        m_out.isCut = m_cut;
        MarkupToken token;
        for (;;) {
            m_scanner.next(token, m_open.isForeign() ? CDataIn::Foreign : CDataIn::Html);
            if (token.type == MarkupToken::Type::End)
                break;
            if (++m_nodes > m_limits.nodes) {
                m_out.isCut = true;
                break;
            }
            take(token);
        }
        return std::move(m_out);
    }

private:
    void take(const MarkupToken &token)
    {
        switch (token.type) {
        case MarkupToken::Type::Text:
            text(token.text);
            break;
        case MarkupToken::Type::CData:
            text(QByteArray(token.text.toByteArray()).replace('&', "&amp;"));
            break;
        case MarkupToken::Type::StartTag:
            startTag(token);
            break;
        case MarkupToken::Type::EndTag:
            endTag(nameOf(token));
            break;
        case MarkupToken::Type::Comment:
            m_out.html += "<!---->";
            break;
        case MarkupToken::Type::Doctype:
            append(token.text.first(qMin<qsizetype>(token.text.size(), 1024)));
            m_out.html += '>';
            break;
        case MarkupToken::Type::End:
            break;
        }
    }

    Atom nameOf(const MarkupToken &token)
    {
        constexpr qsizetype longest = 256;
        return m_atoms.internLower(QString::fromUtf8(token.name.first(qMin(token.name.size(), longest))));
    }

    void startTag(const MarkupToken &token)
    {
        const Atom name = nameOf(token);
        const bool isForeign = m_open.isForeign();
        if (name == tag::Isindex) // an unknown element without content today
            return;
        if (!isForeign && name == tag::Template)
            return skipTemplate(token);
        if (m_open.startTag(name, token.isSelfClosing) == OpenElements::Verdict::Drop)
            return;
        writeStartTag(name, token);
        if (m_open.isForeign() && name != tag::Svg && name != tag::Math)
            return;
        content(name, token);
    }

    // What is no markup, though it may look like it.
    void content(Atom name, const MarkupToken &token)
    {
        if (name == tag::Script)
            m_scanner.takeScript();
        else if (name == tag::Iframe || name == tag::Noembed || name == tag::Noframes)
            m_scanner.takeRawText(token.name);
        else if (name == tag::Style || name == tag::Xmp)
            rawText(m_scanner.takeRawText(token.name));
        else if (name == tag::Title || name == tag::Textarea)
            text(m_scanner.takeRawText(token.name));
        else if (name == tag::Plaintext)
            return rawText(m_scanner.takeRest());
        else
            return;
        endTag(name);
    }

    void rawText(QByteArrayView content)
    {
        if (content.isEmpty())
            return;
        m_out.html += QByteArray::number(m_out.rawTexts.size());
        m_out.rawTexts.push_back(content.toByteArray().replace('\0', "\xef\xbf\xbd"));
    }

    void endTag(Atom name)
    {
        if (name == tag::Isindex)
            return;
        // These end SVG and MathML, which gumbo does not know.
        if (name == tag::P || name == tag::Br) {
            for (Atom inner = m_open.endForeignElement(); inner != Atom::None; inner = m_open.endForeignElement())
                writeEndTag(inner);
        }
        m_open.endTag(name);
        writeEndTag(name);
    }

    void writeEndTag(Atom name)
    {
        m_out.html += "</";
        append(m_atoms.name(name).toUtf8());
        m_out.html += '>';
    }

    void skipTemplate(const MarkupToken &start)
    {
        writeStartTag(tag::Template, start);
        m_out.html += "</template>";
        MarkupToken token;
        for (int depth = 1; depth > 0;) {
            m_scanner.next(token, CDataIn::Html);
            if (token.type == MarkupToken::Type::End)
                return;
            if (token.type != MarkupToken::Type::StartTag && token.type != MarkupToken::Type::EndTag)
                continue;
            const Atom name = nameOf(token);
            if (name == tag::Template)
                depth += token.type == MarkupToken::Type::StartTag ? 1 : -1;
            else if (token.type == MarkupToken::Type::StartTag)
                skipContent(name, token);
        }
    }

    void skipContent(Atom name, const MarkupToken &token)
    {
        if (name == tag::Script)
            m_scanner.takeScript();
        else if (name == tag::Style || name == tag::Xmp || name == tag::Title || name == tag::Textarea ||
                 name == tag::Iframe || name == tag::Noembed || name == tag::Noframes)
            m_scanner.takeRawText(token.name);
    }

    void writeStartTag(Atom name, const MarkupToken &token)
    {
        m_out.html += '<';
        append(m_atoms.name(name).toUtf8());
        for (const MarkupToken::Attribute &attribute : token.attributes) {
            m_out.html += ' ';
            append(attribute.name);
            if (attribute.value.isEmpty())
                continue;
            m_out.html += "=\"";
            if (attribute.value.indexOf('"') < 0)
                append(attribute.value);
            else
                append(attribute.value.toByteArray().replace('"', "&quot;"));
            m_out.html += '"';
        }
        m_out.html += token.isSelfClosing ? "/>" : ">";
    }

    void text(QByteArrayView text)
    {
        if (text.indexOf('<') < 0 && text.indexOf('\0') < 0)
            m_out.html += text;
        else
            m_out.html += text.toByteArray().replace('\0', "").replace('<', "&lt;");
    }

    void append(QByteArrayView bytes)
    {
        if (bytes.indexOf('\0') < 0)
            m_out.html += bytes;
        else
            m_out.html += bytes.toByteArray().replace('\0', "\xef\xbf\xbd");
    }

    const ParseLimits &m_limits;
    Atoms &m_atoms;
    const bool m_cut;
    MarkupScanner m_scanner;
    OpenElements m_open;
    HtmlSource m_out;
    int m_nodes = 0;
};

} // namespace

HtmlSource guardHtml(QByteArrayView utf8, Atoms &atoms, const ParseLimits &limits)
{
    return Guard(utf8, atoms, limits).run();
}

} // namespace bulkhead::engine
