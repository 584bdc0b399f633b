// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/matcher_controls.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/css/characters.h"

#include <algorithm>
#include <initializer_list>

namespace bulkhead::engine {

namespace {

bool isOneOf(const Document &document, NodeId element, std::initializer_list<Atom> names)
{
    return document.node(element).space == Namespace::Html &&
           std::find(names.begin(), names.end(), document.node(element).name) != names.end();
}

/// An <input> whose type is one of them.
bool isInput(const Document &document, NodeId element, std::initializer_list<QStringView> types)
{
    if (!document.isElement(element, tag::Input))
        return false;
    const QString *type = document.attribute(element, attr::Type);
    const QStringView name = type ? QStringView(*type) : QStringView(u"text");
    return std::any_of(types.begin(), types.end(),
                       [name](QStringView other) { return css::equalsIgnoringAsciiCase(name, other); });
}

bool isCheckable(const Document &document, NodeId element)
{
    return isInput(document, element, {u"checkbox", u"radio"});
}

bool isButton(const Document &document, NodeId element)
{
    return isInput(document, element, {u"hidden", u"range", u"color", u"submit", u"image", u"reset", u"button"});
}

bool isTextInput(const Document &document, NodeId element)
{
    return document.isElement(element, tag::Input) && !isButton(document, element) &&
           !isInput(document, element, {u"checkbox", u"radio", u"file"});
}

} // namespace

bool isLink(const Document &document, NodeId element)
{
    const Node &node = document.node(element);
    if (node.name != tag::A && node.name != tag::Area)
        return false;
    if (node.space == Namespace::Html)
        return document.hasAttribute(element, attr::Href);
    return node.space == Namespace::Svg &&
           (document.hasAttribute(element, attr::Href) || document.hasAttribute(element, attr::XlinkHref));
}

bool ControlFacts::matches(NodeId element, css::PseudoClass pseudo)
{
    const bool canBeDisabled =
        isOneOf(m_document, element,
                {tag::Button, tag::Input, tag::Select, tag::Textarea, tag::Optgroup, tag::Option, tag::Fieldset});
    const bool canBeRequired = isOneOf(m_document, element, {tag::Select, tag::Textarea}) ||
                               (m_document.isElement(element, tag::Input) && !isButton(m_document, element));
    switch (pseudo) {
    case css::PseudoClass::Enabled:
        return canBeDisabled && !isDisabled(element);
    case css::PseudoClass::Disabled:
        return canBeDisabled && isDisabled(element);
    case css::PseudoClass::Checked:
        return isChecked(element);
    case css::PseudoClass::Indeterminate:
        return isIndeterminate(element);
    case css::PseudoClass::Default:
        return (isCheckable(m_document, element) && m_document.hasAttribute(element, attr::Checked)) ||
               (m_document.isElement(element, tag::Option) && m_document.hasAttribute(element, attr::Selected));
    case css::PseudoClass::Required:
        return canBeRequired && m_document.hasAttribute(element, attr::Required);
    case css::PseudoClass::Optional:
        return canBeRequired && !m_document.hasAttribute(element, attr::Required);
    case css::PseudoClass::ReadOnly:
        return !isReadWrite(element);
    case css::PseudoClass::ReadWrite:
        return isReadWrite(element);
    case css::PseudoClass::PlaceholderShown:
        return isPlaceholderShown(element);
    case css::PseudoClass::Defined: // a name with a dash is a script's element, and no script defined it
        return m_document.node(element).space != Namespace::Html ||
               !m_document.atoms().name(m_document.node(element).name).contains(QLatin1Char('-'));
    case css::PseudoClass::Open:
        return isOneOf(m_document, element, {tag::Details, tag::Dialog}) &&
               m_document.hasAttribute(element, attr::Open);
    default:
        return false;
    }
}

bool ControlFacts::isDisabled(NodeId element) const
{
    if (m_document.hasAttribute(element, attr::Disabled))
        return true;
    if (m_document.isElement(element, tag::Option)) {
        const NodeId parent = m_document.node(element).parent;
        return m_document.isElement(parent, tag::Optgroup) && m_document.hasAttribute(parent, attr::Disabled);
    }
    return !m_document.isElement(element, tag::Optgroup) && isInDisabledFieldset(element);
}

/// A disabled <fieldset> disables all but what is in its first <legend>.
bool ControlFacts::isInDisabledFieldset(NodeId element) const
{
    NodeId inside = element;
    for (NodeId id = m_document.node(element).parent; id != NodeId::None && m_document.isElement(id);
         inside = id, id = m_document.node(id).parent) {
        if (!m_document.isElement(id, tag::Fieldset) || !m_document.hasAttribute(id, attr::Disabled))
            continue;
        NodeId legend = m_document.node(id).firstChild;
        while (legend != NodeId::None && !m_document.isElement(legend, tag::Legend))
            legend = m_document.node(legend).next;
        if (inside != legend)
            return true;
    }
    return false;
}

bool ControlFacts::isChecked(NodeId element)
{
    if (m_document.isElement(element, tag::Option))
        return isSelected(element);
    if (!isCheckable(m_document, element))
        return false;
    const ControlState state = m_state.controls.value(element);
    return state.isChecked.value_or(m_document.hasAttribute(element, attr::Checked));
}

bool ControlFacts::isSelected(NodeId option)
{
    const ControlState state = m_state.controls.value(option);
    if (state.isChecked)
        return *state.isChecked;
    NodeId select = m_document.node(option).parent;
    while (select != NodeId::None && m_document.isElement(select) && !m_document.isElement(select, tag::Select))
        select = m_document.node(select).parent;
    if (select == NodeId::None || !m_document.isElement(select) || m_document.hasAttribute(select, attr::Multiple))
        return m_document.hasAttribute(option, attr::Selected);
    return initiallySelected(select) == option;
}

/// Without multiple="" the last that is selected; in a list of one line else the first that is not disabled.
NodeId ControlFacts::initiallySelected(NodeId select)
{
    if (const auto known = m_selected.constFind(select); known != m_selected.constEnd())
        return *known;
    const QString *size = m_document.attribute(select, attr::Size);
    const bool isOneLine = !size || size->toInt() <= 1;
    NodeId first = NodeId::None;
    NodeId selected = NodeId::None;
    for (NodeId id = m_document.nextInTree(select, select); id != NodeId::None;
         id = m_document.nextInTree(id, select)) {
        if (!m_document.isElement(id, tag::Option))
            continue;
        if (m_document.hasAttribute(id, attr::Selected))
            selected = id;
        if (first == NodeId::None && isOneLine && !isDisabled(id))
            first = id;
    }
    const NodeId shown = selected != NodeId::None ? selected : first;
    m_selected.insert(select, shown);
    return shown;
}

bool ControlFacts::isIndeterminate(NodeId element) const
{
    if (m_document.isElement(element, tag::Progress))
        return !m_document.hasAttribute(element, attr::Value);
    return isCheckable(m_document, element) && m_state.controls.value(element).isIndeterminate;
}

bool ControlFacts::isReadWrite(NodeId element) const
{
    if (isTextInput(m_document, element) || m_document.isElement(element, tag::Textarea))
        return !m_document.hasAttribute(element, attr::Readonly) && !isDisabled(element);
    const Atom contentEditable = m_document.atoms().find(u"contenteditable");
    for (NodeId id = element; contentEditable != Atom::None && id != NodeId::None && m_document.isElement(id);
         id = m_document.node(id).parent) {
        if (const QString *value = m_document.attribute(id, contentEditable))
            return !css::equalsIgnoringAsciiCase(*value, u"false");
    }
    return false;
}

bool ControlFacts::isPlaceholderShown(NodeId element) const
{
    const bool isArea = m_document.isElement(element, tag::Textarea);
    if ((!isArea && !isTextInput(m_document, element)) || !m_document.hasAttribute(element, attr::Placeholder))
        return false;
    const QString *value = m_document.attribute(element, attr::Value);
    const bool isEmpty = isArea ? m_document.node(element).firstChild == NodeId::None : !value || value->isEmpty();
    return m_state.controls.value(element).isEmpty.value_or(isEmpty);
}

} // namespace bulkhead::engine
