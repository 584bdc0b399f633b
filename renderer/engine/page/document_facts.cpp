// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/page/document_facts.h"

#include "renderer/engine/base/known_atoms.h"

#include <QStringList>

namespace bulkhead::engine {

namespace {

class Collector
{
public:
    Collector(const Document &document, const QUrl &url) : m_document(document) { m_facts.base = url; }

    DocumentFacts run()
    {
        // The first base counts for everything, also for what stands before it.
        for (NodeId id = NodeId::Root; id != NodeId::None; id = m_document.nextInTree(id)) {
            if (!m_document.isElement(id, tag::Base))
                continue;
            if (const QString *href = m_document.attribute(id, attr::Href)) {
                m_facts.base = resolvedUrl(m_facts.base, *href);
                break;
            }
        }
        for (NodeId id = NodeId::Root; id != NodeId::None; id = m_document.nextInTree(id)) {
            if (m_document.isElement(id))
                element(id, m_document.node(id));
        }
        return std::move(m_facts);
    }

private:
    void element(NodeId id, const Node &node)
    {
        if (node.name == tag::Style && (node.space == Namespace::Html || node.space == Namespace::Svg))
            style(id);
        else if (node.space != Namespace::Html)
            return;
        else if (node.name == tag::Title && !m_hasTitle)
            title(id);
        else if (node.name == tag::Link)
            link(id);
        else if (node.name == tag::Meta && value(id, attr::Name).compare(u"color-scheme", Qt::CaseInsensitive) == 0)
            m_facts.colorScheme = value(id, attr::Content);
    }

    void title(NodeId id)
    {
        m_hasTitle = true;
        m_facts.title = m_document.textContent(id).simplified();
    }

    QString value(NodeId id, Atom name) const
    {
        const QString *found = m_document.attribute(id, name);
        return found ? *found : QString();
    }

    bool isCss(NodeId id) const
    {
        const QString type = value(id, attr::Type).section(u';', 0, 0).trimmed();
        return type.isEmpty() || type.compare(u"text/css", Qt::CaseInsensitive) == 0;
    }

    // Of the sets of sheets that have titles only the first applies (CSSOM 6.2).
    bool isOfChosenSet(NodeId id)
    {
        const QString set = value(id, attr::Title);
        if (set.isEmpty())
            return true;
        if (m_chosenSet.isEmpty())
            m_chosenSet = set;
        return set == m_chosenSet;
    }

    void style(NodeId id)
    {
        if (!isCss(id) || !isOfChosenSet(id))
            return;
        m_facts.styles.push_back({m_document.textContent(id), {}, value(id, attr::Media)});
    }

    void link(NodeId id)
    {
        const QStringList kinds = value(id, attr::Rel).toLower().simplified().split(u' ');
        const QString href = value(id, attr::Href);
        if (href.trimmed().isEmpty())
            return;
        const QUrl url = resolvedUrl(m_facts.base, href);
        if (kinds.contains(QStringLiteral("icon"))) {
            m_facts.icons.append(url);
        } else if (kinds.contains(QStringLiteral("stylesheet")) && !kinds.contains(QStringLiteral("alternate")) &&
                   !m_document.hasAttribute(id, attr::Disabled) && isCss(id) && isOfChosenSet(id)) {
            m_facts.styles.push_back({{}, url, value(id, attr::Media)});
        }
    }

    const Document &m_document;
    DocumentFacts m_facts;
    QString m_chosenSet;
    bool m_hasTitle = false;
};

} // namespace

DocumentFacts factsOf(const Document &document, const QUrl &url)
{
    return Collector(document, url).run();
}

QUrl resolvedUrl(const QUrl &base, QStringView written)
{
    // White space round an address is none of it, line breaks in it neither (url.spec.whatwg.org, basic URL parser).
    QString text = written.trimmed().toString();
    text.remove(u'\n').remove(u'\r').remove(u'\t');
    return base.resolved(QUrl(text));
}

} // namespace bulkhead::engine
