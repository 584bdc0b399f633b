// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_language.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/css/characters.h"

#include <QChar>
#include <QList>

#include <algorithm>

namespace bulkhead::engine {

namespace {

constexpr QStringView LeftToRight = u"ltr";
constexpr QStringView RightToLeft = u"rtl";

/// RFC 4647 3.3.2, extended filtering; "" is of no language, and an empty range of that only.
bool isInRange(QStringView language, QStringView range)
{
    if (range.isEmpty() || language.isEmpty())
        return range.isEmpty() && language.isEmpty();
    const QList<QStringView> tags = language.split(u'-');
    const QList<QStringView> wanted = range.split(u'-');
    const auto equal = [](QStringView a, QStringView b) { return css::equalsIgnoringAsciiCase(a, b); };
    if (wanted.front() != u"*" && !equal(wanted.front(), tags.front()))
        return false;
    qsizetype at = 1;
    for (const QStringView part : wanted.mid(1)) {
        if (part == u"*")
            continue;
        while (at < tags.size() && !equal(tags[at], part)) {
            if (tags[at].size() == 1) // an extension begins
                return false;
            ++at;
        }
        if (at++ == tags.size())
            return false;
    }
    return true;
}

} // namespace

QStringView Languages::languageOf(NodeId element) const
{
    for (NodeId id = element; id != NodeId::None && m_document.isElement(id); id = m_document.node(id).parent) {
        if (const QString *language = m_document.attribute(id, attr::XmlLang))
            return *language;
        if (m_document.node(id).space != Namespace::Html)
            continue;
        if (const QString *language = m_document.attribute(id, attr::Lang))
            return *language;
    }
    return m_documentLanguage;
}

bool Languages::matches(NodeId element, const std::vector<QString> &ranges) const
{
    const QStringView language = languageOf(element);
    return std::any_of(ranges.begin(), ranges.end(),
                       [language](const QString &range) { return isInRange(language, range); });
}

QStringView Languages::direction(NodeId element)
{
    for (NodeId id = element; id != NodeId::None && m_document.isElement(id); id = m_document.node(id).parent) {
        if (m_document.node(id).space != Namespace::Html)
            continue;
        const QString *written = m_document.attribute(id, attr::Dir);
        if (written && css::equalsIgnoringAsciiCase(*written, LeftToRight))
            return LeftToRight;
        if (written && css::equalsIgnoringAsciiCase(*written, RightToLeft))
            return RightToLeft;
        if ((written && css::equalsIgnoringAsciiCase(*written, u"auto")) || m_document.isElement(id, tag::Bdi))
            return directionOfText(id).value_or(LeftToRight);
    }
    return LeftToRight;
}

std::optional<QStringView> Languages::directionOfText(NodeId element)
{
    if (const auto known = m_automatic.constFind(element); known != m_automatic.constEnd())
        return *known;
    std::optional<QStringView> found;
    NodeId id = m_document.nextInTree(element, element);
    while (id != NodeId::None && !found) {
        const bool isApart = m_document.isElement(id) &&
                             (m_document.isElement(id, tag::Bdi) || m_document.isElement(id, tag::Script) ||
                              m_document.isElement(id, tag::Style) || m_document.isElement(id, tag::Textarea) ||
                              m_document.hasAttribute(id, attr::Dir));
        if (isApart) {
            id = m_document.nextAfterSubtree(id, element);
            continue;
        }
        if (m_document.node(id).type == NodeType::Text) {
            for (const char32_t c : m_document.text(id).toUcs4()) {
                const QChar::Direction direction = QChar::direction(c);
                if (direction == QChar::DirL)
                    found = LeftToRight;
                else if (direction == QChar::DirR || direction == QChar::DirAL)
                    found = RightToLeft;
                if (found)
                    break;
            }
        }
        id = m_document.nextInTree(id, element);
    }
    m_automatic.insert(element, found);
    return found;
}

} // namespace bulkhead::engine
