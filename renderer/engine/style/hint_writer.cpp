// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/hint_writer.h"

#include "renderer/engine/base/known_atoms.h"

#include <algorithm>

namespace bulkhead::engine {

bool HintWriter::valueIsNot(Atom attribute, QStringView lower) const
{
    const QString *found = value(attribute);
    return !found || found->compare(lower, Qt::CaseInsensitive) != 0;
}

void HintWriter::add(const char *property, const QString &value)
{
    m_text += QLatin1StringView(property);
    m_text += u':';
    m_text += value;
    m_text += u';';
}

void HintWriter::addDimension(Atom attribute, const char *property, ZeroDimension zero)
{
    if (const QString *found = value(attribute)) {
        if (const auto dimension = legacyDimension(*found, zero))
            add(property, *dimension);
    }
}

void HintWriter::addPixels(const char *attribute, const char *property)
{
    const Atom atom = m_document.atoms().find(QString::fromLatin1(attribute));
    if (atom != Atom::None)
        addPixels(atom, property);
}

void HintWriter::addPixelsOf(NodeId element, Atom attribute, const char *property)
{
    if (const QString *found = m_document.attribute(element, attribute)) {
        if (const auto pixels = legacyInteger(*found))
            add(property, QString::number(std::max(*pixels, 0)) + QStringLiteral("px"));
    }
}

void HintWriter::addColorOf(NodeId element, Atom attribute, const char *property)
{
    if (const QString *found = m_document.attribute(element, attribute)) {
        if (const auto color = legacyColor(*found))
            add(property, *color);
    }
}

void HintWriter::addBackground()
{
    const QString *found = value(attr::Background);
    if (found && !found->isEmpty())
        add("background-image", QStringLiteral("url(") + cssString(*found) + u')');
}

void HintWriter::addMapped(Atom attribute, const char *property, std::initializer_list<Mapping> mappings)
{
    const QString *found = value(attribute);
    if (!found)
        return;
    for (const Mapping &mapping : mappings) {
        if (found->compare(mapping.first, Qt::CaseInsensitive) == 0)
            add(property, QString::fromLatin1(mapping.second));
    }
}

} // namespace bulkhead::engine
