// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/layout/form_control.h"

#include "renderer/engine/base/known_atoms.h"
#include "renderer/engine/layout/layout_pass.h"
#include "renderer/engine/layout/line.h"
#include "renderer/engine/layout/marker_shape.h"
#include "renderer/engine/layout/replaced_size.h"
#include "renderer/engine/layout/sizes.h"

#include <algorithm>
#include <cmath>

namespace bulkhead::engine {

namespace {

constexpr int MostCharacters = 10'000; // of cols, rows and size
constexpr int ScrollBar = 15;

int numberOf(const Document &document, NodeId element, Atom attribute, int otherwise)
{
    const QString *text = document.attribute(element, attribute);
    bool isNumber = false;
    const int value = text ? text->trimmed().toInt(&isNumber) : 0;
    return isNumber && value > 0 ? std::min(value, MostCharacters) : otherwise;
}

double realOf(const Document &document, NodeId element, Atom attribute, double otherwise)
{
    const QString *text = document.attribute(element, attribute);
    bool isNumber = false;
    const double value = text ? text->trimmed().toDouble(&isNumber) : 0;
    return isNumber && std::isfinite(value) ? value : otherwise;
}

QString attributeOf(const Document &document, NodeId element, Atom attribute)
{
    const QString *text = document.attribute(element, attribute);
    return text ? *text : QString();
}

double share(const Document &document, NodeId element, double least, double most, double value)
{
    const double from = realOf(document, element, attr::Min, least);
    const double to = std::max(from, realOf(document, element, attr::Max, most));
    const double at = std::clamp(realOf(document, element, attr::Value, value), from, to);
    return to > from ? (at - from) / (to - from) : 0;
}

FormControl selectOf(const Document &document, NodeId element)
{
    FormControl control;
    const bool isMultiple = document.hasAttribute(element, attr::Multiple);
    control.rows = numberOf(document, element, attr::Size, isMultiple ? 4 : 1);
    control.kind = isMultiple || control.rows > 1 ? FormControl::Kind::ListBox : FormControl::Kind::Select;
    bool hasSelected = false;
    for (NodeId id = document.node(element).firstChild; id != NodeId::None; id = document.nextInTree(id, element)) {
        if (!document.isElement(id, tag::Option))
            continue;
        const QString *label = document.attribute(id, attr::Label);
        const QString text = (label && !label->isEmpty() ? *label : document.textContent(id)).simplified();
        if (text.size() > control.widest.size())
            control.widest = text;
        const bool isSelected = document.hasAttribute(id, attr::Selected);
        if (isSelected || (!hasSelected && control.text.isEmpty()))
            control.text = text;
        hasSelected |= isSelected;
    }
    return control;
}

FormControl inputOf(const Document &document, NodeId element)
{
    FormControl control;
    const QString type = attributeOf(document, element, attr::Type).toLower();
    control.columns = numberOf(document, element, attr::Size, 20);
    control.isChecked = document.hasAttribute(element, attr::Checked);
    if (type == QLatin1String("checkbox")) {
        control.kind = FormControl::Kind::Check;
    } else if (type == QLatin1String("radio")) {
        control.kind = FormControl::Kind::Radio;
    } else if (type == QLatin1String("range")) {
        control.kind = FormControl::Kind::Range;
        control.value = share(document, element, 0, 100, 50);
    } else if (type == QLatin1String("color")) {
        control.kind = FormControl::Kind::Color;
        control.text = attributeOf(document, element, attr::Value);
    } else if (type == QLatin1String("file")) {
        control.kind = FormControl::Kind::File;
    } else {
        control.text = attributeOf(document, element, attr::Value);
        if (type == QLatin1String("password"))
            control.text.fill(QChar(0x2022));
        if (control.text.isEmpty()) {
            control.text = attributeOf(document, element, attr::Placeholder);
            control.isPlaceholder = !control.text.isEmpty();
        }
    }
    return control;
}

} // namespace

std::optional<FormControl> formControlOf(const Document &document, NodeId element)
{
    if (element == NodeId::None || !document.isElement(element) || document.node(element).space != Namespace::Html)
        return std::nullopt;
    FormControl control;
    switch (KnownName(document.node(element).name)) {
    case KnownName::TagInput:
        if (attributeOf(document, element, attr::Type).compare(QLatin1String("image"), Qt::CaseInsensitive) == 0)
            return std::nullopt;
        return inputOf(document, element);
    case KnownName::TagTextarea:
        control.kind = FormControl::Kind::TextArea;
        control.columns = numberOf(document, element, attr::Cols, 20);
        control.rows = numberOf(document, element, attr::Rows, 2);
        control.text = document.textContent(element);
        if (control.text.isEmpty()) {
            control.text = attributeOf(document, element, attr::Placeholder);
            control.isPlaceholder = !control.text.isEmpty();
        }
        return control;
    case KnownName::TagSelect:
        return selectOf(document, element);
    case KnownName::TagProgress:
        control.kind = FormControl::Kind::Progress;
        control.value = document.hasAttribute(element, attr::Value) ? share(document, element, 0, 1, 0) : -1;
        return control;
    case KnownName::TagMeter:
        control.kind = FormControl::Kind::Meter;
        control.value = share(document, element, 0, 1, 0);
        return control;
    default:
        return std::nullopt;
    }
}

std::optional<NaturalSize> controlSize(LayoutPass &pass, BoxId box)
{
    const StyleId style = pass.box(box).style;
    const FontMetrics &metrics = pass.shaper().metrics(pass.font(style));
    if (pass.box(box).pseudo == PseudoElement::Marker) {
        const LayoutUnit size = markerShape(int(metrics.ascent)).size;
        return NaturalSize::of(size, size);
    }
    const auto found = pass.boxes().controls.find(box);
    if (found == pass.boxes().controls.end())
        return std::nullopt;
    const FormControl &control = found->second;
    const LayoutUnit line = lineHeight(pass.style(box), metrics);
    const LayoutUnit em = LayoutUnit::fromPixels(double(pass.style(box).font->size));
    const LayoutUnit characters = LayoutUnit::fromPixels(double(metrics.zeroAdvance) * control.columns);
    const auto textWidth = [&](const QString &text) {
        if (text.isEmpty())
            return LayoutUnit();
        const ShapedWord shaped = pass.shaper().shape(pass.font(style), text, Direction::Ltr, QString());
        return LayoutUnit::fromPixelsCeil(double(shaped->width));
    };
    NaturalSize size;
    switch (control.kind) {
    case FormControl::Kind::Text:
        size = {characters, line, {}};
        break;
    case FormControl::Kind::TextArea:
        size = {characters + LayoutUnit(ScrollBar), line * control.rows, {}};
        break;
    case FormControl::Kind::Select:
        size = {textWidth(control.widest) + LayoutUnit(24), line, {}};
        break;
    case FormControl::Kind::ListBox:
        size = {textWidth(control.widest) + LayoutUnit(ScrollBar), line * control.rows, {}};
        break;
    case FormControl::Kind::Check:
    case FormControl::Kind::Radio:
        size = {LayoutUnit(13), LayoutUnit(13), {}};
        break;
    case FormControl::Kind::Range:
        size = {LayoutUnit(129), LayoutUnit(16), {}};
        break;
    case FormControl::Kind::Color:
        size = {LayoutUnit(44), LayoutUnit(23), {}};
        break;
    case FormControl::Kind::File:
        size = {LayoutUnit(253), line, {}};
        break;
    case FormControl::Kind::Progress:
        size = {em * 10, em, {}};
        break;
    case FormControl::Kind::Meter:
        size = {em * 5, em, {}};
        break;
    }
    return size;
}

std::optional<LayoutUnit> controlBaseline(LayoutPass &pass, BoxId box, LayoutUnit containingWidth)
{
    const auto found = pass.boxes().controls.find(box);
    if (found == pass.boxes().controls.end() || found->second.kind > FormControl::Kind::ListBox ||
        found->second.kind == FormControl::Kind::TextArea)
        return std::nullopt;
    const FontMetrics &metrics = pass.shaper().metrics(pass.font(pass.box(box).style));
    const LayoutUnit leading =
        lineHeight(pass.style(box), metrics) - LayoutUnit::fromPixels(double(metrics.ascent) + double(metrics.descent));
    return borderAndPadding(pass, box, containingWidth).top + leading / 2 +
           LayoutUnit::fromPixels(double(metrics.ascent));
}

} // namespace bulkhead::engine
