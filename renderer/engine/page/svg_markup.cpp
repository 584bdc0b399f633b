// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/svg_markup.h"

#include "renderer/engine/base/known_atoms.h"

#include <QXmlStreamWriter>

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr qsizetype maxBytes = 512 * 1024;

bool isXmlName(QStringView name)
{
    return !name.isEmpty() && (name[0].isLetter() || name[0] == u'_') &&
           std::all_of(name.begin(), name.end(), [](QChar c) {
               return c.isLetterOrNumber() || c == u'-' || c == u'_' || c == u'.' || c == u':';
           });
}

class Writer
{
public:
    explicit Writer(const Document &document) : m_document(document), m_xml(&m_out) {}

    QByteArray write(NodeId svg)
    {
        for (NodeId id = svg;;) {
            if (m_out.size() > maxBytes)
                return {};
            if (m_document.isElement(id))
                start(id, id == svg);
            else
                m_xml.writeCharacters(cleaned(m_document.text(id)));
            if (m_document.node(id).firstChild != NodeId::None) {
                id = m_document.node(id).firstChild;
                continue;
            }
            for (;;) {
                if (m_document.isElement(id))
                    m_xml.writeEndElement();
                if (id == svg)
                    return m_out;
                if (m_document.node(id).next != NodeId::None)
                    break;
                id = m_document.node(id).parent;
            }
            id = m_document.node(id).next;
        }
    }

private:
    void start(NodeId id, bool isRoot)
    {
        const QString &name = m_document.atoms().name(m_document.node(id).name);
        m_xml.writeStartElement(isXmlName(name) && !name.contains(u':') ? name : QStringLiteral("g"));
        if (isRoot) {
            m_xml.writeAttribute(QStringLiteral("xmlns"), QStringLiteral("http://www.w3.org/2000/svg"));
            m_xml.writeAttribute(QStringLiteral("xmlns:xlink"), QStringLiteral("http://www.w3.org/1999/xlink"));
        }
        for (const Attribute &attribute : m_document.attributes(id)) {
            const QString &key = m_document.atoms().name(attribute.name);
            const bool isLink = attribute.name == attr::XlinkHref;
            if (isXmlName(key) && (isLink || (!key.contains(u':') && key != u"xmlns")))
                m_xml.writeAttribute(key, cleaned(attribute.value));
        }
    }

    // XML has no way to write control characters.
    static QString cleaned(QStringView text)
    {
        QString out = text.toString();
        out.removeIf([](QChar c) { return c < QChar(0x20) && c != u'\n' && c != u'\t' && c != u'\r'; });
        return out;
    }

    const Document &m_document;
    QByteArray m_out;
    QXmlStreamWriter m_xml;
};

} // namespace

QByteArray svgMarkup(const Document &document, NodeId svg)
{
    return Writer(document).write(svg);
}

} // namespace bulkhead::engine
