// SPDX-License-Identifier: BSD-3-Clause
#include "renderer/engine/css/properties/grammar.h"
#include "renderer/engine/css/properties/property_id.h"
#include "renderer/engine/css/properties/shorthands.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <array>
#include <memory>

namespace bulkhead::engine::css {

namespace {

constexpr bool Inherited = true, Reset = false;

constexpr std::array<PropertyInfo, LonghandCount> Longhands{{
#define BULKHEAD_ROW(id, name, inherited, invalidates, initial, grammar)                                               \
    PropertyInfo{PropertyId::id, name, grammar, initial, inherited, Invalidates::invalidates},
    BULKHEAD_LONGHANDS(BULKHEAD_ROW)
#undef BULKHEAD_ROW
}};

struct ShorthandRow
{
    PropertyId id;
    const char *name;
    ShorthandKind kind;
    const char *grammar;
    const char *longhands;
};
constexpr ShorthandRow Shorthands[] = {
#define BULKHEAD_ROW(id, name, kind, grammar, longhands)                                                               \
    ShorthandRow{PropertyId::id, name, ShorthandKind::kind, grammar, longhands},
    BULKHEAD_SHORTHANDS(BULKHEAD_ROW)
#undef BULKHEAD_ROW
};

struct AliasRow
{
    const char *alias;
    const char *name;
};
/// Names that browsers take for others.
constexpr AliasRow Aliases[] = {
    {"word-wrap", "overflow-wrap"},
    {"grid-gap", "gap"},
    {"grid-row-gap", "row-gap"},
    {"grid-column-gap", "column-gap"},
    {"-moz-tab-size", "tab-size"},
    {"-moz-user-select", "user-select"},
    {"-moz-box-sizing", "box-sizing"},
    {"-moz-hyphens", "hyphens"},
    {"-moz-column-count", "column-count"},
    {"-moz-column-gap", "column-gap"},
    {"-moz-column-width", "column-width"},
    {"-moz-columns", "columns"},
    {"-webkit-margin-start", "margin-inline-start"},
    {"-webkit-margin-end", "margin-inline-end"},
    {"-webkit-margin-before", "margin-block-start"},
    {"-webkit-margin-after", "margin-block-end"},
    {"-webkit-padding-start", "padding-inline-start"},
    {"-webkit-padding-end", "padding-inline-end"},
    {"-webkit-padding-before", "padding-block-start"},
    {"-webkit-padding-after", "padding-block-end"},
    {"-webkit-column-break-inside", "break-inside"},
    {"-webkit-column-break-before", "break-before"},
    {"-webkit-column-break-after", "break-after"},
};
/// These are known with "-webkit-" before them, too.
constexpr const char *Prefixed[] = {
    "align-content",
    "align-items",
    "align-self",
    "background-clip",
    "background-origin",
    "background-size",
    "border-radius",
    "box-shadow",
    "box-sizing",
    "box-decoration-break",
    "column-count",
    "column-fill",
    "column-gap",
    "column-rule",
    "column-rule-color",
    "column-rule-style",
    "column-rule-width",
    "column-span",
    "column-width",
    "columns",
    "flex",
    "flex-basis",
    "flex-direction",
    "flex-flow",
    "flex-grow",
    "flex-shrink",
    "flex-wrap",
    "font-feature-settings",
    "hyphens",
    "justify-content",
    "line-break",
    "opacity",
    "order",
    "text-decoration",
    "text-decoration-color",
    "text-decoration-line",
    "text-decoration-style",
    "transform",
    "transform-origin",
    "user-select",
    "border-top-left-radius",
    "border-top-right-radius",
    "border-bottom-left-radius",
    "border-bottom-right-radius",
    "border-image",
};

QHash<QString, PropertyId> makeNames()
{
    QHash<QString, PropertyId> names;
    names.reserve(500);
    for (const PropertyInfo &row : Longhands)
        names.insert(QString::fromLatin1(row.name), row.id);
    for (const ShorthandRow &row : Shorthands)
        names.insert(QString::fromLatin1(row.name), row.id);
    names.insert(QStringLiteral("all"), PropertyId::All);
    for (const AliasRow &row : Aliases)
        names.insert(QString::fromLatin1(row.alias), names.value(QString::fromLatin1(row.name), PropertyId::Invalid));
    for (const char *name : Prefixed)
        names.insert(QStringLiteral("-webkit-") + QString::fromLatin1(name),
                     names.value(QString::fromLatin1(name), PropertyId::Invalid));
    return names;
}

std::vector<ShorthandInfo> makeShorthands()
{
    std::vector<ShorthandInfo> infos;
    for (const ShorthandRow &row : Shorthands) {
        ShorthandInfo info{row.id, row.kind, row.grammar, {}};
        for (const QString &longhand : QString::fromLatin1(row.longhands).split(u' '))
            info.longhands.push_back(propertyByName(longhand));
        infos.push_back(std::move(info));
    }
    return infos;
}

} // namespace

const PropertyInfo &propertyInfo(PropertyId longhand)
{
    return Longhands[std::size_t(longhand)];
}

const ShorthandInfo &shorthandInfo(PropertyId shorthand)
{
    static const std::vector<ShorthandInfo> infos = makeShorthands();
    return infos[std::size_t(shorthand) - LonghandCount];
}

PropertyId propertyByName(QStringView name)
{
    static const QHash<QString, PropertyId> names = makeNames();
    if (name.startsWith(u"--"))
        return name.size() > 2 ? PropertyId::Custom : PropertyId::Invalid;
    if (name.size() > 40)
        return PropertyId::Invalid;
    return names.value(name.toString().toLower(), PropertyId::Invalid);
}

/// Styles are computed on one thread, as everything of a page.
const Grammar &propertyGrammar(PropertyId property)
{
    static std::array<std::unique_ptr<const Grammar>, std::size_t(PropertyId::All)> grammars;
    std::unique_ptr<const Grammar> &grammar = grammars[std::size_t(property)];
    if (!grammar) {
        const char *definition =
            isShorthand(property) ? shorthandInfo(property).grammar : propertyInfo(property).grammar;
        grammar = std::make_unique<const Grammar>(definition);
    }
    return *grammar;
}

} // namespace bulkhead::engine::css
