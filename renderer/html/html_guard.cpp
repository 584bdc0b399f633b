// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/html/html_guard.h"

#include "renderer/html/css_guard.h"
#include "renderer/html/html_tags.h"
#include "renderer/html/html_tokenizer.h"
#include "renderer/html/table_guard.h"

#include <QSet>

#include <algorithm>

namespace bulkhead {

namespace {

struct OpenElement
{
    QByteArray name;    // as the document wrote it
    QByteArray emitted; // what stands for it in the output; empty when nothing does
    TagKind kind;
};

// Presentational lengths: a longer one is cut to what no screen shows anyway.
QByteArray boundedNumber(QByteArrayView value)
{
    const QByteArray text = value.trimmed().toByteArray();
    qsizetype digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9')
        ++digits;
    if (digits > 4 && text.left(digits).toInt() > 10'000)
        return text.contains('%') ? QByteArray("1000%") : QByteArray("10000");
    if (digits > 9)
        return text.contains('%') ? QByteArray("1000%") : QByteArray("10000");
    return text.contains('%') && text.left(digits).toInt() > 1000 ? QByteArray("1000%") : value.toByteArray();
}

// Lower case in HTML, not so in XML.
QByteArray svgAttributeName(const QByteArray &name)
{
    return name == "viewbox"               ? QByteArray("viewBox")
           : name == "preserveaspectratio" ? QByteArray("preserveAspectRatio")
                                           : name;
}

// HTML may leave the quotes of attributes out, XML may not.
QByteArray withQuotedAttributes(QByteArrayView markup)
{
    QByteArray out;
    out.reserve(markup.size() + 64);
    bool inTag = false;
    for (qsizetype i = 0; i < markup.size(); ++i) {
        const char c = markup[i];
        out += c;
        if (inTag && (c == '"' || c == '\'')) {
            const qsizetype end = markup.indexOf(c, i + 1);
            const qsizetype last = end < 0 ? markup.size() - 1 : end;
            out += markup.sliced(i + 1, last - i);
            i = last;
        } else if (inTag && c == '=' && i + 1 < markup.size() && markup[i + 1] != '"' && markup[i + 1] != '\'' &&
                   !QByteArrayView(" \t\r\n").contains(markup[i + 1])) {
            qsizetype end = i + 1;
            while (end < markup.size() && !QByteArrayView(" \t\r\n>").contains(markup[end]))
                ++end;
            if (end < markup.size() && markup[end] == '>' && markup[end - 1] == '/')
                --end;
            out += '"' + markup.sliced(i + 1, end - i - 1).toByteArray() + '"';
            i = end - 1;
        } else if (c == '<' || c == '>') {
            inTag = c == '<';
        }
    }
    return out;
}

bool isLengthAttribute(const QByteArray &name)
{
    static const QSet<QByteArray> names{"width",  "height", "border", "cellpadding", "cellspacing",
                                        "hspace", "vspace", "size",   "rows",        "cols"};
    return names.contains(name);
}

// One document on its way through the guard.
class Pass
{
public:
    Pass(const HtmlLimits &limits, const QByteArray &utf8, MarkupSyntax syntax)
        : m_limits(limits), m_syntax(syntax), m_tokens(utf8, limits.attributes), m_tables(limits)
    {
        m_out.html.reserve(qMin(utf8.size(), limits.sourceBytes) + 1024);
    }

    GuardedHtml run()
    {
        while (!m_out.cut) {
            const HtmlToken token = m_tokens.next();
            if (token.type == HtmlToken::End)
                break;
            if (m_tokens.position() - m_dataUrlBytes > m_limits.sourceBytes && token.type != HtmlToken::Text) {
                m_out.cut = true;
                break;
            }
            switch (token.type) {
            case HtmlToken::Text:
                text(token.text);
                break;
            case HtmlToken::StartTag:
                startTag(token);
                break;
            case HtmlToken::EndTag:
                endTag(token.name);
                break;
            case HtmlToken::CData:
                if (m_syntax == MarkupSyntax::Xml)
                    text(token.text.toByteArray().replace('&', "&amp;").replace('<', "&lt;"));
                break;
            case HtmlToken::Doctype:
                if (m_out.html.isEmpty())
                    m_out.html += "<!DOCTYPE html>";
                break;
            default:
                break;
            }
        }
        while (!m_open.empty())
            close();
        return std::move(m_out);
    }

private:
    void text(QByteArrayView text)
    {
        const qsizetype room = m_limits.sourceBytes - (m_tokens.position() - text.size() - m_dataUrlBytes);
        if (text.size() > room) {
            m_out.cut = true;
            text = text.first(qMax<qsizetype>(0, room));
        }
        // Every word becomes an object of the engine, and so does every character of scripts without spaces.
        bool inWord = false;
        for (qsizetype i = 0; i < text.size(); ++i) {
            const uchar c = uchar(text[i]);
            const bool space = c <= ' ';
            if ((!space && !inWord) || (c >= 0xe3 && c < 0xf0)) {
                if (++m_words > m_limits.words) {
                    m_out.cut = true;
                    text = text.first(i);
                    break;
                }
            }
            inWord = !space;
        }
        append(text);
    }

    // NUL would end the document early for the parser behind.
    void append(QByteArrayView text)
    {
        if (text.indexOf('\0') < 0)
            m_out.html += text;
        else
            m_out.html += text.toByteArray().replace('\0', "\xef\xbf\xbd");
    }

    void startTag(const HtmlToken &token)
    {
        if (++m_elements > m_limits.elements) {
            m_out.cut = true;
            return;
        }
        if (!isPlainName(token.name))
            return;
        const TagKind kind = tagKind(token.name);
        const bool closed = m_syntax == MarkupSyntax::Xml && token.selfClosing;
        if (closed && (kind == TagKind::DropContent || kind == TagKind::Style || kind == TagKind::RawText))
            return;
        switch (kind) {
        case TagKind::DropTag:
            return;
        case TagKind::DropContent:
            m_tokens.rawUntilEndTag(token.name);
            return;
        case TagKind::Style:
            style(token);
            return;
        case TagKind::RawText:
            rawText(token);
            return;
        case TagKind::Svg:
            svg(token);
            return;
        case TagKind::Structure:
            if (token.name != "head" && !m_structureSeen.contains(token.name)) {
                m_structureSeen.insert(token.name);
                emitStart(token.name, token);
            }
            return;
        case TagKind::Void:
            voidElement(token);
            return;
        default:
            break;
        }
        endImplied(kind);
        open(token, kind);
        if (closed)
            close();
    }

    // <li> ends <li>, <p> ends <p>, and so on.
    void endImplied(TagKind starting)
    {
        const int nearest = qMax(0, int(m_open.size()) - searchDepth);
        int match = -1;
        for (int i = int(m_open.size()) - 1; i >= nearest; --i) {
            if (endsOpen(starting, m_open[std::size_t(i)].kind)) {
                match = i;
                const bool tablePart = starting == TagKind::TableRow || starting == TagKind::TableSection ||
                                       starting == TagKind::TableCell || starting == TagKind::TableOther;
                if (!tablePart)
                    break;
            } else if (stopsImpliedEnd(starting, m_open[std::size_t(i)].kind, m_open[std::size_t(i)].name)) {
                break;
            }
        }
        if (match >= 0)
            closeDownTo(match);
    }

    void open(const HtmlToken &token, TagKind kind)
    {
        OpenElement element{token.name, token.name, kind};
        if (kind == TagKind::Table || kind == TagKind::TableSection || kind == TagKind::TableRow ||
            kind == TagKind::TableCell || kind == TagKind::TableOther) {
            if (kind == TagKind::TableRow && m_tables.rowNeedsNewTable())
                continueInNewTable();
            element.emitted = m_tables.opening(kind, token.name);
        }
        if (m_depth >= m_limits.depth)
            element.emitted.clear();
        if (!element.emitted.isEmpty()) {
            ++m_depth;
            const qsizetype start = m_out.html.size();
            emitStart(element.emitted, token);
            if (kind == TagKind::Table)
                m_tables.setStartTag(m_out.html.sliced(start));
        }
        m_open.push_back(std::move(element));
    }

    // A table with very many rows is quadratic for the engine; it goes on as another table with the same attributes.
    void continueInNewTable()
    {
        int table = int(m_open.size()) - 1;
        while (table >= 0 && m_open[std::size_t(table)].kind != TagKind::Table)
            --table;
        if (table < 0 || m_open[std::size_t(table)].emitted != "table")
            return;
        closeDownTo(table + 1);
        m_out.html += "</table>" + m_tables.startNewTable();
    }

    void endTag(const QByteArray &name)
    {
        const TagKind kind = tagKind(name);
        if (name == "br")
            m_out.html += "<br>";
        if (kind == TagKind::Void || kind == TagKind::Structure || kind == TagKind::DropTag)
            return;
        const bool inlineEnd = kind == TagKind::Inline || kind == TagKind::Anchor;
        const int nearest = qMax(0, int(m_open.size()) - searchDepth);
        for (int i = int(m_open.size()) - 1; i >= nearest; --i) {
            const OpenElement &element = m_open[std::size_t(i)];
            if (element.name == name) {
                closeDownTo(i);
                return;
            }
            const bool isInline = element.kind == TagKind::Inline || element.kind == TagKind::Anchor;
            if (inlineEnd && !isInline)
                return;
            const bool tablePart = kind == TagKind::TableSection || kind == TagKind::TableRow ||
                                   kind == TagKind::TableCell || kind == TagKind::Table || kind == TagKind::TableOther;
            if (element.kind == TagKind::Table || (!tablePart && element.kind == TagKind::TableCell))
                return;
        }
    }

    void closeDownTo(int index)
    {
        while (int(m_open.size()) > index)
            close();
    }

    void close()
    {
        const OpenElement &element = m_open.back();
        if (!element.emitted.isEmpty()) {
            --m_depth;
            m_out.html += "</" + element.emitted + '>';
        }
        if (element.kind == TagKind::Table)
            m_tables.closed();
        m_open.pop_back();
    }

    void emitStart(const QByteArray &name, const HtmlToken &token)
    {
        m_out.html += '<' + name;
        const bool cell = tagKind(token.name) == TagKind::TableCell;
        bool spanWritten = false;
        QSet<QByteArray> seen;
        for (const HtmlAttribute &attribute : token.attributes) {
            if (attribute.name.startsWith("on") || attribute.name == "srcset" || seen.contains(attribute.name) ||
                !isPlainName(attribute.name))
                continue;
            seen.insert(attribute.name);
            if (attribute.name == "style") {
                const QByteArray declarations = guardDeclarations(decodeCharacterReferences(attribute.value));
                writeAttribute("style", escapeAttribute(declarations));
            } else if (attribute.name == "src" || attribute.name == "background") {
                writeSource(attribute);
            } else if (cell && (attribute.name == "colspan" || attribute.name == "rowspan")) {
                spanWritten = true;
            } else if (attribute.value.size() > m_limits.attributeBytes) {
                continue;
            } else if (isLengthAttribute(attribute.name)) {
                writeAttribute(attribute.name, boundedNumber(attribute.value));
            } else {
                writeAttribute(attribute.name, attribute.value);
            }
        }
        if (cell && name == token.name) {
            const TableGuard::Spans spans =
                m_tables.cellSpans(attributeNumber(token, "colspan"), attributeNumber(token, "rowspan"));
            if (spanWritten)
                m_out.html += " colspan=\"" + QByteArray::number(spans.columns) + "\" rowspan=\"" +
                              QByteArray::number(spans.rows) + '"';
        }
        m_out.html += '>';
    }

    static bool isPlainName(const QByteArray &name)
    {
        return std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' || c == '.';
        });
    }

    static int attributeNumber(const HtmlToken &token, QByteArrayView name)
    {
        for (const HtmlAttribute &attribute : token.attributes) {
            if (attribute.name == name)
                return attribute.value.first(qMin<qsizetype>(8, attribute.value.size()))
                    .trimmed()
                    .toByteArray()
                    .toInt();
        }
        return 1;
    }

    void writeAttribute(QByteArrayView name, QByteArrayView value)
    {
        m_out.html += ' ';
        m_out.html += name;
        m_out.html += "=\"";
        append(value.indexOf('"') < 0 ? value : QByteArrayView(QByteArray(value.toByteArray()).replace('"', "&quot;")));
        m_out.html += '"';
    }

    // The engine copies attributes many times over; a data: URL travels beside the document instead.
    void writeSource(const HtmlAttribute &attribute)
    {
        const QByteArrayView value = attribute.value.trimmed();
        if (value.size() < 5 || qstrnicmp(value.data(), 5, "data:", 5) != 0) {
            if (value.size() <= m_limits.attributeBytes)
                writeAttribute(attribute.name, value);
            return;
        }
        m_dataUrlBytes += value.size();
        if (m_dataUrlBytes > m_limits.dataUrlBytes)
            return;
        addDataUrl(attribute.name, decodeCharacterReferences(value));
    }

    void addDataUrl(QByteArrayView attribute, QByteArray url)
    {
        writeAttribute(attribute, "bulkhead-data:" + QByteArray::number(m_out.dataUrls.size()));
        m_out.dataUrls.push_back(std::move(url));
    }

    void voidElement(const HtmlToken &token)
    {
        if (token.name == "base") {
            if (m_out.baseHref.isEmpty())
                m_out.baseHref = attributeText(token, "href");
        } else if (token.name == "link") {
            link(token);
        } else if (token.name == "meta") {
            return;
        } else {
            if (token.name == "hr")
                endImplied(TagKind::Block);
            if (token.name == "col" && !m_tables.inTable())
                return;
            emitStart(token.name == "image" ? QByteArray("img") : token.name, token);
        }
    }

    QString attributeText(const HtmlToken &token, QByteArrayView name) const
    {
        for (const HtmlAttribute &attribute : token.attributes) {
            if (attribute.name == name && attribute.value.size() <= m_limits.attributeBytes)
                return QString::fromUtf8(decodeCharacterReferences(attribute.value)).trimmed();
        }
        return {};
    }

    void link(const HtmlToken &token)
    {
        const QStringList relations = attributeText(token, "rel").toLower().simplified().split(u' ');
        const QString href = attributeText(token, "href");
        if (href.isEmpty())
            return;
        if (relations.contains(u"stylesheet") && !relations.contains(u"alternate"))
            addStyle({{}, href, attributeText(token, "media")});
        else if (relations.contains(u"icon") && m_out.icons.size() < 16)
            m_out.icons.append(href);
    }

    void style(const HtmlToken &token)
    {
        const QByteArrayView content = m_tokens.rawUntilEndTag("style");
        addStyle({content.toByteArray(), {}, attributeText(token, "media")});
    }

    void addStyle(StyleSource source)
    {
        if (int(m_out.styles.size()) >= m_limits.styles)
            return;
        m_out.html += "<link rel=\"stylesheet\" href=\"" + QByteArray::number(m_out.styles.size()) + "\">";
        m_out.styles.push_back(std::move(source));
    }

    void rawText(const HtmlToken &token)
    {
        QByteArray content = m_tokens.rawUntilEndTag(token.name).toByteArray();
        if (token.name == "title") {
            if (m_titleSeen)
                return;
            m_titleSeen = true;
            content.truncate(4096);
        } else {
            content.truncate(64 * 1024);
        }
        const bool xmp = token.name == "xmp";
        if (xmp)
            content.replace('&', "&amp;").replace('<', "&lt;");
        emitStart(xmp ? QByteArray("pre") : token.name, token);
        text(content);
        m_out.html += xmp ? QByteArray("</pre>") : "</" + token.name + '>';
    }

    // The engine knows no SVG; as an image it is drawn by the SVG library.
    void svg(const HtmlToken &token)
    {
        if (token.selfClosing)
            return;
        QByteArray source = "<svg";
        bool hasNamespace = false;
        HtmlToken image = token;
        image.attributes.clear();
        for (const HtmlAttribute &attribute : token.attributes) {
            hasNamespace = hasNamespace || attribute.name == "xmlns";
            source += ' ' + svgAttributeName(attribute.name) + "=\"" +
                      QByteArray(attribute.value.toByteArray()).replace('"', "&quot;") + '"';
            if (attribute.name == "class" || attribute.name == "id" || attribute.name == "style" ||
                ((attribute.name == "width" || attribute.name == "height") && attribute.value != "auto"))
                image.attributes.push_back(attribute);
        }
        if (!hasNamespace)
            source += " xmlns=\"http://www.w3.org/2000/svg\"";
        const QByteArrayView content = m_tokens.rawUntilEndTag("svg");
        m_dataUrlBytes += content.size();
        if (content.size() > m_limits.inlineSvgBytes || m_dataUrlBytes > m_limits.dataUrlBytes)
            return;
        source += '>' + withQuotedAttributes(content) + "</svg>";
        emitStart("img", image);
        m_out.html.chop(1);
        addDataUrl("src", "data:image/svg+xml;base64," + source.toBase64());
        m_out.html += '>';
    }

    // How far up the stack an end tag looks: far above any real page, and it keeps the pass linear.
    static constexpr int searchDepth = 256;

    const HtmlLimits &m_limits;
    const MarkupSyntax m_syntax;
    HtmlTokenizer m_tokens;
    TableGuard m_tables;
    GuardedHtml m_out;
    std::vector<OpenElement> m_open;
    QSet<QByteArray> m_structureSeen;
    qsizetype m_dataUrlBytes = 0;
    int m_depth = 0;
    int m_elements = 0;
    int m_words = 0;
    bool m_titleSeen = false;
};

} // namespace

HtmlGuard::HtmlGuard(const HtmlLimits &limits) : m_limits(limits) {}

GuardedHtml HtmlGuard::guard(const QByteArray &utf8, MarkupSyntax syntax) const
{
    return Pass(m_limits, utf8, syntax).run();
}

} // namespace bulkhead
