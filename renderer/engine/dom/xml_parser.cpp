// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/dom/xml_parser.h"

#include "renderer/engine/dom/xhtml_entities.h"

#include <QXmlStreamEntityResolver>
#include <QXmlStreamReader>

namespace bulkhead::engine {

namespace {

class XhtmlEntities : public QXmlStreamEntityResolver
{
public:
    QString resolveUndeclaredEntity(const QString &name) override { return xhtmlEntity(name); }
};

// Declarations of namespaces in one document: the reader looks through those that are open for each name.
constexpr int maxNamespaces = 4096;

qsizetype after(QStringView text, qsizetype from, QStringView end)
{
    const qsizetype found = text.indexOf(end, from);
    return found < 0 ? text.size() : found + end.size();
}

// How much of the text the reader reads in linear time: it compares each attribute of an element with each.
class ReadableLength
{
public:
    ReadableLength(QStringView text, const ParseLimits &limits) : m_text(text), m_limits(limits) {}

    qsizetype find()
    {
        const qsizetype length = qMin(m_text.size(), m_limits.sourceBytes);
        for (qsizetype at = 0; (at = m_text.indexOf(u'<', at)) >= 0 && at < length;) {
            const QStringView rest = m_text.sliced(at);
            if (rest.startsWith(u"<!--"))
                at = after(m_text, at + 4, u"-->");
            else if (rest.startsWith(u"<![CDATA["))
                at = after(m_text, at, u"]]>");
            else if (rest.startsWith(u"<?"))
                at = after(m_text, at, u"?>");
            else if (const qsizetype end = tagEnd(at); end < 0)
                return at;
            else
                at = end;
        }
        return length;
    }

private:
    // Each quoted value is an attribute's. Negative when there are too many.
    qsizetype tagEnd(qsizetype at)
    {
        int values = 0;
        for (; at < m_text.size() && m_text[at] != u'>'; ++at) {
            const QChar c = m_text[at];
            if (c == u':' && m_text.first(at).endsWith(u"xmlns"))
                ++m_namespaces;
            if (c != u'"' && c != u'\'')
                continue;
            at = after(m_text, at + 1, m_text.sliced(at, 1)) - 1;
            if (++values > m_limits.attributes || m_namespaces > maxNamespaces)
                return -1;
        }
        return at;
    }

    const QStringView m_text;
    const ParseLimits &m_limits;
    int m_namespaces = 0;
};

Namespace namespaceOf(QStringView uri)
{
    return uri == u"http://www.w3.org/1999/xhtml"         ? Namespace::Html
           : uri == u"http://www.w3.org/2000/svg"         ? Namespace::Svg
           : uri == u"http://www.w3.org/1998/Math/MathML" ? Namespace::MathMl
                                                          : Namespace::Other;
}

class Reader
{
public:
    Reader(QXmlStreamReader &xml, const ParseLimits &limits, ParsedDocument &parsed)
        : m_xml(xml), m_limits(limits), m_parsed(parsed), m_document(parsed.document)
    {
    }

    void run()
    {
        while (!m_xml.atEnd()) {
            switch (m_xml.readNext()) {
            case QXmlStreamReader::StartElement:
                start();
                break;
            case QXmlStreamReader::EndElement:
                end();
                break;
            case QXmlStreamReader::Characters:
                if (m_current != NodeId::Root)
                    m_document.appendText(m_current, m_xml.text());
                break;
            default:
                break;
            }
            if (m_document.nodeCount() > std::size_t(m_limits.nodes)) {
                m_parsed.isCut = true;
                return;
            }
        }
    }

private:
    // Elements that are too deep are none; their texts stay.
    void start()
    {
        if (m_dropped > 0 || m_depth >= m_limits.depth) {
            ++m_dropped;
            return;
        }
        ++m_depth;
        m_current = m_document.appendElement(m_current, m_document.atoms().intern(m_xml.name()),
                                             namespaceOf(m_xml.namespaceUri()));
        if (m_document.node(m_current).space == Namespace::Other && !m_xml.namespaceUri().isEmpty())
            m_document.setNamespaceUri(m_current, m_document.atoms().intern(m_xml.namespaceUri()));
        for (const QXmlStreamAttribute &attribute : m_xml.attributes()) {
            const Atom name = m_document.atoms().intern(attribute.qualifiedName());
            if (!attribute.namespaceUri().isEmpty())
                m_document.setAttributeNamespaceUri(name, m_document.atoms().intern(attribute.namespaceUri()));
            m_document.addAttribute(m_current, name, attribute.value().toString());
        }
    }

    void end()
    {
        if (m_dropped > 0) {
            --m_dropped;
            return;
        }
        --m_depth;
        m_current = m_document.node(m_current).parent;
    }

    QXmlStreamReader &m_xml;
    const ParseLimits &m_limits;
    ParsedDocument &m_parsed;
    Document &m_document;
    NodeId m_current = NodeId::Root;
    int m_depth = 0;
    int m_dropped = 0;
};

} // namespace

ParsedDocument parseXml(QStringView text, Atoms &atoms, const ParseLimits &limits)
{
    ParsedDocument parsed{Document(atoms), false, {}};
    parsed.document.setXml();
    const qsizetype length = ReadableLength(text, limits).find();
    QXmlStreamReader xml(text.first(length).toString());
    XhtmlEntities entities;
    xml.setEntityResolver(&entities);
    Reader(xml, limits, parsed).run();
    if (length < text.size())
        parsed.isCut = true;
    else if (xml.hasError())
        parsed.error = QStringLiteral("%1:%2: %3").arg(xml.lineNumber()).arg(xml.columnNumber()).arg(xml.errorString());
    return parsed;
}

} // namespace bulkhead::engine
