// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/style/compute_style.h"

#include "renderer/engine/css/properties/parse_value.h"
#include "renderer/engine/style/custom_properties.h"
#include "renderer/engine/style/font_computing.h"
#include "renderer/engine/style/property_table.h"
#include "renderer/engine/style/value_conversion.h"

#include <deque>
#include <utility>

namespace bulkhead::engine {

using namespace css;

namespace {

using Kind = PropertyValue::Kind;

/// Applies the winners in the order in which they depend on each other.
class Applier
{
public:
    Applier(const Cascade &cascade, Computing &computing) : m_cascade(cascade), m_computing(computing) {}

    void applyCustom();
    void apply(PropertyId longhand);

private:
    const PropertyValue &substituted(PropertyId longhand, const PropertyValue &value);

    const Cascade &m_cascade;
    Computing &m_computing;
    std::deque<PropertyValue> m_substituted; ///< stay where they are: backgrounds look at them until the end
    QHash<const PendingValue *, std::optional<QString>> m_texts;
};

void Applier::applyCustom()
{
    if (m_cascade.customWinners().isEmpty())
        return;
    const CustomProperties &inherited = m_computing.style.inherited.constData()->custom;
    CustomProperties made = computeCustomProperties(inherited, m_cascade.customWinners());
    if (made != inherited)
        m_computing.style.inherited->custom = std::move(made);
}

const PropertyValue &Applier::substituted(PropertyId longhand, const PropertyValue &value)
{
    PropertyValue &made = m_substituted.emplace_back();
    auto text = m_texts.find(value.pending.get());
    if (text == m_texts.end()) {
        const CustomProperties &custom = m_computing.style.inherited.constData()->custom;
        const auto lookup = [&custom](const QString &name) -> std::optional<QString> {
            const auto found = custom.constFind(name);
            return found == custom.cend() ? std::nullopt : std::optional(*found);
        };
        text = m_texts.insert(value.pending.get(), substituteVariables(value.pending->text, lookup));
    }
    if (!*text || !parseSubstituted(longhand, *value.pending, **text, made))
        made.kind = Kind::Unset; // css-variables-1 3.1: invalid at computed-value time
    return made;
}

void Applier::apply(PropertyId longhand)
{
    const PropertyValue *value = m_cascade.winner(longhand);
    if (!value)
        return;
    if (value->kind == Kind::Pending)
        value = &substituted(longhand, *value);
    const PropertyCode &code = propertyTable()[std::size_t(longhand)];
    if (!code.apply)
        return;
    const bool isInherited = propertyInfo(longhand).isInherited;
    const bool takesParents =
        value->kind == Kind::Inherit || (isInherited && (value->kind == Kind::Unset || value->kind == Kind::Revert ||
                                                         value->kind == Kind::RevertLayer));
    if (value->kind == Kind::Parsed) {
        code.apply(m_computing, value->parsed);
    } else if (takesParents) {
        if (!isInherited || longhand == PropertyId::TextUnderlineOffset) // else it is there already
            code.copy(m_computing, m_computing.parent);
    } else if (isInherited) {
        code.copy(m_computing, m_computing.initial);
    }
}

ComputedStyle inheriting(const StylePlace &place)
{
    ComputedStyle style = place.initial;
    style.font = place.parent.font;
    style.text = place.parent.text;
    style.inherited = place.parent.inherited;
    if (place.parent.rare.constData()->underlineOffset != style.rare.constData()->underlineOffset)
        style.rare->underlineOffset = place.parent.rare.constData()->underlineOffset;
    return style;
}

} // namespace

ComputedStyle computeStyle(const CascadeInput &input, const StylePlace &place)
{
    const Cascade cascade(input, place.parent.text->direction);
    Computing computing{inheriting(place), place.parent, place.initial,
                        place.environment, place.root,   place.role == StylePlace::Role::RootElement};
    if (place.language && *place.language != computing.style.text.constData()->language)
        computing.style.text->language = *place.language;
    Applier applier(cascade, computing);
    applier.applyCustom();
    std::size_t at = 0;
    for (; at <= std::size_t(PropertyId::FontSizeAdjust); ++at)
        applier.apply(PropertyId(at));
    finishFont(computing);
    computing.fontBase = Computing::FontBase::Own;
    if (computing.isRootElement) {
        computing.root.size = double(computing.style.font.constData()->size);
        if (place.environment.fonts)
            computing.root.units = place.environment.fonts->units(*computing.style.font.constData());
    }
    applier.apply(PropertyId::ColorScheme);
    if (computing.isRootElement && computing.isDark()) // color: initial, by the scheme
        computing.style.text->color = systemColor("canvastext"_kw, place.environment, true);
    for (; at < LonghandCount; ++at)
        applier.apply(PropertyId(at));
    finishStyle(computing, place);
    return std::move(computing.style);
}

ComputedStyle initialStyle(const StyleEnvironment &environment)
{
    ComputedStyle style;
    style.font->families = {environment.standardFamily};
    style.font->size = float(environment.fontSize);
    style.text->color = systemColor("canvastext"_kw, environment, false);
    style.inherited->quotes = {{QStringLiteral("\u201c"), QStringLiteral("\u201d")},
                               {QStringLiteral("\u2018"), QStringLiteral("\u2019")}};
    return style;
}

} // namespace bulkhead::engine
