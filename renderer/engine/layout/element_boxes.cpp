// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/element_boxes.h"

#include "renderer/engine/base/known_atoms.h"

#include <algorithm>

namespace bulkhead::engine {

namespace {

QString typeOf(const Document &document, NodeId element)
{
    const QString *type = document.attribute(element, attr::Type);
    return type ? type->toLower() : QString();
}

bool isButton(const QString &type)
{
    return type == QLatin1String("submit") || type == QLatin1String("reset") || type == QLatin1String("button");
}

ElementContent replacedOr(ElementContent other, NodeId element, NaturalSizes &naturalSizes)
{
    return naturalSizes.isReplaced(element) ? ElementContent::Replaced : other;
}

} // namespace

ElementContent contentOf(const Document &document, NodeId element, NaturalSizes &naturalSizes)
{
    const Node &node = document.node(element);
    if (node.space == Namespace::Svg && node.name == tag::Svg)
        return ElementContent::Replaced;
    if (node.space != Namespace::Html)
        return ElementContent::Children;
    switch (KnownName(node.name)) {
    case KnownName::TagBr:
        return ElementContent::LineBreak;
    case KnownName::TagWbr:
        return ElementContent::WordBreak;
    case KnownName::TagImg:
        return replacedOr(ElementContent::Alternative, element, naturalSizes);
    case KnownName::TagObject:
    case KnownName::TagVideo:
    case KnownName::TagAudio:
    case KnownName::TagCanvas:
        return replacedOr(ElementContent::Children, element, naturalSizes);
    case KnownName::TagIframe:
    case KnownName::TagEmbed:
    case KnownName::TagSelect:
    case KnownName::TagTextarea:
    case KnownName::TagProgress:
    case KnownName::TagMeter:
        return ElementContent::Replaced;
    case KnownName::TagInput:
        return isButton(typeOf(document, element)) ? ElementContent::ButtonText : ElementContent::Replaced;
    case KnownName::TagDetails:
        return document.hasAttribute(element, attr::Open) ? ElementContent::Children : ElementContent::Summary;
    default:
        return ElementContent::Children;
    }
}

QString textInsteadOf(const Document &document, NodeId element)
{
    if (document.isElement(element, tag::Img)) {
        const QString *alternative = document.attribute(element, attr::Alt);
        return alternative ? *alternative : QString();
    }
    if (const QString *value = document.attribute(element, attr::Value))
        return *value;
    const QString type = typeOf(document, element);
    return type == QLatin1String("submit")  ? QStringLiteral("Submit")
           : type == QLatin1String("reset") ? QStringLiteral("Reset")
                                            : QString();
}

std::uint16_t spanOf(const Document &document, NodeId element, Atom attribute, int most)
{
    if (!document.isElement(element))
        return 1;
    const QString *text = document.attribute(element, attribute);
    if (!text)
        return 1;
    // HTML's rules for parsing integers: what follows the digits is nothing.
    int value = 0;
    qsizetype at = 0;
    while (at < text->size() && text->at(at).isSpace())
        ++at;
    if (at < text->size() && text->at(at) == u'+')
        ++at;
    const qsizetype digits = at;
    for (; at < text->size() && text->at(at) >= u'0' && text->at(at) <= u'9'; ++at)
        value = std::min(most, value * 10 + text->at(at).digitValue());
    const bool mayBeZero = attribute == attr::Rowspan;
    if (at == digits || (value == 0 && !mayBeZero))
        return 1;
    return std::uint16_t(value);
}

} // namespace bulkhead::engine
