// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_selectors.h"

#include "renderer/engine/css/characters.h"

#include <QStringView>

namespace bulkhead::engine {

namespace {

bool equal(QStringView a, QStringView b, Qt::CaseSensitivity sensitivity)
{
    return sensitivity == Qt::CaseSensitive ? a == b : css::equalsIgnoringAsciiCase(a, b);
}

/// One of the words that white space separates.
bool hasWord(QStringView value, QStringView word, Qt::CaseSensitivity sensitivity)
{
    qsizetype at = 0;
    while (at < value.size()) {
        const qsizetype begin = at;
        while (at < value.size() && !css::isWhitespace(value[at].unicode()))
            ++at;
        if (at > begin && equal(value.mid(begin, at - begin), word, sensitivity))
            return true;
        ++at;
    }
    return false;
}

bool hasPart(QStringView value, QStringView part, Qt::CaseSensitivity sensitivity)
{
    if (sensitivity == Qt::CaseSensitive)
        return value.contains(part);
    return css::asciiLower(value).contains(css::asciiLower(part));
}

/// selectors-4 6.1 and 6.2.
bool isValueMatched(QStringView value, const css::SimpleSelector &simple, Qt::CaseSensitivity sensitivity)
{
    const QStringView wanted = simple.argument ? QStringView(simple.argument->value) : QStringView();
    switch (simple.test) {
    case css::AttributeTest::Exists:
        return true;
    case css::AttributeTest::Equals:
        return equal(value, wanted, sensitivity);
    case css::AttributeTest::Includes:
        return hasWord(value, wanted, sensitivity);
    case css::AttributeTest::DashMatch:
        return equal(value.left(wanted.size()), wanted, sensitivity) &&
               (value.size() == wanted.size() || value[wanted.size()] == QLatin1Char('-'));
    case css::AttributeTest::Prefix:
        return !wanted.isEmpty() && equal(value.left(wanted.size()), wanted, sensitivity);
    case css::AttributeTest::Suffix:
        return !wanted.isEmpty() && equal(value.right(wanted.size()), wanted, sensitivity);
    case css::AttributeTest::Substring:
        return !wanted.isEmpty() && hasPart(value, wanted, sensitivity);
    }
    return false;
}

} // namespace

bool SelectorMatcher::matchesAttribute(NodeId element, const css::SimpleSelector &simple)
{
    const bool isLowered = m_facts.isLowered(element);
    const Atom name = isLowered ? simple.lowerName : simple.name;
    const bool ignoresCase = simple.attributeCase == css::AttributeCase::Insensitive ||
                             (simple.attributeCase == css::AttributeCase::HtmlInsensitive && isLowered);
    const Qt::CaseSensitivity sensitivity = ignoresCase ? Qt::CaseInsensitive : Qt::CaseSensitive;
    const auto matchesValue = [&](const QString &value) {
        return spend(1 + int(value.size() >> 6)) && isValueMatched(value, simple, sensitivity);
    };
    if (!simple.anyNamespace && simple.namespaceUri == Atom::None) {
        const QString *value = m_document.attribute(element, name);
        return value && matchesValue(*value);
    }
    const QString &local = m_document.atoms().name(name);
    for (const Attribute &attribute : m_document.attributes(element)) {
        const QString &written = m_document.atoms().name(attribute.name);
        const qsizetype colon = written.indexOf(QLatin1Char(':'));
        if (QStringView(written).mid(colon + 1) != local)
            continue;
        const bool isOfNamespace =
            simple.anyNamespace ||
            (colon > 0 && m_document.attributeNamespaceUri(attribute.name) == simple.namespaceUri);
        if (isOfNamespace && matchesValue(attribute.value))
            return true;
    }
    return false;
}

} // namespace bulkhead::engine
